/** How what a rule gives came about: its multipliers, on which lines, and what was cut. */
import { lyingOn } from '../campaigns/adding.ts';
import type { RunningCampaign, Share } from '../campaigns/running.ts';
import type { Cut } from './cut-steps.ts';
import type { Worth } from './definition.ts';
import { effective, stacked } from './multipliers.ts';
import type { Multiplier, StackingPolicy } from './multipliers.ts';
import { add, compare, wholePoints, multiply, ONE, toText, ZERO } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';
import type { Explanation, LimitCut } from '../points/explanation.ts';

export interface Multiplied {
  readonly tier: readonly Multiplier[];
  readonly campaigns: readonly RunningCampaign[];
  readonly shares: readonly Share[];
  readonly policy: StackingPolicy;
}

export function explained(
  { explanation, steps }: Worth,
  multiplied: Multiplied,
  { totals, uncut, limits, allowance }: Cut,
): Explanation {
  if (explanation.rule !== 'order' && explanation.rule !== 'fixed') return explanation;
  const points = totals.at(-1) ?? 0;
  const parts = partsOf(multiplied, steps.length - 1);
  const [everything] = parts;
  const counting = unique(parts.flatMap(({ multipliers }) => multipliers));
  const yielded = parts.length > 1 ? [] : yieldedOf(parts, counting);
  const several = parts.some(
    ({ lying }) => lying.filter(({ by }) => compare(by, ONE) !== 0).length > 1,
  );
  const adds = addsOf(multiplied.campaigns, allowance?.adds ?? {});
  const worked = {
    ...(counting.length > 0 && { multipliers: counting.map(multiplierText) }),
    ...(several && { stacking: multiplied.policy }),
    ...(yielded.length > 0 && { yielded: yielded.map(multiplierText) }),
    ...(adds.length > 0 && { adds }),
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
  const exact = parts.map((part) => multiply(part.exact, part.factor)).reduce(add, ZERO);
  const because = limited
    ? 'limit-reached'
    : (explanation.nothingBecause ?? (wholePoints(exact) === 0 ? 'below-one-point' : null));
  const factor = everything?.factor ?? ONE;
  const names = everything?.multipliers ?? [];
  const mixed = parts.some((part) => compare(part.factor, factor) !== 0);
  return {
    ...explanation,
    multiplier: factorText(factor),
    multiplierBecause:
      names.length > 0
        ? names.map(({ name }) => name).join(', ')
        : (everything?.lying[0]?.name ?? null),
    ...worked,
    ...(mixed && { parts: parts.filter(({ exact: worth }) => worth.num !== 0n).map(partText) }),
    exact: toText(exact),
    points,
    nothingBecause: points > 0 ? null : because,
  };
}

interface Part {
  readonly titles: readonly string[];
  /** In points, before multipliers. */
  readonly exact: Rational;
  readonly factor: Rational;
  readonly lying: readonly Multiplier[];
  /** Those that count. */
  readonly multipliers: readonly Multiplier[];
}

/** What everything is that no campaign names comes first, be it nothing. */
function partsOf({ tier, campaigns, shares, policy }: Multiplied, last: number): readonly Part[] {
  const all = shares.map((share): Part => {
    const lying = [
      ...tier,
      ...lyingOn(share, campaigns, last).map(({ name, by }): Multiplier => ({
        of: 'campaign',
        name,
        by,
      })),
    ];
    return {
      titles: share.titles,
      exact: share.exact[last] ?? ZERO,
      factor: stacked(
        policy,
        lying.map(({ by }) => by),
      ),
      lying,
      multipliers: effective(policy, lying),
    };
  });
  // Where campaigns name every line that counts, there is nothing else to be told of.
  const named = all.slice(1).filter(({ exact }) => exact.num !== 0n);
  return all[0]?.exact.num === 0n && named.length > 0 ? named : all;
}

/** Those that only a higher one kept from counting. */
function yieldedOf(parts: readonly Part[], counting: readonly Multiplier[]): readonly Multiplier[] {
  const lying = unique(parts.flatMap((part) => part.lying));
  return lying.filter((one) => compare(one.by, ONE) !== 0 && !counting.includes(one));
}

function addsOf(
  campaigns: readonly RunningCampaign[],
  adds: Readonly<Record<string, number>>,
): { name: string; points: number }[] {
  return campaigns.flatMap(({ key, name }) => {
    const points = adds[key];
    return points === undefined ? [] : [{ name, points }];
  });
}

function partText({ titles, exact, factor, multipliers }: Part): {
  lines: string[];
  worth: string;
  multiplier: string;
  because: string[];
} {
  return {
    lines: [...titles],
    worth: toText(exact),
    multiplier: factorText(factor),
    because: multipliers.map(({ name }) => name),
  };
}

/** Several that multiply have more decimals than one: what the table says must come to the result. */
function factorText(factor: Rational): string {
  return toText(factor, 12);
}

function multiplierText({ of, name, by }: Multiplier): {
  of: Multiplier['of'];
  name: string;
  by: string;
} {
  return { of, name, by: toText(by) };
}

function unique(multipliers: readonly Multiplier[]): readonly Multiplier[] {
  return multipliers.filter(
    ({ of, name, by }, index) =>
      multipliers.findIndex(
        (other) => other.of === of && other.name === name && compare(other.by, by) === 0,
      ) === index,
  );
}
