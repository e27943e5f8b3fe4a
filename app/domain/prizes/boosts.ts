/** Multipliers for a time, as prizes: orders that are placed in it earn with them. */
import type { Multiplier } from '../earning/multipliers.ts';
import { compare, toText } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Boost {
  /** What gave it, e.g. "challenge:explorer". */
  readonly source: string;
  readonly name: string;
  readonly by: Rational;
  /** From this moment on, until just before that one. */
  readonly from: Moment;
  readonly until: Moment;
}

/** Those in which an order is placed at the moment: of one challenge or streak only the highest. */
export function boostsAt(boosts: readonly Boost[], at: Moment): readonly Boost[] {
  const highest = new Map<string, Boost>();
  for (const boost of boosts) {
    if (at < boost.from || at >= boost.until) continue;
    const known = highest.get(boost.source);
    if (!known || isHigher(boost, known)) highest.set(boost.source, boost);
  }
  return [...highest.values()].sort((a, b) => (a.source < b.source ? -1 : 1));
}

function isHigher(a: Boost, b: Boost): boolean {
  return compare(a.by, b.by) > 0 || (compare(a.by, b.by) === 0 && a.from < b.from);
}

export function boostMultiplier({ name, by }: Boost): Multiplier {
  return { of: 'prize', name, by };
}

/** What an award remembers of those that it was made with. */
export function boostText({ source, by }: Boost): string {
  return `${source} ${toText(by)}`;
}
