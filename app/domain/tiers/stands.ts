/** The member's facts as the ladders of tiers read them. */
import { climb, countNow } from './climb.ts';
import type { Rung, Stand } from './climb.ts';
import type { Step } from './metric.ts';
import type { Standing } from '../orders/standing.ts';
import type { Award } from '../points/awards.ts';
import { inForce } from '../programme/terms.ts';
import type { ShopTerms } from '../programme/terms.ts';
import type { Moment } from '../time/shop-time.ts';

/** What a member did, as far as ladders look at it. */
export interface Climbing {
  /** Oldest first. */
  readonly standings: readonly Standing[];
  readonly awards: ReadonlyMap<string, Award>;
}

export interface LadderProgress {
  readonly metric: string;
  readonly have: number;
  readonly next: Rung | null;
}

/** Every stand up to now, oldest first. */
export function standsOf(member: Climbing, shop: ShopTerms, now: Moment): readonly Stand[] {
  return climb(
    shop.versions.map(({ ladder }) => ladder),
    stepsOf(member, shop, now),
    now,
    shop.timeZone,
  );
}

export function ladderProgress(
  member: Climbing,
  shop: ShopTerms,
  stand: Stand | null,
  now: Moment,
): LadderProgress | null {
  const ladder = inForce(shop, now)?.ladder;
  if (!ladder) return null;
  const have = countNow(ladder, stepsOf(member, shop, now), now, shop.timeZone);
  const above = stand?.rung ? stand.rung.need : -1;
  const next = ladder.rungs.find((rung) => rung.need > above) ?? null;
  return { metric: ladder.metric, have, next };
}

export function climbsByPoints(shop: ShopTerms): boolean {
  return shop.versions.some(({ ladder }) => ladder.metric === 'points');
}

/** What the ladders count: orders that count, and points of awards that qualify. */
function stepsOf({ standings, awards }: Climbing, shop: ShopTerms, now: Moment): Step[] {
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
    for (const award of awards.values()) {
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
