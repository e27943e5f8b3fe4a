/**
 * Redemptions and the orders that used them: a paid order with its code captures a redemption, and
 * what is refunded of the order gives its points back, once, however refund and cancellation arrive.
 */
import type { Deciding } from './deciding.ts';
import { add, divide, floor, multiply, ONE, ratio, subtract, ZERO } from './money/rational.ts';
import type { Rational } from './money/rational.ts';
import { paidAmount } from './orders/order-amounts.ts';
import { courseOf } from './orders/order-course.ts';
import { neverPaid } from './orders/never-paid.ts';
import type { OrderStage } from './orders/order-course.ts';
import type { DiscountCodeUse, OrderFacts, OrderSnapshot } from './orders/order-facts.ts';
import { settleReturns } from './points/redemption.ts';
import type { DueReturn, Redemption } from './points/redemption.ts';
import { inForce } from './programme/terms.ts';
import { isPrize } from './rewards/gifts.ts';

export function decideRedemptions(deciding: Deciding): void {
  const { member, redemptions, calendar, grace } = deciding;
  for (const known of [...redemptions.values()].sort(byTime)) {
    const used = orderOf(known, member.orders);
    if (!used) continue;
    const redemption = captured(known, used.facts);
    if (redemption.state === 'reserved' && redemption.ending === null && neverPaid(used.facts)) {
      // A prize is given anew.
      const ending = isPrize(redemption) ? 'withdrawn' : 'cancelled';
      redemptions.set(known.id, { ...redemption, ending });
    }
    if (redemption.state === 'reserved' || redemption.state === 'released') continue;
    const due = dueReturns(redemption, used.facts, used.snapshot);
    const mayOwe = known.state === 'released' && owes(deciding, used.snapshot);
    redemptions.set(
      known.id,
      settleReturns(member.books, redemption, due, grace, calendar.upTo, mayOwe),
    );
  }
}

/**
 * A code that was used although its points had come back: the order was told late. The goods are sold, so
 * what the balance does not have is owed, where what is clawed back may be owed. Nobody owes who was erased.
 */
function owes({ member, shop }: Deciding, { placedAt }: OrderSnapshot): boolean {
  const terms = inForce(shop, placedAt);
  return !member.erased && terms?.version.document.clawback === 'unlimited';
}

function byTime(a: Redemption, b: Redemption): number {
  return a.reservedAt - b.reservedAt || (a.id < b.id ? -1 : 1);
}

interface Used {
  readonly facts: OrderFacts;
  readonly snapshot: OrderSnapshot;
}

/**
 * The order that used it: the one it was captured by, or the one that bears its code. Of several, such
 * as one that came to nothing, the one that was paid.
 */
function orderOf(redemption: Redemption, orders: readonly OrderFacts[]): Used | null {
  const bearing = orders.flatMap((facts): readonly Used[] => {
    const { snapshot } = facts;
    if (!snapshot) return [];
    const isIts =
      redemption.orderId === null
        ? codeUse(redemption, snapshot) !== null
        : redemption.orderId === facts.id;
    return isIts ? [{ facts, snapshot }] : [];
  });
  const open = bearing.filter(({ facts }) => !neverPaid(facts));
  return bearing.find(({ facts }) => facts.paidAt !== null) ?? open[0] ?? bearing[0] ?? null;
}

/** Shopify compares codes without regard to case. */
function codeUse(
  { code }: Pick<Redemption, 'code'>,
  { discountCodes }: OrderSnapshot,
): DiscountCodeUse | null {
  if (code === null) return null;
  return discountCodes.find((use) => isSameCode(use.code, code)) ?? null;
}

function isSameCode(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

/** Only a paid order has used a code for good; then it is used, though it was released meanwhile. */
function captured(redemption: Redemption, facts: OrderFacts): Redemption {
  const isOpen = redemption.state === 'reserved' || redemption.state === 'released';
  if (!isOpen || facts.paidAt === null) return redemption;
  return { ...redemption, state: 'captured', orderId: facts.id, capturedAt: facts.paidAt };
}

/** Pro rata of what it took off the refunded pieces, summed up: 500 points for half of the lines are 250. */
export function dueReturns(
  redemption: Pick<Redemption, 'points' | 'code' | 'discountLines'>,
  facts: OrderFacts,
  snapshot: OrderSnapshot,
): readonly DueReturn[] {
  const course = courseOf(facts, snapshot);
  const [first] = course;
  if (!first) return [];
  const weights = weightsOf(redemption, first, snapshot);
  const whole = [...weights.values()].reduce(add, ZERO);
  return course.map((stage) => {
    const nothing = stage.nothingLeft || whole.num === 0n;
    const left = nothing ? ZERO : divide(keptOf(stage, first, weights), whole);
    const total = floor(multiply(subtract(ONE, left), ratio(redemption.points)));
    return { step: stage.step, at: stage.at, total };
  });
}

/** Shipping has no weight: whether it is refunded changes nothing. */
function weightsOf(
  redemption: Pick<Redemption, 'code' | 'discountLines'>,
  { lines }: OrderStage,
  snapshot: OrderSnapshot,
): ReadonlyMap<string, Rational> {
  const told = codeUse(redemption, snapshot)?.lines ?? redemption.discountLines ?? [];
  const there = new Set(lines.filter(({ kept }) => kept > 0).map(({ line }) => line.id));
  const allocated = told.filter(({ lineId, minor }) => there.has(lineId) && minor > 0);
  if (allocated.length > 0) {
    return new Map(allocated.map(({ lineId, minor }) => [lineId, ratio(minor)]));
  }
  return new Map(lines.map((part) => [part.line.id, paidAmount(part, snapshot)]));
}

/** What of the weights belongs to pieces that are still kept. */
function keptOf(
  stage: OrderStage,
  first: OrderStage,
  weights: ReadonlyMap<string, Rational>,
): Rational {
  const came = new Map(first.lines.map(({ line, kept }) => [line.id, kept]));
  const parts = stage.lines.map(({ line, kept }) => {
    const all = came.get(line.id) ?? 0;
    const weight = weights.get(line.id);
    return weight && all > 0 ? multiply(weight, ratio(kept, all)) : ZERO;
  });
  return multiply(parts.reduce(add, ZERO), stage.shareLeft);
}
