/** A streak as the engine uses it. */
import type { StreakDocument } from './settings.ts';
import { parseRational } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';
import type { Prize } from '../prizes/give-prizes.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Milestone {
  /** Periods in a row. */
  readonly at: number;
  readonly prize: Prize;
  /** What orders of the days after it are multiplied by. */
  readonly boost: { readonly by: Rational; readonly days: number } | null;
}

/** Only one that is switched on. */
export interface StreakTerms extends Omit<
  StreakDocument,
  'enabled' | 'milestones' | 'startsAt' | 'endsAt'
> {
  readonly milestones: readonly Milestone[];
  /** From this moment on, until just before that one. */
  readonly from: Moment;
  readonly until: Moment;
}

export function streakTerms({
  enabled: _,
  milestones,
  startsAt,
  endsAt,
  ...streak
}: StreakDocument): StreakTerms {
  return {
    ...streak,
    milestones: milestones.map(({ at, points, reward, badge, multiplier, days }) => ({
      at,
      prize: { points, reward, badge },
      boost: multiplier === '' ? null : { by: parseRational(multiplier), days },
    })),
    from: startsAt === null ? Number.NEGATIVE_INFINITY : Date.parse(startsAt),
    until: endsAt === null ? Number.POSITIVE_INFINITY : Date.parse(endsAt),
  };
}
