/**
 * How a streak went: a pure fold over what was done, through the periods of the shop's calendar. A freeze
 * bridges a period in which nothing was done; where there is none, the streak goes on from the first
 * period since which its freezes suffice, and is over where there is no such period. So whatever is
 * told late never shortens it: a run with a deed more has bridged no more, and begins no later.
 */
import { periodName, periodOf, periodStart } from './periods.ts';
import type { StreakPeriod } from './settings.ts';
import type { Milestone, StreakTerms } from './streak-terms.ts';
import type { Moment } from '../time/shop-time.ts';

/** A time in which a version of the streak holds, without gaps and sorted; none where it was switched off. */
export interface StreakSpan {
  readonly from: Moment;
  readonly until: Moment;
  readonly terms: StreakTerms;
  readonly programmeVersion: number;
}

export interface StreakDone {
  readonly at: Moment;
  /** Of the deed. */
  readonly kind: string;
}

export interface ReachedMilestone {
  readonly milestone: Milestone;
  /** The name of the first period since which the streak was never over. */
  readonly since: string;
  readonly at: Moment;
  readonly name: string;
  readonly programmeVersion: number;
}

export interface ReachedLength {
  readonly length: number;
  /** The name of the first period since which the streak was never over. */
  readonly since: string;
  readonly at: Moment;
}

export interface BrokenStreak {
  readonly at: Moment;
  readonly length: number;
  /** What is left of it. */
  readonly left: number;
}

export interface StreakCourse {
  /** Periods in a row that are done; what freezes bridged does not count. 0 when it is over. */
  readonly length: number;
  readonly best: number;
  readonly freezes: number;
  /** First moments of the periods that freezes bridge, of those since which it runs. */
  readonly bridged: readonly Moment[];
  /** When it began; null when it is over. */
  readonly since: Moment | null;
  /** The name of the first period since which it was never over. */
  readonly root: string | null;
  /** Whether the period of now is done. */
  readonly safe: boolean;
  /** The end of the period in which the next deed must come; null where nothing would be lost. */
  readonly by: Moment | null;
  /** The first moment of that period. */
  readonly byFrom: Moment | null;
  /** When time alone changes it: the end of the period of now. */
  readonly changesAt: Moment | null;
  readonly milestones: readonly ReachedMilestone[];
  /** How long it was with each period that was done, oldest first. */
  readonly lengths: readonly ReachedLength[];
  /** Oldest first. */
  readonly broken: readonly BrokenStreak[];
}

/** A run from one period on, as far as its freezes go. */
interface Run {
  /** Where it began for whoever pays: the name of the first period since which the streak was never over. */
  readonly root: string;
  readonly since: Moment;
  length: number;
  /** Freezes held, and periods that count toward the next. */
  held: number;
  earned: number;
  bridged: readonly number[];
}

interface Fold {
  readonly period: StreakPeriod;
  readonly zone: string;
  readonly spans: readonly StreakSpan[];
  /** The longest first; each later one holds more freezes than those before it. */
  runs: Run[];
  best: number;
  readonly milestones: ReachedMilestone[];
  readonly lengths: ReachedLength[];
  readonly broken: BrokenStreak[];
}

/**
 * @param spans of one period, oldest first
 * @param done in any order, as often as one likes
 * @param given when freezes were bought or given
 */
export function streakCourse(
  spans: readonly StreakSpan[],
  done: readonly StreakDone[],
  given: readonly Moment[],
  zone: string,
  now: Moment,
): StreakCourse {
  const period = spans[0]?.terms.period ?? 'day';
  const fold: Fold = {
    ...{ period, zone, spans, runs: [], best: 0 },
    ...{ milestones: [], lengths: [], broken: [] },
  };
  const firsts = firstDeeds(fold, done, now);
  const freezes = given.filter((at) => at <= now).sort((a, b) => a - b);
  const today = periodOf(now, period, zone);
  let next = 0;
  const freezesUntil = (moment: Moment): void => {
    for (let at = freezes[next]; at !== undefined && at < moment; at = freezes[next]) {
      addFreeze(fold, at);
      next += 1;
    }
  };
  const numbers = [...firsts.keys()].sort((a, b) => a - b);
  numbers.forEach((number, index) => {
    const at = firsts.get(number) ?? 0;
    freezesUntil(at);
    keepOn(fold, number, at);
    const until = numbers[index + 1] ?? today;
    for (let gap = number + 1; gap < until && fold.runs.length > 0; gap += 1) {
      freezesUntil(periodStart(gap + 1, period, zone));
      if (isMissed(fold, gap)) bridge(fold, gap);
    }
  });
  freezesUntil(Number.POSITIVE_INFINITY);
  return concluded(fold, firsts, today);
}

/** The first deed of each period that counts. */
function firstDeeds(
  { spans, period, zone }: Fold,
  done: readonly StreakDone[],
  now: Moment,
): ReadonlyMap<number, Moment> {
  const firsts = new Map<number, Moment>();
  for (const { at, kind } of done) {
    if (at > now || !spanAt(spans, at)?.terms.of.includes(kind)) continue;
    const number = periodOf(at, period, zone);
    firsts.set(number, Math.min(at, firsts.get(number) ?? at));
  }
  return firsts;
}

function spanAt(spans: readonly StreakSpan[], at: Moment): StreakSpan | null {
  return spans.find(({ from, until }) => from <= at && at < until) ?? null;
}

/** A period is done: every run grows, and one begins where something was missed before. */
function keepOn(fold: Fold, number: number, at: Moment): void {
  const span = spanAt(fold.spans, at);
  if (!span) return;
  const { atStart, earnEvery, most } = span.terms.freezes;
  const root = fold.runs[0]?.root ?? periodName(number, fold.period);
  fold.runs.push({ root, since: at, length: 0, held: atStart, earned: 0, bridged: [] });
  for (const run of fold.runs) {
    run.length += 1;
    // Whoever holds as many as there may be begins to earn the next one when one was used.
    if (earnEvery === null || run.held >= most) continue;
    run.earned += 1;
    if (run.earned < earnEvery) continue;
    run.held += 1;
    run.earned = 0;
  }
  fold.runs = worthKeeping(fold.runs);
  note(fold, span, at);
}

/** A shorter run is looked at only while it would hold out for longer. */
function worthKeeping(runs: readonly Run[]): Run[] {
  const kept: Run[] = [];
  for (const run of runs) {
    const before = kept.at(-1);
    if (
      !before ||
      run.held > before.held ||
      (run.held === before.held && run.earned > before.earned)
    )
      kept.push(run);
  }
  return kept;
}

function note(fold: Fold, { terms, programmeVersion }: StreakSpan, at: Moment): void {
  const [run] = fold.runs;
  if (!run) return;
  const { root: since } = run;
  for (const milestone of terms.milestones) {
    if (milestone.at !== run.length) continue;
    const isKnown = fold.milestones.some(
      (one) => one.milestone.at === run.length && (!terms.again || one.since === since),
    );
    if (!isKnown)
      fold.milestones.push({ milestone, since, at, name: terms.name, programmeVersion });
  }
  fold.lengths.push({ length: run.length, since, at });
  fold.best = Math.max(fold.best, run.length);
}

function addFreeze(fold: Fold, at: Moment): void {
  const most = spanAt(fold.spans, at)?.terms.freezes.most ?? 0;
  for (const run of fold.runs) {
    if (run.held >= most) continue;
    run.held += 1;
    // As much as there may be: nothing counts toward more.
    if (run.held >= most) run.earned = 0;
  }
  fold.runs = worthKeeping(fold.runs);
}

/** Not where the streak was switched off for a part of it, nor on a day that the calendar left out. */
function isMissed({ spans, period, zone }: Fold, number: number): boolean {
  const [start, end] = [periodStart(number, period, zone), periodStart(number + 1, period, zone)];
  if (end <= start) return false;
  let covered = start;
  for (const { from, until } of spans) if (from <= covered && until > covered) covered = until;
  return covered >= end;
}

/** Its end has come, and nothing was done in it. */
function bridge(fold: Fold, number: number): void {
  const length = fold.runs[0]?.length ?? 0;
  fold.runs = fold.runs.filter(({ held }) => held > 0);
  for (const run of fold.runs) {
    run.held -= 1;
    run.bridged = [...run.bridged, number];
  }
  const left = fold.runs[0]?.length ?? 0;
  if (left === length) return;
  fold.broken.push({ at: periodStart(number + 1, fold.period, fold.zone), length, left });
}

function concluded(fold: Fold, firsts: ReadonlyMap<number, Moment>, today: number): StreakCourse {
  const { period, zone, best, milestones, lengths, broken } = fold;
  const [run] = fold.runs;
  const safe = firsts.has(today);
  const next = today + (safe ? 1 : 0);
  const mustCome = run !== undefined && isMissed(fold, next);
  return {
    length: run?.length ?? 0,
    ...{ best, milestones, lengths, broken, safe },
    freezes: run?.held ?? 0,
    bridged: (run?.bridged ?? []).map((number) => periodStart(number, period, zone)),
    since: run?.since ?? null,
    root: run?.root ?? null,
    byFrom: mustCome ? periodStart(next, period, zone) : null,
    by: mustCome ? periodStart(next + 1, period, zone) : null,
    changesAt: run ? periodStart(today + 1, period, zone) : null,
  };
}
