/** What became of a code that was used otherwise than it was meant: unpaid, by somebody else, twice. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeShop } from './code-shop.ts';
import type { CodeShop } from './code-shop.ts';
import { markEnding } from '../../../app/operations/end-reward.ts';
import { giveReward } from '../../../app/operations/redeem-reward.ts';
import { DAY } from '../../../app/domain/time/shop-time.ts';
import { cancelOrder } from '../../../devstore/state/orders/cancel-order.ts';
import { editOrder } from '../../../devstore/state/orders/edit-order.ts';
import { payOrder } from '../../../devstore/state/orders/pay-order.ts';
import { refundOrder } from '../../../devstore/state/orders/refund-order.ts';
import { changeDiscount } from '../../../devstore/state/discounts/change-discount.ts';
import type { Road } from '../../support/road.ts';

let shop: CodeShop;
let road: Road;
beforeAll(async () => {
  shop = await codeShop();
  ({ road } = shop);
});
afterAll(() => shop.close());

it('an order that is cancelled before it was paid has used nothing: the 500 points come back (law 5.3)', async () => {
  const who = await shop.member(500);
  const { code } = await shop.redeem(who);
  const placed = shop.order(who, [code], { payment: 'pending' });
  await road.settle();
  expect(await shop.standing(who)).toEqual([0, 0, 'reserved made -']);
  cancelOrder(road.store, { orderId: placed.id });
  await road.settle();
  expect(await shop.standing(who)).toEqual([500, 0, 'released ended cancelled']);
});

it('paid later, an order with it has used it, and cancelled after that it gives all 500 back (law 2.5)', async () => {
  const who = await shop.member(500);
  const { code } = await shop.redeem(who);
  const placed = shop.order(who, [code], { payment: 'pending' });
  await road.settle();
  payOrder(road.store, { orderId: placed.id });
  await road.settle();
  expect(await shop.standing(who)).toEqual([0, 0, 'captured made -']);
  // Cancelled after it was paid it is given back as any refund is.
  cancelOrder(road.store, { orderId: placed.id });
  await road.settle();
  expect(await shop.standing(who)).toEqual([500, 0, 'returned made -']);
});

it('while an order with it waits to be paid, an expired code keeps its points; paid, it is used (law 5.3)', async () => {
  const [pays, does_not] = [await shop.member(500), await shop.member(500)];
  const [one, other] = [await shop.redeem(pays), await shop.redeem(does_not)];
  await shop.later(85 * DAY);
  const first = shop.order(pays, [one.code], { payment: 'pending' });
  const second = shop.order(does_not, [other.code], { payment: 'pending' });
  await road.settle();
  await shop.later(7 * DAY);
  expect(await shop.standing(pays)).toEqual([0, 0, 'reserved made expired']);
  payOrder(road.store, { orderId: first.id });
  cancelOrder(road.store, { orderId: second.id });
  await road.settle();
  expect(await shop.standing(pays)).toEqual([0, 0, 'captured made expired']);
  await shop.later(DAY);
  expect(await shop.standing(pays)).toEqual([0, 0, 'captured made expired']);
  expect(await shop.standing(does_not)).toEqual([500, 0, 'released ended expired']);
});

it('a code that a merchant opened to everybody, and somebody else used, is used: no points come back (law 5.3)', async () => {
  const [who, thief] = [await shop.member(500), await shop.member(0)];
  const { id, code } = await shop.redeem(who);
  expect(() => shop.order(thief, [code])).toThrow();
  changeDiscount(road.store, shop.discountOf(code).id, { context: { kind: 'all' } });
  await road.settle();
  const placed = shop.order(thief, [code]);
  await road.settle();
  await markEnding(road.world, { shopId: road.shopId, redemptionId: id, because: 'cancelled' });
  await shop.later(600_000);
  expect(await shop.standing(who)).toEqual([0, 0, 'captured made cancelled']);
  const [row] = await road.query(`SELECT order_id FROM redemptions WHERE id = $1`, [id]);
  expect(row).toEqual({ order_id: placed.id });
  expect(await shop.standing(thief)).toEqual([0, 0]);
});

it('a use that Shopify counts and no order tells keeps the points for three days, and is a use then (law 5.3)', async () => {
  const who = await shop.member(500);
  const { id, code } = await shop.redeem(who);
  const [email, at] = [null, road.clock.now().toISOString()];
  shop.discountOf(code).uses.push({ code, orderId: '999', customerId: who.customerId, email, at });
  await shop.later(600_000);
  await markEnding(road.world, { shopId: road.shopId, redemptionId: id, because: 'cancelled' });
  await road.settle();
  expect(await shop.standing(who)).toEqual([0, 0, 'reserved made cancelled']);
  for (let hour = 0; hour < 72; hour += 6) await shop.later(6 * 3_600_000);
  expect(await shop.standing(who)).toEqual([0, 0, 'captured made cancelled']);
});

it('written small and with spaces it is the same code, and one of two on an order takes its own part (law 2.5)', async () => {
  const who = await shop.member(700);
  const [off, ship] = [await shop.redeem(who), await shop.redeem(who, 'k2', 'ship')];
  const placed = shop.order(who, [off.code.toLowerCase(), ` ${ship.code} `.trim()]);
  await road.settle();
  expect(await shop.standing(who)).toEqual([0, 0, 'captured made -', 'captured made -']);
  const [line] = placed.lines;
  refundOrder(road.store, { orderId: placed.id, lines: [{ lineId: line?.id ?? '', quantity: 1 }] });
  await road.settle();
  // Half of 500, and half of 200: shipping itself has no weight.
  expect((await shop.standing(who))[0]).toBe(350);
});

it('an edit that removes a piece gives back its share of the 500 points, and its refund nothing more (law 2.5)', async () => {
  const who = await shop.member(500);
  const { code } = await shop.redeem(who);
  const placed = shop.order(who, [code]);
  await road.settle();
  const [line] = placed.lines;
  editOrder(road.store, {
    orderId: placed.id,
    remove: [{ lineId: line?.id ?? '', quantity: 1 }],
  });
  await road.settle();
  expect((await shop.standing(who))[0]).toBe(250);
  cancelOrder(road.store, { orderId: placed.id });
  await road.settle();
  expect(await shop.standing(who)).toEqual([500, 0, 'returned made -']);
});

it('a present of staff whose order is never paid ends, and costs nothing (law 5.3)', async () => {
  const who = await shop.member(0);
  const given = await giveReward(road.world, {
    ...{ shopId: road.shopId, memberId: who.memberId, rewardKey: 'five-off' },
    ...{ requestKey: 'present', origin: 'agent' },
  });
  await road.settle();
  const code = given.ok ? (given.redemption.code ?? '') : '';
  const placed = shop.order(who, [code], { payment: 'authorized' });
  await road.settle();
  cancelOrder(road.store, { orderId: placed.id });
  await road.settle();
  expect(await shop.standing(who)).toEqual([0, 0, 'released ended cancelled']);
});
