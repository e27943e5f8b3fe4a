/** What tells no date of its own, and is read late, again, or after what came later (laws 2.1, 4.3 and 8). */
import { createHmac, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { takeInNow } from '../../app/operations/take-in-now.ts';
import { undoMerge } from '../../app/operations/undo-merge.ts';
import { updateCustomer } from '../../devstore/state/customers/change-customer.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import type { FactTidings } from '../../app/domain/tidings.ts';
import { review } from '../domain/fixtures.ts';
import { programmeOf, way } from '../domain/activities/ways.ts';
import { API_SECRET, memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { newMember } from '../support/shop-rows.ts';

let road: Road;
let customer = 8100;
beforeAll(async () => {
  road = await openRoad();
  await road.publish(
    programmeOf(
      way('newsletter', { points: 40, keptAfterDays: 30 }),
      way(
        'custom',
        { points: 60, action: 'photo' },
        { limits: { perMember: [{ most: 100, of: 'points', per: 'day' }] } },
      ),
    ),
  );
});
afterAll(() => road.close());
// In Berlin it is an hour before midnight.
beforeEach(() => road.clock.set('2026-12-01T22:00:00Z'));

async function someone(): Promise<string> {
  customer += 1;
  await newMember(road.world, road.shopId, { customerId: BigInt(customer) });
  return String(customer);
}

async function arrives(path: string, body: object, headers = {}): Promise<void> {
  const text = JSON.stringify(body);
  const signature = createHmac('sha256', API_SECRET).update(text).digest('base64');
  const answer = await fetch(`${road.edgeUrl}${path}`, {
    method: 'POST',
    headers: { 'X-Shopify-Hmac-Sha256': signature, ...headers },
    body: text,
  });
  expect(answer.status).toBe(200);
}

const webhook = (topic: string, body: object): Promise<void> =>
  arrives('/webhooks/shopify', body, {
    'X-Shopify-Topic': topic,
    'X-Shopify-Shop-Domain': road.store.domain,
    'X-Shopify-Api-Version': '2026-10',
    'X-Shopify-Webhook-Id': randomUUID(),
  });

const flow = (id: string, runId: string): Promise<void> =>
  arrives('/flow/award', {
    shop_id: '1',
    shopify_domain: road.store.domain,
    action_run_id: runId,
    handle: 'award-points',
    properties: { action: 'photo', customer_id: id, points: '' },
  });

const consented = (id: string, state: string, at: string | null): Promise<void> =>
  webhook('customers_email_marketing_consent/update', {
    customer_id: Number(id),
    email_marketing_consent: { state, consent_updated_at: at },
  });

const available = async (id: string): Promise<number> => (await memberOf(road, id)).available;

it('a run of Flow is of the day on which it came, though a worker reads it a day later: 60 + 40, and 60', async () => {
  const id = await someone();
  await flow(id, `a-${id}`);
  await flow(id, `b-${id}`);
  road.clock.set('2026-12-02T22:00:00Z');
  await flow(id, `c-${id}`);
  await road.settle();
  // Two of the first day, of which 100 are the most, and one of the second.
  expect(await available(id)).toBe(160);
  const rows = await road.query<{ occurred_at: Date }>(
    `SELECT occurred_at FROM awards WHERE member_id = $1 ORDER BY occurred_at`,
    [(await memberOf(road, id)).id],
  );
  expect(rows.map(({ occurred_at: at }) => at.toISOString().slice(0, 10))).toEqual([
    '2026-12-01',
    '2026-12-01',
    '2026-12-02',
  ]);
  expect(await proof(road)).toEqual([]);
});

it('that nobody ever consented, told after the consent, takes nothing back; a withdrawal does (law 8)', async () => {
  const id = await someone();
  await consented(id, 'subscribed', '2026-12-01T20:00:00Z');
  await road.settle();
  await consented(id, 'not_subscribed', null);
  await road.settle();
  expect(await available(id)).toBe(40);
  await consented(id, 'unsubscribed', null);
  await road.settle();
  expect(await available(id)).toBe(0);
  expect(await proof(road)).toEqual([]);
});

it('of two who are merged and parted again each has the consent that was theirs (laws 7.2 and 8)', async () => {
  const [kim, gus] = [await someone(), await someone()];
  await consented(kim, 'subscribed', '2026-11-25T10:00:00Z');
  await consented(gus, 'subscribed', '2026-11-22T10:00:00Z');
  await consented(gus, 'unsubscribed', '2026-11-29T10:00:00Z');
  await road.settle();
  expect([await available(kim), await available(gus)]).toEqual([40, 0]);
  await webhook('customers/merge', {
    admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kim}`,
    admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gus}`,
    status: 'completed',
    errors: [],
  });
  await road.settle();
  expect(await available(kim)).toBe(40);
  expect(await proof(road)).toEqual([]);

  const [merge] = await road.query<{ id: string; gone_member_id: string }>(
    `SELECT id, gone_member_id FROM merges ORDER BY id DESC LIMIT 1`,
  );
  const wish = { shopId: road.shopId, mergeId: merge?.id ?? '', actor: 'staff:1' };
  expect(await undoMerge(road.world, wish)).toEqual({ ok: true, spent: 0 });
  await road.settle();
  expect(await available(kim)).toBe(40);
  expect(
    await road.query(`SELECT content FROM activities WHERE member_id = $1 ORDER BY occurred_at`, [
      merge?.gone_member_id,
    ]),
  ).toEqual([{ content: { given: 1 } }, { content: { given: 0 } }]);
  expect(await proof(road)).toEqual([]);
});

it('a review that was taken down before Laurel heard of it was shown all the same (laws 2.1 and 4.2)', async () => {
  const id = await someone();
  const at = Date.parse('2026-12-01T20:00:00Z');
  const told = (published: boolean, updatedAt: number): FactTidings => ({
    kind: 'review',
    review: review({ id: `r${id}`, customerId: id, published, createdAt: at, updatedAt }),
  });
  const tell = (one: FactTidings): Promise<readonly string[]> =>
    takeInNow(road.world, road.shopId, [one]);
  expect(await tell(told(false, at + 60_000))).toEqual(['taken-in']);
  expect(await tell(told(true, at))).toEqual(['taken-in']);
  for (const again of [told(true, at), told(false, at + 60_000)]) {
    expect(await tell(again)).toEqual(['nothing-new']);
  }
  const rows = await road.query(`SELECT member_id, facts FROM reviews WHERE review_id = $1`, [
    `r${id}`,
  ]);
  const { id: memberId } = await memberOf(road, id);
  expect(rows).toMatchObject([{ member_id: memberId, facts: { published: false, shown: true } }]);
  expect(await proof(road)).toEqual([]);
});

it('a profile that was complete before the programme is known by the import, and pays nothing later (law 8)', async () => {
  const other = await openRoad({ install: false });
  try {
    const email = 'old@road.example';
    const old = createCustomer(other.store, { email, firstName: 'Ines' });
    const half = createCustomer(other.store, { email: 'half@road.example' });
    await other.installAgain();
    await other.readHistory();
    other.clock.advance(60_000);
    await other.publish(
      programmeOf(way('profile', { points: 60, name: true, email: true, address: false })),
    );
    other.clock.advance(60_000);
    updateCustomer(other.store, old.id, { lastName: 'Ito' });
    updateCustomer(other.store, half.id, { firstName: 'Hal' });
    await other.settle();
    expect((await memberOf(other, old.id)).available).toBe(0);
    // Control: whose name came under the programme has just completed theirs.
    expect((await memberOf(other, half.id)).available).toBe(60);
    expect(await proof(other)).toEqual([]);
  } finally {
    await other.close();
  }
});
