/** The table a bench ends with, and the one figure that stands for several rounds. */
import { say } from './bench-place.ts';

export type Row = readonly string[];

export interface Rate {
  readonly perSecond: number;
}

export function median(figures: readonly number[]): number {
  const sorted = figures.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** The median of the rounds' ratios: both sides of a round met the same machine. */
export function ratioOf(ours: readonly Rate[], theirs: readonly Rate[]): number {
  return median(ours.map(({ perSecond }, at) => perSecond / (theirs[at]?.perSecond ?? 0)));
}

/** @param wide the width of the first column */
export function sayTable(rows: readonly Row[], wide: number): void {
  for (const row of rows) {
    say(row.map((text, at) => (at === 0 ? text.padEnd(wide) : text.padStart(9))).join(''));
  }
}
