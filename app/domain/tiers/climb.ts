/**
 * Where a member stands on the ladder, as a pure function of what they did, of what was granted and of
 * the ladders that were in force: so late, repeated and reordered facts end at the same tier. Upgrades
 * are immediate; a tier is held for its term; a refund takes away what its order had brought; a grant
 * lifts for its time, and the higher of both stands.
 */
import { spansKept, spansOf } from './grants.ts';
import type { Granted, Span } from './grants.ts';
import type { Step } from './metric.ts';
import { distinct } from './tally.ts';
import type { Tally } from './tally.ts';
import { walk } from './walk.ts';
import { windowsOf } from './windows.ts';
import type { Windows } from './windows.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Rung {
  readonly key: string;
  readonly name: string;
  /** Null where it is only granted. */
  readonly need: number | null;
  readonly multiplier: string;
  readonly entryPoints: number;
  readonly entryReward?: string | null;
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
  readonly downgrade: 'recompute' | 'one-down';
  readonly noticeDays: number;
  readonly skippedRewards: 'all' | 'highest';
  /** Whether this ladder may lower members before the end of their term. */
  readonly lowersAtOnce: boolean;
  /** Lowest first. */
  readonly rungs: readonly Rung[];
}

export interface Stand {
  /** From when on this was so; a new ladder begins a new stand, though the tier stays. */
  readonly from: Moment;
  /** Since when the member has been in this tier without a break. */
  readonly since: Moment;
  readonly rung: Rung | null;
  /** End of the present term, of its grace, or of a grant; null when held for good or without a tier. */
  readonly termEnds: Moment | null;
  /** In grace: where the member goes at its end, unless they qualify again. */
  readonly lapsesTo?: Rung | null;
  /** Begun at the end of a term, by what the window held. */
  readonly renewed?: true;
  /** By a grant, and not by counting. */
  readonly granted?: true;
}

export interface Climber extends Granted {
  readonly zone: string;
  /** The day of it is the anniversary. */
  readonly joinedAt: Moment;
}

export interface Climb {
  readonly ladders: readonly Ladder[];
  readonly windows: Windows;
  readonly tally: Tally;
  /** Every stand up to now, oldest first, as was known at each time; empty without a ladder. */
  readonly stands: readonly Stand[];
  /** The same, as if all refunds of today had been known from the beginning. */
  readonly believed: readonly Stand[];
  /** When the next of what is known counts, e.g. a term that was bought before the one before it ends. */
  readonly counting: Moment | null;
  /** Where the member will stand if nothing more happens. */
  readonly ahead: (until: Moment) => Stand | null;
}

/**
 * @param ladders in force from their `from`, oldest first
 * @param steps in any order
 */
export function climb(
  ladders: readonly Ladder[],
  steps: readonly Step[],
  now: Moment,
  climber: Climber,
): Climb {
  const windows = windowsOf(climber.zone, climber.joinedAt);
  const walked = walk(ladders, steps, now, windows);
  const spans = spansOf(climber);
  return {
    ladders,
    windows,
    tally: walked.tally,
    counting: nextToCount(steps, spans, now),
    stands: lifted(ladders, walked.stands, spans, now),
    believed: lifted(ladders, walked.believed, spansKept(climber), now),
    ahead: (until) => {
      const counted = walked.ahead(until);
      return counted && lift(ladders, counted, spans, until, null);
    },
  };
}

function nextToCount(steps: readonly Step[], spans: readonly Span[], now: Moment): Moment | null {
  let next = Infinity;
  const count = (at: Moment): void => {
    if (at > now && at < next) next = at;
  };
  // Another clock may have placed an order ahead of ours.
  for (const { at, countsFrom } of steps) count(Math.max(at, countsFrom));
  for (const { from } of spans) count(from);
  return next === Infinity ? null : next;
}

export function standAt(stands: readonly Stand[], at: Moment): Stand | null {
  return stands[countWhile(stands, (stand) => stand.from <= at) - 1] ?? null;
}

/** Where the member stood when something was done: what it brings itself counts only afterwards. */
export function standBefore(stands: readonly Stand[], at: Moment): Stand | null {
  return stands[countWhile(stands, (stand) => stand.from < at) - 1] ?? null;
}

export function ladderAt(ladders: readonly Ladder[], at: Moment): Ladder | null {
  return ladders[countWhile(ladders, (ladder) => ladder.from <= at) - 1] ?? null;
}

/** From the lowest up: 0, 1, 2; -1 for none, and for one that the ladder does not have. */
export function heightOf(ladder: Ladder, rung: Pick<Rung, 'key'> | null): number {
  return rung ? ladder.rungs.findIndex(({ key }) => key === rung.key) : -1;
}

/** What counts toward the ladder at a moment, e.g. 32000 minor units of the window that holds it. */
export function countedAt({ tally, windows }: Climb, ladder: Ladder, at: Moment): number {
  return tally.sum(ladder.metric, windows.before(ladder.window, at), at);
}

/** The counted stands, lifted where something higher was granted. */
function lifted(
  ladders: readonly Ladder[],
  counted: readonly Stand[],
  spans: readonly Span[],
  now: Moment,
): readonly Stand[] {
  const begin = counted[0]?.from;
  if (begin === undefined || spans.length === 0) return counted;
  const moments = distinct([
    ...counted.map(({ from }) => from),
    ...ladders.map(({ from }) => from),
    ...spans.flatMap(({ from, until }) => [from, until ?? begin]),
  ]).filter((moment) => moment >= begin && moment <= now);
  const stands: Stand[] = [];
  for (const moment of moments) {
    const stand = standAt(counted, moment);
    const before = stands.at(-1) ?? null;
    if (!stand) continue;
    const next = lift(ladders, stand, spans, moment, before);
    if (!before || next.renewed || !isSame(next, before)) stands.push(next);
  }
  return stands;
}

function lift(
  ladders: readonly Ladder[],
  counted: Stand,
  spans: readonly Span[],
  at: Moment,
  before: Stand | null,
): Stand {
  const ladder = ladderAt(ladders, at);
  const found = ladder && highest(ladder, spans, at);
  const own = counted.from === at ? counted : asOf(counted, at);
  if (!found) return { ...own, since: sinceOf(own, before, at) };
  const [granted, reached] = [heightOf(ladder, found.rung), heightOf(ladder, counted.rung)];
  const outlasts =
    found.until === null || (counted.termEnds !== null && found.until > counted.termEnds);
  if (granted < reached || (granted === reached && (counted.termEnds === null || !outlasts))) {
    return { ...own, since: sinceOf(own, before, at) };
  }
  const stand = {
    from: at,
    since: at,
    rung: found.rung,
    termEnds: found.until,
    granted: true as const,
  };
  return { ...stand, since: sinceOf(stand, before, at) };
}

function asOf({ since, rung, termEnds, lapsesTo }: Stand, from: Moment): Stand {
  return { from, since, rung, termEnds, ...(lapsesTo !== undefined && { lapsesTo }) };
}

function sinceOf(stand: Stand, before: Stand | null, at: Moment): Moment {
  if (before && before.rung?.key === stand.rung?.key) return before.since;
  return before?.granted ? at : stand.since;
}

/** The highest tier that is granted then, and how long. */
function highest(
  ladder: Ladder,
  spans: readonly Span[],
  at: Moment,
): { readonly rung: Rung; readonly until: Moment | null } | null {
  let found: { readonly rung: Rung; readonly until: Moment | null } | null = null;
  for (const { tierKey, from, until } of spans) {
    if (from > at || (until !== null && until <= at)) continue;
    const rung = ladder.rungs.find(({ key }) => key === tierKey);
    if (!rung) continue;
    const [height, best] = [heightOf(ladder, rung), heightOf(ladder, found?.rung ?? null)];
    const longer = found?.until !== null && (until === null || until > (found?.until ?? 0));
    if (height > best || (height === best && longer)) found = { rung, until };
  }
  return found;
}

function isSame(a: Stand, b: Stand): boolean {
  return (
    a.rung === b.rung &&
    a.since === b.since &&
    a.termEnds === b.termEnds &&
    a.lapsesTo === b.lapsesTo &&
    a.granted === b.granted
  );
}

/** How many of the first ones, oldest first, this holds of. */
function countWhile<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) low = middle + 1;
    else high = middle;
  }
  return low;
}
