/**
 * A member's books while something is decided: balances, lots, and the entries to be written. The
 * only place that moves points. Every movement is an entry between two accounts that touches at
 * most one lot, so that balances, lots and entries always tell the same story.
 */
import type { Explanation } from './explanation.ts';
import { invariant } from '../invariant.ts';
import type { Moment } from '../time/shop-time.ts';

export type MemberAccount = 'pending' | 'available' | 'debt';
export type ProgrammeAccount =
  'issued' | 'redeemed' | 'expired' | 'adjusted' | 'forfeited' | 'merged';
export type EntryKind =
  'earn' | 'mature' | 'reverse' | 'adjust' | 'expire' | 'redeem' | 'return' | 'forfeit' | 'merge';

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
  readonly occurredAt: Moment;
  readonly expiresAt: Moment | null;
  state: 'pending' | 'available';
  remaining: number;
  /** When pending points become available; null while that is not known (an unpaid order). */
  availableAt: Moment | null;
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
  return { ...kept, entries: [], touchedLots: new Set() };
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

/** Gives points from a programme account, the debt first. */
export function give(
  books: Books,
  movement: Movement,
  kind: EntryKind,
  from: ProgrammeAccount,
  points: number,
  availableAt: Moment,
  expiresAt: Moment | null = null,
): void {
  const toDebt = Math.min(points, books.debt);
  if (toDebt > 0) {
    write(books, movement, { kind, from, to: 'debt', points: toDebt }, null, 'debt');
  }
  const rest = points - toDebt;
  if (rest > 0) {
    openLot(books, movement, { kind, from, to: 'available', points: rest }, availableAt, expiresAt);
  }
}

/** Gives points as they stood in another member's lot: pending stays pending, dates stay. */
export function receive(
  books: Books,
  movement: Movement,
  kind: EntryKind,
  from: ProgrammeAccount,
  lot: Pick<Lot, 'state' | 'remaining' | 'availableAt' | 'expiresAt'>,
): void {
  if (lot.state === 'available') {
    give(
      books,
      movement,
      kind,
      from,
      lot.remaining,
      lot.availableAt ?? movement.occurredAt,
      lot.expiresAt,
    );
    return;
  }
  const way: Way = { kind, from, to: 'pending', points: lot.remaining };
  openLot(books, movement, way, lot.availableAt, lot.expiresAt);
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
  books.touchedLots.add(lot);
}

/**
 * Takes an award back: its own pending points first, then what is left of its own lots, then other
 * available points in the order of spending, then debt, as far as the policy goes.
 * @returns what the policy left untaken
 */
export function reverse(
  books: Books,
  movement: Movement,
  points: number,
  policy: ClawbackPolicy,
): number {
  invariant(points > 0, 'a reversal is more than nothing');
  const own = (lot: Lot): boolean =>
    lot.sourceKind === movement.sourceKind &&
    lot.sourceId === movement.sourceId &&
    lot.ruleKey === movement.ruleKey;
  const open = books.lots.filter((lot) => lot.remaining > 0).sort(spendingOrder);
  const pending = open.filter((lot) => lot.state === 'pending' && own(lot));
  const available = open.filter((lot) => lot.state === 'available');
  const queue = [
    ...pending,
    ...(policy === 'only-pending' ? [] : available.filter(own)),
    ...(policy === 'only-pending' ? [] : available.filter((lot) => !own(lot))),
  ];
  let left = takeFrom(books, queue, movement, { kind: 'reverse', to: 'issued' }, points);
  if (left > 0 && policy === 'unlimited') {
    write(
      books,
      movement,
      { kind: 'reverse', from: 'debt', to: 'issued', points: left },
      null,
      'debt',
    );
    left = 0;
  }
  books.earnedTotal -= points - left;
  return left;
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
  const open = books.lots
    .filter((lot) => lot.remaining > 0 && lot.state === 'available')
    .sort(spendingOrder);
  const left = takeFrom(books, open, movement, { kind, to }, points);
  invariant(left === 0 || mayOwe, 'spending never makes debt');
  if (left > 0) write(books, movement, { kind, from: 'debt', to, points: left }, null, 'debt');
}

/** Takes whatever stands in the lots, pending points included: a member leaves the programme. */
export function emptyOut(
  books: Books,
  movement: Movement,
  kind: EntryKind,
  to: ProgrammeAccount,
): void {
  const open = books.lots.filter((lot) => lot.remaining > 0).sort(spendingOrder);
  takeFrom(books, open, movement, { kind, to }, books.available + books.pending);
}

/** The soonest to expire first, then the oldest; what never expires comes last. */
export function spendingOrder(a: Lot, b: Lot): number {
  return (
    (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) ||
    a.occurredAt - b.occurredAt ||
    a.lot - b.lot
  );
}

function takeFrom(
  books: Books,
  lots: readonly Lot[],
  movement: Movement,
  way: { readonly kind: EntryKind; readonly to: ProgrammeAccount },
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

function take(
  books: Books,
  lot: Lot,
  movement: Movement,
  way: { readonly kind: EntryKind; readonly to: Entry['to']; readonly points: number },
  part: string,
): void {
  write(books, movement, { ...way, from: lot.state }, lot.lot, part);
  lot.remaining -= way.points;
  books.touchedLots.add(lot);
}

function openLot(
  books: Books,
  movement: Movement,
  way: Way,
  availableAt: Moment | null,
  expiresAt: Moment | null = null,
): void {
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
  };
  write(books, movement, way, lot.lot);
  books.lots.push(lot);
  books.touchedLots.add(lot);
}

interface Way {
  readonly kind: EntryKind;
  readonly from: Entry['from'];
  readonly to: Entry['to'];
  readonly points: number;
}

function write(books: Books, movement: Movement, way: Way, lot: number | null, part = ''): void {
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
