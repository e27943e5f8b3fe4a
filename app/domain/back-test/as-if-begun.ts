/**
 * A draft as if everybody had always taken part in one of its challenges: who opts in, or is among the
 * first so many, nobody knows before it runs.
 */
import type { ProgrammeDocument } from '../programme/document.ts';
import { DAY } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export function asIfBegun(
  document: ProgrammeDocument,
  challengeKey: string,
  now: Moment,
): ProgrammeDocument {
  return {
    ...document,
    challenges: document.challenges.map((challenge) => {
      if (challenge.key !== challengeKey) return challenge;
      const { window, startsAt } = challenge;
      const open = { ...challenge, joining: 'automatic', capacity: null, backfill: true } as const;
      if (window.kind !== 'rolling' || window.from === 'became-member') return open;
      // Whoever had joined it so many days ago would be at its end now.
      const from = new Date(now - window.days * DAY).toISOString();
      const begun = startsAt !== null && startsAt > from ? startsAt : from;
      return { ...open, startsAt: begun, window: { ...window, kind: 'fixed' } };
    }),
  };
}
