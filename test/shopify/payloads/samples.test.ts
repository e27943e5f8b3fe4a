import { describe, expect, it } from 'vitest';
import { read, refusalOf, sampleNames, sampleText } from './sample.ts';

/** What each of Shopify's published bodies is to us: the topic and the kind of tidings. */
const expected: Readonly<Record<string, readonly [topic: string, kind: string]>> = {
  app_purchases_one_time_update: ['app_purchases_one_time/update', 'unknown-topic'],
  app_scopes_update: ['app/scopes_update', 'scopes'],
  app_subscriptions_approaching_capped_amount: [
    'app_subscriptions/approaching_capped_amount',
    'unknown-topic',
  ],
  app_subscriptions_update: ['app_subscriptions/update', 'unknown-topic'],
  app_uninstalled: ['app/uninstalled', 'uninstalled'],
  bulk_operations_finish: ['bulk_operations/finish', 'bulk-finished'],
  customer_account_settings_update: ['customer_account_settings/update', 'unknown-topic'],
  customer_joined_segment: ['customer.joined_segment', 'unknown-topic'],
  customer_left_segment: ['customer.left_segment', 'unknown-topic'],
  customer_tags_added: ['customer.tags_added', 'customer-tags'],
  customer_tags_removed: ['customer.tags_removed', 'customer-tags'],
  customers_create: ['customers/create', 'customer'],
  customers_data_request: ['customers/data_request', 'data-request'],
  customers_delete: ['customers/delete', 'customer-deleted'],
  customers_disable: ['customers/disable', 'customer'],
  customers_email_marketing_consent_update: [
    'customers_email_marketing_consent/update',
    'nothing-told',
  ],
  customers_enable: ['customers/enable', 'customer'],
  customers_marketing_consent_update: ['customers_marketing_consent/update', 'nothing-told'],
  customers_merge: ['customers/merge', 'merge-not-done'],
  customers_purchasing_summary: ['customers/purchasing_summary', 'unknown-topic'],
  customers_redact: ['customers/redact', 'customer-redact'],
  customers_update: ['customers/update', 'customer'],
  customers_whats_app_marketing_consent_update: [
    'customers_whats_app_marketing_consent/update',
    'unknown-topic',
  ],
  discounts_create: ['discounts/create', 'unknown-topic'],
  discounts_delete: ['discounts/delete', 'discount-changed'],
  discounts_redeemcode_added: ['discounts/redeemcode_added', 'unknown-topic'],
  discounts_redeemcode_removed: ['discounts/redeemcode_removed', 'unknown-topic'],
  discounts_update: ['discounts/update', 'discount-changed'],
  disputes_create: ['disputes/create', 'order'],
  orders_cancelled: ['orders/cancelled', 'order'],
  orders_create: ['orders/create', 'order'],
  orders_delete: ['orders/delete', 'order'],
  orders_edited: ['orders/edited', 'order-edited'],
  orders_fulfilled: ['orders/fulfilled', 'order'],
  orders_paid: ['orders/paid', 'order'],
  orders_partially_fulfilled: ['orders/partially_fulfilled', 'order'],
  orders_updated: ['orders/updated', 'order'],
  products_create: ['products/create', 'product'],
  products_delete: ['products/delete', 'product'],
  products_update: ['products/update', 'product'],
  refunds_create: ['refunds/create', 'order'],
  returns_cancel: ['returns/cancel', 'unknown-topic'],
  returns_close: ['returns/close', 'unknown-topic'],
  shop_redact: ['shop/redact', 'shop-redact'],
};

describe('each body that Shopify publishes for 2026-07', () => {
  it('is in the table', () => expect(sampleNames).toEqual(Object.keys(expected).sort()));

  it.each(Object.entries(expected))('%s: %j', (name, [topic, kind]) => {
    expect(read(topic, sampleText(name)).kind).toBe(kind);
  });

  const readable = Object.entries(expected).filter(
    ([name, [, kind]]) => !['unknown-topic'].includes(kind) && name in expected,
  );
  it.each(readable)('%s cut off in the middle is no JSON', (name, [topic]) => {
    const text = sampleText(name);
    expect(refusalOf(topic, text.slice(0, text.length / 2))).toBe('The body is not JSON.');
  });

  const shaped = readable.filter(([name]) => !['shop_redact', 'app_uninstalled'].includes(name));
  it.each(shaped)('%s as an empty object, a list, a text and null is refused', (_name, [topic]) => {
    for (const body of ['{}', '[]', '"x"', 'null', '7'])
      expect(refusalOf(topic, body)).toMatch(/^This is no payload of its topic: see /);
  });
});

it('keeps every id above 2^53 exact', () => {
  // 820982911946154508 as a float is 820982911946154500.
  expect(read('orders/create', sampleText('orders_create'))).toMatchObject({
    order: {
      orderId: '820982911946154508',
      snapshot: {
        customerId: '115310627314723954',
        lines: [
          { id: '487817672276298554', productId: '788032119674292922' },
          { id: '789012345678901234', productId: null },
          { id: '890123456789012345' },
          { id: '976318377106520349' },
          { id: '315789986012684393' },
        ],
      },
    },
  });
  expect(read('refunds/create', sampleText('refunds_create'))).toMatchObject({
    order: { orderId: '820982911946154508', refunds: [{ id: '890088186047892319' }] },
  });
  expect(read('orders/edited', sampleText('orders_edited'))).toEqual({
    kind: 'order-edited',
    orderId: '820982911946154508',
    edit: {
      id: '78912328793123782',
      at: Date.parse('2022-01-01T00:00:00Z'),
      added: [{ lineId: '78643924236718232', quantity: 1 }],
    },
  });
});

it('reads the sample order to the cent', () => {
  const told = read('orders/paid', sampleText('orders_paid'));
  if (told.kind !== 'order' || !told.order.snapshot) throw new Error('It is an order.');
  const { lines, ...rest } = told.order.snapshot;
  expect(lines.map(({ priceMinor }) => priceMinor)).toEqual([8999, 1999, 2499, 15_999, 11_999]);
  // It is voided, cancelled and a test: what the sample says, and not what its topic says.
  expect(rest).toMatchObject({
    totalMinor: 40_495,
    currency: 'USD',
    payment: 'voided',
    test: true,
    cancelledAt: Date.parse('2021-12-31T19:00:00-05:00'),
    shippingMinor: 0,
  });
  expect(told.order.paidAt).toBeNull();
});

it('reads the sample refund: five lines, and no money beyond them', () => {
  expect(read('refunds/create', sampleText('refunds_create'))).toMatchObject({
    order: { snapshot: null, refunds: [{ extraMinor: 0, shippingMinor: 0, currency: 'USD' }] },
  });
});

it('reads the people of the other samples', () => {
  expect(read('customers/update', sampleText('customers_update'))).toEqual({
    kind: 'customer',
    customer: {
      customerId: '706405506930370084',
      createdAt: Date.parse('2022-01-01T00:00:00Z'),
      updatedAt: Date.parse('2022-01-01T00:00:00Z'),
      email: 'bob@biller.com',
      name: 'Bob Biller',
      filledIn: ['name', 'email', 'address'],
    },
    traces: [
      { kind: 'email', text: 'bob@biller.com' },
      { kind: 'phone', text: '555555555' },
      { kind: 'address', text: '151oconnorstr||k2p2l8|ca' },
    ],
  });
  expect(read('customers/redact', sampleText('customers_redact'))).toMatchObject({
    customerId: '191167',
    orderIds: ['299938', '280263', '220458'],
  });
  expect(read('customers/data_request', sampleText('customers_data_request'))).toMatchObject({
    customerId: '191167',
    requestId: '9999',
  });
  expect(read('customers/merge', sampleText('customers_merge'))).toEqual({
    kind: 'merge-not-done',
    status: 'failed',
    fields: ['merge_in_progress'],
  });
  expect(read('app/scopes_update', sampleText('app_scopes_update'))).toEqual({
    kind: 'scopes',
    scopes: ['read_products', 'write_products'],
  });
});
