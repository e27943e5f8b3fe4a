/** Which lots points are taken from. Those of one source are found without a look at all: a member can have ten thousand. */
import { sourceKey } from './books.ts';
import type { Books, Lot, Source } from './books.ts';

/** In the order in which they stand among all. */
export function lotsOf({ lots, shelf }: Books, source: Source): readonly Lot[] {
  // Lots are only ever added, at the end.
  for (; shelf.shelved < lots.length; shelf.shelved += 1) {
    const lot = lots[shelf.shelved];
    if (!lot) continue;
    const key = sourceKey(lot);
    const known = shelf.bySource.get(key);
    if (known) known.push(lot);
    else shelf.bySource.set(key, [lot]);
  }
  return shelf.bySource.get(sourceKey(source)) ?? [];
}

export function openLots(books: Books): Lot[] {
  return books.lots.filter((lot) => lot.remaining > 0).sort(spendingOrder);
}

/** The soonest to expire first, then the oldest; what never expires comes last. */
export function spendingOrder(a: Lot, b: Lot): number {
  return (
    (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) ||
    a.occurredAt - b.occurredAt ||
    a.lot - b.lot
  );
}
