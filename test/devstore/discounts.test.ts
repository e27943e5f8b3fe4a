import { describe, expect, test } from 'vitest';
import type { NewDiscount } from '../../devstore/state/discounts/change-discount.ts';
import { orderFigures } from '../../devstore/state/orders/order-figures.ts';
import { ANY, FREE_SHIPPING, codeOf, orderOff, discountShop } from './discount-shop.ts';

const shop = discountShop();
const { buy, discount } = shop;

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
    const ada = shop.shopify.store.createCustomer({ email: `ada-${shop.made}@example.com` });
    const hers = discount({ context: { kind: 'customers', customerIds: [ada.id] } });
    expect(() => buy([hers])).toThrow(/not available to you/);
    expect(() =>
      shop.shopify.store.placeOrder({
        buyer: { guestEmail: ada.email ?? '' },
        lines: [{ variantId: shop.teaId, quantity: 1 }],
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
    const pot = discount({ combines: ANY, effect: orderOff({ percent: '50' }, [shop.potId]) });
    const both = discount({
      combines: ANY,
      effect: orderOff({ percent: '10' }, [shop.potId, shop.teaId]),
    });
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
      effect: orderOff({ amountMinor: 1200, eachItem: true }, [shop.teaId, shop.potId]),
    });
    const placed = buy([each]);
    expect(placed.lines.map((line) => line.allocations[0]?.amount.shop)).toEqual([2000, 1200]);
  });

  test('asks for its minimum, its products and its way of buying', () => {
    const minimum = discount({
      effect: { ...orderOff({ percent: '10' }), minimum: { quantity: 4 } } as NewDiscount['effect'],
    });
    expect(() => buy([minimum])).toThrow(/larger order/);
    buy([minimum], [[shop.teaId, 4]]);
    const pots = discount({ effect: orderOff({ percent: '10' }, [shop.potId]) });
    expect(() => buy([pots], [[shop.teaId, 1]])).toThrow(/none of these products/);
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
    await shop.shopify.devstore.courier.settled();
    const heard = shop.shopify.app.heard
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
    const { data } = await shop.shopify.graphql(
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
    const { store } = shop.shopify;
    const { id } = store.createCustomer({ email: `rich-${shop.made}@example.com`, account: true });
    await shop.shopify.control('POST', '/gift-cards', { code: 'present2026', amountMinor: 1500 });
    await shop.shopify.control('POST', `/store-credit/${id}`, { amountMinor: 1000 });
    const order = store.placeOrder({
      buyer: { customerId: id },
      lines: [{ variantId: shop.potId, quantity: 1 }],
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
        lines: [{ variantId: shop.potId, quantity: 1 }],
        giftCards: ['present2026'],
      }),
    ).toThrow(/no balance left/);
    const { body } = await shop.shopify.control('GET', `/store-credit/${id}`);
    expect(body).toMatchObject({ accounts: [{ balanceMinor: 0 }] });
    const { data } = await shop.shopify.graphql(
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
