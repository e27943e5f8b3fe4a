/**
 * What lines were once paid with, where they are cheaper by now: an edit can take something off a line,
 * and the money for it follows without naming it. The dearest paid state counts, whichever is told first.
 */
import { paidAmount } from './order-amounts.ts';
import type { OrderFacts, OrderLine, OrderSnapshot } from './order-facts.ts';
import { add, compare, multiply, ratio, subtract, ZERO } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';

/** What was paid for so many pieces of a line, by its id; tax and all. */
export type PricesPaid = Readonly<Record<string, readonly [minor: number, quantity: number]>>;

/** @returns null where the newest state tells it all */
export function pricesPaid(
  known: Pick<OrderFacts, 'snapshot' | 'pricesPaid'>,
  told: OrderSnapshot | null,
  newest: OrderSnapshot | null,
): PricesPaid | null {
  if (!known.snapshot || !told) return known.pricesPaid ?? null;
  const dearest: Record<string, PricesPaid[string]> = { ...known.pricesPaid };
  for (const [id, price] of [known.snapshot, told].flatMap(pricesIn)) {
    const before = dearest[id];
    if (!before || isDearer(price, before)) dearest[id] = price;
  }
  for (const [id, price] of newest ? pricesIn(newest) : []) {
    const before = dearest[id];
    if (before && !isDearer(before, price)) delete dearest[id];
  }
  return Object.keys(dearest).length === 0 ? null : dearest;
}

/** What the kept pieces were paid with beyond what they cost by now. */
export function takenOffSince(
  { pricesPaid: paid }: Pick<OrderFacts, 'pricesPaid'>,
  snapshot: OrderSnapshot,
  left: (line: OrderLine) => number,
): Rational {
  if (!paid) return ZERO;
  return snapshot.lines
    .map((line) => {
      const [minor, quantity] = paid[line.id] ?? [0, 1];
      const kept = left(line);
      const was = multiply(ratio(minor, quantity), ratio(kept));
      const off = subtract(was, paidAmount({ line, kept }, snapshot));
      return compare(off, ZERO) > 0 ? off : ZERO;
    })
    .reduce(add, ZERO);
}

/** Of a state that was paid; before that nothing was. */
function pricesIn(snapshot: OrderSnapshot): (readonly [id: string, PricesPaid[string]])[] {
  if (snapshot.payment !== 'paid' && snapshot.payment !== 'partially_refunded') return [];
  return snapshot.lines.flatMap((line) => {
    const { id, tip, quantity, priceMinor, discountMinor, taxMinor } = line;
    if (tip || quantity <= 0) return [];
    const tax = snapshot.taxesIncluded ? 0 : Math.max(0, taxMinor);
    const minor = Math.max(0, priceMinor * quantity - Math.max(0, discountMinor) + tax);
    return [[id, [minor, quantity]] as const];
  });
}

/** By the piece; of two that are alike the one of more pieces, so that one of them counts. */
function isDearer(a: PricesPaid[string], b: PricesPaid[string]): boolean {
  const [one, other] = [BigInt(a[0]) * BigInt(b[1]), BigInt(b[0]) * BigInt(a[1])];
  return one === other ? a[1] > b[1] : one > other;
}
