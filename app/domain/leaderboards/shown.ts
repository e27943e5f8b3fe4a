/** What others see of a standing: a rank, a nickname, and the score unless its amount is nobody's business. */
import { ranksFrom } from './buckets.ts';
import { formatDecimal } from '../money/money.ts';
import type { LeaderboardTerms } from '../programme/terms.ts';

export interface ShownLine {
  readonly rank: number;
  /** Null of who has left since, or whose name may not be shown. */
  readonly name: string | null;
  readonly score: number | null;
}

interface Row {
  readonly score: number;
  readonly reachedAt: number;
  readonly nickname: string | null;
}

/** A score as people read it: an amount of money in units of the currency, everything else as it counts. */
export function shownScore(
  score: number,
  { definition }: Pick<LeaderboardTerms, 'definition'>,
  currency: string,
): number {
  return definition.words.unit === 'money' ? Number(formatDecimal(score, currency)) : score;
}

/** From the top; of those with the same rank, who reached it first stands first. */
export function shownTop(
  { definition }: Pick<LeaderboardTerms, 'definition'>,
  rows: readonly Row[],
): readonly ShownLine[] {
  return ranksFrom(1, rows)
    .toSorted((a, b) => a.rank - b.rank || a.reachedAt - b.reachedAt)
    .map(({ rank, nickname, score }) => ({
      ...{ rank, name: nickname },
      score: definition.hidden ? null : score,
    }));
}
