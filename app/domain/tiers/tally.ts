/**
 * What a member has done so far, by the moment from which it counts, so that the sum of any window is
 * two look-ups. What was done is taken in as it becomes known: a refund takes from its order's moment.
 */
import type { Step } from './metric.ts';
import { tierMetrics } from './metric.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Tally {
  /** Moments from which something counts, oldest first, each once. */
  readonly moments: readonly Moment[];
  readonly add: (step: Step) => void;
  /** What counts after the one moment, up to the other. */
  readonly sum: (metric: string, after: Moment, upTo: Moment) => number;
  /** The first moment after this one from which something counts; null when nothing does. */
  readonly firstAfter: (metric: string, after: Moment) => Moment | null;
}

/** @param steps all that will be added, so that each has its place */
export function tallyFor(steps: readonly Step[], metrics: ReadonlySet<string>): Tally {
  const moments = distinct(steps.map(({ countsFrom }) => countsFrom));
  const columns = [...metrics].flatMap((kind) => {
    const metric = tierMetrics.find(kind);
    return metric ? [{ kind, metric, sums: new RunningSums(moments.length) }] : [];
  });
  const sumsOf = (kind: string): RunningSums | null =>
    columns.find((column) => column.kind === kind)?.sums ?? null;
  return {
    moments,
    add: (step) => {
      const place = countUpTo(moments, step.countsFrom) - 1;
      for (const { metric, sums } of columns) sums.add(place, metric.amount(step));
    },
    sum: (kind, after, upTo) => {
      const sums = sumsOf(kind);
      if (!sums) return 0;
      return sums.first(countUpTo(moments, upTo)) - sums.first(countUpTo(moments, after));
    },
    firstAfter: (kind, after) => {
      const sums = sumsOf(kind);
      if (!sums) return null;
      for (let place = countUpTo(moments, after); place < moments.length; place += 1) {
        if (sums.at(place) !== 0) return moments[place] ?? null;
      }
      return null;
    },
  };
}

/** Sums of the first N amounts, though any of them may still change (a Fenwick tree). */
class RunningSums {
  readonly #amounts: Float64Array;
  readonly #tree: Float64Array;

  constructor(length: number) {
    this.#amounts = new Float64Array(length);
    this.#tree = new Float64Array(length + 1);
  }

  add(place: number, amount: number): void {
    if (amount === 0) return;
    this.#amounts[place] = this.at(place) + amount;
    for (let node = place + 1; node < this.#tree.length; node += node & -node) {
      this.#tree[node] = (this.#tree[node] ?? 0) + amount;
    }
  }

  at(place: number): number {
    return this.#amounts[place] ?? 0;
  }

  first(count: number): number {
    let sum = 0;
    for (let node = count; node > 0; node -= node & -node) sum += this.#tree[node] ?? 0;
    return sum;
  }
}

/** Sorted, each once. */
export function distinct(moments: Iterable<Moment>): readonly Moment[] {
  return [...new Set(moments)].sort((a, b) => a - b);
}

/** How many of the sorted moments are at or before `at`. */
export function countUpTo(moments: readonly Moment[], at: Moment): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}
