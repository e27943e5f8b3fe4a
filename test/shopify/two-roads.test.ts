/** Webhooks and the Admin API tell the same facts of the same order. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { takeIn, unknownOrder } from '../../app/domain/orders/order-facts.ts';
import type { OrderFacts } from '../../app/domain/orders/order-facts.ts';
import { makeAdminClient } from '../../app/shopify/admin-client.ts';
import { lookUpOrder } from '../../app/shopify/look-up.ts';
import { readDelivery } from '../../app/shopify/payloads/read-delivery.ts';
import { cancelOrder, fulfillOrder } from '../../devstore/state/orders/cancel-order.ts';
import { disputeOrder } from '../../devstore/state/orders/dispute-order.ts';
import { editOrder } from '../../devstore/state/orders/edit-order.ts';
import { payOrder } from '../../devstore/state/orders/pay-order.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import type { PlaceOrderInput } from '../../devstore/state/orders/place-order.ts';
import type { Order } from '../../devstore/state/order.ts';
import { runningShopify } from '../devstore/running-shopify.ts';
import type { Running } from '../devstore/running-shopify.ts';

let shopify: Running;
let now = 0;
beforeAll(async () => {
  shopify = await runningShopify();
  await shopify.accessToken();
});
afterAll(() => shopify.close());

const later = (): void => void shopify.clock.advance(3_600_000);

function variants(): string[] {
  return [...shopify.store.products.values()]
    .filter(({ giftCard }) => !giftCard)
    .flatMap(({ variants: [first] }) => (first ? [first.id] : []));
}

function place(over: Partial<PlaceOrderInput> = {}): Order {
  later();
  const [a = '', b = ''] = variants();
  const lines = [
    { variantId: a, quantity: 2 },
    { variantId: b, quantity: 1 },
  ];
  const shippingAddress = { address1: 'Road 1', city: 'Bern', zip: '3000', countryCode: 'CH' };
  const buyer = { email: 'two@example.com', firstName: 'Two' };
  return shopify.store.placeOrder({ buyer, lines, shippingAddress, ...over });
}

/** Everything that the local Shopify sent of the order, taken in as it came. */
async function byWebhooks(orderId: string): Promise<OrderFacts> {
  await shopify.devstore.courier.settled();
  now = shopify.clock.now().getTime();
  let facts = unknownOrder(orderId);
  for (const { topic, body } of shopify.app.heard) {
    const told = readDelivery(topic, body, { toldAt: now });
    if (told.kind === 'order' && told.order.orderId === orderId) facts = takeIn(facts, told.order);
    if (told.kind === 'order-edited' && told.orderId === orderId && told.edit) {
      const bare = { orderId, snapshot: null, refunds: [], paidAt: null };
      facts = takeIn(facts, { ...bare, edits: [told.edit] });
    }
  }
  return facts;
}

async function byReading(orderId: string): Promise<OrderFacts> {
  const client = makeAdminClient({
    domain: 'local',
    accessToken: await shopify.accessToken(),
    fetch: (url, init) => {
      const shop = `${shopify.devstore.addresses.admin}/shops/${shopify.store.domain}`;
      return fetch(new Request(url, init).url.replace('https://local', shop), init);
    },
  });
  const told = await lookUpOrder(client, orderId);
  if (told?.kind !== 'order') throw new Error('There is such an order.');
  return takeIn(unknownOrder(orderId), told.order);
}

/** What only reading tells, and what names one thing differently, is looked at apart. */
function shared({ snapshot, refunds, ...facts }: OrderFacts): object {
  const { paidAt, fulfilledAt, deletedAt, id } = facts;
  return {
    ...{ id, paidAt, fulfilledAt, deletedAt },
    refunds: refunds.map(({ toldAt: _when, ...rest }) => rest),
    snapshot: snapshot && {
      ...snapshot,
      lines: snapshot.lines.map(({ sellingPlan: _plan, subscription: _is, ...rest }) => rest),
    },
  };
}

const discount = { percent: '10', title: 'For you' };

describe('told by webhooks and read from Shopify, the same are', () => {
  it.each<[string, () => Order]>([
    ['an order with a discount, shipping and tax', () => place({ discount, shippingMinor: 700 })],
    ['an order in the shopper’s currency', () => place({ currency: 'USD' })],
    ['an order that waits for its money', () => place({ payment: 'pending' })],
    ['a sale at the till', () => place({ buyer: null, sourceName: 'pos' })],
    ['a renewal', () => place({ sourceName: 'subscription_contract_checkout_one' })],
    ['an order from a draft', () => place({ sourceName: 'shopify_draft_order', test: true })],
    [
      'an order paid later',
      () => {
        const order = place({ payment: 'authorized' });
        later();
        return payOrder(shopify.store, { orderId: order.id });
      },
    ],
    [
      'an order that was sent',
      () => {
        const order = place();
        later();
        return fulfillOrder(shopify.store, order.id);
      },
    ],
    [
      'a refund of a piece, one of money and one of shipping',
      () => {
        const order = place({ shippingMinor: 700 });
        const [line] = order.lines;
        for (const part of [
          { lines: [{ lineId: line?.id ?? '', quantity: 1, restock: true }] },
          { amountMinor: 123 },
          { shipping: true },
        ]) {
          later();
          refundOrder(shopify.store, { orderId: order.id, ...part });
        }
        return order;
      },
    ],
    [
      'a cancelled order',
      () => {
        const order = place();
        later();
        return cancelOrder(shopify.store, { orderId: order.id });
      },
    ],
  ])('the facts of %s', async (_name, make) => {
    const { id } = make();
    const [told, read] = [await byWebhooks(id), await byReading(id)];
    expect(shared(told)).toEqual(shared(read));
    expect(told.snapshot?.countryCode).toBe('CH');
  });

  it('the pieces that an edit added, and when', async () => {
    const order = place();
    const [line] = order.lines;
    later();
    editOrder(shopify.store, {
      orderId: order.id,
      add: [{ variantId: variants()[2] ?? '', quantity: 2 }],
      raise: [{ lineId: line?.id ?? '', quantity: 1 }],
    });
    const [told, read] = [await byWebhooks(order.id), await byReading(order.id)];
    expect(shared(told)).toEqual(shared(read));
    const [edit] = told.edits;
    expect(edit).toMatchObject({ at: Date.parse(order.updatedAt) });
    expect(edit?.added.map(({ quantity }) => quantity)).toEqual([2, 1]);
    expect(read.agreements?.edits.map(({ at, added }) => ({ at, added }))).toEqual([
      { at: edit?.at, added: edit?.added },
    ]);
  });

  it('how a dispute stands', async () => {
    const order = place();
    later();
    disputeOrder(shopify.store, { orderId: order.id, amountMinor: 500 });
    later();
    disputeOrder(shopify.store, { orderId: order.id, status: 'lost' });
    const [told, read] = [await byWebhooks(order.id), await byReading(order.id)];
    const states = ({ disputes }: OrderFacts) =>
      disputes.map(({ id, seen }) => [id, seen.at(0)?.slice(0, 2)]);
    expect(states(told)).toEqual(states(read));
    expect(told.disputes[0]?.money).toMatchObject({ amountMinor: 500, currency: 'EUR' });
    expect(read.disputes[0]?.money).toBeNull();
  });
});

describe('only reading tells', () => {
  it('which lines have a selling plan', async () => {
    const [a = '', b = ''] = variants();
    const order = place({
      lines: [
        { variantId: a, quantity: 1, sellingPlan: 'Every month' },
        { variantId: b, quantity: 1 },
      ],
    });
    const plans = ({ snapshot }: OrderFacts) =>
      snapshot?.lines.map(({ sellingPlan }) => sellingPlan);
    expect(plans(await byWebhooks(order.id))).toEqual([null, null]);
    expect(plans(await byReading(order.id))).toEqual([true, false]);
  });

  it('how much of an order was paid with store credit', async () => {
    const order = place({ payment: 'pending' });
    payOrder(shopify.store, {
      orderId: order.id,
      amountMinor: 1500,
      gateway: 'shopify_store_credit',
    });
    payOrder(shopify.store, { orderId: order.id, gateway: 'shopify_payments' });
    const [told, read] = [await byWebhooks(order.id), await byReading(order.id)];
    expect(shared(told)).toEqual(shared(read));
    expect(told.snapshot?.gateways).toEqual(['other', 'store_credit']);
    expect(told.payments).toBeNull();
    expect(read.payments).toMatchObject({ storeCreditMinor: 1500, giftCardMinor: 0 });
  });
});
