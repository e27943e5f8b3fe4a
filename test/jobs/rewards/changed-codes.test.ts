/** Codes that members hold while merchants edit them, merge customers, leave, and time runs out. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeShop } from './code-shop.ts';
import type { CodeShop } from './code-shop.ts';
import { mergeByHand } from '../../../app/operations/merge-by-hand.ts';
import { DAY } from '../../../app/domain/time/shop-time.ts';
import { mergeCustomers } from '../../../devstore/state/customers/merge-customers.ts';
import {
  activateDiscount,
  changeDiscount,
  deactivateDiscount,
} from '../../../devstore/state/discounts/change-discount.ts';
import type { Road } from '../../support/road.ts';

let shop: CodeShop;
let road: Road;
beforeAll(async () => {
  shop = await codeShop();
  ({ road } = shop);
});
afterAll(() => shop.close());

it('a code that a merchant ended gives its points back; made to work again and used, it is charged again (law 5.3)', async () => {
  const who = await shop.member(500);
  const { code } = await shop.redeem(who);
  deactivateDiscount(road.store, shop.discountOf(code).id);
  await road.settle();
  expect(await shop.standing(who)).toEqual([500, 0, 'released ended removed']);
  activateDiscount(road.store, shop.discountOf(code).id);
  shop.order(who, [code]);
  await road.settle();
  expect(await shop.standing(who)).toEqual([0, 0, 'captured ended removed']);
});

it.each([
  ['another code', { code: 'SUMMER-SALE' }],
  ['another customer', { context: { kind: 'customers' as const, customerIds: ['1'] } }],
])(
  'a discount to which a merchant gave %s gives the points back (law 5.3)',
  async (_what, change) => {
    const who = await shop.member(500);
    const { code } = await shop.redeem(who);
    const { id } = shop.discountOf(code);
    changeDiscount(road.store, id, change);
    await road.settle();
    for (let look = 0; look < 4; look += 1) await shop.later(600_000);
    expect(await shop.standing(who)).toEqual([500, 0, 'released ended removed']);
    const left = road.store.discounts.all().find((one) => one.id === id);
    expect(left?.endsAt).not.toBeNull();
  },
);

it('merged in Shopify, the survivor has the code and can use it, and nothing is said to be changed (law 7.2)', async () => {
  const [gone, kept] = [await shop.member(500), await shop.member(0)];
  const { code } = await shop.redeem(gone);
  mergeCustomers(road.store, { keptId: kept.customerId, deletedId: gone.customerId });
  await road.settle();
  await shop.later(600_000);
  expect(await shop.standing(kept)).toEqual([0, 0, 'reserved made -']);
  const [row] = await road.query(
    `SELECT changes FROM issued_rewards i JOIN redemptions r ON r.id = i.id
    WHERE r.code = $1`,
    [code],
  );
  expect(row).toEqual({ changes: null });
  shop.order(kept, [code]);
  await road.settle();
  expect(await shop.standing(kept)).toEqual([0, 0, 'captured made -']);
});

it('merged by staff, who redeemed it goes on using it, and nothing is said to be changed (law 7.2)', async () => {
  const [gone, kept] = [await shop.member(500), await shop.member(0)];
  const { code } = await shop.redeem(gone);
  const merged = await mergeByHand(road.world, {
    ...{ shopId: road.shopId, keptId: kept.memberId, goneId: gone.memberId },
    ...{ reason: 'one person', actor: 'staff:1' },
  });
  expect(merged).toEqual({ ok: true });
  // Whatever a merchant touches of it makes it be looked at.
  changeDiscount(road.store, shop.discountOf(code).id, {});
  for (let look = 0; look < 5; look += 1) await shop.later(600_000);
  expect(await shop.standing(kept)).toEqual([0, 0, 'reserved made -']);
  shop.order(gone, [code]);
  await road.settle();
  expect(await shop.standing(kept)).toEqual([0, 0, 'captured made -']);
});

it('uninstalled and installed again, what ran out meanwhile ends, and what is open goes on (law 5.3)', async () => {
  const [old, young] = [await shop.member(500), await shop.member(500)];
  const first = await shop.redeem(old);
  await shop.later(60 * DAY);
  const second = await shop.redeem(young);
  road.store.act((tell) => tell({ topic: 'app/uninstalled' }));
  await road.settle();
  road.clock.advance(40 * DAY);
  await road.settle();
  await shop.later(16 * 60_000);
  await shop.later(16 * 60_000);
  expect(await shop.standing(old)).toEqual([500, 0, 'released ended expired']);
  expect(await shop.standing(young)).toEqual([0, 0, 'reserved made -']);
  expect(() => shop.order(old, [first.code])).toThrow();
  shop.order(young, [second.code]);
  await road.settle();
  expect(await shop.standing(young)).toEqual([0, 0, 'captured made -']);
});

it('at the exact instant of its end a code is over, and a millisecond before it works (law 5.3)', async () => {
  const who = await shop.member(500);
  const { id, code } = await shop.redeem(who);
  const [row] = await road.query<{ until: Date }>(
    `SELECT valid_until AS until FROM redemptions WHERE id = $1`,
    [id],
  );
  const until = row?.until.getTime() ?? 0;
  await shop.later(until - road.clock.now().getTime() - 1);
  expect(await shop.standing(who)).toEqual([0, 0, 'reserved made -']);
  await shop.later(1);
  expect(await shop.standing(who)).toEqual([500, 0, 'released ended expired']);
  expect(() => shop.order(who, [code])).toThrow();
});
