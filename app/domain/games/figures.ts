/** What a game gave against what its odds said it would. */
import { WHOLE } from './draw.ts';
import { ROUTES } from './plays.ts';
import type { Route } from './plays.ts';

export interface CountedDraws {
  readonly oddsHash: string;
  readonly route: Route;
  readonly drawn: string | null;
  readonly given: string | null;
  readonly draws: number;
  readonly points: number;
}

export interface PrizeFigures {
  /** Null for a blank. */
  readonly key: string | null;
  readonly drawn: number;
  /** By the odds that were published at each draw; null where nothing was drawn by chances. */
  readonly due: number | null;
  readonly given: number;
}

/** @param chancesOf by the hash of the odds: chances of a million by prize; empty for a giveaway's */
export function prizeFigures(
  counted: readonly CountedDraws[],
  keys: readonly string[],
  chancesOf: ReadonlyMap<string, ReadonlyMap<string, number>>,
): readonly PrizeFigures[] {
  const known = new Set([...keys, ...counted.flatMap(({ drawn, given }) => [drawn, given])]);
  const prizes = [...known].filter((key) => key !== null);
  const sum = (of: (row: CountedDraws) => number): number =>
    counted.reduce((all, row) => all + of(row), 0);
  const byChance = counted.some(({ oddsHash }) => (chancesOf.get(oddsHash)?.size ?? 0) > 0);
  return [...prizes, null].map((key) => ({
    key,
    drawn: sum((row) => (row.drawn === key ? row.draws : 0)),
    given: sum((row) => (row.given === key ? row.draws : 0)),
    due: byChance
      ? Math.round(
          sum(({ oddsHash, draws }) => (draws * chance(key, chancesOf.get(oddsHash))) / WHOLE),
        )
      : null,
  }));
}

function chance(key: string | null, chances: ReadonlyMap<string, number> = new Map()): number {
  if (key !== null) return chances.get(key) ?? 0;
  return WHOLE - [...chances.values()].reduce((sum, one) => sum + one, 0);
}

export function playsByRoute(
  rows: readonly { readonly route: Route; readonly plays: number }[],
): Readonly<Record<Route, number>> {
  const found = { free: 0, tier: 0, order: 0, points: 0 };
  for (const { route, plays } of rows) found[route] += plays;
  return found;
}

export { ROUTES };
