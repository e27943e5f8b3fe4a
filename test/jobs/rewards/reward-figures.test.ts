/** What the page of rewards says of each: given, used, what orders brought and what it cost. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { codeShop } from './code-shop.ts';
import type { CodeShop, Holder } from './code-shop.ts';
import { markEnding } from '../../../app/operations/end-reward.ts';
import { countRewards } from '../../../app/storage/figures/reward-figures.ts';
import { cancelOrder } from '../../../devstore/state/orders/cancel-order.ts';
import { refundOrder } from '../../../devstore/state/orders/refund-order.ts';

let shop: CodeShop;
beforeAll(async () => {
  shop = await codeShop();
});
afterAll(() => shop.close());

it('revenue and cost are of what is kept: two of four codes used, one order cancelled, half of the other refunded', async () => {
  const { road } = shop;
  const figures = async () => {
    const { world, shopId, store } = road;
    const all = await countRewards(world.db(shopId), shopId, store.shop.currency);
    return all['five-off'];
  };
  const holders: Holder[] = [];
  for (let one = 0; one < 4; one += 1) holders.push(await shop.member(500));
  const codes: { readonly id: string; readonly code: string }[] = [];
  for (const who of holders) codes.push(await shop.redeem(who));
  const [first, second] = [holders[0], holders[1]].map((who, index) =>
    who ? shop.order(who, [codes[index]?.code ?? '']) : null,
  );
  await road.settle();
  const [line] = first?.lines ?? [];
  // Two pieces less 5.00 for each order, before tax of it is taken off.
  const before = await figures();
  expect(before).toMatchObject({ given: 4, used: 2, open: 2, ended: 0, points: 2_000 });
  expect(before?.costMinor).toBe(1_000);
  const goods = (before?.revenueMinor ?? 0) / 2;
  expect(goods).toBeGreaterThan(0);
  cancelOrder(road.store, { orderId: second?.id ?? '' });
  refundOrder(road.store, {
    orderId: first?.id ?? '',
    lines: [{ lineId: line?.id ?? '', quantity: 1 }],
  });
  await markEnding(road.world, {
    ...{ shopId: road.shopId, redemptionId: codes[2]?.id ?? '', because: 'cancelled' },
  });
  await road.settle();
  // 250 of the first code, and 500 of the one that is open; half of 5.00.
  expect(await figures()).toMatchObject({
    ...{ given: 4, used: 2, open: 1, ended: 1, points: 750, costMinor: 250 },
    revenueMinor: Math.floor(goods / 2),
  });
});
