import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeDiscount, createDiscount } from '../../devstore/state/discounts/change-discount.ts';
import type { NewDiscount } from '../../devstore/state/discounts/change-discount.ts';
import { createProduct } from '../../devstore/state/products/change-product.ts';
import type { Discount } from '../../devstore/state/discount.ts';
import { findGiftCard } from '../../devstore/state/credit/gift-card.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import { orderFigures } from '../../devstore/state/orders/order-figures.ts';
import { grantScopes } from '../../devstore/state/shops/install-app.ts';
import { runningShopify, type Running } from './running-shopify.ts';

let shopify: Running;
let teaId: string;
let potId: string;
beforeAll(async () => {
  shopify = await runningShopify();
  const { app } = shopify.devstore.world;
  grantScopes(shopify.store, app, app.optionalScopes);
  teaId = createProduct(shopify.store, { title: 'Tea', priceMinor: 1000 }).variants[0]?.id ?? '';
  potId = createProduct(shopify.store, { title: 'Pot', priceMinor: 3000 }).variants[0]?.id ?? '';
});
afterAll(() => shopify.close());

let made = 0;
beforeEach(() => {
  made += 1;
});

const ANY = { order: true, product: true, shipping: true };
const ALONE = { order: false, product: false, shipping: false };

function discount(change: Partial<NewDiscount> = {}): Discount {
  return createDiscount(shopify.store, {
    title: 'A discount',
    code: `CODE-${made}-${shopify.store.discounts.all().length}`,
    context: { kind: 'all' },
    combines: ALONE,
    startsAt: '2026-01-01T00:00:00Z',
    endsAt: null,
    usageLimit: null,
    oncePerCustomer: false,
    tags: [],
    effect: orderOff({ percent: '10' }),
    ...change,
  });
}

function orderOff(
  value: { percent: string } | { amountMinor: number; eachItem: boolean },
  variantIds: string[] | null = null,
): NewDiscount['effect'] {
  return {
    kind: 'basic',
    items: variantIds ? { kind: 'products', productIds: [], variantIds } : { kind: 'all' },
    value,
    minimum: null,
    oneTime: true,
    subscription: false,
    cycles: 1,
  };
}

const FREE_SHIPPING: NewDiscount['effect'] = {
  kind: 'free-shipping',
  minimum: null,
  ceilingMinor: null,
  countries: null,
  restOfWorld: false,
  oneTime: true,
  subscription: false,
  cycles: 1,
};

const codeOf = (one: Discount): string => one.codes[0]?.code ?? '';

function buy(
  codes: readonly Discount[],
  lines: [variantId: string, quantity: number][] = [
    [teaId, 2],
    [potId, 1],
  ],
  more: { email?: string; sellingPlan?: string; countryCode?: string } = {},
) {
  const { email = `buyer-${made}@example.com`, sellingPlan, countryCode } = more;
  return shopify.store.placeOrder({
    buyer: { email },
    lines: lines.map(([variantId, quantity]) => ({ variantId, quantity, sellingPlan })),
    discountCodes: codes.map(codeOf),
    ...(countryCode ? { shippingAddress: { countryCode } } : {}),
  });
}

describe('a code at the checkout', () => {
  test('is refused before it begins, after it ended, and when its uses are up', () => {
    const soon = discount({ startsAt: '2026-12-01T00:00:00Z' });
    const past = discount({ endsAt: '2026-11-01T00:00:00Z' });
    const once = discount({ usageLimit: 1 });
    expect(() => buy([soon])).toThrow(/cannot be used yet/);
    expect(() => buy([past])).toThrow(/has expired/);
    buy([once]);
    expect(() => buy([once], undefined, { email: 'other@example.com' })).toThrow(/usage limit/);
  });

  test('that is for one customer is for nobody else, and once per customer is once', () => {
    const ada = shopify.store.createCustomer({ email: `ada-${made}@example.com` });
    const hers = discount({ context: { kind: 'customers', customerIds: [ada.id] } });
    expect(() => buy([hers])).toThrow(/not available to you/);
    expect(() =>
      shopify.store.placeOrder({
        buyer: { guestEmail: ada.email ?? '' },
        lines: [{ variantId: teaId, quantity: 1 }],
        discountCodes: [codeOf(hers)],
      }),
    ).toThrow(/not available to you/);
    buy([hers], undefined, { email: ada.email ?? '' });

    const once = discount({ oncePerCustomer: true });
    buy([once]);
    expect(() => buy([once])).toThrow(/already/);
    buy([once], undefined, { email: 'another@example.com' });
  });

  test('goes together with others only where both allow it; shipping never twice', () => {
    const [alone, friendly, other] = [
      discount(),
      discount({ combines: ANY }),
      discount({ combines: ANY }),
    ];
    expect(() => buy([friendly, alone])).toThrow(/cannot be combined/);
    // (2 × 10 + 30) less 10 % is 45; another 10 % of that is 4.50.
    expect(orderFigures(buy([friendly, other])).subtotal.shop).toBe(4050);
    const free = discount({ combines: ANY, effect: FREE_SHIPPING });
    const freeToo = discount({ combines: ANY, effect: FREE_SHIPPING });
    expect(() => buy([free, freeToo])).toThrow(/cannot be combined/);
    expect(orderFigures(buy([free, friendly])).discounts.shop).toBe(500 + 490);
  });

  test('takes product discounts off first, one for a line, and the order’s off what is left', () => {
    const pot = discount({ combines: ANY, effect: orderOff({ percent: '50' }, [potId]) });
    const both = discount({ combines: ANY, effect: orderOff({ percent: '10' }, [potId, teaId]) });
    const order = discount({ combines: ANY });
    const placed = buy([order, pot, both]);
    // Pot 30 - 15 = 15; teas 20 - 2 = 18; 10 % of 33 is 3.30.
    expect(orderFigures(placed).subtotal.shop).toBe(1500 + 1800 - 330);
    expect(placed.discounts.map(({ code, selection }) => [code, selection])).toEqual([
      [codeOf(pot), 'entitled'],
      [codeOf(both), 'entitled'],
      [codeOf(order), 'all'],
    ]);
  });

  test('takes an amount off each piece, never more than it costs', () => {
    const each = discount({
      effect: orderOff({ amountMinor: 1200, eachItem: true }, [teaId, potId]),
    });
    const placed = buy([each]);
    expect(placed.lines.map((line) => line.allocations[0]?.amount.shop)).toEqual([2000, 1200]);
  });

  test('asks for its minimum, its products and its way of buying', () => {
    const minimum = discount({
      effect: { ...orderOff({ percent: '10' }), minimum: { quantity: 4 } } as NewDiscount['effect'],
    });
    expect(() => buy([minimum])).toThrow(/larger order/);
    buy([minimum], [[teaId, 4]]);
    const pots = discount({ effect: orderOff({ percent: '10' }, [potId]) });
    expect(() => buy([pots], [[teaId, 1]])).toThrow(/none of these products/);
    expect(() => buy([pots], undefined, { sellingPlan: 'Monthly' })).toThrow(/none of these/);
    const abroad = discount({
      effect: { ...FREE_SHIPPING, countries: ['AT'] } as NewDiscount['effect'],
    });
    expect(() => buy([abroad])).toThrow(/deliveries to DE/);
    buy([abroad], undefined, { countryCode: 'AT' });
    const cheap = discount({
      effect: { ...FREE_SHIPPING, ceilingMinor: 400 } as NewDiscount['effect'],
    });
    expect(() => buy([cheap])).toThrow(/way of shipping/);
  });
});

describe('an order with codes', () => {
  test('tells them in its webhooks and in the Admin API with the same amounts', async () => {
    const off = discount({
      combines: ANY,
      effect: orderOff({ amountMinor: 500, eachItem: false }),
    });
    const free = discount({ combines: ANY, effect: FREE_SHIPPING });
    const { id } = buy([off, free]);
    await shopify.devstore.courier.settled();
    const heard = shopify.app.heard
      .filter(({ topic }) => topic === 'orders/create')
      .map(({ body }) => JSON.parse(body) as Record<string, unknown>)
      .find((body) => body['id'] === Number(id));
    expect(heard).toMatchObject({
      discount_codes: [
        { code: codeOf(off), amount: '5.00', type: 'fixed_amount' },
        { code: codeOf(free), amount: '4.90', type: 'shipping' },
      ],
      discount_applications: [
        { type: 'discount_code', code: codeOf(off), target_type: 'line_item', value: '5.00' },
        { type: 'discount_code', code: codeOf(free), target_type: 'shipping_line', value: '100.0' },
      ],
      shipping_lines: [
        {
          price: '4.90',
          discounted_price: '0.00',
          discount_allocations: [{ amount: '4.90', discount_application_index: 1 }],
        },
      ],
      total_discounts: '9.90',
      // 50 - 5, and nothing for the way.
      total_price: '45.00',
    });
    const { data } = await shopify.graphql(
      `{ order(id: "gid://shopify/Order/${id}") {
        discountCodes
        totalDiscountsSet { shopMoney { amount } }
        currentShippingPriceSet { shopMoney { amount } }
        totalPriceSet { shopMoney { amount } }
      } }`,
    );
    expect(data).toEqual({
      order: {
        discountCodes: [codeOf(off), codeOf(free)],
        totalDiscountsSet: { shopMoney: { amount: '9.9' } },
        currentShippingPriceSet: { shopMoney: { amount: '0.0' } },
        totalPriceSet: { shopMoney: { amount: '45.0' } },
      },
    });
  });

  test('has gift cards and store credit as payments, and their balances go down', async () => {
    const { store } = shopify;
    const { id } = store.createCustomer({ email: `rich-${made}@example.com`, account: true });
    await shopify.control('POST', '/gift-cards', { code: 'present2026', amountMinor: 1500 });
    await shopify.control('POST', `/store-credit/${id}`, { amountMinor: 1000 });
    const order = store.placeOrder({
      buyer: { customerId: id },
      lines: [{ variantId: potId, quantity: 1 }],
      giftCards: ['PRESENT-2026'],
      storeCredit: true,
    });
    // 30.00 and 4.90: 10.00 credit, 15.00 gift card, 9.90 left.
    expect(order.transactions.map(({ gateway, amount }) => [gateway, amount.shop])).toEqual([
      ['shopify_store_credit', 1000],
      ['gift_card', 1500],
      ['shopify_payments', 990],
    ]);
    expect(orderFigures(order).financialStatus).toBe('paid');
    expect(() =>
      store.placeOrder({
        buyer: { customerId: id },
        lines: [{ variantId: potId, quantity: 1 }],
        giftCards: ['present2026'],
      }),
    ).toThrow(/no balance left/);
    const { body } = await shopify.control('GET', `/store-credit/${id}`);
    expect(body).toMatchObject({ accounts: [{ balanceMinor: 0 }] });
    const { data } = await shopify.graphql(
      `{ customer(id: "gid://shopify/Customer/${id}") {
        mergeable { isMergeable errorFields }
        storeCreditAccounts(first: 1) { nodes {
          balance { amount }
          transactions(first: 5, reverse: true) { nodes { __typename amount { amount } event } }
        } }
      } }`,
    );
    expect(data).toEqual({
      customer: {
        mergeable: { isMergeable: true, errorFields: [] },
        storeCreditAccounts: {
          nodes: [
            {
              balance: { amount: '0.0' },
              transactions: {
                nodes: [
                  {
                    __typename: 'StoreCreditAccountDebitTransaction',
                    amount: { amount: '-10.0' },
                    event: 'ORDER_PAYMENT',
                  },
                  {
                    __typename: 'StoreCreditAccountCreditTransaction',
                    amount: { amount: '10.0' },
                    event: 'ADJUSTMENT',
                  },
                ],
              },
            },
          ],
        },
      },
    });
  });
});

describe('a refund', () => {
  test('goes back the way the money came: what was paid last first', async () => {
    const { store } = shopify;
    const { id } = store.createCustomer({ email: `back-${made}@example.com`, account: true });
    await shopify.control('POST', '/gift-cards', { code: `back${made}card`, amountMinor: 1500 });
    await shopify.control('POST', `/store-credit/${id}`, { amountMinor: 1000 });
    const order = store.placeOrder({
      buyer: { customerId: id },
      lines: [{ variantId: potId, quantity: 1 }],
      giftCards: [`back${made}card`],
      storeCredit: true,
    });
    // Paid were 10.00 by credit, 15.00 by the card and 9.90 otherwise. Of 20.00, 9.90 go back first.
    const { refund } = refundOrder(store, { orderId: order.id, amountMinor: 2000 });
    expect(refund.transactions.map(({ gateway, amount }) => [gateway, amount.shop])).toEqual([
      ['shopify_payments', 990],
      ['gift_card', 1010],
    ]);
    const balance = () => findGiftCard(store, `back${made}card`)?.balanceMinor;
    expect(balance()).toBe(1010);
    // 14.90 are left: 4.90 of the card's, and the credit.
    refundOrder(store, { orderId: order.id, amountMinor: 1490 });
    expect(balance()).toBe(1500);
    const { body } = await shopify.control('GET', `/store-credit/${id}`);
    expect(body).toMatchObject({ accounts: [{ balanceMinor: 1000 }] });
    expect(orderFigures(order).financialStatus).toBe('refunded');
  });
});

describe('a merchant', () => {
  test('edits, ends and deletes a discount, and the app is told', async () => {
    const one = discount();
    await shopify.devstore.courier.settled();
    shopify.app.heard.length = 0;
    changeDiscount(shopify.store, one.id, { title: 'Thanks' });
    await shopify.control('POST', `/discounts/${codeOf(one)}/deactivate`);
    await shopify.control('DELETE', `/discounts/${one.id}`);
    await shopify.devstore.courier.settled();
    const told = shopify.app.heard.map(({ topic, body }) => [topic, JSON.parse(body) as object]);
    const admin_graphql_api_id = `gid://shopify/DiscountCodeNode/${one.id}`;
    expect(told).toEqual([
      ['discounts/update', expect.objectContaining({ admin_graphql_api_id, status: 'ACTIVE' })],
      ['discounts/update', expect.objectContaining({ title: 'Thanks', status: 'EXPIRED' })],
      ['discounts/delete', { admin_graphql_api_id, deleted_at: expect.any(String) as string }],
    ]);
  });

  test('cannot merge customers who have gift cards or store credit', async () => {
    const { store } = shopify;
    const [one, two] = [1, 2].map(
      (n) => store.createCustomer({ email: `merge-${made}-${n}@example.com` }).id,
    );
    await shopify.control('POST', `/store-credit/${one}`, { amountMinor: 1000 });
    await shopify.control('POST', '/gift-cards', {
      code: `merge${made}card`,
      amountMinor: 500,
      customer: two,
    });
    const ask = `{ one: customer(id: "gid://shopify/Customer/${one}") { mergeable { isMergeable errorFields } }
      two: customer(id: "gid://shopify/Customer/${two}") { mergeable { isMergeable errorFields } } }`;
    expect((await shopify.graphql(ask)).data).toEqual({
      one: { mergeable: { isMergeable: false, errorFields: ['STORE_CREDIT'] } },
      two: { mergeable: { isMergeable: false, errorFields: ['GIFT_CARDS'] } },
    });
    const merged = await shopify.control('POST', '/merges', { keep: one, delete: two });
    expect(merged).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('STORE_CREDIT') as string },
    });
    expect(store.customers.has(two ?? '')).toBe(true);
  });
});
