import type { GraphQLResolveInfo } from 'graphql';
import {
  classOf,
  statusOf,
  type CodeBatch,
  type Discount,
  type DiscountEffect,
  type DiscountItems,
  type RedeemCode,
} from '../../state/discount.ts';
import type { Store } from '../../state/store.ts';
import { gid } from '../../state/ids.ts';
import { decimal } from '../../state/money.ts';
import { connectionOf, type ConnectionArguments } from '../connection.ts';
import type { Context, View } from '../context.ts';
import { customerView } from '../views/customer-view.ts';
import { metafieldFields } from '../views/metafield-view.ts';
import { moneyView } from '../views/money-view.ts';
import { inOrder } from '../views/order-view.ts';
import { collectionView, count, productView, variantView } from '../views/product-view.ts';
import { discountError } from './complaints.ts';

type Args = ConnectionArguments;

/** Shopify counts uses in its own time; orders tell them at once. */
const countedAfterMs = 60_000;

export function codeDiscountNodeView(store: Store, discount: Discount): View {
  const id = gid('DiscountCodeNode', discount.id);
  return {
    __typename: 'DiscountCodeNode',
    id,
    codeDiscount: () => discountView(store, discount),
    ...metafieldFields(store, id),
  };
}

export function discountNodeView(store: Store, discount: Discount): View {
  const id = gid('DiscountNode', discount.id);
  return {
    __typename: 'DiscountNode',
    id,
    discount: () => discountView(store, discount),
    ...metafieldFields(store, id),
  };
}

const typeNames = {
  basic: 'DiscountCodeBasic',
  'free-shipping': 'DiscountCodeFreeShipping',
  bxgy: 'DiscountCodeBxgy',
} as const;

function discountView(store: Store, discount: Discount): View {
  const { effect } = discount;
  return {
    __typename: typeNames[effect.kind],
    title: discount.title,
    status: statusOf(discount, store.now()),
    startsAt: discount.startsAt,
    endsAt: discount.endsAt,
    usageLimit: discount.usageLimit,
    appliesOncePerCustomer: discount.oncePerCustomer,
    asyncUsageCount: countedUses(store, discount, null),
    tags: discount.tags,
    createdAt: discount.createdAt,
    updatedAt: discount.updatedAt,
    discountClasses: [classOf(discount).toUpperCase()],
    combinesWith: {
      __typename: 'DiscountCombinesWith',
      orderDiscounts: discount.combines.order,
      productDiscounts: discount.combines.product,
      shippingDiscounts: discount.combines.shipping,
      productDiscountsWithTagsOnSameCartLine: null,
    },
    context: contextView(store, discount),
    codesCount: () => count(discount.codes.length),
    codes: (args: Args, context: Context, info: GraphQLResolveInfo) =>
      connectionOf(discount.codes, args, context, info, inOrder(discount.codes), (one) =>
        codeView(store, discount, one),
      ),
    ...effectFields(store, effect),
  };
}

function countedUses(store: Store, discount: Discount, code: string | null): number {
  const before = store.now().getTime() - countedAfterMs;
  return discount.uses.filter(
    (use) => Date.parse(use.at) <= before && (code === null || use.code === code),
  ).length;
}

function codeView(store: Store, discount: Discount, { id, code }: RedeemCode): View {
  return {
    __typename: 'DiscountRedeemCode',
    id: gid('DiscountRedeemCode', id),
    code,
    asyncUsageCount: countedUses(store, discount, code),
  };
}

function contextView(store: Store, { context }: Discount): View {
  if (context.kind === 'all') return { __typename: 'DiscountBuyerSelectionAll', all: 'ALL' };
  return {
    __typename: 'DiscountCustomers',
    customers: () =>
      context.customerIds.flatMap((id) => {
        const customer = store.customers.get(id);
        return customer ? [customerView(store, customer)] : [];
      }),
  };
}

function effectFields(store: Store, effect: DiscountEffect): Record<string, unknown> {
  const { currency } = store.shop;
  switch (effect.kind) {
    case 'basic':
      return {
        minimumRequirement: minimumView(store, effect.minimum),
        recurringCycleLimit: effect.cycles ?? 0,
        customerGets: {
          __typename: 'DiscountCustomerGets',
          appliesOnOneTimePurchase: effect.oneTime,
          appliesOnSubscription: effect.subscription,
          items: itemsView(store, effect.items),
          value:
            'percent' in effect.value
              ? percentView(effect.value.percent)
              : {
                  __typename: 'DiscountAmount',
                  amount: moneyView(effect.value.amountMinor, currency),
                  appliesOnEachItem: effect.value.eachItem,
                },
        },
      };
    case 'free-shipping':
      return {
        minimumRequirement: minimumView(store, effect.minimum),
        recurringCycleLimit: effect.cycles ?? 0,
        appliesOnOneTimePurchase: effect.oneTime,
        appliesOnSubscription: effect.subscription,
        maximumShippingPrice:
          effect.ceilingMinor === null ? null : moneyView(effect.ceilingMinor, currency),
        destinationSelection:
          effect.countries === null
            ? { __typename: 'DiscountCountryAll', allCountries: true }
            : {
                __typename: 'DiscountCountries',
                countries: effect.countries,
                includeRestOfWorld: effect.restOfWorld,
              },
      };
    case 'bxgy':
      return {
        usesPerOrderLimit: effect.perOrder,
        customerBuys: {
          __typename: 'DiscountCustomerBuys',
          isOneTimePurchase: true,
          isSubscription: false,
          items: itemsView(store, effect.buys.items),
          value:
            'quantity' in effect.buys.atLeast
              ? { __typename: 'DiscountQuantity', quantity: String(effect.buys.atLeast.quantity) }
              : {
                  __typename: 'DiscountPurchaseAmount',
                  amount: decimal(effect.buys.atLeast.amountMinor, currency),
                },
        },
        customerGets: {
          __typename: 'DiscountCustomerGets',
          appliesOnOneTimePurchase: true,
          appliesOnSubscription: false,
          items: itemsView(store, effect.gets.items),
          value: {
            __typename: 'DiscountOnQuantity',
            quantity: { __typename: 'DiscountQuantity', quantity: String(effect.gets.quantity) },
            effect: percentView(effect.gets.percent),
          },
        },
      };
  }
}

function percentView(percent: string): View {
  return { __typename: 'DiscountPercentage', percentage: Number(percent) / 100 };
}

function minimumView(
  store: Store,
  minimum: Extract<DiscountEffect, { kind: 'basic' }>['minimum'],
): View | null {
  if (minimum === null) return null;
  return 'quantity' in minimum
    ? {
        __typename: 'DiscountMinimumQuantity',
        greaterThanOrEqualToQuantity: String(minimum.quantity),
      }
    : {
        __typename: 'DiscountMinimumSubtotal',
        greaterThanOrEqualToSubtotal: moneyView(minimum.subtotalMinor, store.shop.currency),
      };
}

/** What was deleted since is not told. */
function itemsView(store: Store, items: DiscountItems): View {
  const listed =
    <T>(found: readonly T[], view: (one: T) => View) =>
    (args: Args, context: Context, info: GraphQLResolveInfo): object =>
      connectionOf(found, args, context, info, inOrder(found), view);
  switch (items.kind) {
    case 'all':
      return { __typename: 'AllDiscountItems', allItems: true };
    case 'products': {
      const products = items.productIds.flatMap((id) => store.products.get(id) ?? []);
      const variants = items.variantIds.flatMap((id) => store.variant(id) ?? []);
      return {
        __typename: 'DiscountProducts',
        products: listed(products, (one) => productView(store, one)),
        productVariants: listed(variants, (one) => variantView(store, one.product, one.variant)),
      };
    }
    case 'collections': {
      const collections = items.collectionIds.flatMap((id) => store.collections.get(id) ?? []);
      return {
        __typename: 'DiscountCollections',
        collections: listed(collections, (one) => collectionView(store, one)),
      };
    }
  }
}

export function batchView(store: Store, batch: CodeBatch): View {
  const failed = batch.codes.filter((one) => one.refused !== null).length;
  const imported = batch.codes.filter((one) => one.redeemCodeId !== null).length;
  return {
    __typename: 'DiscountRedeemCodeBulkCreation',
    id: gid('DiscountRedeemCodeBulkCreation', batch.id),
    createdAt: batch.createdAt,
    done: batch.done,
    codesCount: batch.codes.length,
    importedCount: imported,
    failedCount: failed,
    discountCode: () => {
      const discount = store.discounts.get(batch.discountId);
      return discount ? codeDiscountNodeView(store, discount) : null;
    },
    codes: (args: Args, context: Context, info: GraphQLResolveInfo) =>
      connectionOf(batch.codes, args, context, info, inOrder(batch.codes), (one) => ({
        __typename: 'DiscountRedeemCodeBulkCreationCode',
        code: one.code,
        discountRedeemCode: () => {
          const discount = store.discounts.get(batch.discountId);
          const added = discount?.codes.find(({ id }) => id === one.redeemCodeId);
          return discount && added ? codeView(store, discount, added) : null;
        },
        errors:
          one.refused === null
            ? []
            : [
                discountError(
                  ['code'],
                  one.refused,
                  'Code must be unique. Please try a different code.',
                ),
              ],
      })),
  };
}
