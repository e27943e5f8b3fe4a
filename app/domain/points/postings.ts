/** The entries themselves. Only the books post: whoever moves points goes through them. */
import type { Books, Entry, EntryKind, Lot, Movement } from './books.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Way {
  readonly kind: EntryKind;
  readonly from: Entry['from'];
  readonly to: Entry['to'];
  readonly points: number;
}

/** Takes from these lots, in their order. @returns what they did not have */
export function takeFrom(
  books: Books,
  lots: readonly Lot[],
  movement: Movement,
  way: Pick<Way, 'kind' | 'to'>,
  points: number,
): number {
  let left = points;
  for (const lot of lots) {
    if (left === 0) break;
    const part = Math.min(left, lot.remaining);
    take(books, lot, movement, { ...way, points: part }, `lot${lot.lot}`);
    left -= part;
  }
  return left;
}

export function take(
  books: Books,
  lot: Lot,
  movement: Movement,
  way: Pick<Way, 'kind' | 'to' | 'points'>,
  part: string,
): void {
  write(books, movement, { ...way, from: lot.state }, lot.lot, part);
  lot.remaining -= way.points;
  touch(books, lot);
}

export function openLot(
  books: Books,
  movement: Movement,
  way: Way,
  availableAt: Moment | null,
  expiresAt: Moment | null = null,
): Lot {
  const lot: Lot = {
    lot: books.lastSeq + 1,
    sourceKind: movement.sourceKind,
    sourceId: movement.sourceId,
    ruleKey: movement.ruleKey,
    original: way.points,
    remaining: way.points,
    occurredAt: movement.occurredAt,
    state: way.to === 'pending' ? 'pending' : 'available',
    availableAt,
    expiresAt,
    keptUntil: null,
  };
  write(books, movement, way, lot.lot);
  books.lots.push(lot);
  touch(books, lot);
  return lot;
}

/** The lot is to be written, and its dates are to be looked at. */
export function touch(books: Books, lot: Lot): void {
  books.touchedLots.add(lot);
  books.movedLots.add(lot);
}

export function write(
  books: Books,
  movement: Movement,
  way: Way,
  lot: number | null,
  part = '',
): void {
  books.lastSeq += 1;
  books.entries.push({
    ...way,
    seq: books.lastSeq,
    key: part === '' ? movement.key : `${movement.key}/${part}`,
    lot,
    sourceKind: movement.sourceKind,
    sourceId: movement.sourceId,
    ruleKey: movement.ruleKey,
    programmeVersion: movement.programmeVersion,
    explanation: movement.explanation,
    occurredAt: movement.occurredAt,
  });
  move(books, way.from, -way.points);
  move(books, way.to, way.points);
}

/** Debt is what the member owes: points that leave the debt account make it larger. */
function move(books: Books, account: Entry['from'], points: number): void {
  if (account === 'available') books.available += points;
  else if (account === 'pending') books.pending += points;
  else if (account === 'debt') books.debt -= points;
}
