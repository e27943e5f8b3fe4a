/** What lines are worth, as exact fractions of minor units. */
import type { KeptLine, OrderStage } from './order-course.ts';
import type { OrderLine, OrderSnapshot } from './order-facts.ts';
import { add, compare, divide, multiply, ONE, ratio, subtract, ZERO } from '../money/rational.ts';
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

type Kept = Pick<KeptLine, 'line' | 'kept'>;

/**
 * The kept pieces' part of price × quantity − discounts, net of tax and duties unless they count. Amounts
 * below zero are no amounts: nobody is given more for a discount that was told the wrong way round.
 */
export function lineAmount(
  { line, kept }: Kept,
  snapshot: OrderSnapshot,
  base: BaseSwitches,
): Rational {
  if (kept <= 0 || line.quantity <= 0 || line.tip) return ZERO;
  const discount = base.afterDiscounts ? Math.max(0, line.discountMinor) : 0;
  const duty =
    snapshot.dutiesIncluded && !base.includeDuties ? Math.max(0, line.dutyMinor ?? 0) : 0;
  const tax = taxOn(Math.max(0, line.taxMinor), snapshot, base);
  return partOf(line, tax - discount - duty, kept);
}

/** Of the whole line's price and what is beside it: whole numbers, however large they become. */
function partOf(
  { priceMinor, quantity }: Pick<OrderLine, 'priceMinor' | 'quantity'>,
  beside: number,
  kept: number,
): Rational {
  const whole = BigInt(priceMinor) * BigInt(quantity) + BigInt(beside);
  return whole <= 0n ? ZERO : ratio(whole * BigInt(kept), quantity);
}

/** What tax changes of a price as it is written. */
function taxOn(
  tax: number,
  { taxesIncluded }: OrderSnapshot,
  { includeTax }: Pick<BaseSwitches, 'includeTax'>,
): number {
  if (taxesIncluded === includeTax) return 0;
  return includeTax ? tax : -tax;
}

/** The whole of a stage that counts: eligible lines, less refunds without lines, plus extras. */
export function stageAmount(
  stage: OrderStage,
  snapshot: OrderSnapshot,
  base: BaseSwitches,
  eligible: (line: OrderLine) => boolean,
): Rational {
  const { goods, givenBack, besides } = stageParts(stage, snapshot, base, eligible);
  const left = givenBack.num === 0n ? goods : subtract(goods, givenBack);
  return besides.num === 0n ? left : add(left, besides);
}

/** What the eligible lines are worth, what of it went back without naming a line, and what counts beside them. */
export function stageParts(
  stage: OrderStage,
  snapshot: OrderSnapshot,
  base: BaseSwitches,
  eligible: (line: OrderLine) => boolean,
): { readonly goods: Rational; readonly givenBack: Rational; readonly besides: Rational } {
  if (stage.nothingLeft) return { goods: ZERO, givenBack: ZERO, besides: ZERO };
  const goods = stage.lines
    .filter(({ line }) => eligible(line))
    .map((part) => lineAmount(part, snapshot, base))
    .reduce(add, ZERO);
  return {
    goods,
    givenBack:
      stage.extraRefundedMinor > 0 ? multiply(goods, subtract(ONE, stage.shareLeft)) : ZERO,
    besides: stage.withPlacement ? besidesGoods(stage, snapshot, base) : ZERO,
  };
}

/** Whether refunds that name no lines gave back all that was paid for what is left. */
export function allGivenBack(stage: OrderStage): boolean {
  return stage.extraRefundedMinor > 0 && stage.shareLeft.num === 0n;
}

/** Shipping, tips and duties as far as they count, less what went back of them. */
function besidesGoods(stage: OrderStage, snapshot: OrderSnapshot, base: BaseSwitches): Rational {
  const { includeShipping, includeTips, includeDuties } = base;
  const tips = Math.max(0, snapshot.tipMinor - tipsGivenBack(stage));
  const duties = snapshot.dutiesIncluded
    ? 0
    : Math.max(0, snapshot.dutiesMinor - stage.dutiesRefundedMinor);
  const counting =
    (includeShipping ? shippingLeft(stage, snapshot, base) : 0) +
    (includeTips ? tips : 0) +
    (includeDuties ? duties : 0);
  if (counting === 0 || stage.beyondGoods.num === 0n) return ratio(counting);
  // Money beyond all goods was for what is beside them, whatever of it counts.
  const paid = ratio(shippingLeft(stage, snapshot, { includeTax: true }) + tips + duties);
  return multiply(
    ratio(counting),
    compare(paid, stage.beyondGoods) > 0 ? subtract(ONE, divide(stage.beyondGoods, paid)) : ZERO,
  );
}

function shippingLeft(
  stage: OrderStage,
  snapshot: OrderSnapshot,
  base: Pick<BaseSwitches, 'includeTax'>,
): number {
  const tax = taxOn(Math.max(0, snapshot.shippingTaxMinor), snapshot, base);
  const back = stage.shippingRefundedMinor + taxOn(stage.shippingTaxRefundedMinor, snapshot, base);
  return Math.max(0, snapshot.shippingMinor + tax - back);
}

function tipsGivenBack({ lines }: OrderStage): number {
  return lines.reduce(
    (sum, { line, came, kept }) => sum + (line.tip ? (came - kept) * line.priceMinor : 0),
    0,
  );
}

/** What was paid for the kept pieces, tax and all. */
export function paidAmount({ line, kept }: Kept, snapshot: OrderSnapshot): Rational {
  if (kept <= 0 || line.quantity <= 0 || line.tip) return ZERO;
  const tax = snapshot.taxesIncluded ? 0 : Math.max(0, line.taxMinor);
  return partOf(line, tax - Math.max(0, line.discountMinor), kept);
}
