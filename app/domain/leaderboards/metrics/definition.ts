import type { z } from 'zod';
import type { Field, Words } from '../../fields.ts';
import type { Standing } from '../../orders/standing.ts';
import type { Award } from '../../points/awards.ts';
import type { ReviewFacts } from '../../reviews/review-facts.ts';
import type { Moment } from '../../time/shop-time.ts';
import type { Season } from '../seasons.ts';

/** What a score is made of: so much, at a moment. */
export interface Scored {
  readonly at: Moment;
  readonly amount: number;
}

/** What of a member can be scored; the metric looks at what lies in the season. */
export interface ScoreFacts {
  readonly span: Pick<Season, 'startsAt' | 'endsAt' | 'settlesAt'>;
  readonly currency: string;
  /** Paid orders of members in the shop's currency that are no tests, by their id. */
  readonly orders: ReadonlyMap<string, Standing>;
  readonly awards: Iterable<Award>;
  /** Published ones. */
  readonly reviews: readonly ReviewFacts[];
  /** Friends who brought a prize, by when they did. */
  readonly referrals: readonly Scored[];
  /** Challenges that are complete, since when, by their keys. */
  readonly challenges: readonly { readonly key: string; readonly at: Moment }[];
  /** How far the member is in a challenge by what lies in the season. */
  readonly progressOf: (challenge: string) => number;
}

/** What leaderboards rank by: a pure function of a member's facts. */
export interface ScoreMetric<Settings = unknown> {
  readonly kind: string;
  readonly words: Words & { readonly unit: string };
  readonly settings: z.ZodType<Settings>;
  readonly defaults: Settings;
  readonly fields: readonly Field[];
  /** Whether the amount is told to nobody but the member. */
  readonly hidden: boolean;
  readonly scored: (settings: Settings, facts: ScoreFacts) => readonly Scored[];
}

export function isWithin(
  { startsAt, endsAt }: Pick<Season, 'startsAt' | 'endsAt'>,
  at: Moment,
): boolean {
  return at >= startsAt && at < endsAt;
}

/**
 * What came to in the season and what was left of it when it was settled, whichever is less: after the
 * end refunds still take, and nothing adds.
 */
export function keptOf(
  changes: readonly (readonly [at: Moment, amount: number])[],
  { endsAt, settlesAt }: Pick<Season, 'endsAt' | 'settlesAt'>,
): number {
  let [atEnd, settled] = [0, 0];
  for (const [at, amount] of changes) {
    if (at < settlesAt) settled += amount;
    if (at < endsAt) atEnd += amount;
  }
  return Math.max(0, Math.min(atEnd, settled));
}
