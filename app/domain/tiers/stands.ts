/** The member's facts as the ladders of tiers read them. */
import { climb } from './climb.ts';
import type { Climb } from './climb.ts';
import type { TierGrant } from './grants.ts';
import type { Step } from './metric.ts';
import type { GrantedSpans } from '../memberships/course.ts';
import type { Standing } from '../orders/standing.ts';
import type { Award } from '../points/awards.ts';
import { inForce } from '../programme/terms.ts';
import type { ShopTerms } from '../programme/terms.ts';
import type { Moment } from '../time/shop-time.ts';

/** What a member did and was given, as far as ladders look at it. */
export interface Climbing {
  /** Oldest first. */
  readonly standings: readonly Standing[];
  readonly awards: ReadonlyMap<string, Award>;
  /** Tiers granted by agents. */
  readonly grants: readonly TierGrant[];
  /** Tiers granted by memberships that were bought. */
  readonly bought: GrantedSpans;
  readonly joinedAt: Moment;
}

/** Where they stood up to now. */
export function climbOf(member: Climbing, shop: ShopTerms, now: Moment): Climb {
  const ladders = shop.versions.map(({ ladder }) => ladder);
  const counting = countingOrders(member.standings, shop, now);
  return climb(ladders, stepsOf(counting, member.awards, shop), now, {
    zone: shop.timeZone,
    joinedAt: member.joinedAt,
    grants: member.grants,
    bought: member.bought,
  });
}

/** Orders that are paid, and no tests unless the programme says so. */
export function countingOrders(
  standings: readonly Standing[],
  shop: ShopTerms,
  now: Moment,
): readonly Standing[] {
  const testsCount = inForce(shop, now)?.version.document.testOrdersEarn ?? false;
  return standings.filter(({ counts, test }) => counts && (!test || testsCount));
}

export function climbsByPoints(shop: ShopTerms): boolean {
  return shop.versions.some(({ ladder }) => ladder.metric === 'points');
}

/** What the ladders count: orders that count, and points of awards that qualify. */
function stepsOf(
  counting: readonly Standing[],
  awards: ReadonlyMap<string, Award>,
  shop: ShopTerms,
): Step[] {
  const steps = counting.flatMap(({ changes, placedAt }) =>
    changes.map(([at, spendMinor, orders]): Step => ({
      ...{ at, spendMinor, orders, points: 0 },
      countsFrom: placedAt,
    })),
  );
  if (!climbsByPoints(shop)) return steps;
  const orders = new Set(counting.map(({ orderId }) => orderId));
  for (const award of awards.values()) {
    if (!award.qualifies) continue;
    if (award.sourceKind === 'order' && !orders.has(award.sourceId)) continue;
    const countsFrom = countingFrom(award, shop);
    if (countsFrom === null) continue;
    for (const [, points, at] of award.steps) {
      steps.push({ at, spendMinor: 0, orders: 0, points, countsFrom });
    }
  }
  return steps;
}

/** Points of an order count once they can be spent, unless its version counts pending ones, too. */
function countingFrom(award: Award, shop: ShopTerms): Moment | null {
  const { sourceKind, occurredAt, availableAt = occurredAt, programmeVersion } = award;
  if (sourceKind !== 'order') return occurredAt;
  const terms = shop.versions.find(({ version }) => version.version === programmeVersion);
  if (terms?.version.document.pendingCountsForTiers) return occurredAt;
  return availableAt && Math.max(availableAt, occurredAt);
}
