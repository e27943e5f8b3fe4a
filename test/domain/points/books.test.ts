import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  booksOf,
  earn,
  give,
  mature,
  receive,
  reverse,
  spend,
} from '../../../app/domain/points/books.ts';
import type { Books, ClawbackPolicy, Lot, Movement } from '../../../app/domain/points/books.ts';
import { emptyOut } from '../../../app/domain/points/forfeit.ts';
import { spendingOrder } from '../../../app/domain/points/lots-of.ts';
import { day, emptyBooks, faultsOf } from '../fixtures.ts';

function movement(key: string, sourceId = key, occurredAt = day(1)): Movement {
  return {
    key,
    sourceKind: 'order',
    sourceId,
    ruleKey: 'order',
    programmeVersion: 1,
    explanation: { rule: 'step', step: 'earn' },
    occurredAt,
  };
}

const now = day(10);
const at = { availableAt: now, now };
const later = { availableAt: now + 1, now };

function withPoints(points: number, source = 'a'): Books {
  const books = emptyBooks();
  earn(books, movement(source), points, at);
  return books;
}

const ways = (books: Books): string[] =>
  books.entries.map(({ kind, from, to, points }) => `${kind} ${points} ${from}→${to}`);

describe('debt (law 3.2)', () => {
  it('50 available and a clawback of 70: 50 leave and 20 are owed; the next 30 pay 20 first', () => {
    const books = withPoints(50, 'other');
    expect(reverse(books, movement('refund', 'gone'), 70, 'unlimited')).toBe(0);
    expect(books).toMatchObject({ available: 0, debt: 20 });
    earn(books, movement('b'), 30, at);
    expect(books).toMatchObject({ available: 10, debt: 0 });
    expect(ways(books)).toEqual([
      'earn 50 issued→available',
      'reverse 50 available→issued',
      'reverse 20 debt→issued',
      'earn 20 issued→debt',
      'earn 10 issued→available',
    ]);
    expect(faultsOf(books)).toEqual([]);
  });

  it('is paid by pending points only when they mature', () => {
    const books = emptyBooks();
    reverse(books, movement('refund', 'gone'), 20, 'unlimited');
    earn(books, movement('b'), 30, later);
    expect(books).toMatchObject({ pending: 30, debt: 20 });
    const [lot] = books.lots;
    if (lot) mature(books, lot, movement('m', 'b'));
    expect(books).toMatchObject({ pending: 0, available: 10, debt: 0 });
    expect(faultsOf(books)).toEqual([]);
  });

  it('of more than a lot holds leaves nothing of the lot to spend', () => {
    const books = emptyBooks();
    reverse(books, movement('refund', 'gone'), 50, 'unlimited');
    earn(books, movement('b'), 30, later);
    const [lot] = books.lots;
    if (lot) mature(books, lot, movement('m', 'b'));
    expect(books).toMatchObject({ pending: 0, available: 0, debt: 20 });
    expect(lot).toMatchObject({ state: 'available', remaining: 0 });
  });

  it('is never made by spending', () => {
    const books = withPoints(50);
    expect(() => spend(books, movement('s'), 'redeem', 'redeemed', 51)).toThrow('never makes debt');
  });

  it('is made by a deduction that may owe, and only by what is missing', () => {
    const books = withPoints(50);
    spend(books, movement('s'), 'adjust', 'adjusted', 70, true);
    expect(books).toMatchObject({ available: 0, debt: 20 });
    expect(faultsOf(books)).toEqual([]);
  });
});

describe('a clawback (law 3.2)', () => {
  it.each<[ClawbackPolicy, object, number]>([
    ['unlimited', { pending: 0, available: 0, debt: 10 }, 0],
    ['within-balance', { pending: 0, available: 0, debt: 0 }, 10],
    ['only-pending', { pending: 0, available: 60, debt: 0 }, 70],
  ])('%s takes its own pending points first', (policy, left, untaken) => {
    // 30 pending of its own, 60 available of another, and 100 to be taken.
    const books = withPoints(60, 'other');
    earn(books, movement('b', 'own'), 30, later);
    expect(reverse(books, movement('refund', 'own'), 100, policy)).toBe(untaken);
    expect(books).toMatchObject(left);
    expect(books.earnedTotal).toBe(90 - (100 - untaken));
    expect(faultsOf(books)).toEqual([]);
  });

  it('takes what is left of its own lot before older points of others', () => {
    const books = withPoints(60, 'other');
    earn(books, movement('b', 'own', day(5)), 30, at);
    reverse(books, movement('refund', 'own'), 40, 'unlimited');
    expect(books.lots.map(({ remaining }) => remaining)).toEqual([50, 0]);
  });

  it('never takes what another award still waits for', () => {
    const books = emptyBooks();
    earn(books, movement('b', 'other'), 30, later);
    reverse(books, movement('refund', 'own'), 10, 'unlimited');
    expect(books).toMatchObject({ pending: 30, debt: 10 });
  });

  it('of nothing is a mistake, and so is an award of nothing', () => {
    expect(() => reverse(emptyBooks(), movement('r'), 0, 'unlimited')).toThrow('more than nothing');
    expect(() => earn(emptyBooks(), movement('e'), 0, at)).toThrow('more than nothing');
  });
});

describe('spending (law 4.1)', () => {
  it('takes the soonest to expire first, then the oldest; what never expires comes last', () => {
    const books = emptyBooks();
    const lot = (key: string, occurredAt: number, expiresAt: number | null): void =>
      void give(books, movement(key, key, occurredAt), 'earn', 'issued', 10, now, expiresAt);
    lot('never-old', day(1), null);
    lot('never-new', day(9), null);
    lot('late-new', day(5), day(90));
    lot('late-old', day(2), day(90));
    lot('soon', day(8), day(30));
    const order = [...books.lots].sort(spendingOrder).map(({ sourceId }) => sourceId);
    expect(order).toEqual(['soon', 'late-old', 'late-new', 'never-old', 'never-new']);
    spend(books, movement('s'), 'redeem', 'redeemed', 25);
    const left = Object.fromEntries(books.lots.map((one) => [one.sourceId, one.remaining]));
    expect(left).toEqual({
      soon: 0,
      'late-old': 0,
      'late-new': 5,
      'never-old': 10,
      'never-new': 10,
    });
  });

  it('of two lots of one moment takes the one that was written first', () => {
    const books = withPoints(10, 'b');
    earn(books, movement('a'), 10, at);
    spend(books, movement('s'), 'redeem', 'redeemed', 10);
    expect(books.lots.map(({ remaining }) => remaining)).toEqual([0, 10]);
  });

  it('does not touch pending points', () => {
    const books = emptyBooks();
    earn(books, movement('a'), 10, later);
    expect(() => spend(books, movement('s'), 'redeem', 'redeemed', 1)).toThrow('never makes debt');
  });
});

describe('a merge (law 7.2)', () => {
  const lot = (
    over: Partial<Lot>,
  ): Pick<Lot, 'state' | 'remaining' | 'availableAt' | 'expiresAt'> => ({
    state: 'available',
    remaining: 30,
    availableAt: day(3),
    expiresAt: day(90),
    ...over,
  });

  it('keeps the dates of a lot, pays the survivor’s debt, and leaves pending points pending', () => {
    const books = emptyBooks();
    reverse(books, movement('refund', 'gone'), 10, 'unlimited');
    receive(books, movement('x'), 'merge', 'merged', lot({}));
    receive(books, movement('y'), 'merge', 'merged', lot({ state: 'pending', availableAt: null }));
    expect(books).toMatchObject({ available: 20, pending: 30, debt: 0 });
    expect(books.lots.map(({ availableAt, expiresAt }) => [availableAt, expiresAt])).toEqual([
      [day(3), day(90)],
      [null, day(90)],
    ]);
    expect(books.earnedTotal).toBe(-10); // what moves was not earned again
  });

  it('takes the day it happened where a lot has none', () => {
    const books = emptyBooks();
    receive(books, movement('x', 'x', day(7)), 'merge', 'merged', lot({ availableAt: null }));
    expect(books.lots[0]?.availableAt).toBe(day(7));
  });

  it('empties the books that were left, pending points included', () => {
    const books = withPoints(50);
    earn(books, movement('b'), 30, later);
    emptyOut(books, movement('out'), 'merge', 'merged');
    expect(books).toMatchObject({ available: 0, pending: 0 });
    expect(ways(books).slice(2)).toEqual(['merge 50 available→merged', 'merge 30 pending→merged']);
    expect(faultsOf(books)).toEqual([]);
  });
});

it('what was read from the database is only touched where it moves', () => {
  const kept = withPoints(10);
  earn(kept, movement('b'), 20, at);
  const books = booksOf({ ...kept });
  spend(books, movement('s'), 'redeem', 'redeemed', 5);
  expect([...books.touchedLots].map(({ sourceId }) => sourceId)).toEqual(['a']);
  expect(books.entries.map(({ seq, key }) => [seq, key])).toEqual([[3, 's/lot1']]);
});

it('only pending points mature', () => {
  const books = withPoints(10);
  const [lot] = books.lots;
  if (!lot) throw new Error('There is a lot.');
  expect(() => mature(books, lot, movement('m'))).toThrow('only pending points mature');
});

type Act = (books: Books, key: string) => void;
const points = fc.integer({ min: 1, max: 200 });
const source = fc.constantFrom('a', 'b', 'c');
const acts: fc.Arbitrary<Act> = fc.oneof(
  fc.tuple(points, source, fc.constantFrom(null, now - 1, now, now + 1)).map(
    ([amount, from, availableAt]): Act =>
      (books, key) =>
        earn(books, movement(key, from), amount, { availableAt, now }),
  ),
  fc.nat(9).map((index): Act => (books, key) => {
    const pending = books.lots.filter((lot) => lot.state === 'pending' && lot.remaining > 0);
    const lot = pending[index % Math.max(1, pending.length)];
    if (lot) mature(books, lot, movement(key, lot.sourceId));
  }),
  fc
    .tuple(
      points,
      source,
      fc.constantFrom<ClawbackPolicy>('unlimited', 'within-balance', 'only-pending'),
    )
    .map(
      ([amount, from, policy]): Act =>
        (books, key) =>
          void reverse(books, movement(key, from), amount, policy),
    ),
  fc.tuple(points, fc.boolean()).map(([amount, mayOwe]): Act => (books, key) => {
    const most = mayOwe ? amount : Math.min(amount, books.available);
    const debt = books.debt;
    spend(books, movement(key), 'redeem', 'redeemed', most, mayOwe);
    if (!mayOwe) expect(books.debt).toBe(debt);
  }),
  fc.tuple(points, fc.option(fc.constantFrom(day(20), day(30)))).map(
    ([amount, expiresAt]): Act =>
      (books, key) =>
        give(books, movement(key), 'adjust', 'adjusted', amount, now, expiresAt),
  ),
  fc.constant<Act>((books, key) => emptyOut(books, movement(key), 'forfeit', 'forfeited')),
  fc.tuple(points, fc.constantFrom<Lot['state']>('pending', 'available')).map(
    ([remaining, state]): Act =>
      (books, key) =>
        receive(books, movement(key), 'merge', 'merged', {
          state,
          remaining,
          availableAt: null,
          expiresAt: null,
        }),
  ),
);

it('whatever is done to the books, balances, lots and entries tell the same story', () => {
  fc.assert(
    fc.property(fc.array(acts, { maxLength: 25 }), (history) => {
      const books = emptyBooks();
      for (const [index, act] of history.entries()) {
        act(books, `k${index}`);
        expect(faultsOf(books)).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});
