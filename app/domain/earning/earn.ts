/**
 * What something a member did earns by every rule of a programme, in the order of the rules: who it is
 * for, what it is worth, what multiplies it and what cuts it. Every kind of rule goes through here.
 */
import { outsideOf } from './audience.ts';
import type { AudienceReason, Beheld } from './audience.ts';
import type { Budgets } from './budgets.ts';
import { cutSteps, remembered } from './cut-steps.ts';
import type { EarningFact, EarningTerms, Worth } from './definition.ts';
import { explained } from './explain-earned.ts';
import { baseRule, compareUses } from './limits.ts';
import type { Use } from './limits.ts';
import { marketOf } from './markets.ts';
import type { Multiplier } from './multipliers.ts';
import { bonusesOf } from '../campaigns/bonus.ts';
import { multiplying, sharesOf } from '../campaigns/running.ts';
import type { CampaignContext } from '../campaigns/running.ts';
import type { TurnOf } from '../campaigns/turns.ts';
import { parseRational } from '../money/rational.ts';
import { boostMultiplier, boostText } from '../prizes/boosts.ts';
import type { Boost } from '../prizes/boosts.ts';
import type { Award, Target } from '../points/awards.ts';
import type { ProgrammeDocument } from '../programme/document.ts';
import type { EarningRuleTerms, ProgrammeTerms } from '../programme/terms.ts';
import type { Rung } from '../tiers/climb.ts';

export type HeldRung = Pick<Rung, 'key' | 'name' | 'multiplier'>;

/** Something a member did, and what they were when they did it. */
export interface Occasion extends Pick<
  Target,
  'sourceKind' | 'sourceId' | 'occurredAt' | 'availableAt'
> {
  /** The tier held just before; it is asked only where something depends on it. */
  readonly rung: () => HeldRung | null;
  /** Whether the customer bore the tag; not where nobody told. */
  readonly hasTag: (tag: string) => boolean;
  /** Set beside the rule's key in the award's, such as "@3" for what an edit added. */
  readonly suffix?: string;
  /** Multipliers that came as prizes. */
  readonly boosts?: readonly Boost[];
}

/** What is known beside the occasion; the awards and the budgets as they are by now. */
export interface EarningContext {
  readonly currency: string;
  readonly timeZone: string;
  readonly awards: ReadonlyMap<string, Award>;
  readonly budgets: Budgets;
  /** What a rule gave before, oldest first, where somebody keeps count; else the awards tell it. */
  readonly earlier?: (sourceKind: string, rule: string) => readonly Use[];
  /** Whether campaigns for first orders, or for a few, are for an order. */
  readonly turnOf: TurnOf;
}

/** The part of a programme that earning goes by. */
export interface EarningProgramme extends Pick<ProgrammeTerms, 'earning' | 'campaigns'> {
  readonly version: {
    readonly version: number;
    readonly document: Pick<
      ProgrammeDocument,
      'markets' | 'multipliers' | 'testOrdersEarn' | 'clawback'
    >;
  };
}

/**
 * One target for each rule that looks at the fact, and for each campaign that gives points beside them.
 * Each must be posted before the next is asked for: it takes from the limits and budgets that the next
 * one finds.
 */
export function* targetsBy(
  terms: EarningProgramme,
  fact: EarningFact,
  occasion: Occasion,
  context: EarningContext,
): Generator<Target> {
  const taken = new Map<string, string>();
  for (const rule of terms.earning) {
    const worth = rule.definition.worth(
      rule.settings,
      asPaidBy(rule, fact, occasion, context),
      earningTerms(rule, terms, fact, taken, context.currency),
    );
    if (!worth) continue;
    const member = beheld(occasion);
    const outside = outsideOf(rule.audience, member);
    const earned = outside
      ? nothingFor(worth, outside, boostsOn(worth, occasion).map(boostText))
      : cutTo(worth, rule, terms, fact, occasion, context);
    if (!outside) for (const id of worth.takes ?? []) taken.set(id, rule.name);
    yield targetOf(terms, fact, occasion, rule.key, earned);
  }
  if (fact.kind !== 'order') return;
  const campaigns = campaignContext(terms, occasion, context);
  for (const { key, earned } of bonusesOf(terms.campaigns, fact, {
    ...campaigns,
    version: terms.version.version,
    isAdded: (occasion.suffix ?? '') !== '',
    budgets: context.budgets,
    drawn: (key) =>
      knownAward(context, occasion, `${key}${occasion.suffix ?? ''}`)?.allowance?.draws ?? {},
    currency: context.currency,
  })) {
    yield targetOf(terms, fact, occasion, key, earned);
  }
}

/** What earned nothing, or was taken back, takes no place of a review that could. */
function asPaidBy(
  { key }: EarningRuleTerms,
  fact: EarningFact,
  occasion: Occasion,
  context: EarningContext,
): EarningFact {
  if (fact.kind !== 'review' || fact.before.length === 0) return fact;
  const uses = earlierUses(context, occasion, key).filter(({ points }) => points > 0);
  const paid = new Set(uses.map(({ sourceId }) => sourceId));
  return { ...fact, before: fact.before.filter((id) => paid.has(id)) };
}

export type Earned = Pick<Target, 'steps' | 'explanation' | 'allowance'>;

function targetOf(
  { version }: EarningProgramme,
  fact: EarningFact,
  { sourceKind, sourceId, occurredAt, availableAt, suffix = '', rung }: Occasion,
  key: string,
  earned: Earned,
): Target {
  return {
    ...{ sourceKind, sourceId, occurredAt, availableAt },
    ruleKey: `${key}${suffix}`,
    programmeVersion: version.version,
    tierKey: fact.kind === 'order' ? (rung()?.key ?? null) : null,
    qualifies: true,
    clawback: version.document.clawback,
    ...earned,
  };
}

function campaignContext(
  { version }: EarningProgramme,
  occasion: Occasion,
  { timeZone, turnOf }: EarningContext,
): CampaignContext {
  const { markets, testOrdersEarn: testOrdersCount } = version.document;
  const member = beheld(occasion);
  return { at: occasion.occurredAt, zone: timeZone, member, markets, testOrdersCount, turnOf };
}

function earningTerms(
  rule: EarningRuleTerms,
  { version }: EarningProgramme,
  fact: EarningFact,
  taken: ReadonlyMap<string, string>,
  currency: string,
): EarningTerms {
  return {
    programmeVersion: version.version,
    ruleName: rule.name,
    currency,
    testOrdersCount: version.document.testOrdersEarn,
    market: fact.kind === 'order' ? marketOf(version.document.markets, fact.snapshot) : null,
    taken,
  };
}

function beheld({ rung, hasTag }: Occasion): Beheld {
  return { tierKey: () => rung()?.key ?? null, hasTag };
}

function nothingFor(worth: Worth, because: AudienceReason, boosts: readonly string[]): Earned {
  const { explanation } = worth;
  const nothing = { points: 0, nothingBecause: because };
  return {
    steps: worth.steps.slice(0, 1).map((step) => ({ step: step.step, at: step.at, total: 0 })),
    explanation:
      explanation.rule === 'order' || explanation.rule === 'fixed'
        ? { ...explanation, ...nothing }
        : explanation,
    // It may be multiplied by nothing: that is remembered, too, or it would be looked at again and again.
    allowance:
      boosts.length === 0
        ? null
        : {
            ...{ most: 0, last: 0, room: null, by: null, draws: {} },
            ...remembered({}, {}, boosts),
          },
  };
}

/** They multiply what is paid by amount, as a tier does. */
function boostsOn({ explanation }: Worth, { boosts = [] }: Occasion): readonly Boost[] {
  return explanation.rule === 'order' ? boosts : [];
}

function cutTo(
  worth: Worth,
  rule: EarningRuleTerms,
  terms: EarningProgramme,
  fact: EarningFact,
  occasion: Occasion,
  context: EarningContext,
): Earned {
  const policy = terms.version.document.multipliers;
  // A tier multiplies what is paid by amount, not what is paid for joining or reviewing.
  const rung = worth.explanation.rule === 'order' ? occasion.rung() : null;
  const boosts = boostsOn(worth, occasion);
  const tier: Multiplier[] = [
    ...(rung ? [{ of: 'tier' as const, name: rung.name, by: parseRational(rung.multiplier) }] : []),
    ...boosts.map(boostMultiplier),
  ];
  const { campaigns, turns } = multiplying(
    terms.campaigns,
    rule,
    fact,
    worth.steps.length,
    campaignContext(terms, occasion, context),
  );
  const shares = sharesOf(worth, fact, campaigns);
  const ruleKey = `${rule.key}${occasion.suffix ?? ''}`;
  const cut = cutSteps({
    ...{ shares, campaigns, policy, turns, boosts: boosts.map(boostText) },
    tier: tier.map(({ by }) => by),
    limits: rule.limits,
    one: { at: occasion.occurredAt, sourceId: occasion.sourceId, ruleKey, points: 0 },
    earlier: () => earlierUses(context, occasion, ruleKey),
    zone: context.timeZone,
    budgets: context.budgets,
    before: knownAward(context, occasion, ruleKey)?.allowance?.draws ?? {},
  });
  return {
    steps: worth.steps.map(({ step, at }, index) => ({ step, at, total: cut.totals[index] ?? 0 })),
    explanation: explained(worth, { tier, campaigns, shares, policy }, cut),
    allowance: cut.allowance,
  };
}

function knownAward(
  { awards }: EarningContext,
  { sourceKind, sourceId }: Occasion,
  ruleKey: string,
): Award | undefined {
  return awards.get(`${sourceKind} ${sourceId} ${ruleKey}`);
}

/** Awards of the same rule for what happened before, oldest first. */
function earlierUses(
  { awards, earlier }: EarningContext,
  { sourceKind, sourceId, occurredAt: at }: Occasion,
  ruleKey: string,
): readonly Use[] {
  const one: Use = { at, sourceId, ruleKey, points: 0 };
  if (earlier) return earlier(sourceKind, baseRule(ruleKey));
  return usesOf(awards.values(), sourceKind, baseRule(ruleKey)).filter(
    (use) => compareUses(use, one) < 0,
  );
}

/** Oldest first. */
export function usesOf(awards: Iterable<Award>, sourceKind: string, rule: string): Use[] {
  const uses: Use[] = [];
  for (const award of awards) {
    if (award.sourceKind !== sourceKind || baseRule(award.ruleKey) !== rule) continue;
    uses.push({
      at: award.occurredAt,
      sourceId: award.sourceId,
      ruleKey: award.ruleKey,
      points: award.steps.reduce((sum, [, points]) => sum + points, 0),
    });
  }
  return uses.sort(compareUses);
}
