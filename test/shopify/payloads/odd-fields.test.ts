/** A field of no consequence that cannot be read costs nobody their points; a person sees where it was. */
import { describe, expect, it } from 'vitest';
import { orderBody, read, refundBody, refusalOf, usd, withField } from './sample.ts';

describe('an order', () => {
  it.each<[string, unknown, object]>([
    ['line_items.0.quantity', '2', { lines: [{ quantity: 2 }, {}] }],
    ['line_items.0.gift_card', 'true', { lines: [{ giftCard: true }, {}] }],
    ['test', 'true', { test: true }],
    ['taxes_included', 'false', { taxesIncluded: false }],
  ])('with %s written as a text, %j, says what it says', (path, value, part) => {
    const told = read('orders/create', withField(orderBody, path, value));
    expect(told).toMatchObject({ order: { snapshot: part } });
    expect(told).not.toHaveProperty('order.snapshot.odd');
  });

  it.each<[string, unknown, string]>([
    ['line_items.0.title', 7, 'line_items.0.title'],
    ['line_items.0.vendor', {}, 'line_items.0.vendor'],
    ['line_items.1.product_id', '99999999999999999999', 'line_items.1.product_id'],
    [
      'line_items.0.discount_allocations.0.discount_application_index',
      'x',
      'line_items.0.discount_allocations.0.discount_application_index',
    ],
    [
      'line_items.0.price_set',
      { ...usd('30.00'), presentment_money: { amount: null, currency_code: 'EUR' } },
      'line_items.0.price_set.presentment_money.amount',
    ],
    ['name', 1001, 'name'],
    ['source_name', 580_111, 'source_name'],
    ['processed_at', '', 'processed_at'],
    ['presentment_currency', 'euro', 'presentment_currency'],
    ['financial_status', 3, 'financial_status'],
    ['payment_gateway_names', 'visa', 'payment_gateway_names'],
    ['discount_codes', [null, { code: 'TEA' }], 'discount_codes.0'],
    ['fulfillments', [{ created_at: 'x' }], 'fulfillments.0.created_at'],
    ['shipping_address', 'Bern', 'shipping_address'],
    ['shipping_lines', [{ discounted_price: 'x' }], 'shipping_lines'],
    ['total_tip_received', '1.234', 'total_tip_received'],
    ['total_price_set', usd('30.005'), 'total_price'],
    ['returns', {}, 'returns'],
    ['customer.tags', 7, 'customer.tags'],
    ['customer.created_at', '0000-00-00', 'customer.created_at'],
    ['email', 5, 'email'],
    ['refunds', [{ id: '1' }], 'refunds.0.created_at'],
  ])(
    'with %s = %j, of no consequence, is read without it, which is noted',
    (path, value, place) => {
      const told = read('orders/create', withField(orderBody, path, value));
      const sane = read('orders/create', orderBody);
      if (told.kind !== 'order' || sane.kind !== 'order') throw new Error('They are orders.');
      expect(told.order.snapshot?.odd).toEqual([place]);
      const worth = ({ order }: typeof told) =>
        order.snapshot?.lines.map((one) => [
          one.id,
          one.quantity,
          one.priceMinor,
          one.discountMinor,
        ]);
      expect(worth(told)).toEqual(worth(sane));
    },
  );

  it('with several odd fields at once is read without each of them', () => {
    const lines = [
      { ...(orderBody['line_items'] as object[])[0], title: 7, vendor: 8 },
      { id: '2', title: 'Gift card', gift_card: true, quantity: 1, price: '50.00', title_2: 1 },
    ];
    const refunds = [{ id: '1' }, { id: '2', created_at: '2026-11-21T10:00:00Z', transactions: 5 }];
    const told = read('orders/create', { ...orderBody, line_items: lines, refunds, name: {} });
    expect(told).toMatchObject({
      order: {
        refunds: [{ id: '2', extraMinor: 0 }],
        snapshot: {
          name: '#820982911946154508',
          odd: [
            'line_items.0.title',
            'line_items.0.vendor',
            'name',
            'refunds.0.created_at',
            'refunds.1.transactions',
          ],
        },
      },
    });
  });

  it('with an odd field of its customer says nothing of who they are, and whose it is', () => {
    const told = read('orders/create', withField(orderBody, 'customer.email', 7));
    expect(told).not.toHaveProperty('customer');
    expect(told).toMatchObject({
      order: { snapshot: { customerId: '115310627314723954', odd: ['customer.email'] } },
    });
  });

  it('with a line that is told twice has it once: the first', () => {
    const [first, second] = orderBody['line_items'] as object[];
    const again = { ...first, quantity: 7 };
    const told = read('orders/create', { ...orderBody, line_items: [first, again, second] });
    expect(told).toMatchObject({
      order: {
        snapshot: { lines: [{ id: '1', quantity: 2 }, { id: '2' }], odd: ['line_items.1'] },
      },
    });
  });
});

it('a refund is read without what has no consequence, and its pieces also without their money', () => {
  const odd = (path: string, value: unknown) => {
    const told = read('refunds/create', withField(refundBody, path, value));
    return told.kind === 'order' ? told.order.refunds[0] : null;
  };
  const lines = [{ lineId: '1', quantity: 1 }];
  expect(odd('transactions', 'none')).toMatchObject({ lines, odd: ['transactions'] });
  expect(odd('refund_line_items.0.quantity', '1')).toMatchObject({ lines });
  expect(odd('refund_line_items.0.subtotal_set', usd('much'))).toMatchObject({
    ...{ lines, extraMinor: 0, currency: null, odd: ['money'] },
  });
  expect(odd('refund_line_items.0.line_item_id', 'x')).toMatchObject({
    ...{ lines: [], odd: ['refund_line_items.0.line_item_id'] },
  });
  expect(refusalOf('refunds/create', withField(refundBody, 'created_at', 'x'))).toContain(
    'created_at',
  );
  expect(refusalOf('refunds/create', 'null')).toContain('body');
});

it('an edit is read from Shopify, whatever cannot be read of it here', () => {
  const additions = [
    { id: 1, delta: 'x' },
    { id: 2, delta: 1 },
  ];
  const edit = { id: 5, order_id: 7, committed_at: '2026-11-21T10:00:00Z' };
  const told = (over: object) => read('orders/edited', { order_edit: { ...edit, ...over } });
  expect(told({ line_items: { additions } })).toMatchObject({
    ...{ orderId: '7', edit: { added: [{ lineId: '2', quantity: 1 }] } },
  });
  expect(told({ committed_at: 'x' })).toMatchObject({ orderId: '7', edit: null });
  expect(refusalOf('orders/edited', { order_edit: { ...edit, order_id: 'x' } })).toContain(
    'order_id',
  );
});

it('a customer is read without what has no consequence, and not where nobody could say who it is', () => {
  const body = { id: 7, updated_at: '2026-11-21T10:00:00Z', email: 'a@b.example', first_name: 9 };
  expect(read('customers/update', body)).toMatchObject({ customer: { email: 'a@b.example' } });
  for (const [path, value] of [
    ['email', 5],
    ['tags', 5],
    ['updated_at', 'x'],
  ] as const)
    expect(refusalOf('customers/update', withField(body, path, value))).toContain(path);
});
