/** Whoever was erased keeps a ledger and no points: what stands in their books is forfeited by an entry (law 7.3). */
import { emptyOut } from './books.ts';
import type { Books } from './books.ts';
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
