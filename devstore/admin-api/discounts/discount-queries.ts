/** The root fields that read discounts. */
import type { GraphQLResolveInfo } from 'graphql';
import { statusOf, type Discount } from '../../state/discount.ts';
import type { Store } from '../../state/store.ts';
import { parseGid } from '../../state/ids.ts';
import { connectionOf, type ConnectionArguments, type SortKey } from '../connection.ts';
import type { Context, View } from '../context.ts';
import { badRequest, notImplemented } from '../errors.ts';
import { byAnyText, byId, byText, byTime, searching, type Filters } from '../search.ts';
import { count } from '../views/product-view.ts';
import { batchView, codeDiscountNodeView, discountNodeView } from './discount-view.ts';

type ById = { id: string };
type Listing = ConnectionArguments & { query?: string | null; sortKey: string };

export const discountQueries = {
  codeDiscountNodeByCode: ({ code }: { code: string }, { store }: Context) => {
    const discount = store.discounts.find(code);
    return discount ? codeDiscountNodeView(store, discount) : null;
  },

  codeDiscountNode: ({ id }: ById, { store }: Context) => codeNode(store, id),

  discountNode: ({ id }: ById, { store }: Context) => {
    const discount = store.discounts.get(idOfDiscount(id));
    return discount ? discountNodeView(store, discount) : null;
  },

  discountNodes: (args: Listing, context: Context, info: GraphQLResolveInfo) => {
    const { store } = context;
    const found = store.discounts.all().filter(searching(args.query, filtersOf(store)));
    return connectionOf(found, args, context, info, sorts(args.sortKey), (one) =>
      discountNodeView(store, one),
    );
  },

  discountNodesCount: ({ query }: Listing, { store }: Context) =>
    count(store.discounts.all().filter(searching(query, filtersOf(store))).length),

  discountRedeemCodeBulkCreation: ({ id }: ById, { store }: Context) => {
    const parsed = parseGid(id);
    if (parsed?.type !== 'DiscountRedeemCodeBulkCreation') {
      throw badRequest(`Invalid global id '${id}'`);
    }
    const batch = store.discounts.batches.get(parsed.id);
    return batch ? batchView(store, batch) : null;
  },
};

function idOfDiscount(id: string): string {
  const parsed = parseGid(id);
  if (parsed?.type === 'DiscountNode' || parsed?.type === 'DiscountCodeNode') return parsed.id;
  throw badRequest(`Invalid global id '${id}'`);
}

export function codeNode(store: Store, id: string): View | null {
  const discount = store.discounts.get(idOfDiscount(id));
  return discount ? codeDiscountNodeView(store, discount) : null;
}

function filtersOf(store: Store): Filters<Discount> {
  return {
    text: (one) => `${one.title} ${one.codes[0]?.code ?? ''}`,
    named: {
      // Shopify does not find discounts of many codes by a code.
      code: byText((one) => (one.codes.length === 1 ? (one.codes[0]?.code ?? null) : null)),
      created_at: byTime((one) => one.createdAt),
      id: byId((one) => one.id),
      status: byText((one) => statusOf(one, store.now())),
      tag: byAnyText((one) => one.tags),
      title: byText((one) => one.title),
      updated_at: byTime((one) => one.updatedAt),
    },
  };
}

function sorts(key: string): SortKey<Discount> {
  const id = (one: Discount): string => one.id;
  switch (key) {
    case 'CREATED_AT':
      return { of: (one) => one.createdAt, id };
    case 'ID':
    case 'RELEVANCE':
      return { of: (one) => one.id.padStart(20, '0'), id };
    case 'UPDATED_AT':
      return { of: (one) => one.updatedAt, id };
    default:
      throw notImplemented(`sorting discounts by ${key}`);
  }
}
