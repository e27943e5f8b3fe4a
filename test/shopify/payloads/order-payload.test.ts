import { describe, expect, it } from 'vitest';
import type { OrderTidings, RefundFacts } from '../../../app/domain/orders/order-facts.ts';
import { factsOf } from '../../domain/fixtures.ts';
import { read, refundBody, orderBody, usd, withField } from './sample.ts';

function orderOf(body: unknown): OrderTidings {
  const told = read('orders/updated', body);
  if (told.kind !== 'order') throw new Error('It is an order.');
  return told.order;
}

it('an order is read to the cent', () => {
  const { snapshot, ...rest } = orderOf(orderBody);
  expect(rest).toEqual({
    orderId: '820982911946154508',
    refunds: [],
    paidAt: Date.parse('2026-11-20T10:00:00Z'),
  });
  expect(snapshot).toEqual({
    updatedAt: Date.parse('2026-11-20T10:00:00Z'),
    placedAt: Date.parse('2026-11-20T09:00:00Z'),
    name: '#1001',
    customerId: '115310627314723954',
    currency: 'USD',
    presentmentCurrency: 'EUR',
    presentmentTotalMinor: null,
    totalMinor: 11_000,
    shippingMinor: 800, // 10.00 − 2.00; the removed one is not there
    shippingTaxMinor: 152,
    tipMinor: 300,
    dutiesMinor: 700,
    taxesIncluded: false,
    test: false,
    source: 'web',
    countryCode: null,
    gateways: [],
    discountCodes: [],
    cancelledAt: null,
    payment: 'paid',
    hasReturns: false,
    knownRefundIds: [],
    lines: [
      {
        id: '1',
        productId: '77',
        variantId: '78',
        title: 'Tea',
        vendor: 'Acme',
        giftCard: false,
        quantity: 2,
        currentQuantity: 2,
        priceMinor: 3000,
        discountMinor: 500, // 4.00 + 1.00
        taxMinor: 540, // 5.00 + 0.40
        product: null,
        sellingPlan: null,
        subscription: false,
      },
      {
        id: '2',
        productId: null,
        variantId: null,
        title: 'Gift card',
        vendor: null,
        giftCard: true,
        quantity: 1,
        currentQuantity: 1,
        priceMinor: 5000,
        discountMinor: 0,
        taxMinor: 0,
        product: null,
        sellingPlan: null,
        subscription: false,
      },
    ],
  });
});

it('an order tells who its customer is', () => {
  expect(read('orders/create', orderBody)).toMatchObject({
    customer: { customerId: '115310627314723954', email: 'ada@example.com', name: 'Ada Lovelace' },
  });
});

it('the shop’s money stands before the plain amount, which may be another currency’s', () => {
  const body = withField(orderBody, 'line_items.0.price', '3333.33');
  expect(orderOf(body).snapshot?.lines[0]?.priceMinor).toBe(3000);
});

it('a discount of the line that is told without allocations counts, and none counts twice', () => {
  const alone = withField(orderBody, 'line_items.0.discount_allocations', null);
  const discount = (body: object) => orderOf(body).snapshot?.lines[0]?.discountMinor;
  expect(discount(withField(alone, 'line_items.0.total_discount', '3.50'))).toBe(350);
  expect(discount(withField(orderBody, 'line_items.0.total_discount', '4.00'))).toBe(500);
});

it.each([
  ['JPY', '5000', 5000],
  ['KWD', '4.995', 4995],
])('%s has its own decimals', (currency, amount, minor) => {
  const lines = [{ id: '1', quantity: 1, price: amount }];
  const plain = { id: '1', currency, line_items: lines };
  const moments = { created_at: '2026-11-20T10:00:00Z', updated_at: '2026-11-20T10:00:00Z' };
  expect(orderOf({ ...plain, ...moments }).snapshot?.lines[0]?.priceMinor).toBe(minor);
});

function refundOf(over: object): RefundFacts | undefined {
  const told = read('refunds/create', { ...refundBody, ...over });
  return told.kind === 'order' ? told.order.refunds[0] : undefined;
}

const paid = (amount: string, over: object = {}) => [
  { kind: 'refund', status: 'success', amount, currency: 'USD', ...over },
];

describe('a refund', () => {
  it('of a piece gives back the piece, and nothing beyond it', () => {
    expect(refundOf({})).toEqual({
      id: '900',
      createdAt: Date.parse('2026-11-21T10:00:00Z'),
      toldAt: Date.parse('2026-11-21T10:00:00Z'),
      currency: 'USD',
      lines: [{ lineId: '1', quantity: 1 }],
      extraMinor: 0, // 30.20 − 27.50 − 2.70
      shippingMinor: 0,
      paidBackMinor: 3020,
    });
  });

  it('is the same refund in orders/* and in refunds/create', () => {
    const inOrder = orderOf(withField(orderBody, 'refunds', [refundBody]));
    expect(inOrder.snapshot?.knownRefundIds).toEqual(['900']);
    expect(inOrder.refunds).toEqual([{ ...refundOf({}), toldAt: inOrder.snapshot?.updatedAt }]);
  });

  it('that pays more than its pieces gives back the rest beyond them', () => {
    expect(refundOf({ transactions: paid('35.20') })?.extraMinor).toBe(500);
    expect(refundOf({ transactions: [...paid('30.00'), ...paid('5.20')] })?.extraMinor).toBe(500);
  });

  it('that pays less, for a fee, gives back the pieces all the same', () => {
    expect(refundOf({ transactions: paid('20.00') })).toMatchObject({
      extraMinor: 0,
      lines: [{ quantity: 1 }],
    });
  });

  it('of an amount only is all beyond lines', () => {
    expect(refundOf({ refund_line_items: [], transactions: paid('12.34') })).toMatchObject({
      extraMinor: 1234,
      lines: [],
      currency: 'USD',
    });
  });

  it('of an amount only is what Shopify says it is, where it says so', () => {
    const order_adjustments = [
      { kind: 'refund_discrepancy', amount_set: usd('-10.00'), tax_amount_set: usd('-1.90') },
    ];
    const told = refundOf({ refund_line_items: [], transactions: [], order_adjustments });
    expect(told).toMatchObject({ extraMinor: 1190, currency: 'USD' });
    const less = [{ kind: 'refund_discrepancy', amount_set: usd('5.00') }];
    expect(refundOf({ order_adjustments: less })?.extraMinor).toBe(0);
  });

  it('of shipping is shipping, told in the old way or the new', () => {
    const lines = { refund_line_items: [], transactions: paid('8.00') };
    const now = { ...lines, refund_shipping_lines: [{ subtotal_amount_set: usd('8.00') }] };
    const old = {
      ...lines,
      order_adjustments: [{ kind: 'shipping_refund', amount_set: usd('-8.00') }],
    };
    for (const told of [now, old, { ...now, ...old }])
      expect(refundOf(told)).toMatchObject({ shippingMinor: 800, extraMinor: 0 });
  });

  it('without money, as an edit makes it, leaves its money to follow', () => {
    expect(refundOf({ transactions: [] })?.extraMinor).toBe(-3020);
    expect(refundOf({ transactions: paid('0.00') })?.extraMinor).toBe(-3020);
    expect(Object.is(refundOf({ refund_line_items: [], transactions: [] })?.extraMinor, 0)).toBe(
      true,
    );
  });

  it.each([
    ['that failed', { status: 'failure' }],
    ['that is no refund', { kind: 'sale' }],
  ])('does not count a payment %s', (_name, over) => {
    expect(refundOf({ refund_line_items: [], transactions: paid('9.00', over) })?.extraMinor).toBe(
      0,
    );
  });

  it('counts a payment that is under way', () => {
    const told = { refund_line_items: [], transactions: paid('9.00', { status: 'pending' }) };
    expect(refundOf(told)?.extraMinor).toBe(900);
  });

  it.each([
    ['in another currency', { currency: 'EUR' }],
    ['in no currency', { currency: null }],
  ])('whose money is told %s is what its lines say', (_name, over) => {
    expect(refundOf({ transactions: paid('99.00', over) })?.extraMinor).toBe(0);
  });

  it('of an amount in another currency keeps that currency, so that nobody uses it raw', () => {
    const told = { refund_line_items: [], transactions: paid('9.00', { currency: 'EUR' }) };
    expect(refundOf(told)).toMatchObject({ extraMinor: 900, currency: 'EUR' });
  });

  it('in two currencies at once gives back its pieces, and no money that anybody could count', () => {
    const two = [
      { line_item_id: 1, quantity: 1, subtotal_set: usd('1.00') },
      {
        line_item_id: 2,
        quantity: 1,
        subtotal_set: { shop_money: { amount: '1.00', currency_code: 'EUR' } },
      },
    ];
    expect(refundOf({ refund_line_items: two })).toMatchObject({
      lines: [{ lineId: '1' }, { lineId: '2' }],
      ...{ currency: null, extraMinor: 0, paidBackMinor: null, odd: ['money'] },
    });
  });

  it.each(['no_restock', 'cancel', 'return', 'legacy_restock'])(
    'is the same refund whatever becomes of the piece: %s',
    (restock_type) => {
      const [piece] = refundBody['refund_line_items'] as object[];
      const told = refundOf({ refund_line_items: [{ ...piece, restock_type }], restock: true });
      expect(told).toEqual(refundOf({}));
    },
  );

  it('is the same refund when it is paid as store credit', () => {
    const transactions = paid('30.20', { gateway: 'shopify_store_credit' });
    expect(refundOf({ transactions })).toEqual(refundOf({}));
  });

  it('that is told twice in one order is taken in once', () => {
    const twice = orderOf(withField(orderBody, 'refunds', [refundBody, refundBody]));
    const once = orderOf(withField(orderBody, 'refunds', [refundBody]));
    expect(factsOf(twice).refunds).toEqual(factsOf(once).refunds);
    expect(factsOf(twice).refunds).toHaveLength(1);
  });
});
