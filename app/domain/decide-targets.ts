/** What a member's facts are worth by the programme: the targets that the engine posts toward. */
import { boostsFor } from './decide-boosts.ts';
import { portionsOf } from './decide-portions.ts';
import type { PortionTerms } from './decide-portions.ts';
import type { Deciding } from './deciding.ts';
import type { OccasionFact } from './earning/definition.ts';
import { targetsBy } from './earning/earn.ts';
import type { EarningContext, Occasion } from './earning/earn.ts';
import { baseRule } from './earning/limits.ts';
import { boreTag } from './members/tags.ts';
import { holds } from './earning/audience.ts';
import type { OrderFacts, OrderSnapshot, PaymentState } from './orders/order-facts.ts';
import type { Award, Target } from './points/awards.ts';
import { nothingOf } from './points/explanation.ts';
import { availableFrom } from './points/maturity.ts';
import { termsForOrder } from './programme/terms.ts';
import type { ProgrammeTerms, ShopTerms } from './programme/terms.ts';
import { standBefore } from './tiers/climb.ts';
import type { Stand } from './tiers/climb.ts';
import type { Moment } from './time/shop-time.ts';

/**
 * Every order rule's target; an order without a rule gets the award "-" that says why it earns nothing.
 * Each is posted before the next is asked for: limits and budgets are shared.
 */
export function* orderTargets(
  facts: OrderFacts,
  deciding: Deciding,
  stand: Stand | null,
): Generator<Target> {
  const { snapshot } = facts;
  if (!snapshot) return;
  const { shop } = deciding;
  const awards = deciding.awardsOf('order', facts.id);
  const terms = termsForOrder(shop, snapshot.placedAt) ?? termsStored(shop, awards);
  const due = new Set<string>();
  for (const part of portionsOf(facts, snapshot, terms, shop)) {
    if (!part.terms) continue;
    const occasion = orderOccasion(facts, snapshot, part.terms, part, deciding, stand);
    const { portion } = part;
    const fact = { kind: 'order', facts, snapshot, ...(portion && { portion }) } as const;
    for (const target of targetsBy(part.terms, fact, occasion, contextOf(deciding))) {
      due.add(target.ruleKey);
      yield target;
    }
  }
  if (due.size === 0) {
    due.add('-');
    yield nothingEarned(facts, snapshot, terms);
  }
  const others = deciding.awardsOf('order', facts.id).filter((award) => !due.has(award.ruleKey));
  yield* withdrawn('order', facts.id, others);
}

function orderOccasion(
  facts: OrderFacts,
  { placedAt, payment }: OrderSnapshot,
  terms: ProgrammeTerms,
  { suffix, from }: PortionTerms,
  deciding: Deciding,
  stand: Stand | null,
): Occasion {
  const { member, shop } = deciding;
  const pinned = facts.customerTags;
  return {
    sourceKind: 'order',
    sourceId: facts.id,
    occurredAt: from,
    availableAt: availableFrom(
      suffix === '' ? facts : whenAdded(facts, payment, from),
      terms,
      shop.timeZone,
    ),
    suffix,
    boosts: boostsFor(deciding, deciding.boosts, placedAt),
    rung: () => stand?.rung ?? null,
    // What was told of the customer in time goes before what came with the order, perhaps much later.
    hasTag: (tag) =>
      boreTag(member.tags ?? [], tag, placedAt, pinned !== null && holds(pinned.tags, tag)),
  };
}

/** What an edit added is not paid before it was added; what is still owed may be for it. */
function whenAdded(facts: OrderFacts, payment: PaymentState, at: Moment): OrderFacts {
  const { paidAt, fulfilledAt } = facts;
  return {
    ...facts,
    paidAt: paidAt === null || payment === 'partially_paid' ? null : Math.max(paidAt, at),
    fulfilledAt: fulfilledAt === null ? null : Math.max(fulfilledAt, at),
  };
}

function contextOf({ shop, awards, budgets, turnOf }: Deciding): EarningContext {
  return { currency: shop.currency, timeZone: shop.timeZone, awards, budgets, turnOf };
}

function nothingEarned(
  facts: OrderFacts,
  snapshot: OrderSnapshot,
  terms: ProgrammeTerms | null,
): Target {
  const programmeVersion = terms?.version.version ?? 0;
  return {
    sourceKind: 'order',
    sourceId: facts.id,
    ruleKey: '-',
    programmeVersion,
    tierKey: null,
    qualifies: false,
    occurredAt: snapshot.placedAt,
    availableAt: null,
    clawback: 'unlimited',
    steps: [],
    explanation: nothingOf(
      { programmeVersion, ruleName: '', currency: snapshot.currency },
      terms ? 'rule-off' : 'no-programme',
    ),
  };
}

/** A past order that has earned keeps its version, even when past orders no longer earn. */
function termsStored(shop: ShopTerms, awards: readonly Award[]): ProgrammeTerms | null {
  for (const { ruleKey, programmeVersion } of awards) {
    if (ruleKey === '-') continue;
    // What an edit added goes by the version of the edit.
    if (baseRule(ruleKey) !== ruleKey) continue;
    return shop.versions.find(({ version }) => version.version === programmeVersion) ?? null;
  }
  return null;
}

/** What is no order, by these terms; each is posted before the next is asked for. */
export function* occasionTargets(
  fact: OccasionFact,
  source: Pick<Target, 'sourceKind' | 'sourceId'>,
  terms: ProgrammeTerms,
  deciding: Deciding,
  earlier?: EarningContext['earlier'],
): Generator<Target> {
  const { at } = fact;
  const occasion: Occasion = {
    ...source,
    occurredAt: at,
    availableAt: at,
    rung: () => standBefore(deciding.stands(), at)?.rung ?? null,
    hasTag: (tag) => boreTag(deciding.member.tags ?? [], tag, at),
  };
  const context = { ...contextOf(deciding), ...(earlier && { earlier }) };
  yield* targetsBy(terms, fact, occasion, context);
}

/** Awards of a source that are no longer due: their target is nothing. */
export function withdrawn(sourceKind: string, sourceId: string, awards: Iterable<Award>): Target[] {
  return [...awards]
    .filter((award) => award.sourceKind === sourceKind && award.sourceId === sourceId)
    .filter((award) => award.posted > 0 || hasDrawn(award))
    .map((award) => ({
      ...award,
      steps: [],
      availableAt: null,
      clawback: null,
      allowance: null,
    }));
}

function hasDrawn({ allowance }: Award): boolean {
  return Object.values(allowance?.draws ?? {}).some(({ held }) => held > 0);
}
