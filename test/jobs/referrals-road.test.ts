/** A friend's way from the link to the prizes, through the whole road (law 9). */
import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chooseCode } from '../../app/operations/referral-code.ts';
import { claimReferral } from '../../app/operations/claim-referral.ts';
import { mergeByHand } from '../../app/operations/merge-by-hand.ts';
import { openReferral } from '../../app/operations/open-referral.ts';
import { ownReferrals } from '../../app/operations/own-referrals.ts';
import { ruleReferral } from '../../app/operations/rule-referral.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import { forgetOldTraces } from '../../app/storage/referrals/referral-traces.ts';
import { storefrontReferrals } from '../../app/queries/storefront-referrals.ts';
import { referring } from '../domain/referrals/referred.ts';
import { orderBody, refundBody } from '../support/order-body.ts';
import { API_SECRET, memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';

const DAY = 86_400_000;

let road: Road;
let people = 8000;
let orders = 88_000;
beforeAll(async () => {
  road = await openRoad();
  await road.publish(referring());
});
afterAll(() => road.close());

const iso = (): string => new Date(road.clock.now()).toISOString();

interface Person {
  readonly id: string;
  readonly email: string;
}

/** A customer whose account began now. */
async function someone(email?: string): Promise<Person> {
  people += 1;
  const person = { id: String(people), email: email ?? `person${people}@example.com` };
  await webhook('customers/create', {
    id: people,
    ...{ created_at: iso(), updated_at: iso() },
    ...{ email: person.email, first_name: `Kim${people}`, last_name: 'Test' },
  });
  return person;
}

async function webhook(topic: string, body: object): Promise<void> {
  await tell(topic, body);
  await road.settle();
}

async function tell(topic: string, body: object): Promise<void> {
  const text = JSON.stringify(body);
  const answer = await fetch(`${road.edgeUrl}/webhooks/shopify`, {
    method: 'POST',
    headers: {
      'X-Shopify-Topic': topic,
      'X-Shopify-Hmac-Sha256': createHmac('sha256', API_SECRET).update(text).digest('base64'),
      'X-Shopify-Shop-Domain': road.store.domain,
      'X-Shopify-Api-Version': '2026-10',
      'X-Shopify-Webhook-Id': randomUUID(),
    },
    body: text,
  });
  expect(answer.status).toBe(200);
}

async function codeOf({ id }: Person): Promise<string> {
  const own = await ownReferrals(road.world, road.shopId, id);
  if (!own) throw new Error('They may refer friends.');
  return own.code;
}

let devices = 0;
const device = (): string => {
  devices += 1;
  return `browser-of-a-person-${devices}`;
};

async function claim(friend: Person, code: string, from: { ip?: string; device?: string } = {}) {
  const told = await claimReferral(road.world, {
    ...{ shopId: road.shopId, customerId: friend.id, code },
    ...{ ip: from.ip ?? null, device: from.device ?? device() },
  });
  await road.settle();
  return told;
}

interface Bought {
  readonly id: number;
  readonly body: Record<string, unknown>;
}

/** A paid order of one line of €50.00; nothing in it is anybody else's. */
async function buys(friend: Person, over: Record<string, unknown> = {}): Promise<Bought> {
  orders += 10;
  const id = orders;
  const lines = [{ id: id + 1, price: '50.00', quantity: 1 }];
  const body = {
    ...orderBody({ id, customerId: Number(friend.id), placedAt: iso(), lines }),
    ...{ email: friend.email, contact_email: friend.email, phone: null, browser_ip: null },
    ...{ shipping_address: null, billing_address: null, note_attributes: [] },
    ...over,
  };
  const customer = { ...(body as { customer?: object }).customer, id: Number(friend.id) };
  const told = { ...body, customer: { ...customer, email: friend.email, default_address: null } };
  await webhook('orders/paid', told);
  return { id, body: told };
}

async function refunds({ id }: Bought): Promise<void> {
  await webhook(
    'refunds/create',
    refundBody({
      ...{ id: id + 5, orderId: id, at: iso() },
      lines: [{ lineId: id + 1, quantity: 1, subtotal: '50.00' }],
    }),
  );
}

async function passes(days: number): Promise<void> {
  road.clock.advance(days * DAY);
  await road.settle();
}

const balance = async ({ id }: Person): Promise<number> => {
  const { available, debt } = await memberOf(road, id);
  return available - debt;
};

interface Row extends Record<string, unknown> {
  readonly id: string;
  readonly state: string;
  readonly because: string | null;
  readonly score: number;
  readonly signals: string[];
}

async function rowsOf(friend: Person): Promise<Row[]> {
  const { id } = await memberOf(road, friend.id);
  return road.query<Row>(
    `SELECT id, state, because, score, signals FROM referrals WHERE friend_member_id = $1 ORDER BY claimed_at`,
    [id],
  );
}

const withCode = (code: string): object => ({
  note_attributes: [{ name: '_laurel_ref', value: code }],
});

describe('a friend who comes by a link (law 9.1)', () => {
  it('has 100 at once, and who referred them 200 after fourteen days', async () => {
    const [mina, kim] = [await someone(), await someone()];
    const code = await codeOf(mina);
    expect(await openReferral(road.world, road.shopId, { code, to: '/products/tea' })).toBe(
      `/products/tea?ref=${code}`,
    );
    expect(await claim(kim, code.toLowerCase())).toEqual({ ok: true, already: false });
    expect([await balance(mina), await balance(kim)]).toEqual([0, 100]);
    await buys(kim);
    await passes(13);
    expect(await balance(mina)).toBe(0);
    expect((await rowsOf(kim))[0]).toMatchObject({ state: 'ordered', score: 0 });
    await passes(1);
    expect(await balance(mina)).toBe(200);
    const { id } = await memberOf(road, mina.id);
    expect(await storefrontReferrals(road.world, road.shopId, id)).toMatchObject([
      { state: 'rewarded', name: 'K…' },
    ]);
    expect(await proof(road)).toEqual([]);
  });

  it('counts by the order alone, where they bought without signing in, and is paid at the sign-in', async () => {
    const [mina, kim] = [await someone(), await someone()];
    await buys(kim, withCode(await codeOf(mina)));
    await passes(14);
    expect([await balance(mina), await balance(kim)]).toEqual([200, 0]);
    await claim(kim, await codeOf(mina));
    // The code was theirs before: it is no second claim, and they were seen signed in now.
    expect(await rowsOf(kim)).toHaveLength(1);
    expect(await proof(road)).toEqual([]);
  });

  it('comes by the first code only, though 100 are claimed and again', async () => {
    const [mina, noor, kim] = [await someone(), await someone(), await someone()];
    const [first, second] = [await codeOf(mina), await codeOf(noor)];
    await claim(kim, first);
    expect(await claim(kim, second)).toMatchObject({ refusal: { kind: 'came-before' } });
    const again = await Promise.all(Array.from({ length: 20 }, () => claim(kim, first)));
    expect(again.every((one) => one.ok && one.already)).toBe(true);
    await passes(1);
    await buys(kim, withCode(second));
    await passes(20);
    expect([await balance(mina), await balance(noor), await balance(kim)]).toEqual([200, 0, 100]);
    expect(await rowsOf(kim)).toMatchObject([
      { state: 'rewarded' },
      { state: 'refused', because: 'came-before' },
    ]);
  });

  it('is no friend of their own, nor new when they ordered before', async () => {
    const [mina, kim] = [await someone(), await someone()];
    const code = await codeOf(mina);
    expect(await claim(mina, code)).toMatchObject({ refusal: { kind: 'own-code' } });
    await buys(mina, withCode(code));
    expect(await rowsOf(mina)).toEqual([]);
    await buys(kim);
    expect(await claim(kim, code)).toMatchObject({ refusal: { kind: 'not-new' } });
    expect(await claim(kim, 'NOBODY-HAS-IT')).toMatchObject({ refusal: { kind: 'unknown-code' } });
    expect(await balance(mina)).toBe(0);
  });
});

describe('an order that goes back (law 9.3)', () => {
  it('within the window makes the next one count; after it the points go back', async () => {
    const [mina, kim] = [await someone(), await someone()];
    await claim(kim, await codeOf(mina));
    const first = await buys(kim);
    await passes(5);
    await refunds(first);
    expect((await rowsOf(kim))[0]).toMatchObject({ state: 'returned' });
    const second = await buys(kim);
    await passes(13);
    expect(await balance(mina)).toBe(0);
    await passes(1);
    expect(await balance(mina)).toBe(200);
    await refunds(second);
    expect(await balance(mina)).toBe(0);
    expect((await rowsOf(kim))[0]).toMatchObject({ state: 'returned' });
    expect(await proof(road)).toEqual([]);
  });

  it('ends in the same books when its refund is told first, twice, and the claim last', async () => {
    const [mina, kim] = [await someone(), await someone()];
    const code = await codeOf(mina);
    orders += 10;
    const id = orders;
    const lines = [{ id: id + 1, price: '50.00', quantity: 1 }];
    const body = {
      ...orderBody({ id, customerId: Number(kim.id), placedAt: iso(), lines }),
      ...{ email: kim.email, phone: null, shipping_address: null, billing_address: null },
      ...withCode(code),
    };
    await refunds({ id, body });
    await webhook('orders/paid', body);
    await webhook('orders/paid', body);
    await refunds({ id, body });
    await passes(20);
    expect(await balance(mina)).toBe(0);
    expect(await rowsOf(kim)).toMatchObject([{ state: 'returned' }]);
    expect(await proof(road)).toEqual([]);
  });
});

describe('people who refer themselves (law 9.4)', () => {
  it('by another spelling of their mailbox are refused and lose what was given', async () => {
    const mina = await someone('mina.kay@gmail.com');
    const other = await someone('MinaKay+shop@googlemail.com');
    await claim(other, await codeOf(mina));
    expect((await rowsOf(other))[0]).toMatchObject({
      ...{ state: 'refused', because: 'score', score: 100, signals: ['same-email'] },
    });
    await buys(other);
    await passes(30);
    expect([await balance(mina), await balance(other)]).toEqual([0, 0]);
    expect(await proof(road)).toEqual([]);
  });

  it('in one browser, one after another, wait for a person who refuses or approves', async () => {
    const mina = await someone();
    const ring = [await someone(), await someone(), await someone()];
    const one = device();
    for (const friend of ring) await claim(friend, await codeOf(mina), { device: one });
    for (const friend of ring) await buys(friend);
    await passes(15);
    // The first is above suspicion; the others came in the browser of the first.
    expect(await balance(mina)).toBe(200);
    const [second, third] = [(await rowsOf(ring[1]!))[0], (await rowsOf(ring[2]!))[0]];
    expect(second).toMatchObject({ state: 'flagged', score: 50, signals: ['shared-device'] });
    expect(third).toMatchObject({ state: 'flagged' });
    const about = { shopId: road.shopId, actor: 'Ada' };
    const no = { ...about, id: third?.id ?? '', approve: false };
    expect(await ruleReferral(road.world, { ...no, reason: ' ' })).toMatchObject({ ok: false });
    await ruleReferral(road.world, { ...no, reason: 'One person' });
    await ruleReferral(road.world, { ...no, id: second?.id ?? '', approve: true, reason: 'Twins' });
    await road.settle();
    expect(await balance(mina)).toBe(400);
    expect([await balance(ring[1]!), await balance(ring[2]!)]).toEqual([100, 0]);
    const audit = await road.query(
      `SELECT action FROM audit WHERE action LIKE 'referral%' ORDER BY seq`,
    );
    expect(audit).toHaveLength(4);
    expect(await proof(road)).toEqual([]);
  });

  it('are found by the address and the phone of an order that comes later', async () => {
    const [mina, kim] = [await someone(), await someone()];
    const home = { address1: 'Grüne Str. 5', zip: '10115', country_code: 'DE', city: 'Berlin' };
    await buys(mina, { shipping_address: { ...home, phone: '+49 170 1234567' } });
    await claim(kim, await codeOf(mina));
    expect(await balance(kim)).toBe(100);
    const there = { ...home, address1: 'GRÜNE STRASSE 5', phone: '0170 1234567' };
    await buys(kim, { shipping_address: there });
    expect((await rowsOf(kim))[0]).toMatchObject({
      ...{ state: 'refused', score: 110, signals: ['same-phone', 'same-address'] },
    });
    await passes(20);
    expect([await balance(mina), await balance(kim)]).toEqual([0, 0]);
  });

  it('leave only keyed hashes, which are gone when nobody saw them for 90 days', async () => {
    const [mina, kim] = [await someone(), await someone()];
    await claim(kim, await codeOf(mina), { ip: '203.0.113.77' });
    const { id } = await memberOf(road, kim.id);
    const mine = (): Promise<Record<string, unknown>[]> =>
      road.query(`SELECT kind, hash FROM referral_traces WHERE member_id = $1 ORDER BY kind`, [id]);
    expect((await mine()).map(({ kind }) => kind)).toEqual(['device', 'email', 'ip']);
    expect(JSON.stringify(await mine())).not.toMatch(/203\.0|person|browser/);
    await forgetOldTraces(
      road.world.db(road.shopId),
      road.shopId,
      Number(road.clock.now()) + 89 * DAY,
    );
    expect(await mine()).toHaveLength(3);
    await forgetOldTraces(
      road.world.db(road.shopId),
      road.shopId,
      Number(road.clock.now()) + 91 * DAY,
    );
    expect(await mine()).toEqual([]);
  });
});

describe('merges and erasure', () => {
  it('of friend and member leave nobody to be rewarded; undone, both are as before', async () => {
    const [mina, kim] = [await someone(), await someone()];
    await claim(kim, await codeOf(mina));
    await buys(kim);
    await passes(14);
    expect([await balance(mina), await balance(kim)]).toEqual([200, 100]);
    const [kept, gone] = [await memberOf(road, mina.id), await memberOf(road, kim.id)];
    const merged = await mergeByHand(road.world, {
      ...{ shopId: road.shopId, keptId: kept.id, goneId: gone.id },
      ...{ actor: 'Ada', reason: 'One person' },
    });
    expect(merged.ok).toBe(true);
    await road.settle();
    expect(await balance(mina)).toBe(0);
    expect(await proof(road)).toEqual([]);
    const [merge] = await road.query<{ id: string }>(
      `SELECT id FROM merges WHERE kept_member_id = $1`,
      [kept.id],
    );
    const undo = { shopId: road.shopId, mergeId: merge?.id ?? '', actor: 'Ada' };
    expect((await undoMerge(road.world, undo)).ok).toBe(true);
    await road.settle();
    expect([await balance(mina), await balance(kim)]).toEqual([200, 100]);
    expect(await proof(road)).toEqual([]);
  });

  it('of two members make one of their friends, and a code of either goes on working', async () => {
    const [mina, other, kim] = [await someone(), await someone(), await someone()];
    const code = await codeOf(other);
    await webhook('customers/merge', {
      admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${mina.id}`,
      admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${other.id}`,
      status: 'completed',
      errors: [],
    });
    await claim(kim, code);
    await buys(kim);
    await passes(14);
    expect(await balance(mina)).toBe(200);
  });

  it('of a friend leaves the prize, takes the traces, and tells no name', async () => {
    const [mina, kim] = [await someone(), await someone()];
    await claim(kim, await codeOf(mina));
    const bought = await buys(kim);
    await passes(14);
    const { id } = await memberOf(road, kim.id);
    await webhook('customers/redact', {
      customer: { id: Number(kim.id), email: kim.email },
      orders_to_redact: [],
    });
    expect(await road.query(`SELECT 1 FROM referral_traces WHERE member_id = $1`, [id])).toEqual(
      [],
    );
    const advocate = await memberOf(road, mina.id);
    expect(await storefrontReferrals(road.world, road.shopId, advocate.id)).toMatchObject([
      { state: 'rewarded', name: null },
    ]);
    expect(await balance(mina)).toBe(200);
    await refunds(bought);
    expect(await balance(mina)).toBe(0);
    expect(await proof(road)).toEqual([]);
  });

  it('of who referred deletes their codes and keeps what the friend has', async () => {
    const [mina, kim] = [await someone(), await someone()];
    const { id } = await memberOf(road, mina.id);
    const chosen = { shopId: road.shopId, memberId: id, code: `mina-${mina.id}` };
    expect(await chooseCode(road.world, chosen)).toEqual({ ok: true, code: `MINA-${mina.id}` });
    await buys(kim, withCode(`mina-${mina.id}`));
    await claim(kim, await codeOf(mina));
    const had = await balance(kim);
    await webhook('customers/redact', { customer: { id: Number(mina.id) }, orders_to_redact: [] });
    expect(await road.query(`SELECT 1 FROM referral_codes WHERE member_id = $1`, [id])).toEqual([]);
    const kept = await road.query(`SELECT facts FROM orders WHERE referral_code = $1`, [
      `MINA-${mina.id}`,
    ]);
    expect(kept).toEqual([]);
    await buys(kim);
    expect(await balance(kim)).toBe(had);
    expect(await proof(road)).toEqual([]);
  });
});

describe('a code of one’s own', () => {
  it('is one member’s in the shop, whatever its case, and old ones go on working', async () => {
    const [mina, noor, kim] = [await someone(), await someone(), await someone()];
    const first = await codeOf(mina);
    const member = async (who: Person) => (await memberOf(road, who.id)).id;
    const wish = { shopId: road.shopId, code: `tea-${mina.id}` };
    const ofMina = { ...wish, memberId: await member(mina) };
    expect(await chooseCode(road.world, ofMina)).toMatchObject({ ok: true });
    expect(
      await chooseCode(road.world, {
        ...{ ...wish, code: `TEA-${mina.id}` },
        memberId: await member(noor),
      }),
    ).toMatchObject({ refusal: { kind: 'taken' } });
    expect(await codeOf(mina)).toBe(`TEA-${mina.id}`);
    expect(await claim(kim, first)).toMatchObject({ ok: true });
    for (const number of [1, 2, 3, 4]) {
      await chooseCode(road.world, { ...ofMina, code: `more-${mina.id}-${number}` });
    }
    await passes(1);
    const sixth = await chooseCode(road.world, { ...ofMina, code: `six-${mina.id}` });
    expect(sixth).toMatchObject({ refusal: { kind: 'too-many' } });
    expect(await chooseCode(road.world, ofMina)).toMatchObject({ ok: true });
    expect(await codeOf(mina)).toBe(`TEA-${mina.id}`);
  });
});
