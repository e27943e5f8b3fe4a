/**
 * Which pieces of an order earn by which version: as placed by the version of the placement, what an
 * edit added by the version in force at the edit (law 1.7).
 */
import { momentsOfAdditions } from './orders/edits.ts';
import type { Portion } from './orders/order-course.ts';
import type { OrderFacts, OrderSnapshot } from './orders/order-facts.ts';
import { termsForOrder } from './programme/terms.ts';
import type { ProgrammeTerms, ShopTerms } from './programme/terms.ts';
import type { Moment } from './time/shop-time.ts';

export interface PortionTerms {
  /** Null: no programme was in force. */
  readonly terms: ProgrammeTerms | null;
  /** Left out where it is the whole order. */
  readonly portion?: Portion;
  /** What follows the rule's key in the award's: empty as placed, "@3" by version 3. */
  readonly suffix: string;
  /** Of the placement, or of the first of its edits. */
  readonly from: Moment;
}

/** As placed first, then by version. An edit under the version of the placement is no other portion. */
export function portionsOf(
  facts: OrderFacts,
  snapshot: OrderSnapshot,
  placed: ProgrammeTerms | null,
  shop: ShopTerms,
): readonly PortionTerms[] {
  const others = new Map<ProgrammeTerms, Set<Moment>>();
  for (const at of momentsOfAdditions(facts, snapshot)) {
    const terms = termsForOrder(shop, at);
    if (terms && terms.version.version !== placed?.version.version) {
      others.set(terms, (others.get(terms) ?? new Set()).add(at));
    }
  }
  const first = { terms: placed, suffix: '', from: snapshot.placedAt };
  if (others.size === 0) return [first];
  const elsewhere = new Set([...others.values()].flatMap((moments) => [...moments]));
  return [
    { ...first, portion: (at) => at === null || !elsewhere.has(at) },
    ...[...others]
      .sort(([a], [b]) => a.version.version - b.version.version)
      .map(([terms, moments]): PortionTerms => ({
        terms,
        portion: (at) => at !== null && moments.has(at),
        suffix: `@${terms.version.version}`,
        from: Math.min(...moments),
      })),
  ];
}
