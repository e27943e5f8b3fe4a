/** What lines are worth, as exact fractions of minor units. */
import type { KeptLine, OrderStage } from './order-course.ts';
import type { OrderLine, OrderSnapshot } from './order-facts.ts';
import { add, compare, divide, multiply, ratio, subtract, ZERO } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';

/** Which parts of an order count. Shipping, duties and tips are never goods. */
export interface BaseSwitches {
  readonly includeTax: boolean;
  readonly includeShipping: boolean;
  readonly includeTips: boolean;
  readonly includeDuties: boolean;
  readonly afterDiscounts: boolean;
}

export const GOODS_ONLY: BaseSwitches = {
  includeTax: false,
  includeShipping: false,
  includeTips: false,
  includeDuties: false,
  afterDiscounts: true,
};

/** The kept pieces' part of price × quantity − discounts, net of tax unless it is included. */
export function lineAmount(
  { line, kept }: KeptLine,
  snapshot: OrderSnapshot,
  base: BaseSwitches,
): Rational {
  if (kept <= 0 || line.quantity <= 0) return ZERO;
  const gross = line.priceMinor * line.quantity - (base.afterDiscounts ? line.discountMinor : 0);
  const tax = base.includeTax
    ? snapshot.taxesIncluded
      ? 0
      : line.taxMinor
    : snapshot.taxesIncluded
      ? -line.taxMinor
      : 0;
  return ratio(Math.max(0, gross + tax) * kept, line.quantity);
}

/** The whole of a stage that counts: eligible lines, less refunds without lines, plus extras. */
export function stageAmount(
  stage: OrderStage,
  snapshot: OrderSnapshot,
  base: BaseSwitches,
  eligible: (line: OrderLine) => boolean,
): Rational {
  if (stage.nothingLeft) return ZERO;
  let counting = ZERO;
  let paidForGoods = ZERO;
  for (const part of stage.lines) {
    paidForGoods = add(paidForGoods, paidAmount(part, snapshot));
    if (eligible(part.line)) counting = add(counting, lineAmount(part, snapshot, base));
  }
  counting = lessExtraRefunds(counting, paidForGoods, stage.extraRefundedMinor);
  return add(counting, besidesGoods(stage, snapshot, base));
}

/**
 * Money given back without naming lines takes from every kept line alike, so the part that counts
 * shrinks by the share of what was paid for goods. It never goes below nothing.
 */
function lessExtraRefunds(counting: Rational, paidForGoods: Rational, extra: number): Rational {
  if (extra <= 0 || paidForGoods.num === 0n) return counting;
  const share = divide(ratio(extra), paidForGoods);
  if (compare(share, ratio(1)) >= 0) return ZERO;
  return multiply(counting, subtract(ratio(1), share));
}

/** Whether refunds that name no lines gave back all that was paid for what is left. */
export function allGivenBack(stage: OrderStage, snapshot: OrderSnapshot): boolean {
  const paid = stage.lines.map((part) => paidAmount(part, snapshot)).reduce(add, ZERO);
  return stage.extraRefundedMinor > 0 && compare(ratio(stage.extraRefundedMinor), paid) >= 0;
}

function besidesGoods(stage: OrderStage, snapshot: OrderSnapshot, base: BaseSwitches): Rational {
  let minor = 0;
  if (base.includeShipping) {
    const tax = snapshot.taxesIncluded
      ? base.includeTax
        ? 0
        : -snapshot.shippingTaxMinor
      : base.includeTax
        ? snapshot.shippingTaxMinor
        : 0;
    minor += Math.max(0, snapshot.shippingMinor + tax - stage.shippingRefundedMinor);
  }
  if (base.includeTips) minor += snapshot.tipMinor;
  if (base.includeDuties) minor += snapshot.dutiesMinor;
  return ratio(minor);
}

/** What was paid for the kept pieces, tax and all. */
export function paidAmount({ line, kept }: KeptLine, snapshot: OrderSnapshot): Rational {
  if (kept <= 0 || line.quantity <= 0) return ZERO;
  const gross =
    line.priceMinor * line.quantity -
    line.discountMinor +
    (snapshot.taxesIncluded ? 0 : line.taxMinor);
  return ratio(Math.max(0, gross) * kept, line.quantity);
}
