/** How the multipliers of the tier and of campaigns go together. */
import type { Audience, Beheld } from './audience.ts';
import { outsideOf } from './audience.ts';
import { add, compare, multiply, ONE, subtract, ZERO } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';
import type { ProgrammeDocument } from '../programme/document.ts';
import type { Moment } from '../time/shop-time.ts';

export type StackingPolicy = ProgrammeDocument['multipliers'];

export interface Multiplier {
  readonly of: 'tier' | 'campaign';
  readonly name: string;
  readonly by: Rational;
}

/** A campaign as the engine uses it: only one that is switched on. */
export interface CampaignTerms {
  readonly key: string;
  readonly name: string;
  readonly by: Rational;
  /** From this moment on, until just before that one. */
  readonly from: Moment;
  readonly until: Moment;
  readonly audience: Audience;
  /** Keys of the rules that it multiplies; empty for every rule that looks at orders. */
  readonly rules: readonly string[];
  readonly budgetPoints: number | null;
}

/** $50 at 1 for $1, tier 1.5, campaign 2: highest 100, multiply 150, add 125 (1 + ½ + 1). */
export function stacked(policy: StackingPolicy, multipliers: readonly Rational[]): Rational {
  const [first, ...others] = multipliers;
  if (!first) return ONE;
  switch (policy) {
    case 'highest':
      return others.reduce((most, by) => (compare(by, most) > 0 ? by : most), first);
    case 'multiply':
      return others.reduce(multiply, first);
    case 'add': {
      const sum = multipliers.reduce((total, by) => add(total, subtract(by, ONE)), ONE);
      return compare(sum, ZERO) < 0 ? ZERO : sum;
    }
  }
}

/** Those that count for the result: of the highest only one. */
export function effective(
  policy: StackingPolicy,
  multipliers: readonly Multiplier[],
): readonly Multiplier[] {
  if (policy !== 'highest') return multipliers.filter(({ by }) => compare(by, ONE) !== 0);
  const most = stacked(
    policy,
    multipliers.map(({ by }) => by),
  );
  const found = multipliers.find(({ by }) => compare(by, most) === 0);
  return found && compare(most, ONE) !== 0 ? [found] : [];
}

export function runningCampaigns(
  campaigns: readonly CampaignTerms[],
  rule: { readonly key: string; readonly looksAtOrder: boolean },
  at: Moment,
  member: Beheld,
): readonly CampaignTerms[] {
  return campaigns.filter(
    (campaign) =>
      at >= campaign.from &&
      at < campaign.until &&
      (campaign.rules.length === 0 ? rule.looksAtOrder : campaign.rules.includes(rule.key)) &&
      outsideOf(campaign.audience, member) === null,
  );
}
