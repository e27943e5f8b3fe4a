/** What a member's facts are worth by the programme: the targets that the engine posts toward. */
import type { EarningFact, EarningTerms } from './earning/definition.ts';
import { ONE, parseRational } from './money/rational.ts';
import type { OrderFacts } from './orders/order-facts.ts';
import type { Award, Target } from './points/awards.ts';
import { inForce, termsForOrder } from './programme/terms.ts';
import type { ProgrammeTerms, ShopTerms } from './programme/terms.ts';
import type { ReviewFacts } from './reviews/review-facts.ts';
import type { Rung, Stand } from './tiers/climb.ts';
import { addDays } from './time/shop-time.ts';
import type { Moment } from './time/shop-time.ts';

/** Every order rule's target; an order without a rule gets the award "-" that says why it earns nothing. */
export function orderTargets(
  facts: OrderFacts,
  shop: ShopTerms,
  stand: Stand | null,
  awards: ReadonlyMap<string, Award>,
): Target[] {
  const { snapshot } = facts;
  if (!snapshot) return [];
  const terms = termsForOrder(shop, snapshot.placedAt) ?? termsStored(facts.id, shop, awards);
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

/** A past order that has earned keeps its version, even when past orders no longer earn. */
function termsStored(
  orderId: string,
  shop: ShopTerms,
  awards: ReadonlyMap<string, Award>,
): ProgrammeTerms | null {
  for (const { sourceKind, sourceId, ruleKey, programmeVersion } of awards.values()) {
    if (sourceKind !== 'order' || sourceId !== orderId || ruleKey === '-') continue;
    return shop.versions.find(({ version }) => version.version === programmeVersion) ?? null;
  }
  return null;
}

export function joinTargets(at: Moment, shop: ShopTerms): Target[] {
  const terms = inForce(shop, at);
  if (!terms) return [];
  return worths({ kind: 'join', at }, shop, terms, null, {
    sourceKind: 'join',
    sourceId: 'member',
    occurredAt: at,
    availableAt: at,
  });
}

export function reviewTargets(review: ReviewFacts, shop: ShopTerms): Target[] {
  const terms = inForce(shop, review.createdAt);
  if (!terms) return [];
  return worths({ kind: 'review', review }, shop, terms, null, {
    sourceKind: 'review',
    sourceId: `${review.provider}:${review.id}`,
    occurredAt: review.createdAt,
    availableAt: review.createdAt,
  });
}

/** Reviews that turned out to be somebody else's. */
export function othersReviews(reviews: readonly ReviewFacts[], awards: Iterable<Award>): Target[] {
  const own = new Set(reviews.map(({ provider, id }) => `${provider}:${id}`));
  const known = [...awards];
  return known
    .filter(({ sourceKind, sourceId }) => sourceKind === 'review' && !own.has(sourceId))
    .flatMap(({ sourceId }) => withdrawn('review', sourceId, known));
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
export function withdrawn(sourceKind: string, sourceId: string, awards: Iterable<Award>): Target[] {
  return [...awards]
    .filter((award) => award.sourceKind === sourceKind && award.sourceId === sourceId)
    .filter((award) => award.posted > 0)
    .map((award) => ({ ...award, steps: [], availableAt: null, clawback: 'unlimited' as const }));
}
