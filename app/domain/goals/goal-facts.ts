/** What goals look at: the facts of one member, within the time that counts. */
import type { ActivityContent, ActivityKind } from '../activities/activity.ts';
import type { Standing } from '../orders/standing.ts';
import type { ReviewFacts } from '../reviews/review-facts.ts';
import type { Moment } from '../time/shop-time.ts';

/** Kinds of facts; "activity:visit" for each kind of what else members do. */
export type Topic =
  'order' | 'review' | 'referral' | 'tier' | 'membership' | 'reached' | `activity:${ActivityKind}`;

/** Each is worked out when it is first looked at. */
export interface GoalFacts {
  /** Orders that count, oldest first. */
  readonly orders: readonly Standing[];
  /** Published reviews, oldest first. */
  readonly reviews: readonly ReviewFacts[];
  /** Whatever else was done and still stands, oldest first. */
  readonly deeds: readonly DeedDone[];
  /** Friends who brought a prize, by when they did. */
  readonly referrals: readonly { readonly id: string; readonly at: Moment }[];
  /** Tiers that were entered, oldest first; `null` below the first. The first is the one held when the time began. */
  readonly tiers: readonly { readonly key: string | null; readonly at: Moment }[];
  readonly joinedAt: Moment | null;
  /**
   * What else was reached, since when: "challenge:explorer", "badge:fan", "streak:daily:7". What can be
   * reached again has its round, season or level behind it: "badge:fan@2026-01-01/silver"; a streak
   * its beginning: "streak:daily:7@2026-01-01".
   */
  readonly reached: ReadonlyMap<string, Moment>;
  readonly now: Moment;
  readonly timeZone: string;
  readonly currency: string;
}

export interface DeedDone {
  readonly kind: ActivityKind;
  readonly id: string;
  readonly at: Moment;
  readonly content: ActivityContent;
}

/** How far a member is: `completedAt` is the moment of the fact that completed it. */
export interface Reach {
  readonly have: number;
  readonly need: number;
  /** What was counted, in words the member knows, e.g. the categories bought from. */
  readonly counted: readonly string[];
  /** A moment that is still to come is one at which time alone will complete it. */
  readonly completedAt: Moment | null;
  /** Of a goal that is made of several, in their order. */
  readonly steps?: readonly StepReach[];
}

export interface StepReach {
  /** The merchant's, or that of its goal. */
  readonly name: string;
  /** Whether it counts money, in minor units. */
  readonly money: boolean;
  readonly have: number;
  readonly need: number;
  readonly completedAt: Moment | null;
}

/**
 * What happened after a moment. What simply holds stays: who is in a tier, or has a badge, is and has it
 * afterwards, too.
 */
export function factsAfter(facts: GoalFacts, after: Moment): GoalFacts {
  if (after === -Infinity) return facts;
  const { joinedAt, reached, tiers, now, timeZone, currency } = facts;
  return {
    ...{ joinedAt, reached, tiers, now, timeZone, currency },
    orders: facts.orders.filter(({ placedAt }) => placedAt > after),
    reviews: facts.reviews.filter(({ createdAt }) => createdAt > after),
    deeds: facts.deeds.filter(({ at }) => at > after),
    referrals: facts.referrals.filter(({ at }) => at > after),
  };
}

/** Of whom nothing is known. */
export const NO_FACTS: GoalFacts = {
  ...{ orders: [], reviews: [], deeds: [], referrals: [], tiers: [] },
  ...{ joinedAt: null, reached: new Map(), now: 0, timeZone: 'UTC', currency: 'USD' },
};
