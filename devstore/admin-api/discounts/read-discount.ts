/** From the input of a mutation to a new discount, or to what is wrong with it. */
import { classOf, type Discount, type DiscountEffect } from '../../state/discount.ts';
import type { NewDiscount } from '../../state/discounts/change-discount.ts';
import type { Store } from '../../state/store.ts';
import { notImplemented } from '../errors.ts';
import type { Complaints } from './complaints.ts';
import type { BasicInput, BxgyInput, CommonInput, FreeShippingInput } from './inputs.ts';
import {
  readAmount,
  readContext,
  readItems,
  readMinimum,
  readPercentage,
  readValue,
} from './read-parts.ts';

export function readBasic(store: Store, input: BasicInput, complain: Complaints): NewDiscount {
  const { items, value, appliesOnOneTimePurchase, appliesOnSubscription } =
    input.customerGets ?? {};
  return withEffect(store, input, complain, {
    kind: 'basic',
    items: readItems(store, items, 'customerGets.items', complain),
    value: readValue(store, value, complain),
    minimum: readMinimum(store, input.minimumRequirement, complain),
    ...readPurchases(
      { appliesOnOneTimePurchase, appliesOnSubscription, cycles: input.recurringCycleLimit },
      complain,
    ),
  });
}

export function readFreeShipping(
  store: Store,
  input: FreeShippingInput,
  complain: Complaints,
): NewDiscount {
  const { all, countries } = input.destination ?? {};
  if (all && countries) {
    complain.add('destination', 'CONFLICT', 'Destination may be all or countries, not both');
  }
  if (!all && !countries) complain.add('destination', 'BLANK', "Destination can't be blank");
  const ceiling = input.maximumShippingPrice;
  const { appliesOnOneTimePurchase, appliesOnSubscription } = input;
  return withEffect(store, input, complain, {
    kind: 'free-shipping',
    minimum: readMinimum(store, input.minimumRequirement, complain),
    ceilingMinor:
      ceiling == null ? null : readAmount(store, ceiling, 'maximumShippingPrice', complain),
    countries: countries ? (countries.add ?? []) : null,
    restOfWorld: countries?.includeRestOfWorld ?? false,
    ...readPurchases(
      { appliesOnOneTimePurchase, appliesOnSubscription, cycles: input.recurringCycleLimit },
      complain,
    ),
  });
}

export function readBxgy(store: Store, input: BxgyInput, complain: Complaints): NewDiscount {
  const { customerBuys: buys, customerGets: gets } = input;
  for (const [path, items] of [
    ['customerBuys.items', buys?.items],
    ['customerGets.items', gets?.items],
  ] as const) {
    if (items?.all) complain.add(`${path}.all`, 'INVALID', 'Items in all products is not allowed');
  }
  const { quantity, amount } = buys?.value ?? {};
  if (quantity == null && amount == null) {
    complain.add('customerBuys.value', 'MISSING_ARGUMENT', "Value can't be blank");
  }
  const { percentage, discountAmount, discountOnQuantity } = gets?.value ?? {};
  if (percentage != null || discountAmount || !discountOnQuantity) {
    complain.add('customerGets.value', 'INVALID', 'Value must be discountOnQuantity');
  }
  if (discountOnQuantity?.effect?.amount != null) {
    throw notImplemented('an amount as the effect of a buy X get Y discount');
  }
  const perOrder = input.usesPerOrderLimit ?? null;
  if (perOrder !== null && perOrder < 1) {
    complain.add('usesPerOrderLimit', 'GREATER_THAN', 'Uses per order limit must be above 0');
  }
  return withEffect(store, input, complain, {
    kind: 'bxgy',
    buys: {
      items: readItems(store, buys?.items, 'customerBuys.items', complain),
      atLeast:
        amount != null
          ? { amountMinor: readAmount(store, amount, 'customerBuys.value.amount', complain) }
          : { quantity: readCount(quantity, 'customerBuys.value.quantity', complain) },
    },
    gets: {
      items: readItems(store, gets?.items, 'customerGets.items', complain),
      quantity: readCount(
        discountOnQuantity?.quantity,
        'customerGets.value.discountOnQuantity.quantity',
        complain,
      ),
      percent: readPercentage(
        discountOnQuantity?.effect?.percentage ?? 1,
        'customerGets.value.discountOnQuantity.effect.percentage',
        complain,
      ),
    },
    perOrder,
  });
}

function readCount(text: string | null | undefined, path: string, complain: Complaints): number {
  const count = Number(text ?? 1);
  if (Number.isSafeInteger(count) && count >= 1) return count;
  complain.add(path, 'GREATER_THAN', 'Quantity must be greater than 0');
  return 1;
}

function readPurchases(
  given: {
    appliesOnOneTimePurchase?: boolean | null | undefined;
    appliesOnSubscription?: boolean | null | undefined;
    cycles?: number | null | undefined;
  },
  complain: Complaints,
): { oneTime: boolean; subscription: boolean; cycles: number | null } {
  const oneTime = given.appliesOnOneTimePurchase ?? true;
  const subscription = given.appliesOnSubscription ?? false;
  const cycles = given.cycles ?? (subscription ? null : 1);
  if (!oneTime && !subscription) {
    const message = 'A discount cannot apply to neither one-time purchases nor subscriptions';
    complain.add('customerGets', 'APPLIES_ON_NOTHING', message);
  }
  if (cycles !== null && cycles < 0) {
    const message = 'Recurring cycle limit must be a valid integer greater than or equal to 0';
    complain.add('recurringCycleLimit', 'RECURRING_CYCLE_LIMIT_NOT_A_VALID_INTEGER', message);
  } else if (!subscription && cycles !== 1) {
    complain.add(
      'recurringCycleLimit',
      'MULTIPLE_RECURRING_CYCLE_LIMIT_FOR_NON_SUBSCRIPTION_ITEMS',
      'Recurring cycle limit must be 1 when discount does not apply to subscription items',
    );
  }
  return { oneTime, subscription, cycles };
}

const longest = 255;
const mostTags = 5;

function withEffect(
  store: Store,
  input: CommonInput,
  complain: Complaints,
  effect: DiscountEffect,
): NewDiscount {
  const combines = readCombinations(input, { effect }, complain);
  const usageLimit = input.usageLimit ?? null;
  if (usageLimit !== null && usageLimit < 1) {
    complain.add('usageLimit', 'GREATER_THAN', 'Usage limit must be greater than 0');
  }
  const tags = input.tags ?? [];
  if (tags.length > mostTags) {
    complain.add('tags', 'TOO_MANY_TAGS', `The number of tags exceeds the maximum of ${mostTags}.`);
  }
  const title = input.title?.trim() || (input.code ?? '');
  if (title.length > longest) complain.add('title', 'TOO_LONG', 'Title is too long');
  return {
    title,
    code: readCode(store, input.code, complain),
    context: readContext(store, input, complain),
    combines,
    ...readDates(input, complain),
    usageLimit,
    oncePerCustomer: input.appliesOncePerCustomer ?? false,
    tags,
    effect,
  };
}

function readCode(store: Store, given: string | null | undefined, complain: Complaints): string {
  const code = given?.trim() ?? '';
  if (code === '') complain.add('code', 'BLANK', "Code can't be blank");
  else if (code.length > longest) {
    complain.add('code', 'TOO_LONG', `Code is too long (maximum is ${longest} characters)`);
  } else if (store.discounts.find(code)) {
    complain.add('code', 'TAKEN', 'Code must be unique. Please try a different code.');
  }
  return code;
}

function readDates(
  { startsAt, endsAt }: CommonInput,
  complain: Complaints,
): { startsAt: string; endsAt: string | null } {
  if (startsAt == null) complain.add('startsAt', 'BLANK', "Starts at can't be blank");
  const starts = Date.parse(startsAt ?? '');
  const ends = endsAt == null ? null : Date.parse(endsAt);
  if (ends !== null && ends <= starts) {
    complain.add('endsAt', 'END_DATE_BEFORE_START_DATE', 'Ends at needs to be after starts_at');
  }
  return { startsAt: second(starts), endsAt: ends === null ? null : second(ends) };
}

function second(at: number): string {
  return Number.isNaN(at) ? '' : `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function readCombinations(
  { combinesWith }: CommonInput,
  discount: Pick<Discount, 'effect'>,
  complain: Complaints,
): Discount['combines'] {
  const { orderDiscounts, productDiscounts, shippingDiscounts } = combinesWith ?? {};
  if (combinesWith?.productDiscountsWithTagsOnSameCartLine) {
    throw notImplemented('productDiscountsWithTagsOnSameCartLine');
  }
  if (classOf(discount) === 'shipping' && shippingDiscounts) {
    complain.add(
      'combinesWith',
      'INVALID_COMBINES_WITH_FOR_DISCOUNT_CLASS',
      'The combinesWith settings are not valid for the discount class.',
    );
  }
  return {
    order: orderDiscounts ?? false,
    product: productDiscounts ?? false,
    shipping: shippingDiscounts ?? false,
  };
}
