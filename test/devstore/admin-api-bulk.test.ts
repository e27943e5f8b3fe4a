import { afterEach, beforeEach, expect, test } from 'vitest';
import { runningShopify, type Running } from './running-shopify.ts';

let shopify: Running;
beforeEach(async () => {
  shopify = await runningShopify();
});
afterEach(() => shopify.close());

type Started = {
  bulkOperation: { id: string; status: string } | null;
  userErrors: { field: string[] | null; message: string; code: string }[];
};

async function start(query: string): Promise<Started> {
  const body = await shopify.graphql(
    'mutation ($query: String!) { bulkOperationRunQuery(query: $query) { bulkOperation { id status } userErrors { field message code } } }',
    { query },
  );
  return (body.data as { bulkOperationRunQuery: Started }).bulkOperationRunQuery;
}

type Operation = {
  status: string;
  objectCount: string;
  rootObjectCount: string;
  url: string | null;
  errorCode: string | null;
};

async function look(id: string): Promise<Operation> {
  const body = await shopify.graphql(
    'query ($id: ID!) { bulkOperation(id: $id) { status objectCount rootObjectCount url errorCode } }',
    { id },
  );
  return (body.data as { bulkOperation: Operation }).bulkOperation;
}

function placeOrders(count: number): void {
  const { store } = shopify;
  const variants = [...store.products.values()].slice(0, 3).map((one) => one.variants[0]?.id ?? '');
  for (let number = 0; number < count; number += 1) {
    const lines = variants.map((variantId) => ({ variantId, quantity: 1 }));
    store.placeOrder({ buyer: null, lines });
  }
}

const orders =
  '{ orders { edges { node { id name lineItems { edges { node { id title } } } } } } }';

test('a bulk query gives every order and, after it, its lines with the parent’s id', async () => {
  placeOrders(450);
  const { bulkOperation } = await start(orders);
  expect(bulkOperation?.status).toBe('CREATED');
  await shopify.devstore.bulkOperations.settled();
  const done = await look(bulkOperation?.id ?? '');
  expect(done).toMatchObject({
    status: 'COMPLETED',
    objectCount: String(450 * 4),
    rootObjectCount: '450',
  });
  const text = await (await fetch(done.url ?? '')).text();
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, string>);
  expect(lines).toHaveLength(1800);
  let parent = '';
  for (const line of lines) {
    if (line['__parentId'] === undefined) parent = line['id'] ?? '';
    else expect(line['__parentId']).toBe(parent);
  }
  expect(new Set(lines.map((line) => line['id'])).size).toBe(1800);
});

test('progress can be watched, and a second one waits its turn', async () => {
  await shopify.close();
  const pauses: (() => void)[] = [];
  shopify = await runningShopify({
    bulkPause: () => new Promise<void>((resolve) => pauses.push(resolve)),
  });
  placeOrders(450);
  const { bulkOperation } = await start(orders);
  expect(await start(orders)).toMatchObject({
    bulkOperation: null,
    userErrors: [{ code: 'OPERATION_IN_PROGRESS' }],
  });
  const seen = new Set<number>();
  for (;;) {
    // Each pause ends when it was looked at.
    const pause = pauses.shift();
    const now = await look(bulkOperation?.id ?? '');
    seen.add(Number(now.objectCount));
    if (now.status === 'COMPLETED') break;
    pause?.();
  }
  // An order and its three lines, 200 orders at a time.
  expect([...seen]).toEqual([0, 800, 1600, 1800]);
  expect((await start(orders)).userErrors).toEqual([]);
});

test('the end is told by bulk_operations/finish', async () => {
  const { bulkOperation } = await start('{ products { edges { node { id } } } }');
  await shopify.devstore.bulkOperations.settled();
  await shopify.devstore.courier.settled();
  const heard = shopify.app.heard.find((one) => one.topic === 'bulk_operations/finish');
  expect(JSON.parse(heard?.body ?? '{}')).toMatchObject({
    admin_graphql_api_id: bulkOperation?.id,
    status: 'completed',
    error_code: null,
    type: 'query',
  });
});

test('nothing found is completed without a file', async () => {
  const { bulkOperation } = await start('{ orders(query: "id:1") { edges { node { id } } } }');
  await shopify.devstore.bulkOperations.settled();
  expect(await look(bulkOperation?.id ?? '')).toMatchObject({
    status: 'COMPLETED',
    objectCount: '0',
    url: null,
  });
});

test('data that the app may not read fails the operation', async () => {
  const { bulkOperation } = await start('{ locations { edges { node { id } } } }');
  await shopify.devstore.bulkOperations.settled();
  expect(await look(bulkOperation?.id ?? '')).toMatchObject({
    status: 'FAILED',
    errorCode: 'ACCESS_DENIED',
  });
});

const refused: [what: string, query: string, sentence: RegExp][] = [
  ['a field that is not there', '{ orders { edges { node { points } } } }', /doesn't exist/],
  ['no connection at all', '{ shop { name } }', /at least one connection/],
  [
    'two root fields',
    '{ orders { edges { node { id } } } products { edges { node { id } } } }',
    /single root/,
  ],
  [
    'a connection within a list',
    '{ orders { edges { node { id refunds { refundLineItems { edges { node { id } } } } } } } }',
    /within a list field/,
  ],
  [
    'three connections deep',
    '{ collections { edges { node { id products { edges { node { id variants { edges { node { id } } } } } } } } } }',
    /nesting depth/,
  ],
  [
    'a mutation',
    'mutation { tagsAdd(id: "gid://shopify/Customer/1", tags: []) { userErrors { message } } }',
    /must be a query/,
  ],
];

test.each(refused)('%s is refused at once', async (_what, query, sentence) => {
  const { bulkOperation, userErrors } = await start(query);
  expect(bulkOperation).toBeNull();
  expect(userErrors).toMatchObject([{ field: ['query'], code: 'INVALID' }]);
  expect(userErrors[0]?.message).toMatch(sentence);
});
