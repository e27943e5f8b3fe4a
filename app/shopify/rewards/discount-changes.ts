/** What a merchant changed of a discount: both are written out the same way, and compared. */
import type { WantedDiscount } from './discount-input.ts';
import { combinesWith, wholeSecond } from './discount-input.ts';
import type { ItemsNode, OurDiscount } from './discount-node.ts';
import { isSameTitle } from './wish.ts';
import type { RewardChange } from './wish.ts';
import type { DiscountedTerms, MinimumTerms } from '../../domain/rewards/terms.ts';
import { formatDecimal, parseMoney } from '../../domain/money/money.ts';
import type { Moment } from '../../domain/time/shop-time.ts';

type Written = Partial<Record<RewardChange['what'], string>>;

/** Empty when Shopify has it as it was given. The end is told apart: it may have been deactivated. */
export function changesOf(wanted: WantedDiscount, found: OurDiscount): RewardChange[] {
  const [given, now] = [writtenTerms(wanted), writtenNode(found)];
  const names = new Set([...Object.keys(given), ...Object.keys(now)]) as Set<RewardChange['what']>;
  return [...names].flatMap((what) => {
    const [before, after] = [given[what] ?? '', now[what] ?? ''];
    const isSame = what === 'title' ? isSameTitle(before, after) : before === after;
    return isSame ? [] : [{ what, given: before, found: after }];
  });
}

const NONE = '';

function writtenTerms(wanted: WantedDiscount): Written {
  const { terms, customerId } = wanted;
  const common: Written = {
    code: wanted.code.toUpperCase(),
    title: wanted.title,
    customer: customerId ?? 'all',
    combines: combination(combinesWith(terms)),
    'usage-limit': '1',
    'once-per-customer': String(customerId !== null),
    starts: day(wanted.startsAt),
    ends: day(wanted.endsAt),
  };
  switch (terms.kind) {
    case 'discount':
      return {
        ...common,
        value:
          terms.value.kind === 'percent'
            ? percent(terms.value.basisPoints)
            : amount(terms.value.minor, terms.value.currency),
        items: itemsOf(terms.on),
        minimum: minimumOf(terms.minimum),
        subscriptions: terms.subscriptions.subscription
          ? subscriptions(terms.subscriptions.oneTime, true, terms.subscriptions.payments ?? 0)
          : subscriptions(true, false, 1),
      };
    case 'free-shipping':
      return {
        ...common,
        minimum: minimumOf(terms.minimum),
        ceiling: terms.ceiling ? amount(terms.ceiling.minor, terms.ceiling.currency) : NONE,
        countries: list(terms.countries),
      };
    case 'free-product':
      return {
        ...common,
        value: `${terms.quantity} × ${percent(10_000)}`,
        items: itemsOf({ kind: 'products', products: terms.products, variants: terms.variants }),
        buys: `${terms.buys.quantity} × collections ${list(terms.buys.collections)}`,
      };
  }
}

function writtenNode(found: OurDiscount): Written {
  const { context, codes } = found;
  const common: Written = {
    code: list(codes.nodes.map(({ code }) => code.toUpperCase())),
    title: found.title,
    customer:
      context.__typename === 'DiscountBuyerSelectionAll'
        ? 'all'
        : list((context.customers ?? []).map(({ id }) => id)),
    combines: combination(found.combinesWith),
    'usage-limit': found.usageLimit === null ? NONE : String(found.usageLimit),
    'once-per-customer': String(found.appliesOncePerCustomer),
    starts: day(found.startsAt),
    ends: day(found.endsAt),
  };
  switch (found.__typename) {
    case 'DiscountCodeBasic':
      return {
        ...common,
        value: valueOf(found.customerGets.value),
        items: itemsFound(found.customerGets.items),
        minimum: minimumFound(found.minimumRequirement),
        subscriptions: subscriptions(
          found.customerGets.appliesOnOneTimePurchase,
          found.customerGets.appliesOnSubscription,
          found.recurringCycleLimit ?? 0,
        ),
      };
    case 'DiscountCodeFreeShipping': {
      const { maximumShippingPrice: ceiling, destinationSelection: where } = found;
      const rest = where.includeRestOfWorld === true ? ['rest of world'] : [];
      return {
        ...common,
        minimum: minimumFound(found.minimumRequirement),
        ceiling: ceiling ? money(ceiling) : NONE,
        countries: list([...(where.countries ?? []), ...rest]),
      };
    }
    case 'DiscountCodeBxgy':
      return {
        ...common,
        value: valueOf(found.customerGets.value),
        items: itemsFound(found.customerGets.items),
        buys: `${found.customerBuys.value.quantity ?? 0} × ${itemsFound(found.customerBuys.items)}`,
      };
  }
}

function valueOf(
  value: Extract<OurDiscount, { customerGets: unknown }>['customerGets']['value'],
): string {
  if ('percentage' in value) return percent(Math.round(value.percentage * 10_000));
  if ('amount' in value) return money(value.amount);
  return `${value.quantity.quantity} × ${percent(Math.round((value.effect.percentage ?? 0) * 10_000))}`;
}

function percent(basisPoints: number): string {
  return `${basisPoints / 100} %`;
}

function amount(minor: number, currency: string): string {
  return `${formatDecimal(minor, currency)} ${currency}`;
}

/** Shopify drops zeros at the end. */
function money(found: { readonly amount: string; readonly currencyCode: string }): string {
  return amount(parseMoney(found.amount, found.currencyCode), found.currencyCode);
}

function minimumOf(minimum: MinimumTerms | null): string {
  if (minimum === null) return NONE;
  return minimum.kind === 'subtotal'
    ? amount(minimum.minor, minimum.currency)
    : `${minimum.quantity} ×`;
}

function minimumFound(
  found: Extract<OurDiscount, { minimumRequirement: unknown }>['minimumRequirement'],
): string {
  if (found === null) return NONE;
  return 'greaterThanOrEqualToSubtotal' in found
    ? money(found.greaterThanOrEqualToSubtotal)
    : `${found.greaterThanOrEqualToQuantity} ×`;
}

function itemsOf(on: DiscountedTerms): string {
  switch (on.kind) {
    case 'order':
      return 'all';
    case 'products':
      return `products ${list(on.products)} variants ${list(on.variants)}`;
    case 'collections':
      return `collections ${list(on.collections)}`;
  }
}

function itemsFound(items: ItemsNode): string {
  switch (items.__typename) {
    case 'AllDiscountItems':
      return 'all';
    case 'DiscountProducts':
      return itemsOf({
        kind: 'products',
        products: items.products.nodes.map(({ id }) => id),
        variants: items.productVariants.nodes.map(({ id }) => id),
      });
    case 'DiscountCollections':
      return itemsOf({
        kind: 'collections',
        collections: items.collections.nodes.map(({ id }) => id),
      });
  }
}

function subscriptions(oneTime: boolean, subscription: boolean, payments: number): string {
  if (!subscription) return 'one-time';
  return `${oneTime ? 'one-time and ' : ''}subscriptions, ${payments === 0 ? 'all' : payments} payments`;
}

function combination(with_: ReturnType<typeof combinesWith>): string {
  return list(Object.entries(with_).flatMap(([what, allowed]) => (allowed ? [what] : [])));
}

function day(at: Moment | null): string {
  return at === null ? NONE : new Date(wholeSecond(at)).toISOString();
}

function list(parts: readonly string[]): string {
  return parts.toSorted().join(', ');
}
