import type { Standing } from '../orders/standing.ts';
import type { ReviewFacts } from '../reviews/review-facts.ts';
import type { Moment } from '../time/shop-time.ts';

/** Everything a badge or a challenge may look at. */
export interface MemberFacts {
  /** Orders that count, oldest first. */
  readonly orders: readonly Standing[];
  /** Published reviews, oldest first. */
  readonly reviews: readonly ReviewFacts[];
}

/** How far a member is: `completedAt` is the moment of the fact that completed it. */
export interface Reach {
  readonly have: number;
  readonly need: number;
  /** What was counted, in words the member knows, e.g. the categories bought from. */
  readonly counted: readonly string[];
  readonly completedAt: Moment | null;
}
