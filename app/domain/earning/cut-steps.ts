/**
 * From what something is worth at each step to what is given for it: multipliers, the one rounding,
 * then the limits in their order: each, the member's periods, the budgets of campaigns.
 */
import type { Budgets, Draw, Draws } from './budgets.ts';
import { roomEach, roomFor } from './limits.ts';
import type { Limits, Room, Use } from './limits.ts';
import { addUnder, worthWith } from '../campaigns/adding.ts';
import type { Multiplying } from '../campaigns/adding.ts';
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
  /** Points that each campaign adds to it, by its key; left out where none does. */
  readonly adds?: Readonly<Record<string, number>>;
  /** Campaigns for first orders or for a few: whether it was the order's turn (campaigns/turns.ts). */
  readonly turns?: Readonly<Record<string, boolean>>;
  /** Multipliers that came as prizes, with which it was made (prizes/boosts.ts). */
  readonly boosts?: readonly string[];
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
    keys.every((key) => sameDraw(a.draws[key], b.draws[key])) &&
    sameEach(a.adds, b.adds) &&
    sameEach(a.turns, b.turns) &&
    (a.boosts ?? []).join() === (b.boosts ?? []).join()
  );
}

function sameEach(
  a: Readonly<Record<string, unknown>> = {},
  b: Readonly<Record<string, unknown>> = {},
): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
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

export interface Cutting extends Multiplying {
  readonly limits: Limits;
  readonly one: Use;
  /** Asked only where a limit looks at it. */
  readonly earlier: () => readonly Use[];
  readonly zone: string;
  readonly budgets: Budgets;
  readonly before: Draws;
  readonly turns: Readonly<Record<string, boolean>>;
  readonly boosts: readonly string[];
}

export function cutSteps(cutting: Cutting): Cut {
  const { campaigns, limits, turns, boosts } = cutting;
  const full = worthWith(cutting, campaigns);
  const { most, toEach, toMember, limit, cuts } = ceilings(cutting, full);
  const { totals, draws, adds, shortOf } = addUnder(
    cutting,
    (points) => Math.min(points, toEach, toMember),
    cutting,
  );
  const last = full.at(-1) ?? 0;
  const given = totals.at(-1) ?? 0;
  const byBudget = Math.min(last, toEach, toMember) - given;
  const [short] = shortOf;
  if (short && byBudget > 0) {
    const name = shortOf.map((campaign) => campaign.name).join(', ');
    cuts.push({ limit: 'budget', most: short.budgetPoints, name, cut: byBudget });
  }
  const memory = { draws, ...remembered(adds, turns, boosts) };
  const keeps = limits.perMember.length > 0 || Object.keys(memory.draws).length > 0;
  return {
    totals,
    uncut: last,
    limits: cuts,
    allowance:
      keeps || memory.adds || memory.turns || memory.boosts
        ? {
            most,
            last: Math.min(last, toEach),
            ...felt({ points: toMember, limit }, limits, most),
            ...memory,
          }
        : null,
  };
}

/** What nothing is to be said of is left out. */
export function remembered(
  adds: Readonly<Record<string, number>>,
  turns: Readonly<Record<string, boolean>>,
  boosts: readonly string[] = [],
): Pick<Allowance, 'adds' | 'turns' | 'boosts'> {
  return {
    ...(Object.keys(adds).length > 0 && { adds }),
    ...(Object.keys(turns).length > 0 && { turns }),
    ...(boosts.length > 0 && { boosts }),
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
