/**
 * Money that went back without a piece: what is left of every kept line shrinks by it. What pieces were
 * worth that an edit or an exchange took away follows without naming them, or pays for others that came
 * in their place: that money is not given back twice.
 */
import { inShopMoney } from './in-shop-money.ts';
import type { OrderSnapshot, RefundFacts } from './order-facts.ts';
import type { Moment } from '../time/shop-time.ts';

/** Pieces that an edit or an exchange brought, by what they were worth in minor units. */
export interface Addition {
  readonly at: Moment;
  readonly minor: number;
}

/** What one edit takes away may be told a moment after what it brought. */
const ONE_EDIT = 60_000;

/**
 * @param removed what pieces were worth that went without a refund
 * @returns by the id of each refund, how much it gave back beyond pieces
 */
export function paidBeyond(
  refunds: readonly RefundFacts[],
  snapshot: OrderSnapshot,
  removed: number,
  additions: readonly Addition[],
): ReadonlyMap<string, number> {
  const told = [
    ...refunds.map((refund) => {
      const minor = extraOf(refund, snapshot);
      return { at: refund.createdAt, rank: minor < 0 ? 0 : 1, id: refund.id, minor };
    }),
    ...additions.map(({ at, minor }) => ({ at: at + ONE_EDIT, rank: 2, id: null, minor })),
  ].sort((a, b) => a.at - b.at || a.rank - b.rank);
  let owed = removed;
  const beyond = new Map<string, number>();
  for (const { id, minor } of told) {
    const settled = Math.min(owed, minor);
    owed -= settled;
    if (id !== null) beyond.set(id, Math.max(0, minor - settled));
  }
  return beyond;
}

/** What is told in the shopper's money is turned into the shop's; any other is not used. */
function extraOf(
  { currency, extraMinor, extraTaxIncludedMinor }: RefundFacts,
  snapshot: OrderSnapshot,
): number {
  const minor = snapshot.taxesIncluded ? (extraTaxIncludedMinor ?? extraMinor) : extraMinor;
  return currency === null ? minor : (inShopMoney(minor, currency, snapshot) ?? 0);
}
