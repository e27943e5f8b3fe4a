/** Which lines of an order a rule pays for, and why it does not pay for the others. */
import { holds } from './audience.ts';
import type { OrderRuleSettings } from './order-rule-settings.ts';
import type { OrderLine } from '../orders/order-facts.ts';
import type { ExcludedLine, ExcludedReason } from '../points/explanation.ts';

/** @returns null for a line that earns */
export function exclusionOf(
  line: OrderLine,
  rule: OrderRuleSettings,
  taken: ReadonlyMap<string, string>,
): ExcludedLine | null {
  const because = (reason: ExcludedReason): ExcludedLine => ({
    title: line.title,
    because: reason,
  });
  if (line.giftCard) return because('gift-card');
  if (line.tip) return because('tip');
  const excluded = listed(line, {
    products: rule.excludedProducts,
    variants: rule.excludedVariants,
    vendors: rule.excludedVendors,
    types: rule.excludedTypes,
    tags: rule.excludedTags,
    collections: rule.excludedCollections,
  });
  if (excluded) return because(excluded);
  // Who does not say that a line is a subscription says that it was bought once.
  if (rule.purchases === 'one-time' && line.subscription === true) return because('subscription');
  if (rule.purchases === 'subscription' && line.subscription !== true) return because('one-time');
  if (!isIncluded(line, rule)) return because('not-included');
  const other = taken.get(line.id);
  return other === undefined ? null : { ...because('other-rule'), rule: other };
}

interface Lists {
  readonly products: readonly string[];
  readonly variants: readonly string[];
  readonly vendors: readonly string[];
  readonly types: readonly string[];
  readonly tags: readonly string[];
  readonly collections: readonly string[];
}

/** @returns by what the lists name the line */
function listed(line: OrderLine, lists: Lists): ExcludedReason | null {
  const traits = line.product;
  const vendor = traits?.vendor ?? line.vendor;
  if (line.productId !== null && lists.products.includes(line.productId)) return 'product';
  if (line.variantId !== null && lists.variants.includes(line.variantId)) return 'variant';
  if (vendor && holds(lists.vendors, vendor)) return 'vendor';
  if (traits?.type && holds(lists.types, traits.type)) return 'type';
  if (traits?.tags.some((tag) => holds(lists.tags, tag))) return 'tag';
  if (traits?.collectionIds.some((id) => lists.collections.includes(id))) return 'collection';
  return null;
}

/** By any of the lists; where none names anything, everything is. */
function isIncluded(line: OrderLine, rule: OrderRuleSettings): boolean {
  const lists = {
    products: rule.includedProducts,
    variants: rule.includedVariants,
    vendors: rule.includedVendors,
    types: rule.includedTypes,
    tags: rule.includedTags,
    collections: rule.includedCollections,
  };
  return Object.values(lists).every((list) => list.length === 0) || listed(line, lists) !== null;
}
