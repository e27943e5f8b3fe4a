/** What keeps a balance alive where it expires by inactivity: earning and spending, nothing else. */
import type { Award } from './awards.ts';
import type { Redemption } from './redemption.ts';
import type { Standing } from '../orders/standing.ts';
import { inForce } from '../programme/terms.ts';
import type { ShopTerms } from '../programme/terms.ts';
import { wasShown } from '../reviews/review-facts.ts';
import type { ReviewFacts } from '../reviews/review-facts.ts';
import type { Moment } from '../time/shop-time.ts';

/** Presents, days that come by themselves, and what orders and reviews tell by themselves. */
const NOT_BY_AWARDS: ReadonlySet<string> = new Set([
  'order',
  'review',
  'adjustment',
  'birthday',
  'anniversary',
  'badge',
  'challenge',
  'streak',
  'leaderboard',
  'game',
  'tier',
]);

export interface Doings {
  readonly standings: readonly Standing[];
  readonly reviews: readonly ReviewFacts[];
  readonly awards: Iterable<Award>;
  readonly redemptions: Iterable<Redemption>;
}

/** Oldest first. A refund does not undo that something was bought, nor taking a review down that it was written. */
export function activityOf(doings: Doings, shop: ShopTerms, now: Moment): readonly Moment[] {
  const testsCount = inForce(shop, now)?.version.document.testOrdersEarn ?? false;
  const moments: Moment[] = [];
  for (const standing of doings.standings) {
    if (!standing.counts || (standing.test && !testsCount)) continue;
    if (standing.changes.some(([, , orders]) => orders > 0)) moments.push(standing.placedAt);
  }
  for (const review of doings.reviews) if (wasShown(review)) moments.push(review.createdAt);
  for (const award of doings.awards) {
    if (NOT_BY_AWARDS.has(award.sourceKind) || !award.qualifies) continue;
    if (award.steps.some(([, points]) => points > 0)) moments.push(award.occurredAt);
  }
  // What is given for nothing is a present, too.
  for (const { reservedAt, points } of doings.redemptions) {
    if (points > 0) moments.push(reservedAt);
  }
  return moments.filter((moment) => moment <= now).sort((a, b) => a - b);
}
