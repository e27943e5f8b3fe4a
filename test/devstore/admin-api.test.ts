import { isObjectType } from 'graphql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { adminSchema } from '../../devstore/admin-api/schema.ts';
import type { View } from '../../devstore/admin-api/context.ts';
import { customerView } from '../../devstore/admin-api/views/customer-view.ts';
import { lineView, shippingView } from '../../devstore/admin-api/views/line-view.ts';
import { metafieldView } from '../../devstore/admin-api/views/metafield-view.ts';
import { orderView, transactionView } from '../../devstore/admin-api/views/order-view.ts';
import {
  collectionView,
  productView,
  variantView,
} from '../../devstore/admin-api/views/product-view.ts';
import { refundView } from '../../devstore/admin-api/views/refund-view.ts';
import { installationView, shopView } from '../../devstore/admin-api/views/shop-view.ts';
import { refundOrder } from '../../devstore/state/orders/refund-order.ts';
import { setMetafields } from '../../devstore/state/metafields/write-metafields.ts';
import { graphqlUrl, runningShopify, type Running } from './running-shopify.ts';

let shopify: Running;
let elapsed = 0;
beforeAll(async () => {
  shopify = await runningShopify({ elapsedMs: () => elapsed });
  const { store } = shopify;
  for (let number = 1; number <= 7; number += 1) {
    shopify.clock.advance(1000);
    store.createCustomer({
      email: `member${number}@example.com`,
      firstName: `M${number}`,
      tags: number % 2 === 0 ? ['even'] : [],
    });
  }
});
afterAll(() => shopify.close());

function code(body: Awaited<ReturnType<Running['graphql']>>): unknown {
  return body.errors?.[0]?.extensions?.['code'];
}

test('a call without a token, or to another version, is not served', async () => {
  const url = graphqlUrl(shopify.devstore, shopify.store);
  const status = async (address: string) => (await fetch(address, { method: 'POST' })).status;
  expect(await status(url)).toBe(401);
  expect(await status(url.replace('2026-10', '2025-01'))).toBe(404);
  expect(await status(url.replace('laurel-demo', 'nobody'))).toBe(404);
});

test('a field that the schema does not have is refused as Shopify refuses it', async () => {
  const body = await shopify.graphql('query Mine { orders(first: 1) { nodes { id points } } }');
  expect(body).toEqual({
    errors: [
      {
        message: "Field 'points' doesn't exist on type 'Order'",
        locations: [{ line: 1, column: 44 }],
        path: ['query Mine', 'orders', 'nodes', 'points'],
        extensions: { code: 'undefinedField', typeName: 'Order', fieldName: 'points' },
      },
    ],
  });
});

test('what the schema has and the local Shopify has not is named, never answered with null', async () => {
  const field = await shopify.graphql('{ shop { navigationSettings { id } } }');
  expect(field.errors?.[0]).toMatchObject({
    message: 'The local Shopify does not implement Shop.navigationSettings.',
    extensions: { code: 'NOT_IMPLEMENTED_LOCALLY', what: 'Shop.navigationSettings' },
  });
  const root = await shopify.graphql(
    '{ customerByIdentifier(identifier: { emailAddress: "a@example.com" }) { id } }',
  );
  expect(root.errors?.[0]?.extensions?.['what']).toBe('QueryRoot.customerByIdentifier');
  const filter = await shopify.graphql(
    '{ customers(first: 1, query: "total_spent:>5") { nodes { id } } }',
  );
  expect(filter.errors?.[0]?.extensions?.['what']).toBe('the search filter total_spent');
});

test('every field of every view is a field of Shopify’s type', () => {
  const { schema } = adminSchema('2026-10');
  const { store } = shopify;
  const [product] = store.products.values();
  const [variant] = product?.variants ?? [];
  const [collection] = store.collections.values();
  const customer = store.findCustomerByEmail('member1@example.com');
  if (!product || !variant || !collection || !customer || !store.installation)
    throw new Error('seed');
  const order = store.placeOrder({
    buyer: { customerId: customer.id },
    lines: [{ variantId: variant.id, quantity: 2 }],
  });
  const [line] = order.lines;
  const [shipping] = order.shipping;
  const [transaction] = order.transactions;
  if (!line || !shipping || !transaction) throw new Error('order');
  const { refund } = refundOrder(store, {
    orderId: order.id,
    lines: [{ lineId: line.id, quantity: 1 }],
  });
  const ownerId = `gid://shopify/Customer/${customer.id}`;
  const { metafields } = setMetafields(
    store,
    [],
    [{ ownerId, key: 'some', type: 'json', value: '{}' }],
  );
  const views: View[] = [
    collectionView(store, collection),
    customerView(store, customer),
    installationView(store, store.installation),
    lineView(store, order, line),
    ...metafields.map((one) => metafieldView(store, one)),
    orderView(store, order),
    productView(store, product),
    refundView(store, order, refund),
    shippingView(order, shipping),
    shopView(store),
    transactionView(store, order, transaction),
    variantView(store, product, variant),
  ];
  const strange = views.flatMap((view) => {
    const type = schema.getType(view.__typename);
    if (!isObjectType(type)) return [view.__typename];
    return Object.keys(view)
      .filter((key) => key !== '__typename' && !(key in type.getFields()))
      .map((key) => `${view.__typename}.${key}`);
  });
  expect(strange).toEqual([]);
});

test('a scope that was not granted is asked for by name', async () => {
  const body = await shopify.graphql('{ locations(first: 1) { nodes { id } } }');
  expect(code(body)).toBe('ACCESS_DENIED');
  expect(body.errors?.[0]).toMatchObject({ path: ['locations'] });
});

test('without write_customers no metafield and no tag is written', async () => {
  const { store } = shopify;
  const token = await shopify.accessToken();
  const narrow = store.accessTokens.find((one) => one.token === token);
  if (!narrow) throw new Error('token');
  narrow.scopes = ['read_customers'];
  const id = `gid://shopify/Customer/${store.findCustomerByEmail('member2@example.com')?.id}`;
  const tags = `mutation { tagsAdd(id: "${id}", tags: ["x"]) { userErrors { message } } }`;
  const metafields = `mutation { metafieldsSet(metafields: [{ ownerId: "${id}", key: "points", value: "1" }]) { userErrors { message } } }`;
  expect(code(await shopify.graphql(tags, {}, token))).toBe('ACCESS_DENIED');
  expect(code(await shopify.graphql(metafields, {}, token))).toBe('ACCESS_DENIED');
  expect(store.metafield(id, '$app', 'points')).toBeUndefined();
  expect(store.findCustomerByEmail('member2@example.com')?.tags).toEqual(['even']);
});

test('without read_all_orders only sixty days of orders are there', async () => {
  const { store } = shopify;
  const [product] = store.products.values();
  const variantId = product?.variants[0]?.id ?? '';
  const old = store.at(new Date('2026-09-01T00:00:00Z'), () =>
    store.placeOrder({ buyer: null, lines: [{ variantId, quantity: 1 }] }),
  );
  const ask = () => shopify.graphql(`{ order(id: "gid://shopify/Order/${old.id}") { name } }`);
  expect((await ask()).data).toEqual({ order: null });
  await shopify.control('POST', '/app/scopes', { grant: ['read_all_orders'] });
  expect((await ask()).data).toEqual({ order: { name: old.name } });
  await shopify.control('POST', '/app/scopes', { revoke: ['read_all_orders'] });
});

type Page = {
  customers: {
    nodes: { email: string }[];
    pageInfo: {
      hasNextPage: boolean;
      hasPreviousPage: boolean;
      endCursor: string;
      startCursor: string;
    };
  };
};

async function page(args: string): Promise<Page['customers']> {
  const body = await shopify.graphql(
    `{ customers(${args}, query: "email:member*") { nodes { email } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }`,
  );
  return (body.data as Page).customers;
}

test('pages by updated_at show each customer once, even when one changes in between', async () => {
  const first = await page('first: 3, sortKey: UPDATED_AT');
  expect(first.nodes.map((one) => one.email)).toEqual([
    'member1@example.com',
    'member2@example.com',
    'member3@example.com',
  ]);
  shopify.clock.advance(5000);
  await shopify.control('PATCH', '/customers/member1@example.com', { note: 'changed' });
  const seen: string[] = [];
  let { pageInfo } = first;
  while (pageInfo.hasNextPage) {
    const next = await page(`first: 3, sortKey: UPDATED_AT, after: "${pageInfo.endCursor}"`);
    seen.push(...next.nodes.map((one) => one.email.slice(6, 7)));
    pageInfo = next.pageInfo;
  }
  // The changed one comes again at the end, and nobody was skipped.
  expect(seen).toEqual(['4', '5', '6', '7', '1']);
});

test('pages go backwards and in reverse too', async () => {
  const last = await page('last: 2, sortKey: CREATED_AT');
  expect(last.nodes.map((one) => one.email.slice(6, 7))).toEqual(['6', '7']);
  expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  const before = await page(`last: 2, sortKey: CREATED_AT, before: "${last.pageInfo.startCursor}"`);
  expect(before.nodes.map((one) => one.email.slice(6, 7))).toEqual(['4', '5']);
  const reverse = await page('first: 2, sortKey: CREATED_AT, reverse: true');
  expect(reverse.nodes.map((one) => one.email.slice(6, 7))).toEqual(['7', '6']);
});

test('a page without a size, or of more than 250, is refused', async () => {
  expect(code(await shopify.graphql('{ customers { nodes { id } } }'))).toBe('BAD_REQUEST');
  expect(code(await shopify.graphql('{ customers(first: 251) { nodes { id } } }'))).toBe(
    'BAD_REQUEST',
  );
  const lost = await shopify.graphql('{ customers(first: 1, after: "zzz") { nodes { id } } }');
  expect(lost.errors?.[0]?.message).toBe('Invalid cursor for current pagination sort.');
});

test('a search knows tags, negation, alternatives, ids and times', async () => {
  const count = async (query: string) => {
    const body = await shopify.graphql(
      'query ($query: String!) { customersCount(query: $query) { count } }',
      { query },
    );
    return (body.data as { customersCount: { count: number } }).customersCount.count;
  };
  const third = shopify.store.findCustomerByEmail('member3@example.com');
  expect(await count('tag:even')).toBe(3);
  expect(await count('email:member* -tag:even')).toBe(4);
  expect(await count('email:member1@example.com OR email:member2@example.com')).toBe(2);
  expect(await count(`id:${third?.id}`)).toBe(1);
  expect(await count(`id:>${third?.id}`)).toBe(4);
  expect(await count(`customer_date:>'${third?.createdAt}'`)).toBe(4);
  expect(await count('M5')).toBe(1);
});

test('a query costs its objects and its pages, and the bucket says when it is empty', async () => {
  elapsed += 1_000_000;
  const one = await shopify.graphql('{ shop { name } }');
  expect(one.extensions?.cost).toMatchObject({
    requestedQueryCost: 1,
    actualQueryCost: 1,
    throttleStatus: { maximumAvailable: 2000, currentlyAvailable: 1999, restoreRate: 100 },
  });
  // The one that was measured: 1 for the product, 2 for the connection, 11 × 2 for its page.
  const measured = await shopify.graphql(
    '{ product(id: "gid://shopify/Product/1") { variants(first: 250) { nodes { product { id } } } } }',
  );
  expect(measured.extensions?.cost).toMatchObject({ requestedQueryCost: 25, actualQueryCost: 0 });
  const many =
    '{ customers(first: 100, query: "email:member*") { nodes { id defaultEmailAddress { emailAddress } } } }';
  // 2 for the connection and 9 × 2; of the hundred seven are there: 2 + 4 + 7.
  expect((await shopify.graphql(many)).extensions?.cost).toMatchObject({
    requestedQueryCost: 20,
    actualQueryCost: 13,
  });
  const dear = `{ customers(first: 250) { nodes { orders(first: 250) { nodes { lineItems(first: 250) { nodes { id } } } } } } }`;
  expect(code(await shopify.graphql(dear))).toBe('MAX_COST_EXCEEDED');

  const { throttle } = shopify.devstore.api;
  const { domain } = shopify.store;
  throttle.take(domain, 'basic', throttle.status(domain, 'basic').currentlyAvailable);
  const refused = await shopify.graphql(many);
  expect(code(refused)).toBe('THROTTLED');
  expect(refused.data).toBeUndefined();
  expect(refused.extensions?.cost.actualQueryCost).toBeNull();
  elapsed += 190;
  expect(code(await shopify.graphql(many))).toBe('THROTTLED');
  elapsed += 20;
  expect((await shopify.graphql(many)).errors).toBeUndefined();
});

test('ordered failures happen once each, and a lost answer has done its work', async () => {
  elapsed += 1_000_000;
  const { store, devstore } = shopify;
  const token = await shopify.accessToken();
  const id = `gid://shopify/Customer/${store.findCustomerByEmail('member3@example.com')?.id}`;
  const call = () =>
    fetch(graphqlUrl(devstore, store), {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': token },
      body: JSON.stringify({
        query: `mutation { tagsAdd(id: "${id}", tags: ["kept"]) { userErrors { message } } }`,
      }),
    });
  for (const kind of ['error', 'unauthorized', 'throttled']) {
    await shopify.control('POST', '/faults', { kind });
  }
  expect((await call()).status).toBe(500);
  expect((await call()).status).toBe(401);
  expect(await (await call()).json()).toMatchObject({ errors: [{ message: 'Throttled' }] });
  expect(store.findCustomerByEmail('member3@example.com')?.tags).toEqual([]);
  await shopify.control('POST', '/faults', { kind: 'hang-up' });
  await expect(call()).rejects.toThrow('fetch failed');
  expect(store.findCustomerByEmail('member3@example.com')?.tags).toEqual(['kept']);
  expect((await call()).status).toBe(200);
});
