/**
 * What something a member did earns by every rule of a programme, in the order of the rules: who it is
 * for, what it is worth, what multiplies it and what cuts it. Every kind of rule goes through here.
 */
import { outsideOf } from './audience.ts';
import type { AudienceReason, Beheld } from './audience.ts';
import type { Budgets } from './budgets.ts';
import { cutSteps } from './cut-steps.ts';
import type { Cut } from './cut-steps.ts';
import type { EarningFact, EarningTerms, Worth } from './definition.ts';
import { baseRule, compareUses } from './limits.ts';
import type { Use } from './limits.ts';
import { marketOf } from './markets.ts';
import { effective, runningCampaigns, stacked } from './multipliers.ts';
import type { Multiplier, StackingPolicy } from './multipliers.ts';
import {
  compare,
  floor,
  multiply,
  ONE,
  parseRational,
  ratio,
  toText,
  ZERO,
} from '../money/rational.ts';
import type { Award, Target } from '../points/awards.ts';
import type { Explanation, LimitCut } from '../points/explanation.ts';
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
}

/** What is known beside the occasion; the awards and the budgets as they are by now. */
export interface EarningContext {
  readonly currency: string;
  readonly timeZone: string;
  readonly awards: ReadonlyMap<string, Award>;
  readonly budgets: Budgets;
  /** What a rule gave before, oldest first, where somebody keeps count; else the awards tell it. */
  readonly earlier?: (sourceKind: string, rule: string) => readonly Use[];
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
 * One target for each rule that looks at the fact. Each must be posted before the next is asked for:
 * it takes from the limits and budgets that the next one finds.
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
      fact,
      earningTerms(rule, terms, fact, taken, context.currency),
    );
    if (!worth) continue;
    const member = beheld(occasion);
    const outside = outsideOf(rule.audience, member);
    const earned = outside
      ? nothingFor(worth, outside)
      : cutTo(worth, rule, terms, fact, occasion, member, context);
    if (!outside) for (const id of worth.takes ?? []) taken.set(id, rule.name);
    const { sourceKind, sourceId, occurredAt, availableAt } = occasion;
    yield {
      ...{ sourceKind, sourceId, occurredAt, availableAt },
      ruleKey: `${rule.key}${occasion.suffix ?? ''}`,
      programmeVersion: terms.version.version,
      tierKey: fact.kind === 'order' ? (occasion.rung()?.key ?? null) : null,
      qualifies: true,
      clawback: terms.version.document.clawback,
      ...earned,
    };
  }
}

type Earned = Pick<Target, 'steps' | 'explanation' | 'allowance'>;

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

function nothingFor(worth: Worth, because: AudienceReason): Earned {
  const { explanation } = worth;
  const nothing = { points: 0, nothingBecause: because };
  return {
    steps: worth.steps.slice(0, 1).map((step) => ({ step: step.step, at: step.at, total: 0 })),
    explanation:
      explanation.rule === 'order' || explanation.rule === 'fixed'
        ? { ...explanation, ...nothing }
        : explanation,
    allowance: null,
  };
}

function cutTo(
  worth: Worth,
  rule: EarningRuleTerms,
  terms: EarningProgramme,
  fact: EarningFact,
  occasion: Occasion,
  member: Beheld,
  context: EarningContext,
): Earned {
  const policy = terms.version.document.multipliers;
  // A tier multiplies what is paid by amount, not what is paid for joining or reviewing.
  const rung = worth.explanation.rule === 'order' ? occasion.rung() : null;
  const tier: Multiplier[] = rung
    ? [{ of: 'tier', name: rung.name, by: parseRational(rung.multiplier) }]
    : [];
  const campaigns = runningCampaigns(
    terms.campaigns,
    { key: rule.key, looksAtOrder: fact.kind === 'order' },
    occasion.occurredAt,
    member,
  );
  const ruleKey = `${rule.key}${occasion.suffix ?? ''}`;
  const known = context.awards.get(`${occasion.sourceKind} ${occasion.sourceId} ${ruleKey}`);
  const cut = cutSteps({
    exact: worth.steps.map(({ exact, total }) => exact ?? ratio(total)),
    tier: tier.map(({ by }) => by),
    campaigns,
    policy,
    limits: rule.limits,
    one: { at: occasion.occurredAt, sourceId: occasion.sourceId, ruleKey, points: 0 },
    earlier: () => earlierUses(context, occasion, ruleKey),
    zone: context.timeZone,
    budgets: context.budgets,
    before: known?.allowance?.draws ?? {},
  });
  const multipliers = [
    ...tier,
    ...campaigns.map(({ name, by }): Multiplier => ({ of: 'campaign', name, by })),
  ];
  return {
    steps: worth.steps.map(({ step, at }, index) => ({ step, at, total: cut.totals[index] ?? 0 })),
    explanation: explained(worth, multipliers, policy, cut),
    allowance: cut.allowance,
  };
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

function explained(
  { explanation, steps }: Worth,
  multipliers: readonly Multiplier[],
  policy: StackingPolicy,
  { totals, uncut, limits }: Cut,
): Explanation {
  if (explanation.rule !== 'order' && explanation.rule !== 'fixed') return explanation;
  const points = totals.at(-1) ?? 0;
  const counting = effective(policy, multipliers);
  const worked = {
    ...(counting.length > 0 && {
      multipliers: counting.map(({ of, name, by }) => ({ of, name, by: toText(by) })),
    }),
    ...(multipliers.filter(({ by }) => compare(by, ONE) !== 0).length > 1 && { stacking: policy }),
    ...(limits.length > 0 && { limits: limits as LimitCut[] }),
  };
  const limited = points === 0 && uncut > 0;
  if (explanation.rule === 'fixed') {
    return {
      ...explanation,
      ...worked,
      points,
      ...(limited && { nothingBecause: 'limit-reached' as const }),
    };
  }
  const factor = stacked(
    policy,
    multipliers.map(({ by }) => by),
  );
  const exact = multiply(steps.at(-1)?.exact ?? ZERO, factor);
  const because = limited
    ? 'limit-reached'
    : (explanation.nothingBecause ?? (floor(exact) === 0 ? 'below-one-point' : null));
  const [first] = multipliers;
  return {
    ...explanation,
    multiplier: toText(factor),
    multiplierBecause:
      counting.length > 0 ? counting.map(({ name }) => name).join(', ') : (first?.name ?? null),
    ...worked,
    exact: toText(exact),
    points,
    nothingBecause: points > 0 ? null : because,
  };
}
