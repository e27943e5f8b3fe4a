/**
 * The engine. A pure function from what is known of a member (facts, books, programme versions, the
 * moment) to what is to be written. It is run again whenever a fact changes and posts differences
 * only, so whatever comes late, twice or out of order ends in the same books.
 */
import { inForceBadgesAndChallenges } from './decide-reaches.ts';
import type { ProgressRow } from './decide-reaches.ts';
import {
  joinTargets,
  orderTargets,
  othersReviews,
  reviewTargets,
  withdrawn,
} from './decide-targets.ts';
import type { OrderFacts } from './orders/order-facts.ts';
import type { Standing } from './orders/standing.ts';
import { awardKey, settle } from './points/awards.ts';
import type { Award, Target } from './points/awards.ts';
import type { Books } from './points/books.ts';
import { inForce, termsForOrder } from './programme/terms.ts';
import type { ShopTerms } from './programme/terms.ts';
import type { ReviewFacts } from './reviews/review-facts.ts';
import { climb, countNow, standBefore } from './tiers/climb.ts';
import type { Rung, Stand } from './tiers/climb.ts';
import type { Step } from './tiers/metric.ts';
import type { Moment } from './time/shop-time.ts';

export interface MemberCase {
  readonly memberId: string;
  /** When the customer account began, if that is known: joining is decided by it. */
  readonly customerCreatedAt: Moment | null;
  readonly books: Books;
  /** All orders of the member, the changed ones as they are now. */
  readonly standings: readonly Standing[];
  /** All reviews of the member, the changed ones as they are now. */
  readonly reviews: readonly ReviewFacts[];
  /** All awards of the member; explanations may be left out of those that are not looked at. */
  readonly awards: readonly Award[];
  /** Orders whose awards are to be decided. */
  readonly orders: readonly OrderFacts[];
  /** Orders that are no longer this member's: their awards go back to nothing. */
  readonly leftOrderIds: readonly string[];
}

export interface Decision {
  readonly awards: readonly Award[];
  readonly progress: readonly ProgressRow[];
  readonly stand: Stand | null;
  /** Progress to the next tier, for the storefront and the admin. */
  readonly ladder: LadderProgress | null;
  /** Orders whose tier at the time turned out to be another than their award was made with. */
  readonly lookAgainAt: readonly string[];
}

export interface LadderProgress {
  readonly metric: string;
  readonly have: number;
  readonly next: Rung | null;
}

export function decide(member: MemberCase, shop: ShopTerms, now: Moment): Decision {
  const awards = new Map(member.awards.map((award) => [awardKey(award), award]));
  const changed = new Map<string, Award>();
  const post = (target: Target): void => {
    const award = settle(member.books, awards.get(awardKey(target)) ?? null, target, now);
    if (!award) return;
    awards.set(awardKey(award), award);
    changed.set(awardKey(award), award);
  };

  const standings = [...member.standings].sort(
    (a, b) => a.placedAt - b.placedAt || compareIds(a.orderId, b.orderId),
  );
  const climbed = (): readonly Stand[] =>
    climb(
      shop.versions.map(({ ladder }) => ladder),
      stepsOf(standings, awards.values(), shop, now),
      now,
      shop.timeZone,
    );
  // Only ladders that climb by points depend on what is being posted.
  const before = climbed();
  const stands = climbsByPoints(shop) ? climbed : () => before;

  const orders = [...member.orders].sort(
    (a, b) => placedAt(a) - placedAt(b) || compareIds(a.id, b.id),
  );
  for (const facts of orders) {
    for (const target of orderTargets(
      facts,
      shop,
      standBefore(stands(), placedAt(facts)),
      awards,
    )) {
      post(target);
    }
  }
  for (const orderId of member.leftOrderIds) {
    for (const target of withdrawn('order', orderId, awards.values())) post(target);
  }
  if (member.customerCreatedAt !== null) {
    for (const target of joinTargets(member.customerCreatedAt, shop)) post(target);
  }
  for (const review of member.reviews) {
    for (const target of reviewTargets(review, shop)) post(target);
  }
  for (const target of othersReviews(member.reviews, awards.values())) post(target);
  const reaches = inForceBadgesAndChallenges(standings, member.reviews, shop, awards, now);
  for (const target of reaches.targets) post(target);

  const finalStands = stands();
  return {
    awards: [...changed.values()],
    progress: reaches.progress,
    stand: finalStands.at(-1) ?? null,
    ladder: ladderProgress(standings, awards.values(), shop, finalStands.at(-1) ?? null, now),
    lookAgainAt: tierChangedUnder(member, standings, awards, finalStands, shop),
  };
}

/** What the ladders count: orders that count, and points of awards that qualify. */
function stepsOf(
  standings: readonly Standing[],
  awards: Iterable<Award>,
  shop: ShopTerms,
  now: Moment,
): Step[] {
  const testsCount = inForce(shop, now)?.version.document.testOrdersEarn ?? false;
  const steps: Step[] = [];
  const counting = new Set<string>();
  for (const standing of standings) {
    if (!standing.counts || (standing.test && !testsCount)) continue;
    counting.add(standing.orderId);
    for (const [at, spendMinor, orders] of standing.changes) {
      steps.push({ at, spendMinor, orders, points: 0, countsFrom: standing.placedAt });
    }
  }
  if (climbsByPoints(shop)) {
    for (const award of awards) {
      // Points of an order that is not paid are on their way, and not earned yet.
      if (!award.qualifies) continue;
      if (award.sourceKind === 'order' && !counting.has(award.sourceId)) continue;
      for (const [, points, at] of award.steps) {
        steps.push({ at, spendMinor: 0, orders: 0, points, countsFrom: award.occurredAt });
      }
    }
  }
  return steps.sort((a, b) => a.at - b.at);
}

function climbsByPoints(shop: ShopTerms): boolean {
  return shop.versions.some(({ ladder }) => ladder.metric === 'points');
}

function ladderProgress(
  standings: readonly Standing[],
  awards: Iterable<Award>,
  shop: ShopTerms,
  stand: Stand | null,
  now: Moment,
): LadderProgress | null {
  const ladder = inForce(shop, now)?.ladder;
  if (!ladder) return null;
  const have = countNow(ladder, stepsOf(standings, awards, shop, now), now, shop.timeZone);
  const above = stand?.rung ? stand.rung.need : -1;
  const next = ladder.rungs.find((rung) => rung.need > above) ?? null;
  return { metric: ladder.metric, have, next };
}

/** A fact that came late can change the tier under which other orders were placed. */
function tierChangedUnder(
  member: MemberCase,
  standings: readonly Standing[],
  awards: ReadonlyMap<string, Award>,
  stands: readonly Stand[],
  shop: ShopTerms,
): string[] {
  const placed = new Map(standings.map((standing) => [standing.orderId, standing.placedAt]));
  const left = new Set(member.leftOrderIds);
  const again = new Set<string>();
  for (const award of awards.values()) {
    if (award.sourceKind !== 'order' || award.ruleKey === '-' || left.has(award.sourceId)) continue;
    const at = placed.get(award.sourceId);
    if (at === undefined) continue;
    const terms = termsForOrder(shop, at);
    if (!terms?.earning.some(({ key }) => key === award.ruleKey)) continue;
    const rung = standBefore(stands, at)?.rung ?? null;
    if ((rung?.key ?? null) !== award.tierKey) again.add(award.sourceId);
  }
  return [...again];
}

/** Orders of one second keep one order, whoever reads them from where. */
function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

function placedAt(facts: OrderFacts): Moment {
  return facts.snapshot?.placedAt ?? 0;
}
