import { describe, expect, it } from 'vitest';
import { orderBody, read, refundBody, refusalOf, usd, withField } from './sample.ts';

const at = (path: string): string => `This is no payload of its topic: see ${path}.`;
const money = (what: string): string => `An amount of money cannot be read: ${what}.`;

describe('an order', () => {
  it.each([
    ['id', undefined, 'id'],
    ['id', null, 'id'],
    ['id', 0, 'id'],
    ['id', -1, 'id'],
    ['id', 1.5, 'id'],
    ['id', '0123', 'id'],
    ['id', '9223372036854775808', 'id'], // 2^63
    ['id', 'gid://shopify/Order/1', 'id'],
    ['created_at', undefined, 'created_at'],
    ['created_at', '', 'created_at'],
    ['created_at', 'yesterday', 'created_at'],
    ['created_at', '2026', 'created_at'],
    ['created_at', '2026-11-20T10:00:00', 'created_at'], // of which country?
    ['created_at', '2026-13-20T10:00:00Z', 'created_at'],
    ['created_at', '0000-01-01T00:00:00Z', 'created_at'],
    ['updated_at', null, 'updated_at'],
    ['currency', undefined, 'currency'],
    ['currency', 'usd', 'currency'],
    ['currency', '', 'currency'],
    ['line_items', undefined, 'line_items'],
    ['line_items', {}, 'line_items'],
    ['line_items.0.id', null, 'line_items.0.id'],
    ['line_items.0.quantity', 1.5, 'line_items.0.quantity'],
    ['line_items.0.quantity', 'two', 'line_items.0.quantity'],
    ['line_items.0.current_quantity', [], 'line_items.0.current_quantity'],
    ['line_items.0.tax_lines', [{}], 'line_items.0.tax_lines.0.price'],
    ['line_items', [null], 'line_items.0'],
    ['cancelled_at', 'yes', 'cancelled_at'],
    ['taxes_included', 'perhaps', 'taxes_included'],
    ['line_items.0.price', undefined, 'line_items.0.price'],
    ['line_items.0.price', null, 'line_items.0.price'],
    ['line_items.0.gift_card', 'yes', 'line_items.0.gift_card'],
    [
      'line_items.0.price_set',
      { shop_money: { amount: '1' } },
      'line_items.0.price_set.shop_money.currency_code',
    ],
    ['test', 'perhaps', 'test'],
    ['customer', 'Ada', 'customer'],
    ['customer.id', undefined, 'customer.id'],
  ])('with %s = %j is refused by the name of the field', (path, value, field) => {
    expect(refusalOf('orders/create', withField(orderBody, path, value))).toBe(at(field));
  });

  it.each([
    ['line_items.0.price_set', usd('thirty'), '"thirty" is not an amount of money'],
    ['line_items.0.price_set', usd('30.005'), '"30.005" has more decimals than USD has (2)'],
    ['line_items.0.price_set', usd('1e3'), '"1e3" is not an amount of money'],
    ['line_items.1.price', 1e21, '"1e+21" is not an amount of money'],
    [
      'line_items.0.price_set',
      usd('90071992547409.88'),
      'a line is worth more than can be counted',
    ],
    [
      'line_items.0.price_set',
      { shop_money: { amount: '3000', currency_code: 'JPY' } },
      'the shop’s money is USD, and here it is JPY'.replace('’', "'"),
    ],
  ])('with %s = %j is refused by what is wrong with the money', (path, value, what) => {
    expect(refusalOf('orders/create', withField(orderBody, path, value))).toBe(money(what));
  });

  it('says at most three places, and never what stands there', () => {
    const odd = { id: 'ada@example.com', created_at: 1, updated_at: 1, currency: 1, line_items: 1 };
    const refusal = refusalOf('orders/create', odd);
    expect(refusal).toBe(at('id, created_at, updated_at'));
    expect(refusal).not.toContain('ada');
  });

  it.each([
    ['name', null, { name: '#820982911946154508' }],
    ['customer', null, { customerId: null }],
    ['customer', undefined, { customerId: null }],
    ['processed_at', null, { placedAt: Date.parse('2026-11-20T08:00:00Z') }],
    ['presentment_currency', null, { presentmentCurrency: null }],
    ['taxes_included', null, { taxesIncluded: false }],
    ['taxes_included', true, { taxesIncluded: true }],
    ['test', true, { test: true }],
    ['source_name', null, { source: null }],
    ['shipping_lines', null, { shippingMinor: 0, shippingTaxMinor: 0 }],
    ['original_total_duties_set', null, { dutiesMinor: 0 }],
    ['total_tip_received', null, { tipMinor: 0 }],
    ['total_tip_received', 3.5, { tipMinor: 350 }],
    ['refunds', null, { knownRefundIds: [] }],
    ['line_items', [], { lines: [] }],
    ['currency_of_a_later_version', {}, { currency: 'USD' }],
  ])('with %s = %j is read', (path, value, part) => {
    const told = read('orders/create', withField(orderBody, path, value));
    expect(told).toMatchObject({ kind: 'order', order: { snapshot: part } });
  });

  it('with ids as texts or numbers is the same order', () => {
    const asText = withField(orderBody, 'id', '501');
    expect(read('orders/create', withField(orderBody, 'id', 501))).toEqual(
      read('orders/create', asText),
    );
  });

  it('with the largest id there is, is read exactly', () => {
    const text = JSON.stringify(withField(orderBody, 'id', 'ID')).replace(
      '"ID"',
      '9223372036854775807',
    );
    expect(read('orders/create', text)).toMatchObject({
      order: { orderId: '9223372036854775807' },
    });
    const tooLarge = text.replace('9223372036854775807', '9223372036854775808');
    expect(refusalOf('orders/create', tooLarge)).toBe(at('id'));
  });

  it.each([
    ['pending', 'unpaid'],
    ['authorized', 'unpaid'],
    ['unpaid', 'unpaid'],
    ['partially_paid', 'partially_paid'],
    ['voided', 'voided'],
    ['expired', 'unpaid'],
    [null, 'unknown'],
  ])('that is %s is not paid', (status, payment) => {
    const told = read('orders/create', withField(orderBody, 'financial_status', status));
    expect(told).toMatchObject({ order: { paidAt: null, snapshot: { payment } } });
  });

  it.each(['paid', 'partially_refunded', 'refunded'])('that is %s was paid by then', (status) => {
    const told = read('orders/create', withField(orderBody, 'financial_status', status));
    expect(told).toMatchObject({ order: { paidAt: Date.parse('2026-11-20T10:00:00Z') } });
  });

  it('with texts that no database keeps is read without what it cannot keep', () => {
    const title = `${'x'.repeat(254)}\u{1F375}`; // the cup of tea would be cut in two
    const body = withField(withField(orderBody, 'line_items.0.title', title), 'name', 'a\u0000b');
    expect(read('orders/create', body)).toMatchObject({
      order: { snapshot: { name: 'ab', lines: [{ title: `${'x'.repeat(254)}\uFFFD` }, {}] } },
    });
    const lone = withField(orderBody, 'line_items.0.vendor', '\uD83C');
    expect(read('orders/create', lone)).toMatchObject({
      order: { snapshot: { lines: [{ vendor: '\uFFFD' }, {}] } },
    });
  });
});

describe('a customer', () => {
  const body = {
    id: 7,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-02-01T00:00:00Z',
    email: 'ada@example.com',
    first_name: 'Ada',
    last_name: 'Lovelace',
  };

  it.each([
    ['email', null, { email: null }],
    ['email', '', { email: null }],
    ['first_name', null, { name: 'Lovelace' }],
    ['last_name', undefined, { name: 'Ada' }],
    ['created_at', null, { createdAt: null }],
  ])('with %s = %j is read', (path, value, part) => {
    expect(read('customers/update', withField(body, path, value))).toMatchObject({
      customer: part,
    });
  });

  it('without any name has none', () => {
    const nameless = { ...body, first_name: ' ', last_name: null };
    expect(read('customers/create', nameless)).toMatchObject({ customer: { name: null } });
  });

  it('without updated_at is refused, as one would not know what is newer', () => {
    expect(refusalOf('customers/update', withField(body, 'updated_at', null))).toBe(
      at('updated_at'),
    );
  });

  it('that an order tells without updated_at is left out, and the order is not', () => {
    const told = read('orders/create', withField(orderBody, 'customer.updated_at', null));
    expect(told).not.toHaveProperty('customer');
    expect(told).toMatchObject({ order: { snapshot: { customerId: '115310627314723954' } } });
  });
});

describe('a merge', () => {
  const body = {
    admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/820982911946154508',
    admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/2?x=y/9',
    status: 'COMPLETED',
  };

  it('that is completed names both, exactly', () => {
    expect(read('customers/merge', body)).toEqual({
      kind: 'customer-merged',
      keptId: '820982911946154508',
      goneId: '2',
    });
  });

  it.each(['in_progress', 'requested', 'failed', ''])('that is "%s" moves nothing', (status) => {
    expect(read('customers/merge', { ...body, status })).toEqual({
      kind: 'merge-not-done',
      status,
      fields: [],
    });
  });

  it.each([
    '',
    '7',
    'gid://shopify/Customer/',
    'gid://shopify/Customer/7abc',
    'gid://other/Customer/7',
    'gid://shopify/Customer/0',
    'gid://shopify/Customer/9223372036854775808',
  ])('with the id "%s" is refused', (id) => {
    const odd = { ...body, admin_graphql_api_customer_kept_id: id };
    expect(refusalOf('customers/merge', odd)).toBe(at('admin_graphql_api_customer_kept_id'));
  });
});

describe('the shop', () => {
  const body = {
    name: 'Laurel',
    currency: 'EUR',
    iana_timezone: 'Europe/Berlin',
    taxes_included: true,
    updated_at: '2026-11-20T10:00:00+01:00',
  };

  it('is read', () => {
    expect(read('shop/update', body)).toEqual({
      kind: 'shop',
      name: 'Laurel',
      currency: 'EUR',
      timeZone: 'Europe/Berlin',
      taxesIncluded: true,
      updatedAt: Date.parse('2026-11-20T09:00:00Z'),
    });
  });

  it('without a word on taxes has prices without them, and without a name has none', () => {
    const silent = { ...body, taxes_included: null, name: undefined };
    expect(read('shop/update', silent)).toMatchObject({ taxesIncluded: false, name: '' });
  });

  it.each([
    ['currency', 'euro'],
    ['iana_timezone', 'Mars/Olympus'],
    ['iana_timezone', null],
    ['updated_at', undefined],
  ])('with %s = %j is refused', (path, value) => {
    expect(refusalOf('shop/update', withField(body, path, value))).toBe(at(path));
  });
});

describe('a product', () => {
  const body = { id: 77, updated_at: '2026-11-20T10:00:00Z', tags: ' a, b ,,c' };

  it('has its tags one by one, however they are told, and tells nothing of its collections', () => {
    const told = read('products/update', body);
    expect(told).toMatchObject({ product: { traits: { tags: ['a', 'b', 'c'], type: null } } });
    expect(told).not.toHaveProperty('product.traits.collectionIds');
    const list = read('products/update', { ...body, tags: ['a', ' b ', '', 'c'] });
    expect(list).toEqual(told);
    expect(read('products/update', { ...body, tags: null })).toMatchObject({
      product: { traits: { tags: [] } },
    });
  });

  it('has the category that Shopify’s taxonomy names', () => {
    const told = (category: unknown) => read('products/update', { ...body, category });
    expect(told({ name: 'Tea' })).toMatchObject({ product: { traits: { category: 'Tea' } } });
    expect(told({ name: '' })).toMatchObject({ product: { traits: { category: null } } });
    expect(told(null)).toMatchObject({ product: { traits: { category: null } } });
  });
});

it('a topic that nobody reads has a stated outcome, whatever its body', () => {
  expect(read('carts/update', 'not even JSON')).toEqual({ kind: 'unknown-topic' });
  expect(read('constructor', '{}')).toEqual({ kind: 'unknown-topic' });
});

it('a refund without its order is refused', () => {
  expect(refusalOf('refunds/create', withField(refundBody, 'order_id', null))).toBe(at('order_id'));
});
