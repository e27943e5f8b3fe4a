/** Whoever was erased keeps a ledger and no points: what stands in their books is forfeited by an entry (law 7.3). */
import type { Books, EntryKind, Movement, ProgrammeAccount } from './books.ts';
import { openLots } from './lots-of.ts';
import { takeFrom } from './postings.ts';
import type { Moment } from '../time/shop-time.ts';

/** @param key one of its own for each time: points can come back after the first */
export function forfeit(books: Books, key: string, now: Moment): void {
  const points = books.available + books.pending;
  emptyOut(
    books,
    {
      key,
      sourceKind: 'redaction',
      sourceId: 'member',
      ruleKey: 'redaction',
      programmeVersion: null,
      explanation: { rule: 'redaction', points },
      occurredAt: now,
    },
    'forfeit',
    'forfeited',
  );
}

/** Takes whatever stands in the lots, pending points included: a member leaves the programme. */
export function emptyOut(
  books: Books,
  movement: Movement,
  kind: EntryKind,
  to: ProgrammeAccount,
): void {
  takeFrom(books, openLots(books), movement, { kind, to }, books.available + books.pending);
}
