/** What time does to the books: pending points mature, available points expire, each at its own moment. */
import { maturing } from './awards.ts';
import { expire, mature, sourceKey } from './books.ts';
import type { Books, Lot, Movement } from './books.ts';
import type { DateOfLot } from './expiry.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Calendar {
  /** Everything that is due by then happens, in the order of its moments. */
  readonly upTo: (moment: Moment) => void;
  /** When time alone changes the books again. */
  readonly dues: () => readonly Moment[];
}

export function calendarOf(books: Books, dateOf: DateOfLot, now: Moment): Calendar {
  return {
    upTo: (moment) => {
      const end = Math.min(moment, now);
      for (const lot of books.lots) date(books, lot, dateOf);
      for (let lot = nextDue(books, end); lot; lot = nextDue(books, end)) {
        if (lot.state === 'pending') {
          mature(books, lot, maturing(lot, lot.lot, lot.availableAt ?? end));
        } else {
          expire(books, lot, expiring(lot, lot.expiresAt ?? end));
        }
        date(books, lot, dateOf);
      }
    },
    dues: () => books.lots.flatMap((lot) => dueOf(lot) ?? []),
  };
}

/** Pending points have no date yet: their period begins when they can be spent. */
function date(books: Books, lot: Lot, dateOf: DateOfLot): void {
  if (lot.remaining === 0) return;
  const expiresAt = lot.state === 'pending' ? null : dateOf(lot);
  if (lot.expiresAt === expiresAt) return;
  lot.expiresAt = expiresAt;
  books.touchedLots.add(lot);
}

function nextDue(books: Books, end: Moment): Lot | null {
  let next: Lot | null = null;
  let first = Infinity;
  for (const lot of books.lots) {
    const due = dueOf(lot);
    if (due !== null && due <= end && due < first) [next, first] = [lot, due];
  }
  return next;
}

function dueOf(lot: Lot): Moment | null {
  if (lot.remaining === 0) return null;
  return lot.state === 'pending' ? lot.availableAt : lot.expiresAt;
}

/** The key is the lot and its date, so that it expires once, and once more when points came back to it. */
function expiring(lot: Lot, at: Moment): Movement {
  const { sourceKind, sourceId, ruleKey } = lot;
  return {
    ...{ sourceKind, sourceId, ruleKey },
    key: `${sourceKey(lot).replaceAll(' ', ':')}:expire:lot${lot.lot}:${at}`,
    programmeVersion: null,
    explanation: { rule: 'step', step: 'expire' },
    occurredAt: at,
  };
}
