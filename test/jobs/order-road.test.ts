import { afterEach, describe, expect, it } from 'vitest';
import { adjustPoints } from '../../app/operations/adjust-points.ts';
import { booksOf, memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { cancelOrder } from '../../devstore/state/orders/cancel-order.ts';
import { payOrder } from '../../devstore/state/orders/pay-order.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import type { Store } from '../../devstore/state/store.ts';

let road: Road;
afterEach(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

const buyer = { email: 'road@example.com', firstName: 'Rita', lastName: 'Road' };

/** Three products of three categories, at 50, 30 and 20 in the shop's currency, taxes aside. */
function basket(store: Store): { variantId: string; quantity: number }[] {
  const byCategory = new Map<string, string>();
  for (const product of store.products.values()) {
    const variant = product.variants[0];
    if (!product.giftCard && variant && product.category) {
      byCategory.set(product.category.name, variant.id);
    }
  }
  return [...byCategory.values()].slice(0, 3).map((variantId) => ({ variantId, quantity: 1 }));
}

function shownTo(store: Store, customerId: string): Record<string, string> {
  const fields = store.metafields(`gid://shopify/Customer/${customerId}`);
  return Object.fromEntries(fields.map(({ key, value }) => [key, value]));
}

describe('an order on its road', () => {
  it('earns, completes the challenge, shows on the storefront, and gives back what is refunded', async () => {
    road = await openRoad();
    await road.publish();
    await road.settle();
    road.clock.advance(60_000);
    const order = road.store.placeOrder({ buyer, lines: basket(road.store) });
    await road.settle();

    const customerId = order.customerId ?? '';
    const member = await memberOf(road, customerId);
    const [award] = await road.query<{ posted: string; explanation: { baseMinor: string } }>(
      `SELECT posted, explanation FROM awards WHERE source_kind = 'order'`,
    );
    const earned = Math.floor(Number(award?.explanation.baseMinor) / 100);
    expect(Number(award?.posted)).toBe(earned);
    // The order, 100 for joining, 150 for the challenge.
    expect(member.available).toBe(earned + 100 + 150);

    expect(shownTo(road.store, customerId)).toMatchObject({
      points: String(member.available),
      pending: '0',
      tier: 'Bronze',
      next_tier: 'Silver',
    });
    expect(road.store.customers.get(customerId)?.tags).toContain('laurel-tier-bronze');

    road.clock.advance(60_000);
    const [line] = order.lines;
    refundOrder(road.store, {
      orderId: order.id,
      lines: [{ lineId: line?.id ?? '', quantity: 1 }],
    });
    await road.settle();
    const after = await memberOf(road, customerId);
    const [kept] = await road.query<{ posted: string; explanation: { baseMinor: string } }>(
      `SELECT posted, explanation FROM awards WHERE source_kind = 'order'`,
    );
    const still = Math.floor(Number(kept?.explanation.baseMinor) / 100);
    expect(still).toBeLessThan(earned);
    // The category is gone too, so the challenge is open again.
    expect(after.available).toBe(still + 100);
    expect(shownTo(road.store, customerId)).toMatchObject({ points: String(still + 100) });
  });

  it('gives the same books when everything comes twice and in reverse', async () => {
    const histories = ['oldest', 'reverse'] as const;
    const books: unknown[] = [];
    for (const order of histories) {
      road = await openRoad();
      await road.publish();
      await road.settle();
      road.clock.advance(60_000);
      if (order === 'reverse') {
        road.devstore.courier.knobs.set({ duplicate: 1 });
        road.devstore.courier.holdAll();
      }
      const first = road.store.placeOrder({ buyer, lines: basket(road.store) });
      road.clock.advance(60_000);
      const second = road.store.placeOrder({
        buyer,
        lines: basket(road.store)
          .slice(0, 1)
          .map((line) => ({ ...line, quantity: 9 })),
        payment: 'pending',
      });
      road.clock.advance(60_000);
      refundOrder(road.store, {
        orderId: first.id,
        lines: [{ lineId: first.lines[0]?.id ?? '', quantity: 1 }],
      });
      road.clock.advance(60_000);
      payOrder(road.store, { orderId: second.id });
      road.clock.advance(60_000);
      const third = road.store.placeOrder({ buyer, lines: basket(road.store).slice(1) });
      road.clock.advance(60_000);
      cancelOrder(road.store, { orderId: third.id });
      road.clock.advance(60_000);
      if (order === 'reverse') await road.devstore.courier.releaseAll('reverse');
      await road.settle();
      books.push(await booksOf(road));
      expect(await proof(road)).toEqual([]);
      if (order === 'oldest') await road.close();
    }
    expect(books[1]).toEqual(books[0]);
  });

  it('leaves a member with debt when the points of a refunded order were taken out meanwhile', async () => {
    road = await openRoad();
    await road.publish();
    await road.settle();
    road.clock.advance(60_000);
    const order = road.store.placeOrder({ buyer, lines: basket(road.store) });
    await road.settle();
    const member = await memberOf(road, order.customerId ?? '');
    const take = (points: number) =>
      adjustPoints(road.world, {
        ...{ shopId: road.shopId, memberId: member.id, points, reason: 'correction', note: '' },
        ...{ actor: 'test', requestKey: 'once', allowDebt: false, countsForTier: false },
      });
    expect(await take(-member.available)).toMatchObject({ ok: true, available: 0 });
    expect(await take(-member.available)).toMatchObject({ ok: true, available: 0 });
    // The agent never saw the answer, and wrote another number in the same form.
    expect(await take(7)).toEqual({
      ok: false,
      refusal: { kind: 'key-used-otherwise', points: -member.available },
    });
    road.clock.advance(60_000);
    cancelOrder(road.store, { orderId: order.id });
    await road.settle();
    const after = await memberOf(road, order.customerId ?? '');
    expect(after).toMatchObject({ available: 0, debt: member.available - 100 });
  });
});
