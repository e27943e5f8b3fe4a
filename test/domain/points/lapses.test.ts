/** What each coming back of expired points leaves in lots, entries and notes, to the point. */
import { expect, it } from 'vitest';
import type { Award } from '../../../app/domain/points/awards.ts';
import { earn, expire, spend } from '../../../app/domain/points/books.ts';
import type { Books, Lot, Movement } from '../../../app/domain/points/books.ts';
import { noteLapse, reviveLapsed } from '../../../app/domain/points/lapses.ts';
import { day, emptyBooks, faultsOf } from '../fixtures.ts';

function movement(key: string, id = key): Movement {
  return {
    ...{ key, sourceKind: 'order', sourceId: id, ruleKey: 'order', programmeVersion: 1 },
    ...{ explanation: { rule: 'step', step: 'earn' }, occurredAt: day(1) },
  };
}

/** Points of an order that expired on that day. */
function lapsed(books: Books, id: string, points: number, on: number): Lot {
  earn(books, movement(id), points, { availableAt: day(1), now: day(1) });
  const lot = books.lots.at(-1);
  if (!lot) throw new Error('there is no lot');
  expire(books, lot, movement(`${id} expires`, id));
  noteLapse(lot, points, day(on));
  return lot;
}

function award(id: string, posted: number, due = posted): Award {
  return {
    ...{ sourceKind: 'order', sourceId: id, ruleKey: 'order', programmeVersion: 1, tierKey: null },
    ...{ posted, steps: [['earn', due, day(1)]], corrections: 0, qualifies: true },
    ...{ explanation: { rule: 'step', step: 'earn' }, occurredAt: day(1) },
  };
}

const awards = (...all: Award[]): Map<string, Award> =>
  new Map(all.map((one) => [`order ${one.sourceId} order`, one]));

it('an entry brings them back into their lot, and everything says so', () => {
  const books = emptyBooks();
  const lot = lapsed(books, 'a', 100, 30);
  books.touchedLots.clear();
  books.movedLots.clear();
  reviveLapsed(books, awards(award('a', 100)), () => day(40));
  expect(books.entries.at(-1)).toEqual({
    ...{ seq: 3, key: 'order:a:order:revive:lot1:1:100/lot1', kind: 'revive', lot: 1, points: 100 },
    ...{ from: 'expired', to: 'available', occurredAt: day(30), programmeVersion: null },
    ...{ sourceKind: 'order', sourceId: 'a', ruleKey: 'order' },
    explanation: { rule: 'step', step: 'revive' },
  });
  expect(lot).toMatchObject({ remaining: 100, lapse: { points: 0, at: day(30), times: 1 } });
  expect([...books.touchedLots]).toEqual([lot]);
  expect([...books.movedLots]).toEqual([lot]);
  expect(books.expired.get('order a order')).toEqual({
    ...{ sourceKind: 'order', sourceId: 'a', ruleKey: 'order', points: 0, touched: true },
  });
  expect(faultsOf(books)).toEqual([]);

  reviveLapsed(books, awards(award('a', 100)), () => day(40));
  expect(books.entries).toHaveLength(3);
});

it.each([
  ['the day on which they expired', day(30), 2],
  ['a moment later', day(30) + 1, 3],
  ['never, by now', null, 3],
])('they come back where their date is later than it was: %s', (_when, date, entries) => {
  const books = emptyBooks();
  lapsed(books, 'a', 100, 30);
  reviveLapsed(books, awards(award('a', 100)), () => date);
  expect(books.entries).toHaveLength(entries);
});

it('the days of grace of what came back after its date are no later date', () => {
  const books = emptyBooks();
  lapsed(books, 'a', 100, 30).keptUntil = day(50);
  reviveLapsed(books, awards(award('a', 100)), ({ keptUntil }) => keptUntil ?? day(30));
  expect(books.entries).toHaveLength(2);
});

it('first what expired first, and what is owed is paid from it', () => {
  const books = emptyBooks();
  lapsed(books, 'late', 50, 31);
  lapsed(books, 'soon', 70, 30);
  spend(books, movement('owed'), 'adjust', 'adjusted', 60, true);
  reviveLapsed(books, awards(award('late', 50), award('soon', 70)), () => day(60));
  const moved = books.entries.slice(5).map(({ key, kind, from, to, points, lot }) => ({
    ...{ key, kind, from, to, points, lot },
  }));
  const soon = { kind: 'revive', lot: 3 };
  expect(moved).toEqual([
    {
      ...soon,
      key: 'order:soon:order:revive:lot3:1:70/lot3',
      from: 'expired',
      to: 'available',
      points: 70,
    },
    {
      ...soon,
      key: 'order:soon:order:revive:lot3:1:70/debt',
      from: 'available',
      to: 'debt',
      points: 60,
    },
    {
      ...{ kind: 'revive', lot: 1, key: 'order:late:order:revive:lot1:1:50/lot1' },
      ...{ from: 'expired', to: 'available', points: 50 },
    },
  ]);
  expect(books).toMatchObject({ available: 60, debt: 0 });
  expect(faultsOf(books)).toEqual([]);
});

it('what a clawback counted as taken stays away, and comes when it is due again', () => {
  const books = emptyBooks();
  const lot = lapsed(books, 'a', 100, 30);
  // 100 were posted, 40 are due: a refund of 60 found nothing but what had expired.
  reviveLapsed(books, awards(award('a', 100, 40)), () => day(60));
  expect(lot).toMatchObject({ remaining: 40, lapse: { points: 60 } });
  reviveLapsed(books, awards(award('a', 100)), () => day(60));
  expect(lot).toMatchObject({ remaining: 100, lapse: { points: 0 } });
  const keys = books.entries.slice(2).map(({ key }) => key);
  expect(keys).toEqual([
    'order:a:order:revive:lot1:1:100/lot1',
    'order:a:order:revive:lot1:1:60/lot1',
  ]);
});

it('what no award gave comes back wholly, and how often it lapsed is counted', () => {
  const books = emptyBooks();
  const lot = lapsed(books, 'a', 100, 30);
  books.expired.clear();
  reviveLapsed(books, awards(), () => day(60));
  expect(books.available).toBe(100);
  expect(books.expired.size).toBe(0);
  expire(books, lot, movement('again', 'a'));
  noteLapse(lot, 100, day(60));
  expect(lot.lapse).toEqual({ points: 100, at: day(60), times: 2 });
});
