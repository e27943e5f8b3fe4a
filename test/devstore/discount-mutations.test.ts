import { expect, test } from 'vitest';
import { discountInputs } from './discount-inputs.ts';
import type { Payload } from './discount-inputs.ts';

const asked = discountInputs();
const { basic, bxgy, create, run } = asked;

test('a discount is made for its customer, found by its code, and its uses are counted late', async () => {
  const made = await create({ code: 'Thanks-1' });
  expect(made).toMatchObject({
    codeDiscountNode: {
      codeDiscount: {
        title: 'Five off',
        status: 'ACTIVE',
        context: { customers: [{ id: asked.customerId }] },
      },
    },
    userErrors: [],
  });
  const read = `{ codeDiscountNodeByCode(code: "thanks-1") { id
    codeDiscount { ... on DiscountCodeBasic { asyncUsageCount } } } }`;
  const count = async () =>
    (await asked.shopify.graphql(read)).data?.[
      'codeDiscountNodeByCode'
    ] as Payload['codeDiscountNode'];
  expect((await count())?.id).toBe(made.codeDiscountNode?.id);
  const [product] = asked.shopify.store.products.values();
  asked.shopify.store.placeOrder({
    buyer: { email: 'm@example.com' },
    lines: [{ variantId: product?.variants[0]?.id ?? '', quantity: 1 }],
    discountCodes: ['THANKS-1'],
  });
  expect(await count()).toMatchObject({ codeDiscount: { asyncUsageCount: 0 } });
  asked.shopify.clock.advance(61_000);
  expect(await count()).toMatchObject({ codeDiscount: { asyncUsageCount: 1 } });
});

test.each<[what: string, change: object, code: string, field: string]>([
  ['a code that is there in other letters', { code: 'thanks-1' }, 'TAKEN', 'code'],
  ['no code', { code: ' ' }, 'BLANK', 'code'],
  ['a code that is too long', { code: 'x'.repeat(256) }, 'TOO_LONG', 'code'],
  [
    'an end before the start',
    { endsAt: '2026-10-01T00:00:00Z' },
    'END_DATE_BEFORE_START_DATE',
    'endsAt',
  ],
  [
    'more than everything',
    { customerGets: { items: { all: true }, value: { percentage: 1.5 } } },
    'VALUE_OUTSIDE_RANGE',
    'customerGets.value.percentage',
  ],
  [
    'an amount of nothing',
    { customerGets: { items: { all: true }, value: { discountAmount: { amount: '0' } } } },
    'VALUE_OUTSIDE_RANGE',
    'customerGets.value.discountAmount.amount',
  ],
  [
    'two values at once',
    {
      customerGets: {
        items: { all: true },
        value: { percentage: 0.1, discountAmount: { amount: '5' } },
      },
    },
    'TOO_MANY_ARGUMENTS',
    'customerGets.value',
  ],
  [
    'no value',
    { customerGets: { items: { all: true } } },
    'MISSING_ARGUMENT',
    'customerGets.value',
  ],
  [
    'no items',
    { customerGets: { value: { percentage: 0.1 } } },
    'MISSING_ARGUMENT',
    'customerGets.items',
  ],
  [
    'a product that is gone',
    {
      customerGets: {
        items: { products: { productsToAdd: ['gid://shopify/Product/1'] } },
        value: { percentage: 0.1 },
      },
    },
    'INVALID',
    'customerGets.items.products.productsToAdd',
  ],
  [
    'a customer who is gone',
    { context: { customers: { add: ['gid://shopify/Customer/1'] } } },
    'INVALID',
    'context.customers.add',
  ],
  [
    'two minimums',
    {
      minimumRequirement: {
        subtotal: { greaterThanOrEqualToSubtotal: '10' },
        quantity: { greaterThanOrEqualToQuantity: '2' },
      },
    },
    'MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT',
    'minimumRequirement',
  ],
  ['no use at all', { usageLimit: 0 }, 'GREATER_THAN', 'usageLimit'],
  ['too many tags', { tags: ['a', 'b', 'c', 'd', 'e', 'f'] }, 'TOO_MANY_TAGS', 'tags'],
  [
    'payments of what is bought once',
    { recurringCycleLimit: 3 },
    'MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS',
    'recurringCycleLimit',
  ],
])('%s is refused with Shopify’s code, and nothing is made', async (_what, change, code, field) => {
  const before = asked.shopify.store.discounts.all().length;
  const { userErrors, codeDiscountNode } = await create(change);
  expect(codeDiscountNode).toBeNull();
  expect(userErrors.map((one) => [one.code, one.field?.join('.')])).toContainEqual([
    code,
    `basicCodeDiscount.${field}`,
  ]);
  expect(asked.shopify.store.discounts.all()).toHaveLength(before);
});

test('free shipping combines with no other shipping; buy X get Y takes neither all products nor amounts', async () => {
  const shipping = await run(
    'discountCodeFreeShippingCreate',
    'freeShippingCodeDiscount',
    'DiscountCodeFreeShippingInput',
    {
      title: 'Free',
      code: 'FREE1',
      startsAt: '2026-11-01T00:00:00Z',
      destination: { all: true },
      combinesWith: { shippingDiscounts: true },
    },
  );
  expect(shipping.userErrors[0]?.code).toBe('INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS');
  const give = (change?: object) =>
    run('discountCodeBxgyCreate', 'bxgyCodeDiscount', 'DiscountCodeBxgyInput', bxgy(change));
  expect((await give()).userErrors).toEqual([]);
  const all = { items: { all: true }, value: { quantity: '1' } };
  expect((await give({ customerBuys: all })).userErrors[0]).toMatchObject({
    code: 'INVALID',
    field: ['bxgyCodeDiscount', 'customerBuys', 'items', 'all'],
  });
});

test('an update changes what it names and keeps the rest; activate and delete do what they say', async () => {
  const made = await create({ code: 'KEPT' });
  const id = made.codeDiscountNode?.id ?? '';
  const body = await asked.shopify.graphql(
    `mutation ($id: ID!) {
      discountCodeBasicUpdate(id: $id, basicCodeDiscount: { title: "Ten off" }) {
        codeDiscountNode { codeDiscount { ... on DiscountCodeBasic { title
          codes(first: 1) { nodes { code } }
          customerGets { value { ... on DiscountPercentage { percentage } } } } } }
        userErrors { code } }
      off: discountCodeDeactivate(id: $id) { codeDiscountNode { codeDiscount {
        ... on DiscountCodeBasic { status endsAt } } } }
      on: discountCodeActivate(id: $id) { codeDiscountNode { codeDiscount {
        ... on DiscountCodeBasic { status endsAt } } } }
      discountCodeDelete(id: $id) { deletedCodeDiscountId userErrors { code } }
      gone: discountCodeDelete(id: $id) { deletedCodeDiscountId userErrors { code field } }
    }`,
    { id },
  );
  expect(body.data).toEqual({
    discountCodeBasicUpdate: {
      codeDiscountNode: {
        codeDiscount: {
          title: 'Ten off',
          codes: { nodes: [{ code: 'KEPT' }] },
          customerGets: { value: { percentage: 0.1 } },
        },
      },
      userErrors: [],
    },
    off: {
      codeDiscountNode: {
        codeDiscount: { status: 'EXPIRED', endsAt: expect.any(String) as string },
      },
    },
    on: { codeDiscountNode: { codeDiscount: { status: 'ACTIVE', endsAt: null } } },
    discountCodeDelete: { deletedCodeDiscountId: id, userErrors: [] },
    gone: { deletedCodeDiscountId: null, userErrors: [{ code: 'INVALID', field: ['id'] }] },
  });
});

test('what is not implemented says so and makes nothing', async () => {
  const { errors } = await asked.shopify.graphql(
    `mutation ($input: DiscountCodeBasicInput!) {
      discountCodeBasicCreate(basicCodeDiscount: $input) { userErrors { code } } }`,
    { input: basic({ context: { markets: { add: ['gid://shopify/Market/1'] } } }) },
  );
  expect(errors?.[0]?.extensions?.['code']).toBe('NOT_IMPLEMENTED_LOCALLY');
});
