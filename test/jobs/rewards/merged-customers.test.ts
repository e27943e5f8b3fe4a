/** Staff merged two members, and then merged the customers in Shopify, where the other of the two stays. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { codeShop } from './code-shop.ts';
import type { CodeShop } from './code-shop.ts';
import { mergeByHand } from '../../../app/operations/merge-by-hand.ts';
import { undoMerge } from '../../../app/operations/undo-merge.ts';
import { mergeCustomers } from '../../../devstore/state/customers/merge-customers.ts';
import { redactCustomer } from '../../../devstore/state/customers/privacy.ts';
import { proof } from '../../support/road.ts';

let shop: CodeShop;
beforeEach(async () => {
  shop = await codeShop();
});
afterEach(async () => {
  expect(await proof(shop.road)).toEqual([]);
  await shop.close();
});

async function bothWays() {
  const { road } = shop;
  const [kim, gus] = [await shop.member(500), await shop.member(500)];
  const told = await mergeByHand(road.world, {
    ...{ shopId: road.shopId, keptId: kim.memberId, goneId: gus.memberId },
    ...{ reason: 'the same person', actor: 'staff:7' },
  });
  expect(told).toEqual({ ok: true });
  await road.settle();
  mergeCustomers(road.store, { keptId: gus.customerId, deletedId: kim.customerId });
  await road.settle();
  return { road, kim, gus };
}

it('the member is the customer who stays there: codes are made for them (laws 5.4 and 7.2)', async () => {
  const { road, kim, gus } = await bothWays();
  const { code } = await shop.redeem(kim);
  expect(shop.discountOf(code)).toMatchObject({
    context: { customerIds: [gus.customerId] },
  });
  const [row] = await road.query(
    `SELECT customer_id, email, available::int FROM members WHERE id = $1`,
    [kim.memberId],
  );
  const email = road.store.requireCustomer(gus.customerId).email;
  expect(row).toEqual({ customer_id: gus.customerId, email, available: 500 });
  expect(await road.query(`SELECT customer_id, member_id FROM member_aliases`)).toEqual([
    { customer_id: kim.customerId, member_id: kim.memberId },
  ]);
});

it('and undone, each has theirs, of one customer in Shopify (law 7.2)', async () => {
  const { road, kim, gus } = await bothWays();
  const order = shop.order(gus, []);
  await road.settle();
  const [merge] = await road.query<{ id: string }>(`SELECT id FROM merges`);
  const wish = { shopId: road.shopId, mergeId: merge?.id ?? '', actor: 'staff:7' };
  expect(await undoMerge(road.world, wish)).toEqual({ ok: true, spent: 0 });
  await road.settle();
  const rows = await road.query(
    `SELECT id, customer_id, available::int FROM members WHERE id = ANY($1) ORDER BY id`,
    [[kim.memberId, gus.memberId]],
  );
  expect(rows).toEqual([
    { id: kim.memberId, customer_id: gus.customerId, available: 500 },
    { id: gus.memberId, customer_id: null, available: 500 },
  ]);
  // What the customer who is left buys is the member's who has their id.
  expect(await road.query(`SELECT member_id FROM orders WHERE order_id = $1`, [order.id])).toEqual([
    { member_id: kim.memberId },
  ]);
});

it('and who is erased there is erased here (law 7.3)', async () => {
  const { road, kim, gus } = await bothWays();
  redactCustomer(road.store, gus.customerId);
  await road.settle();
  const [row] = await road.query(
    `SELECT state, email, name, available::int FROM members WHERE id = $1`,
    [kim.memberId],
  );
  expect(row).toEqual({ state: 'redacted', email: null, name: null, available: 0 });
});
