/** Facts that are told after time, or a member, went by without them: through the whole road. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';
import { redeemPoints } from '../../app/operations/redeem-points.ts';
import { releaseRedemption } from '../../app/operations/release-redemption.ts';
import { takeInNow } from '../../app/operations/take-in-now.ts';
import { line, order, programme, refund } from '../domain/fixtures.ts';
import { newDatabaseUrl } from '../support/test-database.ts';
import { openTrialWorld } from '../trials/trial-world.ts';
import type { TrialWorld } from '../trials/trial-world.ts';

const FROM = Date.parse('2026-01-01T12:00:00Z');
const SHOP = '900001';
let here: TrialWorld;
beforeAll(async () => {
  here = openTrialWorld(
    await newDatabaseUrl(`laurel_late_facts_${process.pid}`, 'template'),
    FROM - DAY,
  );
  await here.install(SHOP, 'UTC');
  await here.publish(
    SHOP,
    programme({ expiry: { kind: 'inactivity', length: 30, unit: 'days', reminderDays: [] } }),
  );
  await here.settle();
});
afterAll(() => here.close());

function bought(customerId: string, id: string, placedAt: number, points: number): OrderTidings {
  const lines = [line({ priceMinor: 100, quantity: points })];
  return order({ placedAt, customerId, lines, currency: 'EUR' }, { orderId: id });
}

const tell = (told: OrderTidings): Promise<unknown> =>
  takeInNow(here.world, SHOP, [{ kind: 'order', order: told }]);

async function member(customerId: string): Promise<Record<string, unknown>> {
  const [row] = await here.rows(
    `SELECT id, available::int, debt::int FROM members WHERE customer_id = $1`,
    [customerId],
  );
  return row ?? {};
}

it('an order that is told late brings back what had expired without it, once (law 4.2)', async () => {
  const customer = '7000000000001';
  here.now = FROM;
  await tell(bought(customer, '5001', FROM, 100));
  here.now = FROM + 40 * DAY;
  await here.settle();
  expect(await member(customer)).toMatchObject({ available: 0 });

  await tell(bought(customer, '5002', FROM + 20 * DAY, 50));
  await tell(bought(customer, '5002', FROM + 20 * DAY, 50));
  expect(await member(customer)).toMatchObject({ available: 150 });
  const entries = await here.rows(
    `SELECT kind, from_account, to_account, points::int, lot FROM entries WHERE source_id = '5001' ORDER BY seq`,
  );
  expect(entries).toEqual([
    { kind: 'earn', from_account: 'issued', to_account: 'available', points: 100, lot: 1 },
    { kind: 'expire', from_account: 'available', to_account: 'expired', points: 100, lot: 1 },
    { kind: 'revive', from_account: 'expired', to_account: 'available', points: 100, lot: 1 },
  ]);
  expect(await here.proof(SHOP)).toEqual([]);

  // Thirty days after the late order, and again with nothing left to come back.
  here.now = FROM + 51 * DAY;
  await here.settle();
  expect(await member(customer)).toMatchObject({ available: 0 });
  await tell(bought(customer, '5003', FROM + 30 * DAY, 10));
  expect(await member(customer)).toMatchObject({ available: 160 });
  expect(await here.proof(SHOP)).toEqual([]);
});

it('a code that was used is charged, though its points had come back before the order was told (law 5.3)', async () => {
  const customer = '7000000000002';
  here.now = FROM + 60 * DAY;
  await tell(bought(customer, '6001', here.now, 500));
  const { id } = await member(customer);
  const wish = { shopId: SHOP, memberId: String(id), purpose: 'reward' };
  const first = await redeemPoints(here.world, {
    ...wish,
    ...{ requestKey: 'one', points: 500, code: 'LATE-1' },
  });
  const redemptionId = first.ok ? first.redemption.id : '';
  await releaseRedemption(here.world, { shopId: SHOP, redemptionId });
  await redeemPoints(here.world, { ...wish, requestKey: 'two', points: 300, code: null });
  expect(await member(customer)).toMatchObject({ available: 200, debt: 0 });

  const discountCodes = [{ code: 'late-1', lines: [{ lineId: '1', minor: 500 }] }];
  const lines = [line({ priceMinor: 5_000, discountMinor: 500, giftCard: true })];
  const placedAt = here.now;
  const use = (refunds: OrderTidings['refunds']): OrderTidings =>
    order(
      { placedAt, customerId: customer, currency: 'EUR', lines, discountCodes },
      { orderId: '6002', refunds },
    );
  await tell(use([]));
  // 200 of the 500 are there; 300 are owed.
  expect(await member(customer)).toMatchObject({ available: 0, debt: 300 });
  expect(await here.proof(SHOP)).toEqual([]);
  const again = await releaseRedemption(here.world, { shopId: SHOP, redemptionId });
  expect(again).toEqual({ ok: false, refusal: { kind: 'captured', orderId: '6002' } });

  const back = refund({
    ...{ id: '60021', createdAt: placedAt + DAY, currency: 'EUR' },
    lines: [{ lineId: '1', quantity: 1 }],
  });
  here.now += 2 * DAY;
  await tell(use([back]));
  // The 500 come back: 300 pay what was owed, 200 can be spent.
  expect(await member(customer)).toMatchObject({ available: 200, debt: 0 });
  expect(await here.proof(SHOP)).toEqual([]);
});
