import { afterAll, beforeAll, expect, test } from 'vitest';
import { runningShopify, type Running } from './running-shopify.ts';

let shopify: Running;
let ownerId: string;
beforeAll(async () => {
  shopify = await runningShopify();
  ownerId = `gid://shopify/Customer/${shopify.store.createCustomer({ email: 'm@example.com' }).id}`;
});
afterAll(() => shopify.close());

type Input = Record<string, string | null>;
type UserError = { field: string[]; message: string; code: string };

async function set(...metafields: Input[]) {
  const body = await shopify.graphql(
    `mutation ($metafields: [MetafieldsSetInput!]!) {
      metafieldsSet(metafields: $metafields) {
        metafields { namespace key type value compareDigest jsonValue }
        userErrors { field message code elementIndex }
      }
    }`,
    { metafields },
  );
  return (
    body.data as {
      metafieldsSet: { metafields: Record<string, unknown>[] | null; userErrors: UserError[] };
    }
  ).metafieldsSet;
}

test('the app’s own namespace is written as $app, or not at all, and stored under its number', async () => {
  const { metafields } = await set(
    { ownerId, namespace: '$app', key: 'points', type: 'number_integer', value: '120' },
    { ownerId, key: 'tier', value: 'Silver' },
  );
  const namespace = `app--${shopify.store.appNumber}`;
  expect(metafields).toMatchObject([
    { namespace, key: 'points', value: '120', jsonValue: 120 },
    { namespace, key: 'tier', type: 'single_line_text_field', value: 'Silver' },
  ]);
  const read = await shopify.graphql(
    `{ customer(id: "${ownerId}") {
      points: metafield(namespace: "$app", key: "points") { value }
      tier: metafield(key: "tier") { value }
      none: metafield(key: "pending") { value }
    } }`,
  );
  expect(read.data).toEqual({
    customer: { points: { value: '120' }, tier: { value: 'Silver' }, none: null },
  });
});

const wrong: [what: string, input: (owner: string) => Input, code: string, field: string][] = [
  [
    'text in a declared integer',
    (id) => ({ ownerId: id, key: 'points', value: 'many' }),
    'INVALID_VALUE',
    'value',
  ],
  [
    'another type than declared',
    (id) => ({ ownerId: id, key: 'points', type: 'json', value: '1' }),
    'INVALID_TYPE',
    'type',
  ],
  ['broken JSON', (id) => ({ ownerId: id, key: 'progress', value: '{' }), 'INVALID_VALUE', 'value'],
  [
    'two lines in a single line',
    (id) => ({ ownerId: id, key: 'tier', value: 'a\nb' }),
    'INVALID_VALUE',
    'value',
  ],
  [
    'an owner that is not there',
    () => ({ ownerId: 'gid://shopify/Customer/1', key: 'points', value: '1' }),
    'INVALID_VALUE',
    'ownerId',
  ],
  [
    'no type for an unknown key',
    (id) => ({ ownerId: id, namespace: 'custom', key: 'some', value: '1' }),
    'BLANK',
    'type',
  ],
  [
    'a type that is none',
    (id) => ({ ownerId: id, namespace: 'custom', key: 'some', type: 'points', value: '1' }),
    'INCLUSION',
    'type',
  ],
  [
    'another app’s namespace',
    (id) => ({ ownerId: id, namespace: 'app--1', key: 'some', type: 'json', value: '1' }),
    'APP_NOT_AUTHORIZED',
    'namespace',
  ],
  [
    'a digest of another value',
    (id) => ({ ownerId: id, key: 'points', value: '1', compareDigest: 'x' }),
    'STALE_OBJECT',
    'compareDigest',
  ],
  [
    'must not exist, but does',
    (id) => ({ ownerId: id, key: 'points', value: '1', compareDigest: null }),
    'STALE_OBJECT',
    'compareDigest',
  ],
];

test.each(wrong)(
  '%s is a user error, and nothing of the call is written',
  async (_what, input, code, field) => {
    await set({ ownerId, key: 'points', value: '7' });
    const { metafields, userErrors } = await set(
      { ownerId, key: 'pending', value: '99' },
      input(ownerId),
    );
    expect(metafields).toBeNull();
    expect(userErrors).toMatchObject([
      { field: ['metafields', '1', field], code, elementIndex: 1 },
    ]);
    expect(shopify.store.metafield(ownerId, '$app', 'pending')).toBeUndefined();
    expect(shopify.store.metafield(ownerId, '$app', 'points')?.value).toBe('7');
  },
);

test('twenty-five metafields are written at once, twenty-six are not', async () => {
  const many = (count: number): Input[] =>
    Array.from({ length: count }, (_, index) => ({
      ownerId,
      namespace: 'batch',
      key: `key_${index}`,
      type: 'number_integer',
      value: String(index),
    }));
  expect((await set(...many(26))).userErrors).toMatchObject([{ code: 'LESS_THAN_OR_EQUAL_TO' }]);
  expect(shopify.store.metafield(ownerId, 'batch', 'key_0')).toBeUndefined();
  expect((await set(...many(25))).metafields).toHaveLength(25);
});

test('the digest that was read lets a write through once', async () => {
  const [written] = (await set({ ownerId, key: 'pending', value: '1' })).metafields ?? [];
  const compareDigest = String(written?.['compareDigest']);
  expect((await set({ ownerId, key: 'pending', value: '2', compareDigest })).userErrors).toEqual(
    [],
  );
  expect(
    (await set({ ownerId, key: 'pending', value: '3', compareDigest })).userErrors,
  ).toMatchObject([{ code: 'STALE_OBJECT' }]);
});

test('the app’s installation owns metafields too', async () => {
  const installed = await shopify.graphql('{ currentAppInstallation { id } }');
  const { id } = (installed.data as { currentAppInstallation: { id: string } })
    .currentAppInstallation;
  const value = '{"v":1,"live":true}';
  expect(
    (await set({ ownerId: id, namespace: 'laurel', key: 'programme', type: 'json', value }))
      .userErrors,
  ).toEqual([]);
  const read = await shopify.graphql(
    '{ currentAppInstallation { metafield(namespace: "laurel", key: "programme") { jsonValue } } }',
  );
  expect(read.data).toEqual({
    currentAppInstallation: { metafield: { jsonValue: { v: 1, live: true } } },
  });
});

test('metafieldsDelete names what it deleted and null for what was not there', async () => {
  await set({ ownerId, namespace: 'gone', key: 'soon', type: 'json', value: '1' });
  const body = await shopify.graphql(
    `mutation { metafieldsDelete(metafields: [
      { ownerId: "${ownerId}", namespace: "gone", key: "soon" },
      { ownerId: "${ownerId}", namespace: "gone", key: "never" }
    ]) { deletedMetafields { key } userErrors { message } } }`,
  );
  expect(body.data).toEqual({
    metafieldsDelete: { deletedMetafields: [{ key: 'soon' }, null], userErrors: [] },
  });
});

test('tags are added and removed regardless of case, and only a change is told', async () => {
  const tag = async (field: string, tags: string[]) => {
    const body = await shopify.graphql(
      `mutation ($tags: [String!]!) { ${field}(id: "${ownerId}", tags: $tags) { node { ... on Customer { tags } } userErrors { message } } }`,
      { tags },
    );
    return (body.data as Record<string, { node: { tags: string[] } }>)[field]?.node.tags;
  };
  await shopify.devstore.courier.settled();
  shopify.app.heard.length = 0;
  expect(await tag('tagsAdd', ['Laurel: Gold', 'VIP, early'])).toEqual([
    'early',
    'Laurel: Gold',
    'VIP',
  ]);
  expect(await tag('tagsAdd', ['vip'])).toEqual(['early', 'Laurel: Gold', 'VIP']);
  expect(await tag('tagsRemove', ['LAUREL: gold', 'absent'])).toEqual(['early', 'VIP']);
  await shopify.devstore.courier.settled();
  expect(shopify.app.topics().toSorted()).toEqual([
    'customer.tags_added',
    'customer.tags_removed',
    'customers/update',
    'customers/update',
  ]);
});

test('a tag for somebody who is not there is a user error', async () => {
  const body = await shopify.graphql(
    'mutation { tagsAdd(id: "gid://shopify/Customer/1", tags: ["x"]) { node { id } userErrors { field message } } }',
  );
  expect(body.data).toEqual({
    tagsAdd: { node: null, userErrors: [{ field: ['id'], message: 'Customer does not exist' }] },
  });
});

test('a variable of the wrong type is refused before anything runs', async () => {
  const body = await shopify.graphql('query ($id: ID!) { customer(id: $id) { id } }', {});
  expect(body).toMatchObject({
    errors: [
      {
        message: 'Variable $id of type ID! was provided invalid value',
        extensions: { code: 'INVALID_VARIABLE' },
      },
    ],
  });
});
