/** The calendar looks only at lots that moved; a plain one looks at all of them each time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maturing } from '../../../app/domain/points/awards.ts';
import {
  earn,
  expire,
  mature,
  reverse,
  sourceKey,
  spend,
} from '../../../app/domain/points/books.ts';
import type { Books, Lot, Movement } from '../../../app/domain/points/books.ts';
import { calendarOf } from '../../../app/domain/points/calendar.ts';
import { lapseBy } from '../../../app/domain/points/expiry.ts';
import type { DateOfLot } from '../../../app/domain/points/expiry.ts';
import { emptyBooks } from '../fixtures.ts';

const NOW = 1_000;
const dateOf: DateOfLot = ({ availableAt }) => availableAt && availableAt + 50 + (availableAt % 7);

/** Lets time pass in the books by a look at every lot. */
function plainly(books: Books, moment: number): void {
  const end = Math.min(moment, NOW);
  const due = (lot: Lot): number => {
    if (lot.remaining === 0) return Infinity;
    return (lot.state === 'pending' ? lot.availableAt : lot.expiresAt) ?? Infinity;
  };
  for (;;) {
    for (const lot of books.lots) {
      if (lot.remaining > 0) lot.expiresAt = lot.state === 'pending' ? null : dateOf(lot);
    }
    const next = books.lots.reduce<Lot | null>(
      (first, lot) => (due(lot) < (first ? due(first) : Infinity) ? lot : first),
      null,
    );
    if (!next || due(next) > end) return;
    if (next.state === 'pending') mature(books, next, maturing(next, next.lot, due(next)));
    else {
      const key = `${sourceKey(next).replaceAll(' ', ':')}:expire:lot${next.lot}:${due(next)}`;
      const { sourceKind, sourceId, ruleKey } = next;
      const source = { sourceKind, sourceId, ruleKey };
      const explanation = { rule: 'step', step: 'expire' } as const;
      const times = { programmeVersion: null, explanation, occurredAt: due(next) };
      expire(books, next, { ...source, key, ...times });
    }
  }
}

interface Deed {
  readonly kind: 'earn' | 'reverse' | 'spend' | 'pass';
  readonly source: number;
  readonly points: number;
  readonly after: number;
  readonly wait: number;
}

const deeds = fc.array(
  fc.record<Deed>({
    kind: fc.constantFrom('earn', 'earn', 'reverse', 'spend', 'pass'),
    source: fc.integer({ min: 1, max: 4 }),
    points: fc.integer({ min: 1, max: 30 }),
    after: fc.integer({ min: 0, max: 40 }),
    wait: fc.constantFrom(0, 0, 5, 30),
  }),
  { maxLength: 40 },
);

function carryOut(
  told: readonly Deed[],
  passing: (books: Books) => (moment: number) => void,
): Books {
  const books = emptyBooks();
  const upTo = passing(books);
  let at = 0;
  for (const [index, { kind, source, points, after, wait }] of told.entries()) {
    at += after;
    upTo(at);
    const movement: Movement = {
      ...{ sourceKind: 'order', sourceId: String(source), ruleKey: 'order' },
      ...{ key: `deed${index}`, programmeVersion: 1, occurredAt: at },
      explanation: { rule: 'step', step: kind },
    };
    if (kind === 'earn') earn(books, movement, points, { availableAt: at + wait, now: at });
    if (kind === 'reverse') reverse(books, movement, points, 'unlimited');
    if (kind === 'spend' && books.available > 0) {
      spend(books, movement, 'redeem', 'redeemed', Math.min(points, books.available));
    }
  }
  upTo(NOW);
  return books;
}

describe('the calendar', () => {
  it('writes the same entries as one that looks at every lot before each step', () => {
    fc.assert(
      fc.property(deeds, (told) => {
        const quick = carryOut(told, (books) => calendarOf(books, dateOf, NOW).upTo);
        const plain = carryOut(told, (books) => (moment) => plainly(books, moment));
        expect(quick.entries).toEqual(plain.entries);
        expect(quick.lots).toEqual(plain.lots);
      }),
      { numRuns: 200 },
    );
  });

  it('finds the end of a period of inactivity that a walk over every activity finds', () => {
    const moments = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 30 });
    fc.assert(
      fc.property(moments, fc.integer({ min: 1, max: 40 }), (told, length) => {
        const activity = told.toSorted((a, b) => a - b);
        // To the end of a day of ten: what begins later never ends sooner.
        const endOf = (start: number): number => Math.ceil((start + length) / 10) * 10;
        const quick = lapseBy(activity, endOf);
        for (let availableAt = 0; availableAt < 320; availableAt += 7) {
          const last = activity.findLast((moment) => moment <= availableAt);
          const running = last === undefined ? 0 : endOf(last);
          let end = running > availableAt ? running : endOf(availableAt);
          for (const moment of activity) {
            if (moment > availableAt && moment < end) end = Math.max(end, endOf(moment));
          }
          expect(quick(availableAt)).toBe(end);
        }
      }),
      { numRuns: 100 },
    );
  });
});
