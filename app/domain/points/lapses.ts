/**
 * Points that expired because it was not known that the member was active. Where a balance ends by
 * inactivity, the date follows from what the member did; told late, it moves a date that has passed,
 * and what expired by the wrong date comes back into its lot.
 */
import type { Award } from './awards.ts';
import { sourceKey } from './books.ts';
import type { Books, Lot, Movement } from './books.ts';
import type { DateOfLot } from './expiry.ts';
import { take, touch, write } from './postings.ts';
import type { Moment } from '../time/shop-time.ts';

/** What expired of a lot and has not come back. */
export interface Lapse {
  readonly points: number;
  /** When it expired last, and how often it did. */
  readonly at: Moment;
  readonly times: number;
}

export function noteLapse(lot: Lot, points: number, at: Moment): void {
  const { points: before, times } = lot.lapse ?? { points: 0, times: 0 };
  lot.lapse = { points: before + points, at, times: times + 1 };
}

/** @param awards by their source */
export function reviveLapsed(
  books: Books,
  awards: ReadonlyMap<string, Award>,
  dateOf: DateOfLot,
): void {
  const lapsed = books.lots.flatMap((lot) => (lot.lapse?.points ? { lot, lapse: lot.lapse } : []));
  for (const { lot, lapse } of lapsed.sort((a, b) => a.lapse.at - b.lapse.at)) {
    // Without the days of grace: those are for what came back after the date.
    const { availableAt, ruleKey } = lot;
    const date = dateOf({ availableAt, ruleKey, keptUntil: null });
    if (date !== null && date <= lapse.at) continue;
    const points = Math.min(lapse.points, comesBack(books, lot, awards));
    if (points > 0) revive(books, lot, lapse, points);
  }
}

/** A clawback that counted expired points as taken has taken them: those stay away. */
function comesBack(books: Books, lot: Lot, awards: ReadonlyMap<string, Award>): number {
  const award = awards.get(sourceKey(lot));
  if (!award) return Infinity;
  const expired = books.expired.get(sourceKey(lot))?.points ?? 0;
  const untaken = award.posted - award.steps.reduce((sum, [, points]) => sum + points, 0);
  return expired - Math.min(Math.max(0, untaken), expired);
}

/** Back into the lot, and from there the debt is paid first. */
function revive(books: Books, lot: Lot, lapse: Lapse, points: number): void {
  const movement = reviving(lot, lapse);
  write(
    books,
    movement,
    { kind: 'revive', from: 'expired', to: 'available', points },
    lot.lot,
    `lot${lot.lot}`,
  );
  lot.remaining += points;
  lot.lapse = { ...lapse, points: lapse.points - points };
  touch(books, lot);
  const known = books.expired.get(sourceKey(lot));
  if (known) {
    books.expired.set(sourceKey(lot), { ...known, points: known.points - points, touched: true });
  }
  const owed = Math.min(points, books.debt);
  if (owed > 0) take(books, lot, movement, { kind: 'revive', to: 'debt', points: owed }, 'debt');
}

/** How often it had lapsed, and how much was still away, tell each coming back apart. */
function reviving(lot: Lot, { at, times, points }: Lapse): Movement {
  const { sourceKind, sourceId, ruleKey } = lot;
  return {
    ...{ sourceKind, sourceId, ruleKey },
    key: `${sourceKind}:${sourceId}:${ruleKey}:revive:lot${lot.lot}:${times}:${points}`,
    programmeVersion: null,
    explanation: { rule: 'step', step: 'revive' },
    occurredAt: at,
  };
}
