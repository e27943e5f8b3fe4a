import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { headersOf, newShop, openSite, publish, sample, send, SHOPIFY_PATH } from './edge-site.ts';
import type { EdgeSite } from './edge-site.ts';
import { installShop } from '../../app/operations/install-shop.ts';

let site: EdgeSite;
beforeAll(async () => {
  site = await openSite();
  await publish(site);
});
afterAll(() => site.close());

describe('What is stored', () => {
  test('is the delivery as it came', async () => {
    const body = sample('2026-07/orders_create.json');
    const sent = await send(site, 'Orders/Create', body, {
      'X-Shopify-Event-Id': 'an-event',
      'X-Shopify-Shop-Domain': site.shop.domain.toUpperCase(),
    });
    const row = await site.stored(sent.webhookId);
    expect(row).toMatchObject({
      shop_id: site.shop.id,
      shop_domain: site.shop.domain,
      topic: 'orders/create',
      api_version: '2026-07',
      event_id: 'an-event',
      triggered_at: new Date('2026-11-20T11:59:58.123Z'),
      received_at: new Date('2026-11-20T12:00:00Z'),
      state: 'ready',
      attempts: 0,
      outcome: null,
      redacted_at: null,
    });
    expect(row?.body.equals(body)).toBe(true);
  });

  const bytes: readonly (readonly [string, Buffer])[] = [
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0xc3, 0x28, 0x80, 0x7d])],
    ['NUL bytes', Buffer.from([0, 0, 0x7b, 0, 0x7d, 0])],
    ['every byte there is', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ['a byte order mark', Buffer.from('\uFEFF{"id":1}')],
    ['white space around it', Buffer.from(' \r\n\t{"id":1}\n\n')],
    ['backslashes, quotes, braces and commas', Buffer.from('{"a":"\\\\x{},NULL\\"\'"}')],
    ['one byte', Buffer.from('1')],
  ];

  test.each(bytes)('keeps %s', async (_what, body) => {
    const sent = await send(site, 'products/update', body);
    expect(sent.status).toBe(200);
    expect((await site.stored(sent.webhookId))?.body.equals(body)).toBe(true);
  });

  test('keeps the bytes of each of many that come together', async () => {
    const bodies = Array.from({ length: 300 }, (_, index) =>
      Buffer.from([index & 255, index >> 8, ...Array.from({ length: index }, () => 0x5c)]),
    );
    const sent = await Promise.all(bodies.map((body) => send(site, 'products/update', body)));
    const rows = await site.query<{ webhook_id: string; body: Buffer }>(
      `SELECT webhook_id, body FROM deliveries WHERE webhook_id = ANY($1)`,
      [sent.map(({ webhookId }) => webhookId)],
    );
    const stored = new Map(rows.map((row) => [row.webhook_id, row.body]));
    bodies.forEach((body, index) => {
      expect(stored.get(sent[index]?.webhookId ?? '')?.equals(body)).toBe(true);
    });
  });
});

describe('The same delivery', () => {
  const order = {
    ...(JSON.parse(sample('2026-07/orders_create.json').toString()) as Record<string, unknown>),
    id: 5_100_000_000_001,
    cancelled_at: null,
    created_at: '2026-11-20T11:00:00Z',
    processed_at: '2026-11-20T11:00:00Z',
    updated_at: '2026-11-20T11:00:00Z',
    financial_status: 'paid',
    test: false,
    customer: { id: 5_100_000_000_002, email: 'a@example.com' },
  };

  async function pointsEarned(): Promise<number[]> {
    const rows = await site.query<{ available: string }>(
      `SELECT available FROM members WHERE shop_id = $1 AND customer_id = 5100000000002`,
      [site.shop.id],
    );
    return rows.map(({ available }) => Number(available));
  }

  test('sent 1,000 times is one row and one award', async () => {
    const again = { 'X-Shopify-Webhook-Id': `again-${site.shop.id}` };
    const statuses = new Set<number>();
    for (let turn = 0; turn < 20; turn += 1) {
      const sent = await Promise.all(
        Array.from({ length: 50 }, () => send(site, 'orders/create', order, again)),
      );
      for (const { status } of sent) statuses.add(status);
      if (turn === 10) await site.drain();
    }
    await site.drain();
    expect(statuses).toEqual(new Set([200]));
    const rows = await site.query(`SELECT outcome FROM deliveries WHERE webhook_id = $1`, [
      again['X-Shopify-Webhook-Id'],
    ]);
    expect(rows).toEqual([{ outcome: 'taken-in' }]);
    // 199.00 + 2 × … is what the sample's lines cost; what matters is that it is earned once.
    const [once] = await pointsEarned();
    expect(once).toBeGreaterThan(100);

    // A captured body is signed whatever its headers say: replayed under other ids it earns nothing more.
    await Promise.all(
      ['orders/create', 'orders/paid', 'orders/updated', 'orders/fulfilled'].flatMap((topic) =>
        Array.from({ length: 10 }, () => send(site, topic, order)),
      ),
    );
    await site.drain();
    expect(await pointsEarned()).toEqual([once]);
    expect(await site.query(`SELECT * FROM prove_books($1)`, [site.shop.id])).toEqual([]);
  });

  test('for two shops is a delivery of each', async () => {
    const other = newShop();
    await installShop(site.world, other);
    const webhookId = `shared-${site.shop.id}`;
    const body = Buffer.from('{"id":1}');
    for (const domain of [site.shop.domain, other.domain]) {
      await send(site, 'products/delete', body, {
        'X-Shopify-Webhook-Id': webhookId,
        'X-Shopify-Shop-Domain': domain,
      });
    }
    const rows = await site.query<{ shop_id: string }>(
      `SELECT shop_id FROM deliveries WHERE webhook_id = $1 ORDER BY shop_id`,
      [webhookId],
    );
    expect(rows.map(({ shop_id: id }) => id).toSorted()).toEqual(
      [site.shop.id, other.id].toSorted(),
    );
  });
});

describe('Duplicate headers', () => {
  test.each(['Topic', 'Webhook-Id', 'Shop-Domain', 'Api-Version', 'Hmac-Sha256'])(
    'never let two values of X-Shopify-%s act as either',
    async (name) => {
      const body = Buffer.from('{"id":9}');
      const headers = headersOf(site, 'products/delete', body);
      const webhookId = String(headers['X-Shopify-Webhook-Id']);
      const value = String(headers[`X-Shopify-${name}`]);
      headers[`X-Shopify-${name}`] = [value, value];
      const sending = httpRequest(`${site.url}${SHOPIFY_PATH}`, { method: 'POST', headers });
      sending.end(body);
      const [answer] = (await once(sending, 'response')) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBe(name === 'Hmac-Sha256' ? 401 : 400);
      expect(await site.stored(webhookId)).toBeUndefined();
    },
  );
});

describe('A delivery that concerns nobody here', () => {
  test('of an unknown topic is stored and ignored', async () => {
    const sent = await send(site, 'metaobjects/create', { id: 1 });
    expect(sent.status).toBe(200);
    await site.drain();
    expect(await site.stored(sent.webhookId)).toMatchObject({
      state: 'done',
      outcome: 'ignored',
      detail: 'Laurel does not use this topic.',
    });
  });

  test.each(['constructor', '__proto__', 'tostring', 'hasownproperty', 'a/b/c', '/', '🫖'])(
    'of the odd topic "%s" is ignored like any other',
    async (topic) => {
      const sent = await send(site, encodeURI(topic), { id: 1, kind: 'uninstalled' });
      expect(sent.status).toBe(200);
      await site.drain();
      expect(await site.stored(sent.webhookId)).toMatchObject({
        state: 'done',
        outcome: 'ignored',
      });
    },
  );

  test.each(['laurel/facts', 'LAUREL/facts', 'laurel/look-again', 'judgeme/review'])(
    'cannot speak in our own name by the topic %s',
    async (topic) => {
      const facts = { kind: 'member-again', memberId: '00000000-0000-7000-8000-000000000000' };
      const sent = await send(site, topic, facts);
      expect(sent.status).toBe(200);
      await site.drain();
      expect(await site.stored(sent.webhookId)).toMatchObject({
        topic: `foreign/${topic.toLowerCase()}`,
        state: 'done',
        outcome: 'ignored',
      });
    },
  );

  test('of an unknown shop is kept apart, and the next shop’s is not held up', async () => {
    const nobody = await send(site, 'orders/create', sample('2026-07/orders_create.json'), {
      'X-Shopify-Shop-Domain': 'never-installed-here.myshopify.com',
    });
    const ours = await send(site, 'products/delete', { id: 4 });
    expect([nobody.status, ours.status]).toEqual([200, 200]);
    await site.drain();
    expect(await site.stored(nobody.webhookId)).toMatchObject({
      shop_id: '0',
      shop_domain: 'never-installed-here.myshopify.com',
      state: 'done',
      outcome: 'unknown-shop',
      detail: 'No shop of this domain has installed Laurel here.',
    });
    expect(await site.stored(ours.webhookId)).toMatchObject({ state: 'done' });
    expect(await site.query(`SELECT 1 FROM orders WHERE shop_id = 0`)).toEqual([]);
  });

  test.each([
    'evil.com',
    '.myshopify.com',
    'a.b.myshopify.com',
    'x.myshopify.com.evil.com',
    `x' OR '1'='1`,
    '0',
    ' ',
  ])('that calls its shop "%s" reaches no shop', async (domain) => {
    const sent = await send(
      site,
      'products/delete',
      { id: 4 },
      { 'X-Shopify-Shop-Domain': domain },
    );
    const row = await site.stored(sent.webhookId);
    expect(sent.status === 200 ? row?.shop_id : sent.status).toBe(domain.trim() === '' ? 400 : '0');
  });

  test('of a shop that left is stored for that shop', async () => {
    const left = newShop();
    await installShop(site.world, left);
    const of = { 'X-Shopify-Shop-Domain': left.domain };
    const leaving = await send(site, 'app/uninstalled', sample('2026-07/app_uninstalled.json'), of);
    await site.drain();
    expect(await site.stored(leaving.webhookId)).toMatchObject({
      state: 'done',
      outcome: 'taken-in',
    });
    const after = await send(site, 'orders/create', sample('2026-07/orders_create.json'), of);
    expect(after.status).toBe(200);
    await site.drain();
    expect(await site.stored(after.webhookId)).toMatchObject({ shop_id: left.id, state: 'done' });

    const redact = await send(site, 'shop/redact', sample('2026-07/shop_redact.json'), of);
    await site.drain();
    // Nothing of it stays, and what comes later is nobody's.
    expect(await site.stored(redact.webhookId)).toBeUndefined();
    expect(await site.query(`SELECT 1 FROM deliveries WHERE shop_id = $1`, [left.id])).toEqual([]);
    const late = await send(site, 'orders/create', sample('2026-07/orders_create.json'), of);
    expect(late.status).toBe(200);
    expect(await site.stored(late.webhookId)).toMatchObject({ shop_id: '0' });
  });
});
