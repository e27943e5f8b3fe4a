/** What time does to the books: pending points mature, available points expire, each at its own moment. */
import { maturing } from './awards.ts';
import { expire, mature, sourceKey } from './books.ts';
import type { Books, Lot, Movement } from './books.ts';
import { DueLine } from './due-line.ts';
import type { DateOfLot } from './expiry.ts';
import { noteLapse } from './lapses.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Calendar {
  /** Everything that is due by then happens, in the order of its moments. */
  readonly upTo: (moment: Moment) => void;
  /** When time alone changes the books again. */
  readonly dues: () => readonly Moment[];
}

/**
 * Only lots that moved are looked at again: ten thousand postings would else look at ten thousand lots each.
 * @param notesLapses where points that expired can come back
 */
export function calendarOf(
  books: Books,
  dateOf: DateOfLot,
  now: Moment,
  notesLapses = false,
): Calendar {
  const line = new DueLine();
  const places = new Map<Lot, number>();
  for (const lot of books.lots) books.movedLots.add(lot);
  const takeIn = (): void => {
    for (const lot of books.lots.slice(places.size)) places.set(lot, places.size);
    for (const lot of books.movedLots) {
      date(books, lot, dateOf);
      const at = dueOf(lot);
      if (at !== null) line.add({ at, place: places.get(lot) ?? places.size, lot });
    }
    books.movedLots.clear();
  };
  const nextDue = (end: Moment): Lot | null => {
    takeIn();
    for (let due = line.first; due && due.at <= end; due = line.first) {
      line.removeFirst();
      // What moved since it was lined up stands in the line by its new date.
      if (dueOf(due.lot) === due.at) return due.lot;
    }
    return null;
  };
  return {
    upTo: (moment) => {
      const end = Math.min(moment, now);
      for (let lot = nextDue(end); lot; lot = nextDue(end)) {
        if (lot.state === 'pending') {
          mature(books, lot, maturing(lot, lot.lot, lot.availableAt ?? end));
        } else {
          const [points, at] = [lot.remaining, lot.expiresAt ?? end];
          expire(books, lot, expiring(lot, at));
          if (notesLapses) noteLapse(lot, points, at);
        }
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

function dueOf(lot: Lot): Moment | null {
  if (lot.remaining === 0) return null;
  return lot.state === 'pending' ? lot.availableAt : lot.expiresAt;
}

/** The key is the lot and its date, so that it expires once, and once more when points came back to it. */
function expiring(lot: Lot, at: Moment): Movement {
  const { sourceKind, sourceId, ruleKey, lapse } = lot;
  const again = lapse ? `:again${lapse.times}` : '';
  return {
    ...{ sourceKind, sourceId, ruleKey },
    key: `${sourceKey(lot).replaceAll(' ', ':')}:expire:lot${lot.lot}:${at}${again}`,
    programmeVersion: null,
    explanation: { rule: 'step', step: 'expire' },
    occurredAt: at,
  };
}
