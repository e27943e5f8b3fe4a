/** The odds as they are published: one text, of which each draw keeps the hash. */
import type { GameItem, GamePrize } from './settings.ts';
import { WHOLE } from './draw.ts';

export interface PublishedPrize {
  readonly key: string;
  readonly name: string;
  readonly chance: number;
  readonly points: number;
  readonly reward: string | null;
  readonly badge: string | null;
  readonly stock: number | null;
  /** What is given where there is none left; null for nothing. */
  readonly instead: string | null;
}

export interface PublishedOdds {
  readonly v: 1;
  readonly of: number;
  readonly budgetPoints: number | null;
  readonly prizes: readonly PublishedPrize[];
}

export function publishedOdds({ prizes, budgetPoints }: GameItem): PublishedOdds {
  return { v: 1, of: WHOLE, budgetPoints, prizes: prizes.map(published) };
}

function published({ key, name, chance, prize, stock, instead }: GamePrize): PublishedPrize {
  const { points, reward, badge } = prize;
  return { key, name, chance, points, reward, badge, stock, instead };
}

/** In one order of its parts, so that the same odds are the same text. */
export function oddsText(odds: PublishedOdds): string {
  return JSON.stringify(odds);
}

/** Points that a play gives on average, before stock and budget. */
export function expectedPoints(
  prizes: readonly { readonly chance: number; readonly points: number }[],
): number {
  return prizes.reduce((sum, { chance, points }) => sum + (chance / WHOLE) * points, 0);
}

export type WhyOther = 'stock' | 'budget';

export interface Outcome {
  /** Where the draw fell; null for nothing. */
  readonly drawn: string | null;
  readonly given: string | null;
  /** Why something else is given than was drawn. */
  readonly because: WhyOther | null;
}

/**
 * What is given for what was drawn: the prize itself, or what stands in its place while there is some of
 * it left.
 * @param lack why a prize cannot be given; null where it can
 */
export function outcomeOf(
  prizes: readonly { readonly key: string; readonly instead: string | null }[],
  drawn: string | null,
  lack: (key: string) => WhyOther | null,
): Outcome {
  let because: WhyOther | null = null;
  const seen = new Set<string>();
  for (let key = drawn; key !== null && !seen.has(key);) {
    const lacking = lack(key);
    if (lacking === null) return { drawn, given: key, because };
    because ??= lacking;
    seen.add(key);
    key = prizes.find((prize) => prize.key === key)?.instead ?? null;
  }
  return { drawn, given: null, because };
}
