import type { Books, EntryKind, Movement, ProgrammeAccount } from './books.ts';
import { lotsOf } from './lots-of.ts';
import { takeFrom } from './postings.ts';

/** Takes what is left of the movement's own source, and nothing else. @returns how much that was */
export function takeOwn(
  books: Books,
  movement: Movement,
  kind: EntryKind,
  to: ProgrammeAccount,
): number {
  const own = lotsOf(books, movement).filter(({ remaining }) => remaining > 0);
  const points = own.reduce((sum, { remaining }) => sum + remaining, 0);
  takeFrom(books, own, movement, { kind, to }, points);
  return points;
}
