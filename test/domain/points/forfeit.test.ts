/** Whoever was erased keeps a ledger and no points (law 7.3). */
import { expect, it } from 'vitest';
import { earn } from '../../../app/domain/points/books.ts';
import type { Books } from '../../../app/domain/points/books.ts';
import { forfeit } from '../../../app/domain/points/forfeit.ts';
import { day, emptyBooks, faultsOf } from '../fixtures.ts';

const now = day(50);

/** 40 points that can be spent, and so many that are pending. */
function booksWith(pending: number): Books {
  const books = emptyBooks();
  const movement = (key: string) => ({
    ...{ key, sourceKind: 'order', sourceId: key, ruleKey: 'order', programmeVersion: 1 },
    ...{ explanation: { rule: 'step', step: 'earn' } as const, occurredAt: day(10) },
  });
  earn(books, movement('a'), 40, { availableAt: day(10), now });
  if (pending > 0) earn(books, movement('b'), pending, { availableAt: day(90), now });
  return books;
}

it('40 points and 25 pending ones are forfeited by entries that say why (law 7.3)', () => {
  const books = booksWith(25);
  forfeit(books, 'redaction:1', now);
  expect([books.available, books.pending]).toEqual([0, 0]);
  const gone = books.entries.filter(({ kind }) => kind === 'forfeit');
  expect(gone.map(({ from, to, points }) => `${points} ${from} ${to}`)).toEqual([
    ...['40 available forfeited', '25 pending forfeited'],
  ]);
  for (const entry of gone) {
    expect(entry).toMatchObject({
      ...{ sourceKind: 'redaction', sourceId: 'member', ruleKey: 'redaction', occurredAt: now },
      ...{ programmeVersion: null, explanation: { rule: 'redaction', points: 65 } },
    });
    expect(entry.key.startsWith('redaction:1')).toBe(true);
  }
  expect(faultsOf(books)).toEqual([]);
});

it('where nothing is left, nothing is written; what comes later is forfeited under another key', () => {
  const books = booksWith(0);
  forfeit(books, 'redaction:1', now);
  const written = books.entries.length;
  forfeit(books, 'redaction:2', now);
  expect(books.entries).toHaveLength(written);
  earn(
    books,
    {
      ...{ key: 'c', sourceKind: 'order', sourceId: 'c', ruleKey: 'order', programmeVersion: 1 },
      ...{ explanation: { rule: 'step', step: 'earn' }, occurredAt: day(51) },
    },
    5,
    { availableAt: day(51), now: day(51) },
  );
  forfeit(books, 'redaction:3', day(52));
  expect([books.available, faultsOf(books)]).toEqual([0, []]);
});
