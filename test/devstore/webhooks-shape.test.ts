/** Every body has the keys of Shopify's published samples of 2026-07, no more and no fewer. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runningShopify, type Running } from './running-shopify.ts';

let shopify: Running;
let deliveries: Map<string, unknown>;

beforeAll(async () => {
  shopify = await runningShopify();
  const { devstore } = shopify;
  const control: Running['control'] = (...call) => shopify.control(...call);
  const ada = {
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Lovelace',
    phone: '+4930555',
  };
  shopify.store.createCustomer({ ...ada, address: { address1: 'Torstraße 1', city: 'Berlin' } });
  shopify.store.createCustomer({ email: 'bob@example.com', firstName: 'Bob' });
  const lines = [{ product: 'monstera' }, { product: 'bud-vase', quantity: 3 }];
  await control('POST', '/orders', {
    customer: ada.email,
    lines,
    discountCode: 'WELCOME10',
    currency: 'USD',
  });
  await control('POST', '/orders/latest/edit', { add: [{ product: 'napkins-set-of-four' }] });
  const [first] = [...shopify.store.orders.values()];
  const line = first?.lines[1]?.id ?? '';
  await control('POST', '/orders/latest/refund', {
    lines: [{ line }],
    shipping: true,
    amountMinor: 100,
  });
  await control('POST', '/orders/latest/cancel', {});
  await control('DELETE', '/orders/latest', {});
  await control('PATCH', '/customers/ada@example.com', { note: 'VIP', tags: ['a'] });
  await control('POST', '/customers/ada@example.com/consent', {
    channel: 'email',
    state: 'subscribed',
  });
  await control('POST', '/merges', {
    keep: 'ada@example.com',
    delete: 'bob@example.com',
    fail: true,
  });
  await control('POST', '/customers/ada@example.com/data-request', {});
  await control('POST', '/products', { title: 'Copper Scoop', priceMinor: 1900 });
  await control('PATCH', '/products/copper-scoop', { priceMinor: 2100 });
  await control('DELETE', '/products/copper-scoop', {});
  await control('PATCH', '/shop', { name: 'Fern' });
  await control('POST', '/app/scopes', { grant: ['read_all_orders'] });
  await shopify.graphql(
    `mutation { bulkOperationRunQuery(query: "{ products { edges { node { id } } } }") { userErrors { message } } }`,
  );
  await devstore.bulkOperations.settled();
  await control('POST', '/customers/bob@example.com/redact', {});
  await control('DELETE', '/customers/ada@example.com', {});
  await control('POST', '/app/uninstall', {});
  await control('POST', '/app/shop-redact', {});
  await devstore.courier.settled();
  deliveries = new Map(devstore.courier.log().map((one) => [one.topic, JSON.parse(one.body)]));
});
afterAll(() => shopify.close());

const samples: [topic: string, file: string][] = [
  ['app/scopes_update', 'app_scopes_update'],
  ['app/uninstalled', 'app_uninstalled'],
  ['bulk_operations/finish', 'bulk_operations_finish'],
  ['customers/create', 'customers_create'],
  ['customers/data_request', 'customers_data_request'],
  ['customers/delete', 'customers_delete'],
  ['customers/merge', 'customers_merge'],
  ['customers/redact', 'customers_redact'],
  ['customers/update', 'customers_update'],
  ['orders/cancelled', 'orders_cancelled'],
  ['orders/create', 'orders_create'],
  ['orders/edited', 'orders_edited'],
  ['orders/paid', 'orders_paid'],
  ['orders/updated', 'orders_updated'],
  ['products/create', 'products_create'],
  ['products/delete', 'products_delete'],
  ['products/update', 'products_update'],
  ['refunds/create', 'refunds_create'],
  ['shop/redact', 'shop_redact'],
  ['shop/update', 'app_uninstalled'],
];

test.each(samples)('%s has the keys of its sample', (topic, file) => {
  const sample: unknown = JSON.parse(
    readFileSync(new URL(`../payloads/2026-07/${file}.json`, import.meta.url), 'utf8'),
  );
  const sent = deliveries.get(topic);
  expect(sent, `${topic} was sent`).toBeDefined();
  expect(differences(sample, sent, topic)).toEqual([]);
});

test('the comparison itself finds a missing, a new and a retyped key', () => {
  expect(differences({ a: 1, b: [{ c: '2' }] }, { b: [{ c: 2, d: 1 }] }, 'x')).toEqual([
    'x.a is missing',
    'x.b[].c is a number, not a string',
    'x.b[].d is not Shopify’s',
  ]);
});

/** Null on either side says nothing about the shape below it. An empty sample list neither. */
function differences(sample: unknown, sent: unknown, path: string): string[] {
  if (sample === null || sent === null) return [];
  if (Array.isArray(sample) && Array.isArray(sent)) {
    const [first] = sample as unknown[];
    if (first === undefined) return [];
    return [...new Set(sent.flatMap((item) => differences(first, item, `${path}[]`)))];
  }
  if (typeof sample !== typeof sent || Array.isArray(sample) !== Array.isArray(sent)) {
    return [`${path} is a ${typeof sent}, not a ${typeof sample}`];
  }
  if (typeof sample !== 'object') return [];
  const [wanted, given] = [sample as Record<string, unknown>, sent as Record<string, unknown>];
  const missing = Object.keys(wanted).filter((key) => !(key in given));
  const extra = Object.keys(given).filter((key) => !(key in wanted));
  return [
    ...missing.map((key) => `${path}.${key} is missing`),
    ...Object.keys(given)
      .filter((key) => key in wanted)
      .flatMap((key) => differences(wanted[key], given[key], `${path}.${key}`)),
    ...extra.map((key) => `${path}.${key} is not Shopify’s`),
  ];
}
