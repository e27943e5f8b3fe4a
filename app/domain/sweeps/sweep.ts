/** Comparing with Shopify: what is looked at, and what came of it. */
export const SWEEP_SUBJECTS = ['customers', 'orders', 'rewards'] as const;
export type SweepSubject = (typeof SWEEP_SUBJECTS)[number];

/** Who asks for the sweep of a night. */
export const NIGHTLY = 'laurel';

export interface SweepCounts {
  readonly alreadyRight: number;
  /** Known, but not in its newest state. */
  readonly repaired: number;
  /** We had never heard of it. */
  readonly missed: number;
  readonly failures: number;
  /** Of those repaired: codes that somebody had deleted or ended in Shopify. */
  readonly rewardsEnded: number;
  readonly pointsGiven: number;
  readonly pointsTaken: number;
  /** What is wrong with the last one that failed. */
  readonly failure: string | null;
}

export const NOTHING_SWEPT: SweepCounts = {
  alreadyRight: 0,
  repaired: 0,
  missed: 0,
  failures: 0,
  rewardsEnded: 0,
  pointsGiven: 0,
  pointsTaken: 0,
  failure: null,
};

export function plus(a: SweepCounts, b: SweepCounts): SweepCounts {
  return {
    alreadyRight: a.alreadyRight + b.alreadyRight,
    repaired: a.repaired + b.repaired,
    missed: a.missed + b.missed,
    failures: a.failures + b.failures,
    rewardsEnded: a.rewardsEnded + b.rewardsEnded,
    pointsGiven: a.pointsGiven + b.pointsGiven,
    pointsTaken: a.pointsTaken + b.pointsTaken,
    failure: b.failure ?? a.failure,
  };
}
