/**
 * A member's books while something is decided: balances, lots, and the entries to be written. The
 * only place that moves points. Every movement is an entry between two accounts that touches at
 * most one lot, so that balances, lots and entries always tell the same story.
 */
import type { Explanation } from './explanation.ts';
import type { Lapse } from './lapses.ts';
import { lotsOf, openLots, spendingOrder } from './lots-of.ts';
import { openLot, take, takeFrom, touch, write } from './postings.ts';
import type { Way } from './postings.ts';
import { invariant } from '../invariant.ts';
import type { Moment } from '../time/shop-time.ts';

export type MemberAccount = 'pending' | 'available' | 'debt';
export type ProgrammeAccount =
  'issued' | 'redeemed' | 'expired' | 'adjusted' | 'forfeited' | 'merged';
export type EntryKind =
  | 'earn'
  | 'mature'
  | 'reverse'
  | 'adjust'
  | 'expire'
  | 'revive'
  | 'redeem'
  | 'return'
  | 'forfeit'
  | 'merge';

/** What a movement belongs to: one rule's award for one source. */
export interface Source {
  readonly sourceKind: string;
  readonly sourceId: string;
  readonly ruleKey: string;
}

export interface Lot extends Source {
  /** The seq of the entry that opened it. */
  readonly lot: number;
  readonly original: number;
  occurredAt: Moment;
  state: 'pending' | 'available';
  remaining: number;
  /** When pending points become available; null while that is not known (an unpaid order). */
  availableAt: Moment | null;
  /** The first moment at which its points can no longer be spent. */
  expiresAt: Moment | null;
  /** Points that came back after their date can be spent until then. */
  keptUntil: Moment | null;
  /** What expired of it: only known where points can come back (see lapses.ts). */
  lapse?: Lapse;
}

export interface Entry extends Source {
  readonly seq: number;
  /** Derived from what the entry is for: the same cause can never be booked twice. */
  readonly key: string;
  readonly kind: EntryKind;
  readonly from: MemberAccount | ProgrammeAccount;
  readonly to: MemberAccount | ProgrammeAccount;
  readonly points: number;
  readonly lot: number | null;
  readonly programmeVersion: number | null;
  readonly explanation: Explanation;
  readonly occurredAt: Moment;
}

export interface Books {
  available: number;
  pending: number;
  debt: number;
  lastSeq: number;
  /** All points ever earned less those taken back. */
  earnedTotal: number;
  readonly lots: Lot[];
  readonly entries: Entry[];
  readonly touchedLots: Set<Lot>;
  /** Lots that moved since the calendar last looked at their dates. */
  readonly movedLots: Set<Lot>;
  /** How many of the lots are found by their source, and which those are: see lots-of.ts. */
  readonly shelf: { shelved: number; readonly bySource: Map<string, Lot[]> };
  /** Points that expired, by the source that had given them. */
  readonly expired: Map<string, Expired>;
}

export interface Expired extends Source {
  points: number;
  touched: boolean;
}

export interface Movement extends Source {
  readonly key: string;
  readonly programmeVersion: number | null;
  readonly explanation: Explanation;
  readonly occurredAt: Moment;
}

export type ClawbackPolicy = 'unlimited' | 'within-balance' | 'only-pending';

export function booksOf(kept: {
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  readonly lastSeq: number;
  readonly earnedTotal: number;
  readonly lots: Lot[];
}): Books {
  return {
    ...kept,
    entries: [],
    touchedLots: new Set(),
    movedLots: new Set(),
    shelf: { shelved: 0, bySource: new Map() },
    expired: new Map(),
  };
}

/** Gives points that can be spent from `availableAt` on. Debt is paid before anything is available. */
export function earn(
  books: Books,
  movement: Movement,
  points: number,
  when: { readonly availableAt: Moment | null; readonly now: Moment },
): void {
  invariant(points > 0, 'an award is more than nothing');
  books.earnedTotal += points;
  if (when.availableAt === null || when.availableAt > when.now) {
    openLot(
      books,
      movement,
      { kind: 'earn', from: 'issued', to: 'pending', points },
      when.availableAt,
    );
    return;
  }
  give(books, movement, 'earn', 'issued', points, when.availableAt);
}

/**
 * Gives points from a programme account, the debt first.
 * @returns the lot that was opened, unless the debt took everything
 */
export function give(
  books: Books,
  movement: Movement,
  kind: EntryKind,
  from: ProgrammeAccount,
  points: number,
  availableAt: Moment,
  expiresAt: Moment | null = null,
): Lot | null {
  const toDebt = Math.min(points, books.debt);
  if (toDebt > 0) {
    write(books, movement, { kind, from, to: 'debt', points: toDebt }, null, 'debt');
  }
  const rest = points - toDebt;
  if (rest === 0) return null;
  const way: Way = { kind, from, to: 'available', points: rest };
  return openLot(books, movement, way, availableAt, expiresAt);
}

/** Gives points as they stood in another member's lot: pending stays pending, dates stay. */
export function receive(
  books: Books,
  movement: Movement,
  kind: EntryKind,
  from: ProgrammeAccount,
  lot: Pick<Lot, 'state' | 'remaining' | 'availableAt' | 'expiresAt'> &
    Partial<Pick<Lot, 'keptUntil'>>,
): void {
  const { remaining, availableAt, expiresAt, keptUntil = null } = lot;
  if (lot.state === 'available') {
    const since = availableAt ?? movement.occurredAt;
    const opened = give(books, movement, kind, from, remaining, since, expiresAt);
    if (opened) opened.keptUntil = keptUntil;
    return;
  }
  const way: Way = { kind, from, to: 'pending', points: remaining };
  openLot(books, movement, way, availableAt, expiresAt).keptUntil = keptUntil;
}

/** Pending points of a lot become available. */
export function mature(books: Books, lot: Lot, movement: Movement): void {
  invariant(lot.state === 'pending' && lot.remaining > 0, 'only pending points mature');
  const toDebt = Math.min(lot.remaining, books.debt);
  if (toDebt > 0) {
    take(books, lot, movement, { kind: 'mature', to: 'debt', points: toDebt }, 'debt');
  }
  const rest = lot.remaining;
  lot.state = 'available';
  if (rest > 0) {
    write(
      books,
      movement,
      { kind: 'mature', from: 'pending', to: 'available', points: rest },
      lot.lot,
    );
  }
  touch(books, lot);
}

/**
 * Takes an award back: its own pending points first, then what is left of its own lots, then what of
 * it has expired, then other available points in the order of spending, then debt, as far as the
 * policy goes.
 * @param gone points of the award that have expired and were not set off yet: they are taken already
 * @returns what was not taken: the expired part, and what the policy left
 */
export function reverse(
  books: Books,
  movement: Movement,
  points: number,
  policy: ClawbackPolicy,
  gone = 0,
): number {
  invariant(points > 0, 'a reversal is more than nothing');
  const own = lotsOf(books, movement)
    .filter((lot) => lot.remaining > 0)
    .sort(spendingOrder);
  const pending = own.filter((lot) => lot.state === 'pending');
  const mine = policy === 'only-pending' ? pending : [...pending, ...own.filter(isAvailable)];
  const setOff = Math.min(gone, Math.max(0, points - sumOf(mine)));
  const wanted = points - setOff;
  const reaches = policy === 'only-pending' || sumOf(mine) >= wanted;
  const others = reaches
    ? []
    : openLots(books).filter((lot) => isAvailable(lot) && !own.includes(lot));
  const waived = policy === 'unlimited' ? 0 : Math.max(0, wanted - sumOf(mine) - sumOf(others));
  const said = saying(movement, waived);
  let left = takeFrom(books, [...mine, ...others], said, { kind: 'reverse', to: 'issued' }, wanted);
  if (left > 0 && policy === 'unlimited') {
    const way: Way = { kind: 'reverse', from: 'debt', to: 'issued', points: left };
    write(books, said, way, null, 'debt');
    left = 0;
  }
  books.earnedTotal -= wanted - left;
  return left + setOff;
}

/** A clawback that finds too little says so with what it took. */
function saying(movement: Movement, waived: number): Movement {
  const { explanation } = movement;
  if (waived === 0 || explanation.rule !== 'step') return movement;
  return { ...movement, explanation: { ...explanation, waived } };
}

/** Takes available points in the order of spending; what is missing becomes debt if that is allowed. */
export function spend(
  books: Books,
  movement: Movement,
  kind: EntryKind,
  to: ProgrammeAccount,
  points: number,
  mayOwe = false,
): void {
  const open = openLots(books).filter(isAvailable);
  const left = takeFrom(books, open, movement, { kind, to }, points);
  invariant(left === 0 || mayOwe, 'spending never makes debt');
  if (left > 0) write(books, movement, { kind, from: 'debt', to, points: left }, null, 'debt');
}

/** What is left of a lot when its time has come. */
export function expire(books: Books, lot: Lot, movement: Movement): void {
  invariant(isAvailable(lot) && lot.remaining > 0, 'only available points expire');
  const points = lot.remaining;
  const key = sourceKey(lot);
  const known = books.expired.get(key)?.points ?? 0;
  const { sourceKind, sourceId, ruleKey } = lot;
  books.expired.set(key, { sourceKind, sourceId, ruleKey, points: known + points, touched: true });
  take(books, lot, movement, { kind: 'expire', to: 'expired', points }, '');
}

/** Spent points come back into the lot that they came from, the debt first. */
export function putBack(books: Books, lot: Lot, movement: Movement, points: number): void {
  invariant(isAvailable(lot) && lot.remaining + points <= lot.original, 'a lot takes back its own');
  const toDebt = payDebt(books, movement, points);
  if (points === toDebt) return;
  const way: Way = { kind: 'return', from: 'redeemed', to: 'available', points: points - toDebt };
  write(books, movement, way, lot.lot, `lot${lot.lot}`);
  lot.remaining += points - toDebt;
  touch(books, lot);
}

function payDebt(books: Books, movement: Movement, points: number): number {
  const paid = Math.min(points, books.debt);
  const way: Way = { kind: 'return', from: 'redeemed', to: 'debt', points: paid };
  if (paid > 0) write(books, movement, way, null, 'debt');
  return paid;
}

export function sourceKey({ sourceKind, sourceId, ruleKey }: Source): string {
  return `${sourceKind} ${sourceId} ${ruleKey}`;
}

function isAvailable(lot: Lot): boolean {
  return lot.state === 'available';
}

function sumOf(lots: readonly Lot[]): number {
  return lots.reduce((sum, lot) => sum + lot.remaining, 0);
}
