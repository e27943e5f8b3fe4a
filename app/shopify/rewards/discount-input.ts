/** Pinned terms as the input of the mutation that makes them a discount. */
import type { CodeTerms } from './wish.ts';
import type {
  DiscountedTerms,
  DiscountTerms,
  FreeProductTerms,
  FreeShippingTerms,
} from '../../domain/rewards/terms.ts';
import { formatDecimal } from '../../domain/money/money.ts';
import type { Moment } from '../../domain/time/shop-time.ts';
import {
  MAKE_DISCOUNT,
  MAKE_FREE_PRODUCT,
  MAKE_FREE_SHIPPING,
} from '../../shopify/operations/rewards.graphql.ts';

export interface WantedDiscount<T extends CodeTerms = CodeTerms> {
  readonly terms: T;
  readonly title: string;
  readonly code: string;
  /** Null for whoever has the code. */
  readonly customerId: string | null;
  readonly startsAt: Moment;
  readonly endsAt: Moment | null;
}

type Input = Readonly<Record<string, unknown>>;

export interface Making {
  readonly document: string;
  readonly field: string;
  readonly input: Input;
}

export function makingOf(wanted: WantedDiscount): Making {
  const { terms } = wanted;
  switch (terms.kind) {
    case 'discount':
      return {
        document: MAKE_DISCOUNT,
        field: 'discountCodeBasicCreate',
        input: { ...common(wanted), ...discount(terms) },
      };
    case 'free-shipping':
      return {
        document: MAKE_FREE_SHIPPING,
        field: 'discountCodeFreeShippingCreate',
        input: { ...common(wanted), ...freeShipping(terms) },
      };
    case 'free-product':
      return {
        document: MAKE_FREE_PRODUCT,
        field: 'discountCodeBxgyCreate',
        input: { ...common(wanted), ...freeProduct(terms) },
      };
  }
}

/** Shopify keeps whole seconds. */
export function wholeSecond(at: Moment): Moment {
  return Math.floor(at / 1000) * 1000;
}

export function isoSecond(at: Moment): string {
  return new Date(wholeSecond(at)).toISOString().replace('.000Z', 'Z');
}

export function gidOf(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`;
}

function common({ terms, title, code, customerId, startsAt, endsAt }: WantedDiscount): Input {
  return {
    title,
    code,
    startsAt: isoSecond(startsAt),
    endsAt: endsAt === null ? null : isoSecond(endsAt),
    context:
      customerId === null
        ? { all: 'ALL' }
        : { customers: { add: [gidOf('Customer', customerId)] } },
    usageLimit: 1,
    appliesOncePerCustomer: customerId !== null,
    combinesWith: combinesWith(terms),
  };
}

/** Two shipping discounts never go together: Shopify refuses a discount that says they do. */
export function combinesWith({ kind, combines }: CodeTerms): {
  readonly orderDiscounts: boolean;
  readonly productDiscounts: boolean;
  readonly shippingDiscounts: boolean;
} {
  return {
    orderDiscounts: combines.order,
    productDiscounts: combines.product,
    shippingDiscounts: combines.shipping && kind !== 'free-shipping',
  };
}

function minimumOf({ minimum }: CodeTerms): Input {
  if (minimum === null) return {};
  return {
    minimumRequirement:
      minimum.kind === 'subtotal'
        ? {
            subtotal: {
              greaterThanOrEqualToSubtotal: formatDecimal(minimum.minor, minimum.currency),
            },
          }
        : { quantity: { greaterThanOrEqualToQuantity: String(minimum.quantity) } },
  };
}

function discount(terms: DiscountTerms): Input {
  const { value, on, subscriptions } = terms;
  return {
    ...minimumOf(terms),
    customerGets: {
      items: itemsOf(on),
      value:
        value.kind === 'percent'
          ? { percentage: value.basisPoints / 10_000 }
          : {
              discountAmount: {
                amount: formatDecimal(value.minor, value.currency),
                appliesOnEachItem: false,
              },
            },
      // Only where they are wanted: a shop without subscriptions is not asked about them.
      ...(subscriptions.subscription
        ? { appliesOnOneTimePurchase: subscriptions.oneTime, appliesOnSubscription: true }
        : {}),
    },
    // Shopify's 0 is "always".
    ...(subscriptions.subscription ? { recurringCycleLimit: subscriptions.payments ?? 0 } : {}),
  };
}

function itemsOf(on: DiscountedTerms): Input {
  switch (on.kind) {
    case 'order':
      return { all: true };
    case 'products':
      return { products: productsOf(on) };
    case 'collections':
      return { collections: collectionsOf(on.collections) };
  }
}

function productsOf(chosen: {
  readonly products: readonly string[];
  readonly variants: readonly string[];
}): Input {
  return {
    productsToAdd: chosen.products.map((id) => gidOf('Product', id)),
    productVariantsToAdd: chosen.variants.map((id) => gidOf('ProductVariant', id)),
  };
}

function collectionsOf(ids: readonly string[]): Input {
  return { add: ids.map((id) => gidOf('Collection', id)) };
}

function freeShipping(terms: FreeShippingTerms): Input {
  const { ceiling, countries } = terms;
  return {
    ...minimumOf(terms),
    destination: countries.length === 0 ? { all: true } : { countries: { add: countries } },
    ...(ceiling === null
      ? {}
      : { maximumShippingPrice: formatDecimal(ceiling.minor, ceiling.currency) }),
  };
}

/** Shopify's "buy X, get Y" has no minimum of its own: what must be bought is the minimum. */
function freeProduct(terms: FreeProductTerms): Input {
  return {
    usesPerOrderLimit: 1,
    customerBuys: {
      items: { collections: collectionsOf(terms.buys.collections) },
      value: { quantity: String(terms.buys.quantity) },
    },
    customerGets: {
      items: { products: productsOf(terms) },
      value: {
        discountOnQuantity: { quantity: String(terms.quantity), effect: { percentage: 1 } },
      },
    },
  };
}
