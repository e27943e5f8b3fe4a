/** What each movement leaves in lots, entries and notes, to the point. */
import { describe, expect, it } from 'vitest';
import {
  earn,
  expire,
  give,
  mature,
  putBack,
  receive,
  reverse,
  spend,
} from '../../../app/domain/points/books.ts';
import type { Books, Lot, Movement } from '../../../app/domain/points/books.ts';
import { spendingOrder } from '../../../app/domain/points/lots-of.ts';
import { day, emptyBooks, faultsOf } from '../fixtures.ts';

function movement(key: string, over: Partial<Movement> = {}): Movement {
  return {
    ...{ key, sourceKind: 'order', sourceId: key, ruleKey: 'order', programmeVersion: 1 },
    ...{ explanation: { rule: 'step', step: 'earn' }, occurredAt: day(1), ...over },
  };
}

/** Points of an order that can be spent. */
function bought(books: Books, id: string, points: number): Lot {
  earn(books, movement(id), points, { availableAt: day(1), now: day(2) });
  return lastLot(books);
}

function waiting(books: Books, id: string, points: number): Lot {
  earn(books, movement(id), points, { availableAt: day(30), now: day(2) });
  return lastLot(books);
}

function lastLot({ lots }: Books): Lot {
  const lot = lots.at(-1);
  if (!lot) throw new Error('no lot was opened');
  return lot;
}

const notes = (books: Books): unknown[] =>
  books.entries.map(({ kind, from, to, points }) => [kind, from, to, points]);

describe('points that come back (law 2.6)', () => {
  it('pay the debt first, and the rest goes into the lot: of 80, 30 and 50', () => {
    const books = emptyBooks();
    const lot = bought(books, '1', 100);
    spend(books, movement('r'), 'redeem', 'redeemed', 80);
    spend(books, movement('a'), 'adjust', 'adjusted', 50, true); // 20 are there, 30 are owed
    expect([books.available, books.debt]).toEqual([0, 30]);
    books.touchedLots.clear();
    putBack(books, lot, movement('back'), 80);
    expect([books.available, books.debt, lot.remaining]).toEqual([50, 0, 50]);
    expect(notes(books).slice(-2)).toEqual([
      ['return', 'redeemed', 'debt', 30],
      ['return', 'redeemed', 'available', 50],
    ]);
    expect([...books.touchedLots]).toEqual([lot]);
    expect(faultsOf(books)).toEqual([]);
  });

  it('are never more than were taken, and never go into a lot that waits', () => {
    const books = emptyBooks();
    const lot = bought(books, '1', 100);
    spend(books, movement('r'), 'redeem', 'redeemed', 40);
    expect(() => putBack(books, lot, movement('b'), 41)).toThrow('a lot takes back its own');
    const pending = waiting(books, '2', 10);
    expect(() => putBack(books, pending, movement('c'), 0)).toThrow('a lot takes back its own');
    putBack(books, lot, movement('b'), 40);
    expect(lot.remaining).toBe(100);
  });
});

describe('what a clawback finds too little of (law 3.2)', () => {
  const taking = (policy: 'unlimited' | 'within-balance' | 'only-pending') => {
    const books = emptyBooks();
    bought(books, '1', 30);
    bought(books, '2', 20);
    const left = reverse(books, movement('1', { key: 'back' }), 70, policy);
    const said = books.entries.filter(({ kind }) => kind === 'reverse');
    return { left, debt: books.debt, said: said.map(({ explanation }) => explanation) };
  };

  it('is said with what it took: of 70, 30 of its own and 20 others are there, 20 are not', () => {
    const step = { rule: 'step', step: 'earn' };
    const waived = { ...step, waived: 20 };
    expect(taking('within-balance')).toEqual({ left: 20, debt: 0, said: [waived, waived] });
    expect(taking('unlimited')).toEqual({ left: 0, debt: 20, said: [step, step, step] });
    expect(taking('only-pending')).toEqual({ left: 70, debt: 0, said: [] });
  });

  it('is not said where nothing is missing', () => {
    const books = emptyBooks();
    bought(books, '1', 30);
    expect(reverse(books, movement('1', { key: 'b' }), 30, 'within-balance')).toBe(0);
    expect(books.entries.at(-1)?.explanation).toEqual({ rule: 'step', step: 'earn' });
  });

  it('counts what has expired as taken, after what of its own is left: 40, then 60 of 100 expired', () => {
    const books = emptyBooks();
    bought(books, '1', 40);
    const other = bought(books, '2', 100);
    expect(reverse(books, movement('1', { key: 'b' }), 100, 'unlimited', 100)).toBe(60);
    expect([books.available, books.debt, other.remaining]).toEqual([100, 0, 100]);
    expect(books.earnedTotal).toBe(100);
  });
});

describe('what is written down anew', () => {
  it('is every lot that a movement touched, and what expired of an award', () => {
    const books = emptyBooks();
    const [lot, pending] = [bought(books, '1', 10), waiting(books, '2', 20)];
    books.touchedLots.clear();
    mature(books, pending, movement('m'));
    expect([...books.touchedLots]).toEqual([pending]);
    expire(books, lot, movement('e'));
    expect(books.touchedLots.has(lot)).toBe(true);
    expect([...books.expired.values()]).toEqual([
      { sourceKind: 'order', sourceId: '1', ruleKey: 'order', points: 10, touched: true },
    ]);
    expect(() => expire(books, lot, movement('f'))).toThrow('only available points expire');
    const later = waiting(books, '3', 5);
    expect(() => expire(books, later, movement('g'))).toThrow('only available points expire');
    expect(() => mature(books, lot, movement('h'))).toThrow('only pending points mature');
  });

  it('has a key for each part: what pays a debt and what is left are two entries', () => {
    const books = emptyBooks();
    spend(books, movement('a'), 'adjust', 'adjusted', 5, true);
    const pending = waiting(books, '1', 20);
    mature(books, pending, movement('m'));
    expect(notes(books).slice(-2)).toEqual([
      ['mature', 'pending', 'debt', 5],
      ['mature', 'pending', 'available', 15],
    ]);
    bought(books, '2', 10);
    reverse(books, movement('2', { key: 'b' }), 50, 'unlimited');
    expect(faultsOf(books)).toEqual([]);
    expect(books.debt).toBe(25);
  });

  it('keeps the days of grace of points that another member brings along (law 7.2)', () => {
    const books = emptyBooks();
    const lot = { remaining: 10, availableAt: day(1), expiresAt: day(40), keptUntil: day(50) };
    receive(books, movement('1'), 'merge', 'merged', { ...lot, state: 'available' });
    receive(books, movement('2'), 'merge', 'merged', { ...lot, state: 'pending' });
    expect(books.lots.map(({ keptUntil }) => keptUntil)).toEqual([day(50), day(50)]);
  });
});

it('of two lots of the same days, the one that was written first is spent first (law 4.1)', () => {
  const books = emptyBooks();
  give(books, movement('1'), 'adjust', 'adjusted', 10, day(1));
  give(books, movement('2'), 'adjust', 'adjusted', 10, day(1));
  expect(books.lots.toReversed().sort(spendingOrder)).toEqual(books.lots);
});
