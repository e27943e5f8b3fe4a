/**
 * The engine. A pure function from what is known of a member (facts, books, programme versions, the
 * moment) to what is to be written. It is run again whenever a fact changes and posts differences
 * only, so whatever comes late, twice or out of order ends in the same books.
 */
import { inForceBadgesAndChallenges } from './decide-reaches.ts';
import type { ProgressRow } from './decide-reaches.ts';
import { ONE, parseRational } from './money/rational.ts';
import type { OrderFacts } from './orders/order-facts.ts';
import type { Standing } from './orders/standing.ts';
import { awardKey, settle } from './points/awards.ts';
import type { Award, Target } from './points/awards.ts';
import type { Books } from './points/books.ts';
import type { EarningFact, EarningTerms } from './earning/definition.ts';
import { inForce, termsForOrder } from './programme/terms.ts';
import type { ProgrammeTerms, ShopTerms } from './programme/terms.ts';
import type { ReviewFacts } from './reviews/review-facts.ts';
import { climb, countNow, standAt } from './tiers/climb.ts';
import type { Rung, Stand } from './tiers/climb.ts';
import type { Step } from './tiers/metric.ts';
import { addDays } from './time/shop-time.ts';
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

  const standings = [...member.standings].sort((a, b) => a.placedAt - b.placedAt);
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

  const orders = [...member.orders].sort((a, b) => placedAt(a) - placedAt(b));
  for (const facts of orders) {
    for (const target of orderTargets(facts, shop, standAt(stands(), placedAt(facts)), awards)) {
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

/** Every order rule's target; an order without a rule gets the award "-" that says why it earns nothing. */
function orderTargets(
  facts: OrderFacts,
  shop: ShopTerms,
  stand: Stand | null,
  awards: ReadonlyMap<string, Award>,
): Target[] {
  const { snapshot } = facts;
  if (!snapshot) return [];
  const terms = termsForOrder(shop, snapshot.placedAt);
  const days = terms?.version.document.maturityDays ?? 0;
  const fact: EarningFact = { kind: 'order', facts, snapshot };
  const availableAt = facts.paidAt === null ? null : addDays(facts.paidAt, days, shop.timeZone);
  const found = terms
    ? worths(fact, shop, terms, stand?.rung ?? null, {
        sourceKind: 'order',
        sourceId: facts.id,
        occurredAt: snapshot.placedAt,
        availableAt,
      })
    : [];
  if (found.length > 0) {
    const due = new Set(found.map(({ ruleKey }) => ruleKey));
    const others = [...awards.values()].filter((award) => !due.has(award.ruleKey));
    return [...found, ...withdrawn('order', facts.id, others)];
  }
  return [
    {
      sourceKind: 'order',
      sourceId: facts.id,
      ruleKey: '-',
      programmeVersion: terms?.version.version ?? 0,
      tierKey: null,
      qualifies: false,
      occurredAt: snapshot.placedAt,
      availableAt: null,
      clawback: 'unlimited',
      steps: [],
      explanation: {
        rule: 'order',
        programmeVersion: terms?.version.version ?? 0,
        ruleName: '',
        currency: snapshot.currency,
        lines: [],
        excluded: [],
        baseMinor: '0',
        rate: null,
        multiplier: '1',
        multiplierBecause: null,
        exact: '0',
        points: 0,
        nothingBecause: terms ? 'rule-off' : 'no-programme',
      },
    },
    ...withdrawn(
      'order',
      facts.id,
      [...awards.values()].filter(({ ruleKey }) => ruleKey !== '-'),
    ),
  ];
}

function joinTargets(at: Moment, shop: ShopTerms): Target[] {
  const terms = inForce(shop, at);
  if (!terms) return [];
  return worths({ kind: 'join', at }, shop, terms, null, {
    sourceKind: 'join',
    sourceId: 'member',
    occurredAt: at,
    availableAt: at,
  });
}

function reviewTargets(review: ReviewFacts, shop: ShopTerms): Target[] {
  const terms = inForce(shop, review.createdAt);
  if (!terms) return [];
  return worths({ kind: 'review', review }, shop, terms, null, {
    sourceKind: 'review',
    sourceId: `${review.provider}:${review.id}`,
    occurredAt: review.createdAt,
    availableAt: review.createdAt,
  });
}

function worths(
  fact: EarningFact,
  shop: ShopTerms,
  terms: ProgrammeTerms,
  rung: Rung | null,
  about: Pick<Target, 'sourceKind' | 'sourceId' | 'occurredAt' | 'availableAt'>,
): Target[] {
  const { version } = terms;
  return terms.earning.flatMap((rule) => {
    const earning: EarningTerms = {
      programmeVersion: version.version,
      ruleName: rule.name,
      currency: shop.currency,
      testOrdersCount: version.document.testOrdersEarn,
      multiplier: rung
        ? { by: parseRational(rung.multiplier), because: rung.name }
        : { by: ONE, because: null },
    };
    const worth = rule.definition.worth(rule.settings, fact, earning);
    if (!worth) return [];
    return [
      {
        ...about,
        ruleKey: rule.key,
        programmeVersion: version.version,
        tierKey: rung?.key ?? null,
        qualifies: true,
        clawback: version.document.clawback,
        steps: worth.steps,
        explanation: worth.explanation,
      },
    ];
  });
}

/** Awards of a source that are no longer due: their target is nothing. */
function withdrawn(sourceKind: string, sourceId: string, awards: Iterable<Award>): Target[] {
  return [...awards]
    .filter((award) => award.sourceKind === sourceKind && award.sourceId === sourceId)
    .filter((award) => award.posted > 0)
    .map((award) => ({ ...award, steps: [], availableAt: null, clawback: 'unlimited' as const }));
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
  for (const standing of standings) {
    if (!standing.counts || (standing.test && !testsCount)) continue;
    for (const [at, spendMinor, orders] of standing.changes) {
      steps.push({ at, spendMinor, orders, points: 0, countsFrom: standing.placedAt });
    }
  }
  if (climbsByPoints(shop)) {
    for (const award of awards) {
      if (!award.qualifies) continue;
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
    const rung = standAt(stands, at)?.rung ?? null;
    if ((rung?.key ?? null) !== award.tierKey) again.add(award.sourceId);
  }
  return [...again];
}

function placedAt(facts: OrderFacts): Moment {
  return facts.snapshot?.placedAt ?? 0;
}
