/** What a member is missing: to reach the next tier, and to keep theirs at the end of its term. */
import { countedAt, heightOf, ladderAt } from './climb.ts';
import type { Climb, Ladder, Rung, Stand } from './climb.ts';
import type { Moment } from '../time/shop-time.ts';

export interface LadderProgress {
  readonly metric: string;
  /** What counts of the present window, e.g. 32000 minor units. */
  readonly have: number;
  /** The next tier that can be reached by counting; null at the top. */
  readonly next: Rung | null;
  /** From when on less of it counts; null when nothing is lost by waiting. */
  readonly nextBy: Moment | null;
  /** Null where nothing is to be kept: held for good, or the window that decides has not begun. */
  readonly keep: Keep | null;
}

export interface Keep {
  readonly rung: Rung;
  /** Where they will be after it if nothing more happens. */
  readonly to: Rung | null;
  /** From this moment on: the end of the term with its grace, or of the grant. */
  readonly ends: Moment;
  readonly have: number;
  /** What keeping it by counting takes; null where it is only granted. */
  readonly need: number | null;
}

export function ladderProgress(climbed: Climb, now: Moment): LadderProgress | null {
  const ladder = ladderAt(climbed.ladders, now);
  if (!ladder) return null;
  const stand = climbed.stands.at(-1) ?? null;
  const height = heightOf(ladder, stand?.rung ?? null);
  const next = ladder.rungs.find(({ need }, index) => index > height && need !== null) ?? null;
  const keep = stand && keepOf(climbed, ladder, stand, now);
  return {
    metric: ladder.metric,
    have: countedAt(climbed, ladder, now),
    next,
    nextBy: next && lessFrom(climbed, ladder, now),
    keep: keep && keep.from <= now ? keep : null,
  };
}

/** Moments at which time alone changes what is missing. */
export function changesOf(climbed: Climb, progress: LadderProgress, now: Moment): Moment[] {
  const ladder = ladderAt(climbed.ladders, now);
  const stand = climbed.stands.at(-1) ?? null;
  const keep = ladder && stand && keepOf(climbed, ladder, stand, now);
  return [progress.nextBy, keep?.from ?? null].filter((moment) => moment !== null);
}

/** A year ends as a whole; from a rolling window the oldest purchase goes first. */
function lessFrom(
  { tally, windows }: Climb,
  { window, metric }: Ladder,
  now: Moment,
): Moment | null {
  if (window.kind !== 'rolling') return windows.leaves(window, now);
  const oldest = tally.firstAfter(metric, windows.before(window, now));
  return oldest === null ? null : windows.leaves(window, oldest);
}

/** With the moment from which purchases count for it. */
function keepOf(
  climbed: Climb,
  ladder: Ladder,
  stand: Stand,
  now: Moment,
): (Keep & { readonly from: Moment }) | null {
  const { rung, termEnds } = stand;
  if (!rung || termEnds === null) return null;
  const after = climbed.ahead(termEnds);
  // Beneath a grant another tier may be in its grace: that keeps nobody in this one.
  const inGrace = after?.lapsesTo !== undefined && after.rung?.key === rung.key;
  const to = inGrace ? (after.lapsesTo ?? null) : (after?.rung ?? null);
  const ends = inGrace ? (after.termEnds ?? termEnds) : termEnds;
  const { windows, tally } = climbed;
  // In its grace, and under a grant, a tier is reached again by what counts at the time.
  const byNow = stand.granted === true || stand.lapsesTo !== undefined;
  const countedBy = ({ last }: { readonly last: Moment }): { before: Moment; have: number } => {
    const before = windows.before(ladder.window, last);
    return { before, have: tally.sum(ladder.metric, before, last) };
  };
  const [newest, ...older] = byNow
    ? ([{ last: now }] as const)
    : windows.deciding(ladder.window, termEnds);
  const { before, have } = older
    .map(countedBy)
    .reduce((a, b) => (b.have > a.have ? b : a), countedBy(newest));
  const from = ladder.window.kind === 'rolling' ? before : before + 1;
  return { rung, to, ends, have, need: rung.need, from };
}

/** Whether they will fall if nothing more happens. */
export function isAtRisk(ladder: Ladder, keep: Keep): boolean {
  return heightOf(ladder, keep.to) < heightOf(ladder, keep.rung);
}

/** How the way to the next tier, and what the present one asks for, are kept: a row each. */
export interface LadderRow {
  readonly key: 'tier' | 'tier-kept';
  readonly have: number;
  readonly need: number;
  /** Keys of tiers: the next one; or the present one, and where it would fall to ('' for none). */
  readonly counted: readonly string[];
  readonly until: Moment | null;
}

export function ladderRows({ have, next, nextBy, keep }: LadderProgress): readonly LadderRow[] {
  const kept = keep && {
    have: keep.have,
    need: keep.need ?? keep.have,
    counted: [keep.rung.key, keep.to?.key ?? ''],
    until: keep.ends,
  };
  return [
    {
      ...{ key: 'tier', have, need: next?.need ?? have },
      ...{ counted: next ? [next.key] : [], until: nextBy },
    },
    { key: 'tier-kept', ...(kept ?? { have: 0, need: 0, counted: [], until: null }) },
  ];
}
