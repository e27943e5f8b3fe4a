import { createHash, createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newShop, openSite, publish, sample, send, sign } from './edge-site.ts';
import type { EdgeSite, InboxRow } from './edge-site.ts';
import { connectReviews, disconnectReviews } from '../../app/operations/connect-reviews.ts';
import { installShop } from '../../app/operations/install-shop.ts';

const TOKEN = 'the-private-token-of-the-shop';
const OTHER_TOKEN = 'the-private-token-of-another-shop';
const review = sample('reviews/judgeme_review_created.json');
const connection = { actor: 'test', provider: 'judgeme' } as const;
const other = newShop();
const unconnected = newShop();
let site: EdgeSite;

beforeAll(async () => {
  site = await openSite();
  await publish(site);
  await installShop(site.world, other);
  await installShop(site.world, unconnected);
  await connectReviews(site.world, { ...connection, shopId: site.shop.id, secret: TOKEN });
  await connectReviews(site.world, { ...connection, shopId: other.id, secret: OTHER_TOKEN });
});
afterAll(() => site.close());

function signed(body: Buffer, token: string): string {
  return createHmac('sha256', token).update(body).digest('hex');
}

interface Told {
  readonly status: number;
  readonly says: string;
}

async function tell(domain: string, body: Buffer, signature: string | null): Promise<Told> {
  const answer = await fetch(`${site.url}/webhooks/judgeme/${domain}`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(signature === null ? {} : { 'JUDGEME-HMAC-SHA256': signature }),
    },
    body: new Uint8Array(body),
  });
  return { status: answer.status, says: await answer.text() };
}

async function storedOf(body: Buffer): Promise<InboxRow | undefined> {
  return site.stored(`judgeme:${createHash('sha256').update(body).digest('hex')}`);
}

/** Bytes that no other test sends: the same bytes are the same delivery. */
function reviewOf(change: Record<string, unknown>): Buffer {
  const told = JSON.parse(review.toString()) as { review: Record<string, unknown> };
  return Buffer.from(JSON.stringify({ ...told, review: { ...told.review, ...change } }));
}

test('A review that the shop’s token signed is stored byte for byte', async () => {
  expect(await tell(site.shop.domain, review, signed(review, TOKEN))).toEqual({
    status: 200,
    says: 'Stored.',
  });
  const row = await storedOf(review);
  expect(row).toMatchObject({
    shop_id: site.shop.id,
    topic: 'judgeme/review',
    subject: 'customer:5083214609',
    state: 'ready',
  });
  expect(row?.body.equals(review)).toBe(true);
  await site.drain();
  expect(await storedOf(review)).toMatchObject({ state: 'done', outcome: 'taken-in' });
});

test('The same review 200 times is one row', async () => {
  const body = reviewOf({ id: 990_001 });
  const told = await Promise.all(
    Array.from({ length: 200 }, () => tell(site.shop.domain, body, signed(body, TOKEN))),
  );
  expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200]));
  const rows = await site.query(`SELECT 1 FROM deliveries WHERE shop_id = $1 AND webhook_id = $2`, [
    site.shop.id,
    (await storedOf(body))?.webhook_id,
  ]);
  expect(rows).toHaveLength(1);
});

describe('Refused with the same words, whatever is wrong:', () => {
  const body = reviewOf({ id: 990_002 });
  const good = signed(body, TOKEN);
  const cases: readonly (readonly [string, () => readonly [string, Buffer, string | null]])[] = [
    ['no signature', () => [site.shop.domain, body, null]],
    ['a wrong token', () => [site.shop.domain, body, signed(body, 'some-other-token')]],
    ['an empty token', () => [site.shop.domain, body, signed(body, '')]],
    ['another shop’s token', () => [site.shop.domain, body, signed(body, OTHER_TOKEN)]],
    ['the token of a shop, sent as another', () => [other.domain, body, good]],
    ['the app’s secret', () => [site.shop.domain, body, sign(body)]],
    [
      'base64 instead of hex',
      () => [site.shop.domain, body, createHmac('sha256', TOKEN).update(body).digest('base64')],
    ],
    ['a truncated signature', () => [site.shop.domain, body, good.slice(0, 62)]],
    ['capital letters', () => [site.shop.domain, body, good.toUpperCase()]],
    ['an altered body', () => [site.shop.domain, reviewOf({ id: 990_003 }), good]],
    ['an unknown shop', () => ['never-installed.myshopify.com', body, good]],
    ['a shop that is not connected', () => [unconnected.domain, body, good]],
    [
      'a shop that is not connected, signed by the word that stands in for no token',
      () => [unconnected.domain, body, signed(body, 'nobody')],
    ],
    [
      'an unknown shop, signed so',
      () => ['never-installed.myshopify.com', body, signed(body, 'nobody')],
    ],
    ['no shop', () => ['', body, good]],
    ['what is no domain', () => ['..%2f..%2fetc', body, good]],
    ['a domain that is not Shopify’s', () => [`${site.shop.domain}.evil.com`, body, good]],
  ];

  test.each(cases)('%s', async (_what, sent) => {
    const [domain, bytes, signature] = sent();
    expect(await tell(domain, bytes, signature)).toEqual({
      status: 401,
      says: 'The signature is not valid.',
    });
    expect(await storedOf(bytes)).toBeUndefined();
  });
});

test('A connection counts from the moment it is made, and no longer when it is cut', async () => {
  const shop = newShop();
  await installShop(site.world, shop);
  const of = { ...connection, shopId: shop.id };
  const told = async (token: string): Promise<number> => {
    const body = reviewOf({ id: 990_010 });
    return (await tell(shop.domain, body, signed(body, token))).status;
  };
  expect(await told(TOKEN)).toBe(401);
  await connectReviews(site.world, { ...of, secret: TOKEN });
  expect(await told(TOKEN)).toBe(200);

  // Tokens are remembered for ten seconds.
  await connectReviews(site.world, { ...of, secret: OTHER_TOKEN });
  site.clock.now += 11_000;
  expect([await told(TOKEN), await told(OTHER_TOKEN)]).toEqual([401, 200]);

  await disconnectReviews(site.world, of);
  site.clock.now += 11_000;
  expect(await told(OTHER_TOKEN)).toBe(401);
});

test('A shop that left is heard no more', async () => {
  const shop = newShop();
  await installShop(site.world, shop);
  await connectReviews(site.world, { ...connection, shopId: shop.id, secret: TOKEN });
  await send(site, 'app/uninstalled', sample('2026-07/app_uninstalled.json'), {
    'X-Shopify-Shop-Domain': shop.domain,
  });
  await site.drain();
  const body = reviewOf({ id: 990_020 });
  expect((await tell(shop.domain, body, signed(body, TOKEN))).status).toBe(401);
});

test('When the review app was last heard of is noted, and only for those who signed', async () => {
  const heard = async (): Promise<number | undefined> => {
    const [row] = await site.query<{ last_heard_at: Date | null }>(
      `SELECT last_heard_at FROM integrations WHERE shop_id = $1`,
      [other.id],
    );
    return row?.last_heard_at?.getTime();
  };
  const body = reviewOf({ id: 990_030 });
  await tell(other.domain, body, signed(body, TOKEN));
  expect(await heard()).toBeUndefined();
  await tell(other.domain, body, signed(body, OTHER_TOKEN));
  await expect.poll(heard).toBe(site.clock.now);
});
