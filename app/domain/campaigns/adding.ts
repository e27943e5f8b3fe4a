/**
 * What campaigns add to what a rule gives. Each line is worth its base × the rate × what the policy
 * makes of the multipliers that lie on it; the lines add up as exact fractions, and the sum is rounded
 * down once. Campaigns come in the order of the programme, those with a budget last: each adds the
 * difference between what it is worth with it and without.
 */
import type { RunningCampaign, Share } from './running.ts';
import { drawOf } from '../earning/budgets.ts';
import type { Budgets, Draw, Draws } from '../earning/budgets.ts';
import { stacked } from '../earning/multipliers.ts';
import type { StackingPolicy } from '../earning/multipliers.ts';
import { add, compare, multiply, ratio, subtract, wholePoints, ZERO } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';

export interface Multiplying {
  readonly shares: readonly Share[];
  readonly tier: readonly Rational[];
  readonly campaigns: readonly RunningCampaign[];
  readonly policy: StackingPolicy;
}

export interface Added {
  /** What is given by each step. */
  readonly totals: readonly number[];
  readonly draws: Readonly<Record<string, Draw>>;
  /** What each campaign adds to what is given in the end, where that is anything. */
  readonly adds: Readonly<Record<string, number>>;
  /** Campaigns whose budget could not pay all of it. */
  readonly shortOf: readonly { readonly name: string; readonly budgetPoints: number }[];
}

/** What each step is worth with these campaigns. */
export function worthWith(multiplying: Multiplying, taking: readonly RunningCampaign[]): number[] {
  return exactWith(multiplying, taking).map(wholePoints);
}

function exactWith(
  { shares, tier, policy }: Multiplying,
  taking: readonly RunningCampaign[],
): Rational[] {
  return stepsOf(shares).map((step) =>
    shares
      .map((share) => multiply(at(share, step), factorOn(share, tier, policy, taking, step)))
      .reduce(add, ZERO),
  );
}

/** The multipliers that lie on a share at a step. */
export function lyingOn(
  share: Share,
  taking: readonly RunningCampaign[],
  step: number,
): readonly RunningCampaign[] {
  return taking.filter(({ key, active }) => share.campaigns.has(key) && active[step] === true);
}

/** @param under what limits leave of so many points */
export function addUnder(
  multiplying: Multiplying,
  under: (points: number) => number,
  { budgets, before }: { readonly budgets: Budgets; readonly before: Draws },
): Added {
  const { campaigns, policy } = multiplying;
  const capped = (points: readonly number[]): number[] => points.map(under);
  const adds: Record<string, number> = {};
  let taken: readonly RunningCampaign[] = [];
  let totals = capped(worthWith(multiplying, taken));
  const note = (key: string, after: readonly number[]): void => {
    const more = (after.at(-1) ?? 0) - (totals.at(-1) ?? 0);
    if (more > 0) adds[key] = more;
    totals = [...after];
  };
  for (const campaign of campaigns) {
    if (isBound(campaign)) continue;
    taken = [...taken, campaign];
    note(campaign.key, capped(worthWith(multiplying, taken)));
  }
  const bound = campaigns.filter(isBound);
  const heights = policy === 'highest' && bound.length > 0 ? heightsOf(multiplying, taken) : null;
  const draws: Record<string, Draw> = {};
  const shortOf: { name: string; budgetPoints: number }[] = [];
  for (const campaign of bound) {
    const lifted = heights?.lifted(campaign);
    const now = lifted?.now ?? exactWith(multiplying, taken);
    const aim = lifted?.aim ?? exactWith(multiplying, [...taken, campaign]);
    const without = heights ? totals : capped(now.map(wholePoints));
    const aimed = capped(aim.map(wholePoints));
    const wanted = aimed.map((points, step) => Math.max(0, points - (without[step] ?? 0)));
    const had = before[campaign.key];
    const isLess = addsLessThanAPoint(now, aim);
    const draw =
      isLess && !had ? unasked(budgets, campaign) : drawOf(budgets, campaign, had, wanted);
    const counts = draw.granted > 0 || (isLess && draw.asked === 0);
    const given = wanted.map((points, step) =>
      Math.min(points, step === wanted.length - 1 ? draw.held : Math.max(draw.granted, draw.held)),
    );
    lifted?.lift(given, wanted, counts);
    note(
      campaign.key,
      totals.map((total, step) => total + (given[step] ?? 0)),
    );
    if (draw.asked > 0 || isLess) draws[campaign.key] = draw;
    if (counts) taken = [...taken, campaign];
    if (draw.held < (wanted.at(-1) ?? 0) || (isLess && !counts)) shortOf.push(campaign);
  }
  return { totals, draws, adds, shortOf };
}

/**
 * What a campaign adds is rounded down with all that others add: by itself it may come to no point at
 * any step, and to some together with those after it.
 */
function addsLessThanAPoint(now: readonly Rational[], aim: readonly Rational[]): boolean {
  return (
    aim.some((worth, step) => compare(worth, now[step] ?? ZERO) > 0) &&
    aim.every((worth, step) => wholePoints(worth) <= wholePoints(now[step] ?? ZERO))
  );
}

/** It costs its budget nothing, and counts unless that is used up: which of the two, is remembered. */
function unasked(budgets: Budgets, { key, budgetPoints }: Bound): Draw {
  const isUsedUp = (budgets.held.get(key) ?? 0) >= budgetPoints;
  return { asked: isUsedUp ? 1 : 0, granted: 0, held: 0 };
}

type Bound = RunningCampaign & { readonly budgetPoints: number };

function isBound(campaign: RunningCampaign): campaign is Bound {
  return campaign.budgetPoints !== null;
}

/**
 * Where only the highest counts, a campaign lifts its lines from what they have by now: what another
 * one's budget could not pay is lifted further by whoever lies on the same lines, and by nobody else.
 */
function heightsOf(
  { shares, tier, policy }: Multiplying,
  free: readonly RunningCampaign[],
): {
  readonly lifted: (campaign: RunningCampaign) => {
    /** What each step is worth by now, and with the campaign. */
    readonly now: readonly Rational[];
    readonly aim: readonly Rational[];
    /** So much was given of what was wanted: each line has its part of it, all of what is less than a point. */
    readonly lift: (given: readonly number[], wanted: readonly number[], counts: boolean) => void;
  };
} {
  const steps = stepsOf(shares);
  const has = steps.map((step) =>
    shares.map((share) => multiply(at(share, step), factorOn(share, tier, policy, free, step))),
  );
  return {
    lifted: (campaign) => {
      const aims = steps.map((step) =>
        shares.map((share, index) => {
          const now = has[step]?.[index] ?? ZERO;
          if (lyingOn(share, [campaign], step).length === 0) return now;
          const aim = multiply(at(share, step), campaign.by);
          return compare(aim, now) > 0 ? aim : now;
        }),
      );
      return {
        now: has.map((all) => all.reduce(add, ZERO)),
        aim: aims.map((all) => all.reduce(add, ZERO)),
        lift: (given, wanted, counts) => {
          for (const step of steps) {
            const all = wanted[step] ?? 0;
            const part = all === 0 ? ratio(counts ? 1 : 0) : ratio(given[step] ?? 0, all);
            has[step] = (has[step] ?? []).map((now, index) =>
              add(now, multiply(subtract(aims[step]?.[index] ?? now, now), part)),
            );
          }
        },
      };
    },
  };
}

function factorOn(
  share: Share,
  tier: readonly Rational[],
  policy: StackingPolicy,
  taking: readonly RunningCampaign[],
  step: number,
): Rational {
  return stacked(policy, [...tier, ...lyingOn(share, taking, step).map(({ by }) => by)]);
}

function stepsOf([first]: readonly Share[]): number[] {
  return (first?.exact ?? []).map((_, step) => step);
}

function at(share: Share, step: number): Rational {
  return share.exact[step] ?? ZERO;
}
