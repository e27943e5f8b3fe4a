import { afterEach, describe, expect, it } from 'vitest';
import { firstDraft } from '../../app/domain/programme/document.ts';
import { storeFacts } from '../../app/jobs/store-facts.ts';
import { connectReviews } from '../../app/operations/connect-reviews.ts';
import { memberOf, openRoad, proof } from '../support/road.ts';
import type { Road } from '../support/road.ts';
import { sendReview } from '../../devstore/reviews/send-review.ts';
import { changeReview, writeReview } from '../../devstore/reviews/write-review.ts';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { editOrder } from '../../devstore/state/orders/edit-order.ts';
import { payOrder } from '../../devstore/state/orders/pay-order.ts';
import type { Store } from '../../devstore/state/store.ts';

let road: Road;
afterEach(async () => {
  expect(await proof(road)).toEqual([]);
  await road.close();
});

const buyer = { email: 'pat@road.example', firstName: 'Pat' };

function variantAbove(store: Store, minor: number): string {
  for (const product of store.products.values()) {
    for (const variant of product.variants) {
      if (!product.giftCard && variant.priceMinor > minor) return variant.id;
    }
  }
  throw new Error('no such product');
}

async function orderPoints(): Promise<{ id: string; posted: number; tier: string | null }[]> {
  const rows = await road.query<{ source_id: string; posted: string; tier_key: string | null }>(
    `SELECT source_id, posted, tier_key FROM awards WHERE source_kind = 'order' ORDER BY occurred_at`,
  );
  return rows.map((row) => ({ id: row.source_id, posted: Number(row.posted), tier: row.tier_key }));
}

describe('pending points', () => {
  it('wait for the payment and then for the days of the programme, and mature once', async () => {
    road = await openRoad();
    await road.publish({ maturityDays: 3, challenges: [] });
    await road.settle();
    const order = road.store.placeOrder({
      buyer,
      lines: [{ variantId: variantAbove(road.store, 1_000), quantity: 1 }],
      payment: 'pending',
    });
    await road.settle();
    const unpaid = await memberOf(road, order.customerId ?? '');
    expect(unpaid.available).toBe(100);
    expect(unpaid.pending).toBeGreaterThan(0);
    road.clock.advance(86_400_000 * 5);
    await road.passTime();
    await road.settle();
    expect((await memberOf(road, order.customerId ?? '')).pending).toBe(unpaid.pending);

    payOrder(road.store, { orderId: order.id });
    await road.settle();
    expect((await memberOf(road, order.customerId ?? '')).pending).toBe(unpaid.pending);
    road.clock.advance(86_400_000 * 3 + 60_000);
    await road.passTime();
    await road.passTime();
    await road.settle();
    const matured = await memberOf(road, order.customerId ?? '');
    expect(matured).toMatchObject({ pending: 0, available: 100 + unpaid.pending });
  });
});

describe('the tier a member had when the order was placed', () => {
  it('multiplies it, and an earlier order that comes late changes the later one', async () => {
    road = await openRoad();
    await road.publish({ challenges: [] });
    await road.settle();
    road.clock.advance(60_000);
    const customer = createCustomer(road.store, buyer);
    await road.settle();
    const big = variantAbove(road.store, 4_000);
    road.devstore.courier.holdAll();
    road.store.placeOrder({
      buyer: { customerId: customer.id },
      lines: [{ variantId: big, quantity: 20 }],
    });
    road.clock.advance(3_600_000);
    road.store.placeOrder({
      buyer: { customerId: customer.id },
      lines: [{ variantId: big, quantity: 1 }],
    });
    // The second order's webhooks arrive first: it looks like the member's first order.
    await road.devstore.courier.releaseAll('reverse');
    await road.settle();
    const [first, second] = await orderPoints();
    expect([first?.tier, second?.tier]).toEqual(['bronze', 'gold']);
    expect(second?.posted).toBeGreaterThan(Math.floor((first?.posted ?? 0) / 20));
    expect((await memberOf(road, customer.id)).tier).toBe('gold');
  });
});

describe('a published change', () => {
  it('moves nobody down, moves up at once, and leaves old orders as they were earned', async () => {
    road = await openRoad();
    await road.publish({ challenges: [] });
    await road.settle();
    const order = road.store.placeOrder({
      buyer,
      lines: [{ variantId: variantAbove(road.store, 4_000), quantity: 6 }],
    });
    await road.settle();
    const before = await memberOf(road, order.customerId ?? '');
    expect(before.tier).toBe('silver');
    const [earned] = await orderPoints();

    road.clock.advance(60_000);
    const draft = firstDraft('Road');
    const levels = draft.tiers.levels.map((level) =>
      level.key === 'silver' ? { ...level, need: '400' } : level,
    );
    await road.publish({ challenges: [], tiers: { ...draft.tiers, levels } });
    await road.settle();
    expect((await memberOf(road, order.customerId ?? '')).tier).toBe('silver');

    road.clock.advance(60_000);
    const easy = draft.tiers.levels.map((level) =>
      level.key === 'gold' ? { ...level, need: '210' } : level,
    );
    await road.publish({ challenges: [], tiers: { ...draft.tiers, levels: easy } });
    await road.settle();
    expect((await memberOf(road, order.customerId ?? '')).tier).toBe('gold');
    expect(await orderPoints()).toEqual([earned]);
    expect(road.store.customers.get(order.customerId ?? '')?.tags).toEqual(['laurel-tier-gold']);
  });
});

describe('an edited order', () => {
  it('is read anew from Shopify and earns for what it is now', async () => {
    road = await openRoad();
    await road.publish({ challenges: [], tiers: { ...firstDraft('').tiers, levels: [] } });
    await road.settle();
    const variantId = variantAbove(road.store, 4_000);
    const order = road.store.placeOrder({ buyer, lines: [{ variantId, quantity: 1 }] });
    await road.settle();
    const [once] = await orderPoints();
    road.clock.advance(60_000);
    // Only orders/edited gets through, which tells differences and no prices.
    road.devstore.courier.knobs.set({ drop: 1 });
    editOrder(road.store, {
      orderId: order.id,
      add: [{ variantId: variantAbove(road.store, 2_000), quantity: 1 }],
    });
    road.devstore.courier.knobs.set({ drop: 0 });
    const edited = road.devstore.courier.log().find(({ topic }) => topic === 'orders/edited');
    expect(edited).toBeDefined();
    await road.devstore.courier.redeliver(edited?.id ?? '');
    await road.settle();
    const [now] = await orderPoints();
    expect(now?.posted).toBeGreaterThan(once?.posted ?? Infinity);
  });
});

describe('reviews by Judge.me', () => {
  it('pay 50 each, the fifth earns the badge, and a review taken down takes both back', async () => {
    road = await openRoad();
    await road.publish();
    await road.settle();
    const customer = createCustomer(road.store, buyer);
    const secret = 'a-long-private-token';
    await connectReviews(road.world, {
      shopId: road.shopId,
      actor: 'test',
      provider: 'judgeme',
      secret,
    });
    road.store.act(() => (road.store.shop.judgemeSecret = secret));
    await road.settle();
    const products = [...road.store.products.values()].slice(0, 5);
    const reviews = products.map((product, index) => {
      road.clock.advance(60_000);
      const review = writeReview(road.store, {
        customer,
        productId: product.id,
        rating: (index % 5) + 1,
        title: 'Lovely',
        body: 'Just so.',
        published: true,
        linked: index % 2 === 0,
      });
      sendReview(road.devstore, road.store, review, 'review/created');
      return review;
    });
    await road.settle();
    // 100 for joining, five reviews, 100 for the badge, whatever the stars.
    expect(await memberOf(road, customer.id)).toMatchObject({ available: 100 + 5 * 50 + 100 });

    road.clock.advance(60_000);
    const gone = changeReview(road.store, reviews[2]?.id ?? '', { published: false });
    sendReview(road.devstore, road.store, gone, 'review/updated');
    await road.settle();
    expect(await memberOf(road, customer.id)).toMatchObject({ available: 100 + 4 * 50 });
  });

  it('go with the review when it turns out to be somebody else’s', async () => {
    road = await openRoad();
    await road.publish();
    road.clock.advance(60_000);
    const first = createCustomer(road.store, buyer);
    const second = createCustomer(road.store, { email: 'sam@road.example', firstName: 'Sam' });
    await road.settle();
    const review = {
      provider: 'judgeme',
      id: '77',
      productId: null,
      email: null,
      published: true,
      withPhoto: false,
      withVideo: false,
      createdAt: road.world.now(),
      updatedAt: road.world.now(),
    };
    const tell = async (customerId: string, later: number): Promise<void> => {
      const facts = { ...review, customerId, updatedAt: review.updatedAt + later };
      await storeFacts(road.world, road.shopId, [
        { name: `review-${later}`, subject: 'review:77', facts: { kind: 'review', review: facts } },
      ]);
      await road.settle();
    };
    await tell(first.id, 0);
    expect(await memberOf(road, first.id)).toMatchObject({ available: 100 + 50 });
    await tell(second.id, 1_000);
    expect(await memberOf(road, first.id)).toMatchObject({ available: 100 });
    expect(await memberOf(road, second.id)).toMatchObject({ available: 100 + 50 });
  });
});
