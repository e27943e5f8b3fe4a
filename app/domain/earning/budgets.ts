/**
 * Budgets of campaigns: what a campaign adds for everybody together. First come, first served: an
 * award asks once for what the campaign adds to it and keeps what it was granted; what a refund takes
 * goes back to the budget. So an award never changes because another one came or went.
 */
export interface Budgets {
  /** Points that awards hold of each campaign, by its key. */
  readonly held: Map<string, number>;
}

/** What an award has to do with one budget. */
export interface Draw {
  /** The most that the campaign would have added to it, at any step. */
  readonly asked: number;
  readonly granted: number;
  /** What it holds now: less than it was granted when a refund took some of it. */
  readonly held: number;
}

export type Draws = Readonly<Record<string, Draw>>;

const NEVER: Draw = { asked: 0, granted: 0, held: 0 };

export function noBudgets(): Budgets {
  return { held: new Map() };
}

/**
 * @param wanted what the campaign would add at each step; the last is what is kept
 * @returns what it may hold; nothing is booked before the award is posted
 */
export function drawOf(
  budgets: Budgets,
  campaign: { readonly key: string; readonly budgetPoints: number },
  before: Draw = NEVER,
  wanted: readonly number[],
): Draw {
  const left = Math.max(0, campaign.budgetPoints - (budgets.held.get(campaign.key) ?? 0));
  const asked = Math.max(before.asked, ...wanted);
  const granted = before.granted + Math.min(asked - before.asked, left);
  const kept = wanted.at(-1) ?? 0;
  return { asked, granted, held: Math.min(kept, granted, before.held + left) };
}

/** Books what an award holds now instead of what it held before. */
export function rebook(budgets: Budgets, before: Draws, after: Draws): void {
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const change = (after[key]?.held ?? 0) - (before[key]?.held ?? 0);
    if (change !== 0) budgets.held.set(key, (budgets.held.get(key) ?? 0) + change);
  }
}
