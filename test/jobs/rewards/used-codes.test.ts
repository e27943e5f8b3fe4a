/** What became of a code that was used otherwise than it was meant: unpaid, by somebody else, twice, after a merge. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { adjustPoints } from '../../../app/operations/adjust-points.ts';
import { markEnding } from '../../../app/operations/end-reward.ts';
import { giveReward, redeemReward } from '../../../app/operations/redeem-reward.ts';
import { DAY } from '../../../app/domain/time/shop-time.ts';
import { createCustomer } from '../../../devstore/state/customers/create-customer.ts';
import { mergeCustomers } from '../../../devstore/state/customers/merge-customers.ts';
import {
  activateDiscount,
  changeDiscount,
  deactivateDiscount,
} from '../../../devstore/state/discounts/change-discount.ts';
import type { Order } from '../../../devstore/state/order.ts';
import type { PlaceOrderInput } from '../../../devstore/state/orders/place-order.ts';
import { cancelOrder } from '../../../devstore/state/orders/cancel-order.ts';
import { editOrder } from '../../../devstore/state/orders/edit-order.ts';
import { payOrder } from '../../../devstore/state/orders/pay-order.ts';
import { refundOrder } from '../../../devstore/state/orders/refund-order.ts';
import { openRoad, proof } from '../../support/road.ts';
import type { Road } from '../../support/road.ts';
import { writtenRewards } from '../../support/written-rewards.ts';

let road: Road;
beforeAll(async () => {
  road = await openRoad();
  await road.publish({
    earning: [],
    rewards: writtenRewards(
      {
        ...{ key: 'five-off', kind: 'amount-off', points: 500 },
        settings: { amount: '5', combinesWithOrder: true },
      },
      {
        ...{ key: 'ship', kind: 'free-shipping', points: 200 },
        settings: { combinesWithOrder: true },
      },
    ),
  });
  await road.settle();
});
afterAll(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

interface Who {
  readonly customerId: string;
  readonly memberId: string;
}

let names = 0;
async function member(points: number): Promise<Who> {
  names += 1;
  const { id: customerId } = createCustomer(road.store, { email: `used${names}@example.com` });
  await road.settle();
  const [row] = await road.query<{ id: string }>(`SELECT id FROM members WHERE customer_id = $1`, [
    customerId,
  ]);
  const memberId = row?.id ?? '';
  await adjustPoints(road.world, {
    ...{ shopId: road.shopId, memberId, points, reason: 'test', note: '', actor: 'test' },
    ...{ requestKey: `start ${memberId}`, allowDebt: false, countsForTier: false },
  });
  return { customerId, memberId };
}

const standing = async ({ memberId }: Who): Promise<readonly unknown[]> => {
  const [row] = await road.query<{ available: string; debt: string }>(
    `SELECT available, debt FROM members WHERE id = $1`,
    [memberId],
  );
  const states = await road.query<{ state: string; making: string; ending: string | null }>(
    `SELECT r.state, i.making, r.ending FROM redemptions r JOIN issued_rewards i ON i.id = r.id
      WHERE r.member_id = $1 ORDER BY r.reserved_at, r.id`,
    [memberId],
  );
  const told = states.map(({ state, making, ending }) => `${state} ${making} ${ending ?? '-'}`);
  return [Number(row?.available), Number(row?.debt), ...told];
};

/** A code of theirs that works in Shopify. */
async function redeem(who: Who, key = 'k', rewardKey = 'five-off') {
  const answer = await redeemReward(road.world, {
    ...{ shopId: road.shopId, memberId: who.memberId, rewardKey, requestKey: key },
    ...{ steps: 1, prompt: false },
  });
  if (!answer.ok) throw new Error(answer.refusal.kind);
  await road.settle();
  const [row] = await road.query<{ id: string; code: string }>(
    `SELECT id, code FROM redemptions WHERE id = $1`,
    [answer.redemption.id],
  );
  if (!row) throw new Error('There is no redemption.');
  return row;
}

const variantId = (): string =>
  [...road.store.products.values()].find(({ giftCard }) => !giftCard)?.variants[0]?.id ?? '';

function order(who: Who, codes: readonly string[], more: Partial<PlaceOrderInput> = {}): Order {
  const lines = [{ variantId: variantId(), quantity: 2 }];
  return road.store.placeOrder({
    ...{ buyer: { customerId: who.customerId }, lines, discountCodes: codes },
    ...more,
  });
}

const discountOf = (code: string) => {
  const found = road.store.discounts.find(code);
  if (!found) throw new Error(`Shopify has no discount ${code}.`);
  return found;
};

/** The merchant opens the app now and then, which renews the token. */
async function later(ms: number): Promise<void> {
  road.clock.advance(ms);
  await road.installAgain();
  await road.settle();
}

it('an order that is cancelled before it was paid has used nothing: the 500 points come back (law 5.3)', async () => {
  const who = await member(500);
  const { code } = await redeem(who);
  const placed = order(who, [code], { payment: 'pending' });
  await road.settle();
  expect(await standing(who)).toEqual([0, 0, 'reserved made -']);
  cancelOrder(road.store, { orderId: placed.id });
  await road.settle();
  expect(await standing(who)).toEqual([500, 0, 'released ended cancelled']);
});

it('paid later, an order with it has used it, and cancelled after that it gives all 500 back (law 2.5)', async () => {
  const who = await member(500);
  const { code } = await redeem(who);
  const placed = order(who, [code], { payment: 'pending' });
  await road.settle();
  payOrder(road.store, { orderId: placed.id });
  await road.settle();
  expect(await standing(who)).toEqual([0, 0, 'captured made -']);
  // Cancelled after it was paid it is given back as any refund is.
  cancelOrder(road.store, { orderId: placed.id });
  await road.settle();
  expect(await standing(who)).toEqual([500, 0, 'returned made -']);
});

it('while an order with it waits to be paid, an expired code keeps its points; paid, it is used (law 5.3)', async () => {
  const [pays, does_not] = [await member(500), await member(500)];
  const [one, other] = [await redeem(pays), await redeem(does_not)];
  await later(85 * DAY);
  const first = order(pays, [one.code], { payment: 'pending' });
  const second = order(does_not, [other.code], { payment: 'pending' });
  await road.settle();
  await later(7 * DAY);
  expect(await standing(pays)).toEqual([0, 0, 'reserved made expired']);
  payOrder(road.store, { orderId: first.id });
  cancelOrder(road.store, { orderId: second.id });
  await road.settle();
  expect(await standing(pays)).toEqual([0, 0, 'captured made expired']);
  await later(DAY);
  expect(await standing(pays)).toEqual([0, 0, 'captured made expired']);
  expect(await standing(does_not)).toEqual([500, 0, 'released ended expired']);
});

it('a code that a merchant opened to everybody, and somebody else used, is used: no points come back (law 5.3)', async () => {
  const [who, thief] = [await member(500), await member(0)];
  const { id, code } = await redeem(who);
  expect(() => order(thief, [code])).toThrow();
  changeDiscount(road.store, discountOf(code).id, { context: { kind: 'all' } });
  await road.settle();
  const placed = order(thief, [code]);
  await road.settle();
  await markEnding(road.world, { shopId: road.shopId, redemptionId: id, because: 'cancelled' });
  await later(600_000);
  expect(await standing(who)).toEqual([0, 0, 'captured made cancelled']);
  const [row] = await road.query(`SELECT order_id FROM redemptions WHERE id = $1`, [id]);
  expect(row).toEqual({ order_id: placed.id });
  expect(await standing(thief)).toEqual([0, 0]);
});

it('a use that Shopify counts and no order tells keeps the points for three days, and is a use then (law 5.3)', async () => {
  const who = await member(500);
  const { id, code } = await redeem(who);
  const [email, at] = [null, road.clock.now().toISOString()];
  discountOf(code).uses.push({ code, orderId: '999', customerId: who.customerId, email, at });
  await later(600_000);
  await markEnding(road.world, { shopId: road.shopId, redemptionId: id, because: 'cancelled' });
  await road.settle();
  expect(await standing(who)).toEqual([0, 0, 'reserved made cancelled']);
  for (let hour = 0; hour < 72; hour += 6) await later(6 * 3_600_000);
  expect(await standing(who)).toEqual([0, 0, 'captured made cancelled']);
});

it('written small and with spaces it is the same code, and one of two on an order takes its own part (law 2.5)', async () => {
  const who = await member(700);
  const [off, ship] = [await redeem(who), await redeem(who, 'k2', 'ship')];
  const placed = order(who, [off.code.toLowerCase(), ` ${ship.code} `.trim()]);
  await road.settle();
  expect(await standing(who)).toEqual([0, 0, 'captured made -', 'captured made -']);
  const [line] = placed.lines;
  refundOrder(road.store, { orderId: placed.id, lines: [{ lineId: line?.id ?? '', quantity: 1 }] });
  await road.settle();
  // Half of 500, and half of 200: shipping itself has no weight.
  expect((await standing(who))[0]).toBe(350);
});

it('an edit that removes a piece gives back its share of the 500 points, and its refund nothing more (law 2.5)', async () => {
  const who = await member(500);
  const { code } = await redeem(who);
  const placed = order(who, [code]);
  await road.settle();
  const [line] = placed.lines;
  editOrder(road.store, {
    orderId: placed.id,
    remove: [{ lineId: line?.id ?? '', quantity: 1 }],
  });
  await road.settle();
  expect((await standing(who))[0]).toBe(250);
  cancelOrder(road.store, { orderId: placed.id });
  await road.settle();
  expect(await standing(who)).toEqual([500, 0, 'returned made -']);
});

it('a code that a merchant ended gives its points back; made to work again and used, it is charged again (law 5.3)', async () => {
  const who = await member(500);
  const { code } = await redeem(who);
  deactivateDiscount(road.store, discountOf(code).id);
  await road.settle();
  expect(await standing(who)).toEqual([500, 0, 'released ended removed']);
  activateDiscount(road.store, discountOf(code).id);
  order(who, [code]);
  await road.settle();
  expect(await standing(who)).toEqual([0, 0, 'captured ended removed']);
});

it.each([
  ['another code', { code: 'SUMMER-SALE' }],
  ['another customer', { context: { kind: 'customers' as const, customerIds: ['1'] } }],
])(
  'a discount to which a merchant gave %s gives the points back (law 5.3)',
  async (_what, change) => {
    const who = await member(500);
    const { code } = await redeem(who);
    const { id } = discountOf(code);
    changeDiscount(road.store, id, change);
    await road.settle();
    for (let look = 0; look < 4; look += 1) await later(600_000);
    expect(await standing(who)).toEqual([500, 0, 'released ended removed']);
    const left = road.store.discounts.all().find((one) => one.id === id);
    expect(left?.endsAt).not.toBeNull();
  },
);

it('merged in Shopify, the survivor has the code and can use it, and nothing is said to be changed (law 7.2)', async () => {
  const [gone, kept] = [await member(500), await member(0)];
  const { code } = await redeem(gone);
  mergeCustomers(road.store, { keptId: kept.customerId, deletedId: gone.customerId });
  await road.settle();
  await later(600_000);
  expect(await standing(kept)).toEqual([0, 0, 'reserved made -']);
  const [row] = await road.query(
    `SELECT changes FROM issued_rewards i JOIN redemptions r ON r.id = i.id
    WHERE r.code = $1`,
    [code],
  );
  expect(row).toEqual({ changes: null });
  order(kept, [code]);
  await road.settle();
  expect(await standing(kept)).toEqual([0, 0, 'captured made -']);
});

it('uninstalled and installed again, what ran out meanwhile ends, and what is open goes on (law 5.3)', async () => {
  const [old, young] = [await member(500), await member(500)];
  const first = await redeem(old);
  await later(60 * DAY);
  const second = await redeem(young);
  road.store.act((tell) => tell({ topic: 'app/uninstalled' }));
  await road.settle();
  road.clock.advance(40 * DAY);
  await road.settle();
  await later(16 * 60_000);
  await later(16 * 60_000);
  expect(await standing(old)).toEqual([500, 0, 'released ended expired']);
  expect(await standing(young)).toEqual([0, 0, 'reserved made -']);
  expect(() => order(old, [first.code])).toThrow();
  order(young, [second.code]);
  await road.settle();
  expect(await standing(young)).toEqual([0, 0, 'captured made -']);
});

it('at the exact instant of its end a code is over, and a millisecond before it works (law 5.3)', async () => {
  const who = await member(500);
  const { id, code } = await redeem(who);
  const [row] = await road.query<{ until: Date }>(
    `SELECT valid_until AS until FROM redemptions WHERE id = $1`,
    [id],
  );
  const until = row?.until.getTime() ?? 0;
  await later(until - road.clock.now().getTime() - 1);
  expect(await standing(who)).toEqual([0, 0, 'reserved made -']);
  await later(1);
  expect(await standing(who)).toEqual([500, 0, 'released ended expired']);
  expect(() => order(who, [code])).toThrow();
});

it('a present of staff whose order is never paid ends, and costs nothing (law 5.3)', async () => {
  const who = await member(0);
  const given = await giveReward(road.world, {
    ...{ shopId: road.shopId, memberId: who.memberId, rewardKey: 'five-off' },
    ...{ requestKey: 'present', origin: 'agent' },
  });
  await road.settle();
  const code = given.ok ? (given.redemption.code ?? '') : '';
  const placed = order(who, [code], { payment: 'authorized' });
  await road.settle();
  cancelOrder(road.store, { orderId: placed.id });
  await road.settle();
  expect(await standing(who)).toEqual([0, 0, 'released ended cancelled']);
});
