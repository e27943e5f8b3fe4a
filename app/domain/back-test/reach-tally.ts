/** How far members would be with a badge or a challenge: what batches of them come to, put together. */
import type { ProgressRow } from '../reaches/rows.ts';

/** Shares of the way in percent: none, up to a quarter, and so on; the last are those who are there. */
export const SHARES = ['none', 'quarter', 'half', 'most', 'near', 'done'] as const;
export type Share = (typeof SHARES)[number];

export interface ReachExample {
  readonly memberId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly have: number;
  readonly need: number;
}

export interface ReachTally {
  readonly members: number;
  readonly shares: Readonly<Record<Share, number>>;
  /** Of those who would have it, the first found. */
  readonly examples: readonly ReachExample[];
}

const MOST_EXAMPLES = 20;
/** So many members are looked at; of more it is told that it is of these. */
export const MOST_PREVIEWED = 20_000;

export const EMPTY_REACH_TALLY: ReachTally = {
  members: 0,
  shares: { none: 0, quarter: 0, half: 0, most: 0, near: 0, done: 0 },
  examples: [],
};

/** @param row null where nothing of it was begun */
export function shareOf(row: Pick<ProgressRow, 'have' | 'need' | 'completedAt'> | null): Share {
  if (!row) return 'none';
  if (row.completedAt !== null) return 'done';
  const share = row.need <= 0 ? 0 : row.have / row.need;
  if (share <= 0) return 'none';
  if (share <= 0.25) return 'quarter';
  if (share <= 0.5) return 'half';
  return share <= 0.75 ? 'most' : 'near';
}

export function reachTallied(a: ReachTally, b: ReachTally): ReachTally {
  const shares = SHARES.map((share) => [share, a.shares[share] + b.shares[share]] as const);
  return {
    members: a.members + b.members,
    shares: Object.fromEntries(shares) as Record<Share, number>,
    examples: [...a.examples, ...b.examples].slice(0, MOST_EXAMPLES),
  };
}
