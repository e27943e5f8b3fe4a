/**
 * From what something is worth at each step to what is given for it: multipliers, the one rounding,
 * then the limits in their order: each, the member's periods, the budgets of campaigns.
 */
import { drawOf } from './budgets.ts';
import type { Budgets, Draw, Draws } from './budgets.ts';
import { roomEach, roomFor } from './limits.ts';
import type { Limits, Room, Use } from './limits.ts';
import { stacked } from './multipliers.ts';
import type { CampaignTerms, StackingPolicy } from './multipliers.ts';
import { floor, multiply } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';
import type { LimitCut } from '../points/explanation.ts';

/** What an award remembers of its limits, so that it can be told when it must be looked at again. */
export interface Allowance {
  /** What `each` left of it at its highest and in the end, before the member's limits. */
  readonly most: number;
  readonly last: number;
  /** What the member's limits left to it, as far as that mattered; null where there are none. */
  readonly room: number | null;
  /** Which of the member's limits cut it, by its place among them; null where none did. */
  readonly by: number | null;
  /** By the campaign's key. */
  readonly draws: Draws;
}

/** Whatever order a database gave the keys. */
export function sameAllowance(a: Allowance | null, b: Allowance | null): boolean {
  if (a === null || b === null) return a === b;
  const keys = Object.keys(a.draws);
  return (
    a.most === b.most &&
    a.last === b.last &&
    a.room === b.room &&
    a.by === b.by &&
    keys.length === Object.keys(b.draws).length &&
    keys.every((key) => sameDraw(a.draws[key], b.draws[key]))
  );
}

function sameDraw(a: Draw | undefined, b: Draw | undefined): boolean {
  return a?.asked === b?.asked && a?.granted === b?.granted && a?.held === b?.held;
}

export interface Cut {
  readonly totals: readonly number[];
  /** What the last step would be without any limit. */
  readonly uncut: number;
  readonly limits: readonly LimitCut[];
  readonly allowance: Allowance | null;
}

export interface Cutting {
  /** What each step is worth, before any multiplier. */
  readonly exact: readonly Rational[];
  readonly tier: readonly Rational[];
  readonly campaigns: readonly CampaignTerms[];
  readonly policy: StackingPolicy;
  readonly limits: Limits;
  readonly one: Use;
  /** Asked only where a limit looks at it. */
  readonly earlier: () => readonly Use[];
  readonly zone: string;
  readonly budgets: Budgets;
  readonly before: Draws;
}

export function cutSteps(cutting: Cutting): Cut {
  const { exact, tier, campaigns, policy, limits } = cutting;
  const free = campaigns.filter(({ budgetPoints }) => budgetPoints === null);
  const bound = campaigns.filter(isBound);
  const worth = (taking: readonly CampaignTerms[]): number[] => {
    const factor = stacked(policy, [...tier, ...taking.map(({ by }) => by)]);
    return exact.map((one) => floor(multiply(one, factor)));
  };
  const full = worth(campaigns);
  const { most, toEach, toMember, limit, cuts } = ceilings(cutting, full);
  const under = (points: readonly number[]): number[] =>
    points.map((one) => Math.min(one, toEach, toMember));

  let totals = under(worth(free));
  let drawing: readonly CampaignTerms[] = free;
  const draws: Record<string, Draw> = {};
  const shortOf: { name: string; budgetPoints: number }[] = [];
  for (const campaign of bound) {
    const without = policy === 'highest' ? totals : under(worth(drawing));
    const wanted = under(worth([...drawing, campaign])).map((points, step) =>
      Math.max(0, points - (without[step] ?? 0)),
    );
    const draw = drawOf(cutting.budgets, campaign, cutting.before[campaign.key], wanted);
    totals = totals.map(
      (total, step) =>
        total +
        Math.min(
          wanted[step] ?? 0,
          step === totals.length - 1 ? draw.held : Math.max(draw.granted, draw.held),
        ),
    );
    if (draw.asked > 0) draws[campaign.key] = draw;
    if (draw.granted > 0) drawing = [...drawing, campaign];
    if (draw.held < (wanted.at(-1) ?? 0)) shortOf.push(campaign);
  }
  const last = full.at(-1) ?? 0;
  const given = totals.at(-1) ?? 0;
  const byBudget = Math.min(last, toEach, toMember) - given;
  const [short] = shortOf;
  if (short && byBudget > 0) {
    const name = shortOf.map((campaign) => campaign.name).join(', ');
    cuts.push({ limit: 'budget', most: short.budgetPoints, name, cut: byBudget });
  }
  const keeps = limits.perMember.length > 0 || Object.keys(draws).length > 0;
  return {
    totals,
    uncut: last,
    limits: cuts,
    allowance: keeps
      ? {
          most,
          last: Math.min(last, toEach),
          ...felt({ points: toMember, limit }, limits, most),
          draws,
        }
      : null,
  };
}

/** What of the room matters to an award that is due so much at most. */
export function felt(
  { points, limit }: Room,
  { perMember }: Limits,
  most: number,
): Pick<Allowance, 'room' | 'by'> {
  if (perMember.length === 0) return { room: null, by: null };
  return points < most && limit
    ? { room: points, by: perMember.indexOf(limit) }
    : { room: most, by: null };
}

type Bound = CampaignTerms & { readonly budgetPoints: number };

function isBound(campaign: CampaignTerms): campaign is Bound {
  return campaign.budgetPoints !== null;
}

/** What the limits of the rule leave, and what they cut of the last step. */
function ceilings(
  { limits, one, earlier, zone }: Cutting,
  full: readonly number[],
): {
  most: number;
  toEach: number;
  toMember: number;
  limit: Room['limit'];
  cuts: LimitCut[];
} {
  const highest = Math.max(0, ...full);
  if (limits.each === null && limits.perMember.length === 0) {
    return { most: highest, toEach: Infinity, toMember: Infinity, limit: null, cuts: [] };
  }
  const uses = earlier();
  const toEach = roomEach(limits, one, uses);
  const { points: toMember, limit } = roomFor(limits, one, uses, zone);
  const last = full.at(-1) ?? 0;
  const cuts: LimitCut[] = [];
  if (last > toEach) cuts.push({ limit: 'each', most: limits.each ?? 0, cut: last - toEach });
  const rest = Math.min(last, toEach);
  if (limit && rest > toMember) {
    cuts.push({ limit: limit.of, most: limit.most, per: limit.per, cut: rest - toMember });
  }
  return { most: Math.min(highest, toEach), toEach, toMember, limit, cuts };
}
