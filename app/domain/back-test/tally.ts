/**
 * What a draft would mean for everybody, summed up member by member: small whatever the number of
 * members, so that it can be kept after every batch and gone on with.
 */
import { z } from 'zod';

/** One member under one programme, as if it had been in force all along. */
export interface Outcome {
  /** Points given less points taken back. */
  readonly earned: number;
  /** Points that could still be spent, pending ones included. */
  readonly outstanding: number;
  readonly tier: string | null;
}

export interface Trial {
  readonly memberId: string;
  readonly orders: number;
  readonly before: Outcome;
  readonly after: Outcome;
  /** What publishing itself would do: the tier now and then, and points that it would move at once. */
  readonly move: {
    readonly from: string | null;
    readonly to: string | null;
    readonly points: number;
  };
}

const count = z.int();
const side = z.object({
  earned: count,
  outstanding: count,
  /** Members by the key of their tier; "" is none. */
  tiers: z.record(z.string(), count),
});

export const tallySchema = z.object({
  members: count,
  orders: count,
  before: side,
  after: side,
  /** Members whose tier publishing would change: from, to (keys; "" is none), how many. */
  moves: z.array(z.object({ from: z.string(), to: z.string(), members: count })),
  /** Points that publishing would give, and take, at once. */
  givenAtOnce: count,
  takenAtOnce: count,
  /** Those who change most, the most first. */
  most: z.array(z.object({ memberId: z.string(), before: count, after: count })),
});

export type Tally = z.infer<typeof tallySchema>;
export type TallySide = z.infer<typeof side>;

export const MOST_SHOWN = 20;

export const EMPTY_TALLY: Tally = {
  members: 0,
  orders: 0,
  before: { earned: 0, outstanding: 0, tiers: {} },
  after: { earned: 0, outstanding: 0, tiers: {} },
  moves: [],
  givenAtOnce: 0,
  takenAtOnce: 0,
  most: [],
};

/** @returns the tally with these members counted in; the order of batches changes nothing */
export function tallied(tally: Tally, trials: readonly Trial[]): Tally {
  const moves = new Map(tally.moves.map((move) => [`${move.from} ${move.to}`, move]));
  for (const { move } of trials) {
    const [from, to] = [move.from ?? '', move.to ?? ''];
    if (from === to) continue;
    const known = moves.get(`${from} ${to}`);
    moves.set(`${from} ${to}`, { from, to, members: (known?.members ?? 0) + 1 });
  }
  const sum = (of: (trial: Trial) => number): number =>
    trials.reduce((total, trial) => total + of(trial), 0);
  return {
    members: tally.members + trials.length,
    orders: tally.orders + sum(({ orders }) => orders),
    before: added(
      tally.before,
      trials.map(({ before }) => before),
    ),
    after: added(
      tally.after,
      trials.map(({ after }) => after),
    ),
    moves: [...moves.values()].sort((a, b) => b.members - a.members || compare(a, b)),
    givenAtOnce: tally.givenAtOnce + sum(({ move }) => Math.max(0, move.points)),
    takenAtOnce: tally.takenAtOnce + sum(({ move }) => Math.max(0, -move.points)),
    most: mostChanged(tally, trials),
  };
}

function added(side: TallySide, outcomes: readonly Outcome[]): TallySide {
  const tiers = { ...side.tiers };
  for (const { tier } of outcomes) tiers[tier ?? ''] = (tiers[tier ?? ''] ?? 0) + 1;
  return {
    earned: side.earned + outcomes.reduce((sum, { earned }) => sum + earned, 0),
    outstanding: side.outstanding + outcomes.reduce((sum, one) => sum + one.outstanding, 0),
    tiers,
  };
}

function mostChanged({ most }: Tally, trials: readonly Trial[]): Tally['most'] {
  const changed = trials
    .filter(({ before, after }) => before.earned !== after.earned)
    .map(({ memberId, before, after }) => ({
      ...{ memberId, before: before.earned, after: after.earned },
    }));
  const size = ({ before, after }: { before: number; after: number }): number =>
    Math.abs(after - before);
  return [...most, ...changed]
    .sort((a, b) => size(b) - size(a) || (a.memberId < b.memberId ? -1 : 1))
    .slice(0, MOST_SHOWN);
}

function compare(a: { from: string; to: string }, b: { from: string; to: string }): number {
  return `${a.from} ${a.to}` < `${b.from} ${b.to}` ? -1 : 1;
}
