/** Deeds that can keep a streak alive. A new one is a line of this list. */
import type { Activity, ActivityKind } from '../activities/activity.ts';
import { playsOf } from '../games/plays.ts';
import type { Standing } from '../orders/standing.ts';
import { registryOf } from '../registry.ts';
import type { ReviewFacts } from '../reviews/review-facts.ts';
import type { Moment } from '../time/shop-time.ts';

/** What counts of a member's facts. */
export interface StreakFacts {
  readonly orders: readonly Standing[];
  readonly reviews: readonly ReviewFacts[];
  readonly activities: readonly Activity[];
  readonly testOrdersCount: boolean;
}

export interface StreakDeed {
  readonly kind: string;
  readonly label: string;
  /** When it was done, as far as it still stands. */
  readonly moments: (facts: StreakFacts) => readonly Moment[];
}

export const streakDeeds = registryOf<StreakDeed>('deed', [
  { kind: 'order', label: 'Buying', moments: ordersKept },
  { kind: 'review', label: 'Reviewing', moments: reviewsPublished },
  done('visit', 'Coming back signed in'),
  done('social-share', 'Sharing'),
  done('receipt', 'Approved receipts'),
  done('survey', 'Answering a survey'),
  done('answers', 'Answering a quiz'),
  { kind: 'draw', label: 'Playing a game', moments: gamesPlayed },
  done('custom', 'Custom actions'),
]);

/** By when it was placed, while something of it is kept. */
function ordersKept({ orders, testOrdersCount }: StreakFacts): readonly Moment[] {
  return orders
    .filter(({ counts, test }) => counts && (!test || testOrdersCount))
    .filter(({ changes }) => changes.reduce((sum, [, , pieces]) => sum + pieces, 0) > 0)
    .map(({ placedAt }) => placedAt);
}

function reviewsPublished({ reviews }: StreakFacts): readonly Moment[] {
  return reviews.filter(({ published }) => published).map(({ createdAt }) => createdAt);
}

/** What the end of a giveaway brings, and an age that was confirmed, are no play. */
function gamesPlayed({ activities }: StreakFacts): readonly Moment[] {
  return playsOf(activities)
    .filter(({ as }) => as !== 'win')
    .map(({ at }) => at);
}

function done(kind: ActivityKind, label: string): StreakDeed {
  return {
    kind,
    label,
    moments: ({ activities }) =>
      activities.flatMap((one) =>
        one.kind === kind && one.state === 'approved' && one.withdrawnAt === null
          ? (one.occurredAt ?? [])
          : [],
      ),
  };
}
