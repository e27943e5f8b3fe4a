/** Discounts as the Admin API is asked for them. Each test that asks for it has its own. */
import { afterAll, beforeAll, expect } from 'vitest';
import { gid } from '../../devstore/state/ids.ts';
import { runningShopify, type Running } from './running-shopify.ts';

export type Payload = {
  codeDiscountNode: { id: string; codeDiscount: Record<string, unknown> } | null;
  userErrors: { field: string[] | null; code: string; message: string }[];
};

export function discountInputs() {
  let shopify: Running;
  let customerId: string;
  beforeAll(async () => {
    shopify = await runningShopify();
    customerId = gid('Customer', shopify.store.createCustomer({ email: 'm@example.com' }).id);
  });
  afterAll(() => shopify.close());

  async function run(
    field: string,
    argument: string,
    type: string,
    input: object,
  ): Promise<Payload> {
    const body = await shopify.graphql(
      `mutation ($input: ${type}!) { ${field}(${argument}: $input) {
        codeDiscountNode { id codeDiscount { __typename ... on DiscountCodeBasic { title status
          asyncUsageCount context { ... on DiscountCustomers { customers { id } } } } } }
        userErrors { field code message } } }`,
      { input },
    );
    expect(body.errors).toBeUndefined();
    return (body.data as Record<string, Payload>)[field] as Payload;
  }

  let codes = 0;
  const basic = (change: object = {}) => ({
    title: 'Five off',
    code: `BASIC${(codes += 1)}`,
    startsAt: '2026-11-01T00:00:00Z',
    context: { customers: { add: [customerId] } },
    customerGets: { items: { all: true }, value: { percentage: 0.1 } },
    ...change,
  });
  const bxgy = (change: object = {}) => ({
    title: 'A free one',
    code: `BXGY${(codes += 1)}`,
    startsAt: '2026-11-01T00:00:00Z',
    customerBuys: {
      items: { collections: { add: [firstCollection()] } },
      value: { quantity: '1' },
    },
    customerGets: {
      items: { collections: { add: [firstCollection()] } },
      value: { discountOnQuantity: { quantity: '1', effect: { percentage: 1 } } },
    },
    ...change,
  });
  const firstCollection = (): string => {
    const [one] = shopify.store.collections.values();
    return gid('Collection', one?.id ?? '');
  };
  const create = (change?: object) =>
    run('discountCodeBasicCreate', 'basicCodeDiscount', 'DiscountCodeBasicInput', basic(change));

  return {
    ...{ basic, bxgy, create, firstCollection, run },
    get shopify() {
      return shopify;
    },
    get customerId() {
      return customerId;
    },
  };
}
