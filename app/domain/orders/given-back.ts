/** What of an order went back without a piece, and what that leaves of its goods and of what is beside them. */
import type { OrderSnapshot, RefundFacts } from './order-facts.ts';
import { add, compare, divide, ONE, ratio, subtract, ZERO } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';

export interface GivenBack {
  /** Money for kept goods without naming lines, lost disputes among it. */
  readonly extraRefundedMinor: number;
  readonly shippingRefundedMinor: number;
  readonly shippingTaxRefundedMinor: number;
  readonly dutiesRefundedMinor: number;
  /** What refunded pieces were worth beyond what was paid back for them: fees, or paid back before. */
  readonly shortOfPieces: Rational;
}

export const NOTHING_GIVEN: GivenBack = {
  extraRefundedMinor: 0,
  shippingRefundedMinor: 0,
  shippingTaxRefundedMinor: 0,
  dutiesRefundedMinor: 0,
  shortOfPieces: ZERO,
};

/**
 * @param extra what the refund gave back beyond pieces
 * @param worth what its pieces were worth, tips among them
 */
export function withRefund(
  given: GivenBack,
  refund: RefundFacts,
  snapshot: OrderSnapshot,
  extra: number,
  worth: Rational,
): GivenBack {
  const { currency, paidBackMinor, shippingTaxMinor = 0, dutiesMinor = 0 } = refund;
  const all = { ...given, extraRefundedMinor: given.extraRefundedMinor + extra };
  // What is told in another currency than the order's is never used as it stands.
  if (currency !== null && currency !== snapshot.currency) return all;
  const shipping = Math.max(0, refund.shippingMinor);
  const shippingTax = Math.max(0, shippingTaxMinor);
  const duties = Math.max(0, dutiesMinor);
  const besides = shipping + (snapshot.taxesIncluded ? 0 : shippingTax) + duties;
  // Of pieces for which no money went at all, it is still to follow.
  const short = paidBackMinor ? add(worth, ratio(extra + besides - paidBackMinor)) : ZERO;
  return {
    ...all,
    shippingRefundedMinor: given.shippingRefundedMinor + shipping,
    shippingTaxRefundedMinor: given.shippingTaxRefundedMinor + shippingTax,
    dutiesRefundedMinor: given.dutiesRefundedMinor + duties,
    shortOfPieces: add(given.shortOfPieces, short),
  };
}

/** Money without a piece that is more than all the goods were paid with: it was for what is beside them. */
export function beyondGoods(
  { extraRefundedMinor, shortOfPieces }: GivenBack,
  kept: Rational,
): Rational {
  if (extraRefundedMinor <= 0) return ZERO;
  const short = compare(shortOfPieces, ZERO) > 0 ? shortOfPieces : ZERO;
  const over = subtract(ratio(extraRefundedMinor), add(kept, short));
  return compare(over, ZERO) > 0 ? over : ZERO;
}

/**
 * Money given back without naming lines takes from every kept line alike, so what counts shrinks by
 * the share of what was paid for goods. It never goes below nothing.
 */
export function shareLeft(
  { extraRefundedMinor: extra }: GivenBack,
  paidForGoods: Rational,
): Rational {
  if (extra <= 0) return ONE;
  if (paidForGoods.num === 0n) return ZERO;
  const share = divide(ratio(extra), paidForGoods);
  return compare(share, ONE) >= 0 ? ZERO : subtract(ONE, share);
}
