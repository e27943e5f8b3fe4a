/** What an award was, read back from the entries that its steps made: their keys name the steps. */
import type { AwardStep } from '../points/awards.ts';
import type { Source } from '../points/books.ts';
import type { Moment } from '../time/shop-time.ts';

/** One movement between the programme and a member for an award; what was taken back is negative. */
export interface Posting extends Source {
  readonly key: string;
  readonly points: number;
  readonly programmeVersion: number | null;
  readonly occurredAt: Moment;
}

export interface AwardByEntries extends Source {
  readonly posted: number;
  readonly steps: readonly AwardStep[];
  readonly corrections: number;
  readonly programmeVersion: number;
  readonly occurredAt: Moment;
  /** Whether the steps alone tell it: not where a merge or a policy had a part in it. */
  readonly told: boolean;
}

/** @param postings of one award, oldest first; at least one */
export function awardByEntries(
  source: Source,
  postings: readonly [Posting, ...Posting[]],
): AwardByEntries {
  const prefix = `${source.sourceKind}:${source.sourceId}:${source.ruleKey}:`;
  const steps = new Map<string, { points: number; at: Moment }>();
  let corrections = 0;
  let named = 0;
  for (const { key, points, occurredAt } of postings) {
    const found = key.startsWith(prefix)
      ? /^(.+?)(?::again(\d+))?(?:\/[^/]*)?$/.exec(key.slice(prefix.length))
      : null;
    const step = found?.[1];
    if (step === undefined) continue;
    corrections = Math.max(corrections, Number(found?.[2] ?? 0));
    const before = steps.get(step);
    steps.set(step, { points: (before?.points ?? 0) + points, at: before?.at ?? occurredAt });
    named += points;
  }
  const posted = postings.reduce((sum, { points }) => sum + points, 0);
  // A hand moves points in one step, under a key of its own.
  if (source.sourceKind === 'adjustment')
    steps.set('earn', { points: posted, at: postings[0].occurredAt });
  return {
    sourceKind: source.sourceKind,
    sourceId: source.sourceId,
    ruleKey: source.ruleKey,
    posted,
    steps: [...steps].map(([step, { points, at }]): AwardStep => [step, points, at]),
    corrections,
    programmeVersion:
      postings.findLast((one) => one.programmeVersion !== null)?.programmeVersion ?? 0,
    occurredAt: postings[0].occurredAt,
    told: named === posted,
  };
}
