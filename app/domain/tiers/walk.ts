/**
 * The way up and down a ladder by counting. Time is walked through once; what is taken back later is
 * known from its own moment on, so there the walk goes back to the moment that it concerns, and on
 * from there. Nothing before it is walked again, so many facts cost little more than few.
 */
import { heightOf } from './climb.ts';
import type { Ladder, Rung, Stand } from './climb.ts';
import type { Step } from './metric.ts';
import { tierMetrics } from './metric.ts';
import { countUpTo, distinct, tallyFor } from './tally.ts';
import type { Tally } from './tally.ts';
import type { Windows } from './windows.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Walk {
  /** As was known at each time. */
  readonly stands: readonly Stand[];
  /** As if all that is known now had been known from the beginning. */
  readonly believed: readonly Stand[];
  readonly tally: Tally;
  /** Where time alone leads until then. */
  readonly ahead: (until: Moment) => Stand | null;
}

/** @param ladders in force from their `from`, oldest first */
export function walk(
  ladders: readonly Ladder[],
  steps: readonly Step[],
  now: Moment,
  windows: Windows,
): Walk {
  const settled = steps.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
  const tally = tallyFor(settled, new Set(ladders.map(({ metric }) => metric)));
  const way: Way = { ladders, froms: ladders.map(({ from }) => from), tally, windows };
  const lowering = ladders.filter((ladder, index) => lowers(ladder, ladders[index - 1]));
  const looks = looksOf(ladders, settled, tally, windows).filter((moment) => moment <= now);
  const stands: Stand[] = [];
  const believed: Stand[] = [];
  let held: Stand | null = null;
  let taken = 0;

  const take = (stand: Stand): void => {
    if (stand !== held) believed.push(stand);
    held = stand;
  };
  const endTerms = (until: Moment): void => {
    for (let due = termOver(held, until); due; due = termOver(held, until)) {
      take(atTermEnd(way, due));
    }
  };
  const look = (moment: Moment): void => {
    endTerms(moment);
    const ladder = inForce(way, moment);
    if (ladder) take(reached(way, ladder, held, moment, lowering));
  };
  /** @returns the earliest moment that something of this moment belongs to */
  const takeIn = (moment: Moment): Moment => {
    let earliest = moment;
    for (let step = settled[taken]; step && step.at <= moment; step = settled[taken]) {
      tally.add(step);
      earliest = Math.min(earliest, step.countsFrom);
      taken += 1;
    }
    return earliest;
  };
  const goBackTo = (earliest: Moment, until: Moment): void => {
    while (believed.length > 0 && (believed.at(-1)?.from ?? 0) >= earliest) believed.pop();
    held = believed.at(-1) ?? null;
    const [first, end] = [countUpTo(looks, earliest - 1), countUpTo(looks, until - 1)];
    for (const moment of looks.slice(first, end)) look(moment);
  };

  for (const moment of distinct([...looks, ...settled.map(({ at }) => at), now])) {
    const known = believed.length;
    endTerms(moment - 1);
    stands.push(...believed.slice(known));
    const before = believed.length;
    const earliest = takeIn(moment);
    if (earliest === moment) {
      look(moment);
      stands.push(...believed.slice(before));
    } else {
      goBackTo(earliest, moment);
      look(moment);
      const stand: Stand | null = held;
      if (stand && !isSame(stand, stands.at(-1))) stands.push(anew(stand, moment));
    }
  }
  const last = held;
  return {
    stands,
    believed,
    tally,
    ahead: (future) => {
      let stand: Stand | null = last;
      for (let due = termOver(stand, future); due; due = termOver(stand, future)) {
        stand = atTermEnd(way, due);
      }
      return stand;
    },
  };
}

interface Way {
  readonly ladders: readonly Ladder[];
  readonly froms: readonly Moment[];
  readonly tally: Tally;
  readonly windows: Windows;
}

type Ending = Stand & { readonly termEnds: Moment };

function termOver(held: Stand | null, moment: Moment): Ending | null {
  return held && held.termEnds !== null && held.termEnds <= moment
    ? { ...held, termEnds: held.termEnds }
    : null;
}

/** Requalify, or keep the tier through the days of grace, or go where the ladder's policy says. */
function atTermEnd(way: Way, held: Ending): Stand {
  const at = held.termEnds;
  const ladder = inForce(way, at);
  if (!ladder) return { from: at, since: at, rung: null, termEnds: null };
  const found = qualified(way, ladder, at);
  const graceOver = held.lapsesTo !== undefined;
  const fallback = graceOver ? (held.lapsesTo ?? null) : policyRung(ladder, held.rung, found.rung);
  const byPolicy = isLower(ladder, found.rung, fallback);
  const rung = byPolicy ? fallback : found.rung;
  if (!graceOver && ladder.graceDays > 0 && isLower(ladder, rung, held.rung)) {
    const termEnds = way.windows.later(at, ladder.graceDays);
    return { from: at, since: held.since, rung: held.rung, termEnds, lapsesTo: rung };
  }
  const until = byPolicy ? found.shortest : found.until;
  const stand = standing(held, rung, at, rung ? until : null);
  return stand.rung && !isLower(ladder, stand.rung, held.rung)
    ? { ...stand, renewed: true }
    : stand;
}

interface Qualified {
  readonly rung: Rung | null;
  /** To the end of the window after the one that brought it. */
  readonly until: Moment | null;
  /** How long a tier is held that none of the windows brought. */
  readonly shortest: Moment | null;
}

/** The best of what the windows that decide at a term's end bring; of equals what holds longest. */
function qualified(way: Way, ladder: Ladder, at: Moment): Qualified {
  const windows = way.windows.deciding(ladder.window, at);
  const found = windows.map(({ last, until }) => ({
    rung: rungFor(ladder, countedAt(way, ladder, last)),
    until,
  }));
  const best = found.reduce((a, b) => (isLower(ladder, a.rung, b.rung) ? b : a));
  return { ...best, shortest: windows.at(-1)?.until ?? null };
}

/** Up at once; never down before the term ends, unless the held tier left the ladder. */
function reached(
  way: Way,
  ladder: Ladder,
  held: Stand | null,
  moment: Moment,
  lowering: readonly Ladder[],
): Stand {
  const rung = rungFor(ladder, countedAt(way, ladder, moment));
  const termEnds = rung ? way.windows.termEnd(ladder.window, moment) : null;
  if (held === null) return standing(null, rung, moment, termEnds);
  if (held.rung === null) return rung ? standing(held, rung, moment, termEnds) : held;
  const kept = rungBy(ladder, held.rung.key);
  const lowered =
    ladder.from === moment && lowering.includes(ladder) && isLower(ladder, rung, kept);
  if (kept === null || lowered || isLower(ladder, kept, rung)) {
    return standing(held, rung, moment, termEnds);
  }
  const requalified = held.lapsesTo !== undefined && !isLower(ladder, rung, kept);
  if (requalified) return standing(held, rung, moment, termEnds);
  return kept === held.rung ? held : renamed(held, kept, ladder, moment);
}

/** The same tier under another ladder: its name, its multiplier, and what a fall leads to. */
function renamed(held: Stand, rung: Rung, ladder: Ladder, from: Moment): Stand {
  const stand = { from, since: held.since, rung, termEnds: held.termEnds };
  if (held.lapsesTo === undefined) return stand;
  return { ...stand, lapsesTo: held.lapsesTo && rungBy(ladder, held.lapsesTo.key) };
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

/** Where the ladder's policy leads who did not requalify. */
function policyRung(ladder: Ladder, held: Rung | null, reachedNow: Rung | null): Rung | null {
  if (ladder.downgrade === 'recompute' || !isLower(ladder, reachedNow, held)) return reachedNow;
  const below = ladder.rungs.slice(0, Math.max(0, heightOf(ladder, held)));
  return higher(ladder, below.findLast(({ need }) => need !== null) ?? null, reachedNow);
}

function rungFor(ladder: Ladder, amount: number): Rung | null {
  return ladder.rungs.findLast(({ need }) => need !== null && amount >= need) ?? null;
}

function rungBy(ladder: Ladder, key: string): Rung | null {
  return ladder.rungs.find((rung) => rung.key === key) ?? null;
}

function isLower(ladder: Ladder, a: Rung | null, b: Rung | null): boolean {
  return heightOf(ladder, a) < heightOf(ladder, b);
}

function higher(ladder: Ladder, a: Rung | null, b: Rung | null): Rung | null {
  return isLower(ladder, a, b) ? b : a;
}

function countedAt({ tally, windows }: Way, ladder: Ladder, at: Moment): number {
  return tally.sum(ladder.metric, windows.before(ladder.window, at), at);
}

function inForce({ ladders, froms }: Way, at: Moment): Ladder | null {
  return ladders[countUpTo(froms, at) - 1] ?? null;
}

/** A ladder that asks for what the one before it asked for lowers nobody. */
function lowers(ladder: Ladder, before: Ladder | undefined): boolean {
  return ladder.lowersAtOnce && before !== undefined && asked(ladder) !== asked(before);
}

function asked({ metric, window, rungs }: Ladder): string {
  return JSON.stringify([metric, window, rungs.map(({ key, need }) => [key, need])]);
}

/**
 * When something may change by counting. A deduction by hand that leaves the window raises what
 * counts, so that is such a moment, too.
 */
function looksOf(
  ladders: readonly Ladder[],
  steps: readonly Step[],
  tally: Tally,
  windows: Windows,
): readonly Moment[] {
  const leaving = steps
    .filter((step) => tierMetrics.all.some((metric) => metric.amount(step) < 0))
    .filter(({ at, countsFrom }) => at <= countsFrom)
    .flatMap(({ countsFrom }) =>
      ladders.flatMap(({ window }) => windows.leaves(window, countsFrom) ?? []),
    );
  return distinct([...ladders.map(({ from }) => from), ...tally.moments, ...leaving]);
}

function isSame(a: Stand, b: Stand | undefined): boolean {
  return (
    b !== undefined &&
    a.rung === b.rung &&
    a.since === b.since &&
    a.termEnds === b.termEnds &&
    a.lapsesTo === b.lapsesTo
  );
}

/** What is so from this moment on, because something became known. */
function anew({ since, rung, termEnds, lapsesTo }: Stand, from: Moment): Stand {
  return { from, since, rung, termEnds, ...(lapsesTo !== undefined && { lapsesTo }) };
}
