/**
 * Where a member stands on the ladder, as a pure function of what they did and of the ladders that
 * were in force: so late, repeated and reordered facts end at the same tier. Upgrades are
 * immediate; a tier is held for its term; a refund takes away what its order had brought.
 */
import type { Step } from './metric.ts';
import { tierMetrics } from './metric.ts';
import { addDays, startOfYear } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Rung {
  readonly key: string;
  readonly name: string;
  readonly need: number;
  readonly multiplier: string;
}

export type TierWindow =
  | { readonly kind: 'lifetime' }
  | { readonly kind: 'rolling'; readonly days: number }
  | { readonly kind: 'calendar-year' }
  | { readonly kind: 'anniversary' };

export interface Ladder {
  readonly from: Moment;
  readonly metric: string;
  readonly window: TierWindow;
  readonly graceDays: number;
  /** Lowest first. */
  readonly rungs: readonly Rung[];
}

export interface Stand {
  /** From when on this was so; a new ladder begins a new stand, though the tier stays. */
  readonly from: Moment;
  /** Since when the member has been in this tier without a break. */
  readonly since: Moment;
  readonly rung: Rung | null;
  /** End of the present term, or of its grace; null when held for good or below the first rung. */
  readonly termEnds: Moment | null;
  /** In grace: where the member goes at its end, unless they qualify again. */
  readonly lapsesTo?: Rung | null;
}

/**
 * @param ladders in force from their `from`, oldest first
 * @param steps oldest first
 * @returns every stand up to `now`, oldest first; empty when no ladder was ever in force
 */
export function climb(
  ladders: readonly Ladder[],
  steps: readonly Step[],
  now: Moment,
  zone: string,
): readonly Stand[] {
  if (ladders.length === 0) return [];
  const settled = steps.filter((step) => step.at <= now);
  const done = settled.filter((step) => !isTakenBack(step));
  let stands = walk(ladders, tallyOf(done), now, zone);
  // A refund is known from its own moment on: what was true before it stays true.
  for (const moment of new Set(settled.filter(isTakenBack).map((step) => step.at))) {
    const known = settled.filter((step) => step.at <= moment || !isTakenBack(step));
    const after = walk(ladders, tallyOf(known), now, zone);
    stands = [...stands.filter((stand) => stand.from < moment), ...from(after, moment)];
  }
  return stands;
}

export function standAt(stands: readonly Stand[], at: Moment): Stand | null {
  let found: Stand | null = null;
  for (const stand of stands) if (stand.from <= at) found = stand;
  return found;
}

/** Where the member stood when something was done: what it brings itself counts only afterwards. */
export function standBefore(stands: readonly Stand[], at: Moment): Stand | null {
  let found: Stand | null = null;
  for (const stand of stands) if (stand.from < at) found = stand;
  return found;
}

/** What counts toward the ladder at a moment, e.g. 32000 minor units of the present window. */
export function countNow(
  ladder: Ladder,
  steps: readonly Step[],
  now: Moment,
  zone: string,
): number {
  return sumAt(ladder, tallyOf(steps.filter((step) => step.at <= now)), now, zone);
}

function isTakenBack(step: Step): boolean {
  return step.at > step.countsFrom;
}

function from(stands: readonly Stand[], moment: Moment): readonly Stand[] {
  const atMoment = standAt(stands, moment);
  const later = stands.filter((stand) => stand.from > moment);
  return atMoment ? [{ ...atMoment, from: moment }, ...later] : later;
}

/** One pass through time: things done, changes of the ladder, ends of terms. */
function walk(
  ladders: readonly Ladder[],
  tally: Tally,
  now: Moment,
  zone: string,
): readonly Stand[] {
  const moments = [...new Set([...ladders.map((ladder) => ladder.from), ...tally.moments])]
    .filter((moment) => moment <= now)
    .sort((a, b) => a - b);
  const stands: Stand[] = [];
  let held: Stand | null = null;
  const take = (stand: Stand): void => {
    if (stand !== held) stands.push(stand);
    held = stand;
  };
  for (const moment of [...moments, now]) {
    for (let due = termOver(held, moment); due; due = termOver(held, moment)) {
      take(atTermEnd(ladders, tally, due, zone));
    }
    const ladder = inForce(ladders, moment);
    if (ladder) take(reached(ladder, held, tally, moment, zone));
  }
  return stands;
}

function termOver(held: Stand | null, moment: Moment): (Stand & { termEnds: Moment }) | null {
  return held && held.termEnds !== null && held.termEnds <= moment
    ? { ...held, termEnds: held.termEnds }
    : null;
}

/** Requalify, or keep the tier through the days of grace, or go to what the window's sum reaches. */
function atTermEnd(
  ladders: readonly Ladder[],
  tally: Tally,
  held: Stand & { termEnds: Moment },
  zone: string,
): Stand {
  const at = held.termEnds;
  const ladder = inForce(ladders, at);
  if (!ladder) return { from: at, since: at, rung: null, termEnds: null };
  // A year ends just before the next; a rolling window's last moment is this one.
  const lastMoment = ladder.window.kind === 'calendar-year' ? at - 1 : at;
  const reachedNow = rungFor(ladder, sumAt(ladder, tally, lastMoment, zone));
  const graceOver = held.lapsesTo !== undefined;
  const rung = graceOver ? higher(held.lapsesTo, reachedNow) : reachedNow;
  if (!graceOver && ladder.graceDays > 0 && needOf(rung) < needOf(held.rung)) {
    const termEnds = addDays(at, ladder.graceDays, zone);
    return { ...held, from: at, termEnds, lapsesTo: rung };
  }
  return standing(held, rung, at, rung ? termEnd(ladder, at, zone) : null);
}

/** Up at once; never down before the term ends, unless the held tier left the ladder. */
function reached(
  ladder: Ladder,
  held: Stand | null,
  tally: Tally,
  moment: Moment,
  zone: string,
): Stand {
  const rung = rungFor(ladder, sumAt(ladder, tally, moment, zone));
  const kept = held?.rung ? ladder.rungs.find(({ key }) => key === held.rung?.key) : undefined;
  if (held && kept) {
    const requalified = held.lapsesTo !== undefined && needOf(rung) >= kept.need;
    if (needOf(rung) <= kept.need && !requalified) {
      return kept === held.rung ? held : { ...held, from: moment, rung: kept };
    }
  } else if (held && !held.rung && !rung) {
    return held;
  }
  return standing(held, rung, moment, rung ? termEnd(ladder, moment, zone) : null);
}

function standing(
  held: Stand | null,
  rung: Rung | null,
  at: Moment,
  termEnds: Moment | null,
): Stand {
  const since = held && held.rung?.key === rung?.key ? held.since : at;
  return { from: at, since, rung, termEnds };
}

function inForce(ladders: readonly Ladder[], at: Moment): Ladder | null {
  let found: Ladder | null = null;
  for (const ladder of ladders) if (ladder.from <= at) found = ladder;
  return found;
}

function rungFor(ladder: Ladder, amount: number): Rung | null {
  let found: Rung | null = null;
  for (const rung of ladder.rungs) if (amount >= rung.need) found = rung;
  return found;
}

function needOf(rung: Rung | null): number {
  return rung ? rung.need : -1;
}

function higher(a: Rung | null | undefined, b: Rung | null): Rung | null {
  return needOf(a ?? null) > needOf(b) ? (a ?? null) : b;
}

/** Running sums by metric, so that any window is two look-ups. */
interface Tally {
  readonly moments: readonly Moment[];
  readonly sums: ReadonlyMap<string, readonly number[]>;
}

function tallyOf(steps: readonly Step[]): Tally {
  const ordered = [...steps].sort((a, b) => a.countsFrom - b.countsFrom);
  const sums = new Map<string, number[]>();
  for (const metric of tierMetrics.all) {
    let sum = 0;
    sums.set(
      metric.kind,
      ordered.map((step) => (sum += metric.amount(step))),
    );
  }
  return { moments: ordered.map((step) => step.countsFrom), sums };
}

function sumAt(ladder: Ladder, tally: Tally, at: Moment, zone: string): number {
  const sums = tally.sums.get(ladder.metric) ?? [];
  const upTo = (moment: Moment): number => sums[countUpTo(tally.moments, moment) - 1] ?? 0;
  return upTo(at) - upTo(windowStart(ladder.window, at, zone));
}

/** How many of the sorted moments are at or before `at`. */
function countUpTo(moments: readonly Moment[], at: Moment): number {
  let low = 0;
  let high = moments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((moments[middle] ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The last moment before the window: what counts comes after it. */
function windowStart(window: TierWindow, at: Moment, zone: string): Moment {
  switch (window.kind) {
    case 'lifetime':
      return Number.NEGATIVE_INFINITY;
    case 'rolling':
      return addDays(at, -window.days, zone);
    case 'calendar-year':
    case 'anniversary':
      return startOfYear(at, zone) - 1;
  }
}

/** A tier is held to the end of the window after the one in which it was reached. */
function termEnd(ladder: Ladder, at: Moment, zone: string): Moment | null {
  switch (ladder.window.kind) {
    case 'lifetime':
      return null;
    case 'rolling':
      return addDays(at, ladder.window.days, zone);
    case 'calendar-year':
    case 'anniversary':
      return startOfYear(at, zone, 2);
  }
}
