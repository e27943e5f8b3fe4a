/** Parts that the inputs of discounts share: whom for, on what, from when, how much at least. */
import type {
  DiscountContext,
  DiscountItems,
  DiscountMinimum,
  TakenOff,
} from '../../state/discount.ts';
import { parseGid } from '../../state/ids.ts';
import { minorOf } from '../../state/money.ts';
import type { Store } from '../../state/store.ts';
import { notImplemented } from '../errors.ts';
import type { Complaints } from './complaints.ts';
import type { CommonInput, ItemsInput, MinimumInput, ValueInput } from './inputs.ts';

export function readContext(
  store: Store,
  { context, customerSelection }: CommonInput,
  complain: Complaints,
): DiscountContext {
  if (customerSelection) throw notImplemented('customerSelection, which is deprecated');
  if (context?.customerSegments || context?.markets) {
    throw notImplemented('discounts for segments or markets');
  }
  const { customers } = context ?? {};
  if (!customers) return { kind: 'all' };
  if (customers.remove?.length) throw notImplemented('removing customers from a discount');
  const customerIds = readIds('Customer', customers.add ?? [], (id) => store.customers.has(id));
  if (customerIds.unknown.length > 0) {
    const message = `Customers with IDs: ${customerIds.unknown.join(', ')} do not exist`;
    complain.add('context.customers.add', 'INVALID', message);
  }
  if (customerIds.known.length === 0 && customerIds.unknown.length === 0) {
    complain.add('context.customers.add', 'BLANK', "Customers can't be blank");
  }
  return { kind: 'customers', customerIds: customerIds.known };
}

export function readItems(
  store: Store,
  items: ItemsInput | null | undefined,
  path: string,
  complain: Complaints,
): DiscountItems {
  const { all, products, collections } = items ?? {};
  const chosen = [all === true, products != null, collections != null].filter(Boolean).length;
  if (chosen > 1) {
    complain.add(path, 'CONFLICT', 'Items may be all, products or collections, not several');
  }
  if (chosen === 0) complain.add(path, 'MISSING_ARGUMENT', "Items can't be blank");
  if (collections) {
    const ids = readIds('Collection', collections.add ?? [], (id) => store.collections.has(id));
    complainOf(ids, 'Collection', `${path}.collections.add`, complain);
    return { kind: 'collections', collectionIds: ids.known };
  }
  if (!products) return { kind: 'all' };
  const whole = readIds('Product', products.productsToAdd ?? [], (id) => store.products.has(id));
  const single = readIds(
    'ProductVariant',
    products.productVariantsToAdd ?? [],
    (id) => store.variant(id) !== undefined,
  );
  complainOf(whole, 'Product', `${path}.products.productsToAdd`, complain, single.asked);
  if (single.unknown.length > 0 || (single.asked > 0 && single.known.length === 0)) {
    complainOf(single, 'Product variant', `${path}.products.productVariantsToAdd`, complain);
  }
  return { kind: 'products', productIds: whole.known, variantIds: single.known };
}

type Ids = { asked: number; known: string[]; unknown: string[] };

const mostItems = 100;

function readIds(type: string, gids: readonly string[], knows: (id: string) => boolean): Ids {
  const known: string[] = [];
  const unknown: string[] = [];
  for (const gid of gids) {
    const parsed = parseGid(gid);
    if (parsed?.type === type && knows(parsed.id)) known.push(parsed.id);
    else unknown.push(parsed?.id ?? gid);
  }
  return { asked: gids.length, known: [...new Set(known)], unknown };
}

function complainOf(ids: Ids, what: string, path: string, complain: Complaints, others = 0): void {
  if (ids.asked > mostItems) {
    complain.add(path, 'EXCEEDED_MAX', `${what}s can't be more than ${mostItems}`);
  }
  for (const id of ids.unknown) {
    complain.add(path, 'INVALID', `${what} with id: ${id} is invalid`);
  }
  if (ids.asked === 0 && others === 0) complain.add(path, 'BLANK', `${what}s can't be blank`);
}

export function readMinimum(
  store: Store,
  minimum: MinimumInput | undefined,
  complain: Complaints,
): DiscountMinimum | null {
  const subtotal = minimum?.subtotal?.greaterThanOrEqualToSubtotal ?? null;
  const quantity = minimum?.quantity?.greaterThanOrEqualToQuantity ?? null;
  if (subtotal !== null && quantity !== null) {
    complain.add(
      'minimumRequirement',
      'MINIMUM_SUBTOTAL_AND_QUANTITY_RANGE_BOTH_PRESENT',
      'Minimum subtotal and quantity cannot both be present',
    );
    return null;
  }
  if (subtotal !== null) {
    const path = 'minimumRequirement.subtotal.greaterThanOrEqualToSubtotal';
    return { subtotalMinor: readAmount(store, subtotal, path, complain) };
  }
  return quantity === null ? null : { quantity: Number(quantity) };
}

/** Above 0, and no more than Shopify's numbers hold. */
export function readAmount(
  store: Store,
  text: string | null | undefined,
  path: string,
  complain: Complaints,
): number {
  const minor = minorOf(String(text ?? ''), store.shop.currency);
  if (minor !== null && minor > 0 && minor < 1e15) return minor;
  complain.add(path, 'VALUE_OUTSIDE_RANGE', 'Value must be greater than 0');
  return 1;
}

export function readPercentage(
  fraction: number | null | undefined,
  path: string,
  complain: Complaints,
): string {
  const points = Math.round((fraction ?? 0) * 10_000);
  if (points < 1 || points > 10_000) {
    complain.add(path, 'VALUE_OUTSIDE_RANGE', 'Value must be between 0.0 and 1.0');
    return '1';
  }
  return String(points / 100);
}

export function readValue(
  store: Store,
  value: ValueInput | null | undefined,
  complain: Complaints,
): TakenOff {
  const path = 'customerGets.value';
  const { percentage, discountAmount, discountOnQuantity } = value ?? {};
  if (discountOnQuantity) {
    complain.add(path, 'INVALID', 'discountOnQuantity is only for buy X get Y discounts');
  }
  if (percentage != null && discountAmount) {
    complain.add(
      path,
      'TOO_MANY_ARGUMENTS',
      'Only one of percentage and discountAmount is allowed',
    );
  }
  if (discountAmount) {
    const amountMinor = readAmount(
      store,
      discountAmount.amount,
      `${path}.discountAmount.amount`,
      complain,
    );
    return { amountMinor, eachItem: discountAmount.appliesOnEachItem ?? false };
  }
  if (percentage == null) complain.add(path, 'MISSING_ARGUMENT', "Value can't be blank");
  return { percent: readPercentage(percentage ?? 1, `${path}.percentage`, complain) };
}
