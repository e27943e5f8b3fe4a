/** Points of a gift in a member's books: given once, and what is left of them taken back. */
import { expect, it } from 'vitest';
import { givePoints, takeBackPoints } from '../../../app/domain/gifts/give-points.ts';
import { spend } from '../../../app/domain/points/books.ts';
import { ownEnd } from '../../../app/domain/points/own-end.ts';
import { day, emptyBooks, faultsOf } from '../fixtures.ts';

const gift = { giftId: '7', memberId: 'm1', points: 100, reason: 'Thank you', end: day(90) };
const source = { sourceKind: 'adjustment', sourceId: 'gift:7:m1' };

it('100 points are given with their reason and their own end', () => {
  const books = emptyBooks();
  const award = givePoints(books, gift, day(10));
  expect(award).toMatchObject({
    ...{ ...source, posted: 100, corrections: 0, qualifies: false, programmeVersion: 0 },
    ...{ steps: [['earn', 100, day(10)]], occurredAt: day(10), availableAt: day(10) },
    explanation: { rule: 'gift', step: 'give', reason: 'Thank you', points: 100 },
  });
  expect([ownEnd(award.ruleKey), books.available, faultsOf(books)]).toEqual([day(90), 100, []]);
  expect(books.entries).toMatchObject([
    { key: 'adjustment:gift:7:m1:give', kind: 'adjust', from: 'adjusted', to: 'available' },
  ]);
  const without = givePoints(emptyBooks(), { ...gift, end: null }, day(10));
  expect([without.ruleKey, ownEnd(without.ruleKey)]).toEqual(['gift', null]);
});

it('of 100, of which 30 were spent, 70 are taken back, and nothing a second time', () => {
  const books = emptyBooks();
  const award = givePoints(books, gift, day(10));
  const other = givePoints(books, { ...gift, giftId: '8', points: 500, end: null }, day(10));
  const spent = { ...source, key: 'spent', ruleKey: '-', programmeVersion: null };
  const explanation = { rule: 'step', step: 'reserve' } as const;
  // What ends first goes first: the 30 are of the gift that has an end.
  spend(books, { ...spent, explanation, occurredAt: day(11) }, 'redeem', 'redeemed', 30);
  const back = takeBackPoints(books, gift, [other, award], day(12));
  expect(back).toMatchObject({
    taken: 70,
    award: {
      ...{ ...source, posted: 30, corrections: 1 },
      steps: [
        ['earn', 100, day(10)],
        ['undo', -70, day(12)],
      ],
    },
  });
  expect([books.available, faultsOf(books)]).toEqual([500, []]);
  const written = books.entries.length;
  expect(takeBackPoints(books, gift, [other, award], day(13))).toEqual({ taken: 0, award: null });
  expect(books.entries).toHaveLength(written);
});
