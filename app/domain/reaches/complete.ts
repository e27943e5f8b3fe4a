/** How far one badge or challenge is, and when which of its levels was reached in which of its rounds. */
import { versionAt } from './compile.ts';
import type { Level, Reachable, Span } from './compile.ts';
import type { KnownFacts } from './known-facts.ts';
import { windowsOf } from './windows.ts';
import type { Window } from './windows.ts';
import type { Deciding } from '../deciding.ts';
import type { Reach } from '../goals/goal-facts.ts';
import { roundAt } from '../time/rounds.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Completion {
  readonly round: string;
  /** Null for the whole of it. */
  readonly level: string | null;
  readonly at: Moment;
  /** Of the level, or of the whole. */
  readonly name: string;
  readonly pays: number;
  readonly gives: string | null;
  /** The version that promised it. */
  readonly version: number;
  readonly span: Span;
}

/** Where the member stands in the present round, by the version that is in force. */
export interface Stand {
  readonly window: Window;
  readonly span: Span;
  /** By what its highest level asks for. */
  readonly reach: Reach;
}

export interface Outcome {
  /** Of all rounds, oldest first. */
  readonly completions: readonly Completion[];
  /** Null where it is not in force, not for the member, or nothing of its round is known. */
  readonly stand: Stand | null;
  /** When time alone will change it. */
  readonly wakeAt: readonly Moment[];
}

export interface Asking {
  readonly facts: KnownFacts;
  readonly deciding: Deciding;
  /** Challenges that the member joined, by "key@round". */
  readonly joins: ReadonlyMap<string, Moment>;
  /** Badges that were given by hand or came as prizes. */
  readonly given: ReadonlyMap<string, readonly Moment[]>;
}

/**
 * The first version under which it was reached counts, and what that version promised: a later one that
 * asks for more, or pays another bonus, neither takes away nor adds.
 */
export function outcomeOf(reachable: Reachable, asking: Asking): Outcome {
  const found = new Map<string, Completion>();
  const wakeAt: Moment[] = [];
  let stand: Stand | null = null;
  const { now, shop } = asking.deciding;
  for (const span of reachable.spans) {
    const present = span.every === null ? '' : roundAt(now, span.every, shop.timeZone).id;
    for (const window of windowsOf(reachable, span, asking.facts, asking.deciding, asking.joins)) {
      const reaches = span.levels.map((level) => ({
        level,
        ...reached(span, level, window, asking),
      }));
      for (const { level, at, coming } of reaches) {
        if (coming !== null && coming < span.until) wakeAt.push(coming);
        if (at !== null && at < span.until)
          keepFirst(found, completion(span, level, window.round, at));
      }
      const reach = reaches.at(-1)?.reach;
      if (reach && span.until === Infinity && window.round === present) {
        stand = { window, span, reach };
      }
    }
  }
  for (const one of givenByHand(reachable, asking)) keepEarliest(found, one);
  const completions = [...found.values()].sort((a, b) => a.at - b.at);
  return { completions, stand, wakeAt };
}

function reached(
  { item, testOrdersCount }: Span,
  { settings }: Level,
  { from, until, notBefore }: Window,
  { facts, deciding: { now } }: Asking,
): { readonly reach: Reach; readonly at: Moment | null; readonly coming: Moment | null } {
  const reach = item.definition.reach(settings, facts.within(from, until, testOrdersCount));
  if (reach.completedAt === null) return { reach, at: null, coming: null };
  const at = Math.max(reach.completedAt, from, notBefore);
  if (at >= until) return { reach: { ...reach, completedAt: null }, at: null, coming: null };
  if (at > now) return { reach: { ...reach, completedAt: null }, at: null, coming: at };
  return { reach, at, coming: null };
}

function completion(span: Span, level: Level, round: string, at: Moment): Completion {
  const { key, name, pays, gives } = level;
  const version = versionAt(span, at);
  return { round, level: key, at, name, pays, gives, version, span };
}

function placeOf({ round, level }: Completion): string {
  return `${round} ${level ?? ''}`;
}

function keepFirst(found: Map<string, Completion>, one: Completion): void {
  const key = placeOf(one);
  if (!found.has(key)) found.set(key, one);
}

function keepEarliest(found: Map<string, Completion>, one: Completion): void {
  const key = placeOf(one);
  const known = found.get(key);
  if (!known || one.at < known.at) found.set(key, one);
}

/** What was given stays given, whatever its condition says; it pays what it paid then. Of levels it is the lowest. */
function givenByHand(
  { kind, key, spans }: Reachable,
  { given, deciding: { shop } }: Asking,
): readonly Completion[] {
  if (kind !== 'badge') return [];
  return (given.get(key) ?? []).flatMap((at): Completion[] => {
    const span = spans.find(({ from, until }) => from <= at && at < until);
    const [level] = span?.levels ?? [];
    if (!span || !level) return [];
    const { every } = span;
    const round = every === null ? '' : roundAt(at, every, shop.timeZone).id;
    return [completion(span, level, round, at)];
  });
}
