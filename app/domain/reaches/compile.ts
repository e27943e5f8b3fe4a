/**
 * Badges and challenges of all versions of a programme, put in order once: each with the spans of time
 * in which it stayed as it was, found by what it listens to, so that a decision asks only those that have
 * to do with what is known of the member.
 */
import type { Topic } from '../goals/goal-facts.ts';
import { parseMoney } from '../money/money.ts';
import type { BadgeTerms, ChallengeTerms, ProgrammeTerms, ShopTerms } from '../programme/terms.ts';
import { sameContent } from '../same-content.ts';
import type { Every } from '../time/rounds.ts';
import type { Moment } from '../time/shop-time.ts';

export type ReachKind = 'badge' | 'challenge';

/** One badge or challenge through all versions. */
export interface Reachable {
  readonly kind: ReachKind;
  readonly key: string;
  /** "badge:fan". */
  readonly name: string;
  /** Oldest first. */
  readonly spans: readonly Span[];
  /** When it was first switched on. */
  readonly since: Moment;
  readonly listensToReached: boolean;
}

/** Versions in a row that say the same of it. */
export interface Span {
  readonly from: Moment;
  /** Infinity where the newest version has it. */
  readonly until: Moment;
  readonly versions: readonly { readonly version: number; readonly from: Moment }[];
  readonly item: SpanItem;
  readonly testOrdersCount: boolean;
  readonly topics: readonly Topic[];
  /** How often it comes again; null where it does not. */
  readonly every: Every | null;
  /** When it first came in this rhythm: rounds that were over by then are none. */
  readonly roundsSince: Moment;
  /** Where it had another rhythm before, nothing of that time counts once more. */
  readonly countsFrom: Moment;
  /** From the lowest up; a badge without levels, and a challenge, have one. */
  readonly levels: readonly Level[];
}

export type SpanItem =
  ({ readonly kind: 'badge' } & BadgeTerms) | ({ readonly kind: 'challenge' } & ChallengeTerms);

export interface Level {
  /** Null for the whole of it. */
  readonly key: string | null;
  readonly name: string;
  readonly settings: unknown;
  readonly pays: number;
  readonly gives: string | null;
}

export interface Reachables {
  readonly versions: readonly ProgrammeTerms[];
  readonly all: readonly Reachable[];
  readonly byName: ReadonlyMap<string, Reachable>;
  readonly byTopic: ReadonlyMap<Topic, readonly Reachable[]>;
  /** Those that look at orders with certain goods only, by "product:77". */
  readonly byTrait: ReadonlyMap<string, readonly Reachable[]>;
}

/** By the newest of the versions; terms of a version are read once and kept. */
const compiled = new WeakMap<ProgrammeTerms, Reachables>();

export function reachablesOf({ versions, currency }: ShopTerms): Reachables {
  const newest = versions.at(-1);
  const known = newest && compiled.get(newest);
  if (known && isSameList(known.versions, versions)) return known;
  const made = compile(versions, currency);
  if (newest) compiled.set(newest, made);
  return made;
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((one, index) => one === b[index]);
}

function compile(versions: readonly ProgrammeTerms[], currency: string): Reachables {
  const spans = new Map<string, Span[]>();
  versions.forEach((terms, index) => {
    const until = versions[index + 1]?.version.effectiveAt ?? Infinity;
    for (const item of itemsOf(terms)) {
      const name = `${item.kind}:${item.key}`;
      const list = spans.get(name) ?? [];
      const span = spanOf(item, terms, until, currency, list);
      const last = list.at(-1);
      if (last?.until === span.from && saysTheSame(last, span)) {
        const all = [...last.versions, ...span.versions];
        list[list.length - 1] = { ...last, until, versions: all };
      } else list.push(span);
      spans.set(name, list);
    }
  });
  const all = [...spans].map(([name, list]) => reachableOf(name, list));
  return {
    versions,
    all,
    byName: new Map(all.map((one) => [one.name, one])),
    ...indexOf(all),
  };
}

function itemsOf({ badges, challenges }: ProgrammeTerms): readonly SpanItem[] {
  return [
    ...challenges.map((terms) => ({ kind: 'challenge' as const, ...terms })),
    ...badges.map((terms) => ({ kind: 'badge' as const, ...terms })),
  ];
}

function spanOf(
  item: SpanItem,
  { version }: ProgrammeTerms,
  until: Moment,
  currency: string,
  before: readonly Span[],
): Span {
  const from = version.effectiveAt;
  const every = everyOf(item);
  const roundsSince = before.find((span) => span.every === every)?.from ?? from;
  const isChanged = before.some((span) => span.every !== every);
  return {
    ...{ item, until, from, every, roundsSince },
    countsFrom: isChanged ? roundsSince : -Infinity,
    versions: [{ version: version.version, from: version.effectiveAt }],
    testOrdersCount: version.document.testOrdersEarn,
    topics: item.definition.listens(item.settings),
    levels: levelsOf(item, currency),
  };
}

function everyOf(item: SpanItem): Every | null {
  if (item.kind === 'badge') return item.item.season === 'once' ? null : item.item.season;
  const { kind, every } = item.item.window;
  return kind === 'recurring' ? every : null;
}

/** What each level needs stands in the place of what the goal asks for, the least first. */
function levelsOf(item: SpanItem, currency: string): readonly Level[] {
  const { name, settings, definition } = item;
  if (item.kind === 'challenge') {
    return [{ key: null, name, settings, pays: item.prizePoints, gives: item.prizeReward }];
  }
  const { measure } = definition;
  const { levels } = item.item;
  if (levels.length === 0 || !measure) {
    return [{ key: null, name, settings, pays: item.bonusPoints, gives: item.bonusReward }];
  }
  const { setting, of } = measure;
  const amount = (need: string): number =>
    of === 'money' ? parseMoney(need, currency) : Number(need);
  return [...levels]
    .sort((a, b) => amount(a.need) - amount(b.need))
    .map(({ key, name: levelName, need, bonusPoints: pays, bonusReward: gives }) => {
      const own = { ...(settings as object), [setting]: of === 'money' ? need : Number(need) };
      return { key, name: levelName, settings: definition.settings.parse(own), pays, gives };
    });
}

function saysTheSame(a: Span, b: Span): boolean {
  return (
    a.testOrdersCount === b.testOrdersCount &&
    sameContent([a.item.item, a.item.settings], [b.item.item, b.item.settings])
  );
}

function reachableOf(name: string, spans: readonly Span[]): Reachable {
  const [first] = spans;
  if (!first) throw new Error('there is a span where there is a badge or a challenge');
  const { kind, key } = first.item;
  const listensToReached = spans.some(({ topics }) => topics.includes('reached'));
  return { kind, key, name, spans, since: first.from, listensToReached };
}

function indexOf(all: readonly Reachable[]): Pick<Reachables, 'byTopic' | 'byTrait'> {
  const byTopic = new Map<Topic, Set<Reachable>>();
  const byTrait = new Map<string, Set<Reachable>>();
  const put = <K>(index: Map<K, Set<Reachable>>, key: K, one: Reachable): void =>
    void index.set(key, (index.get(key) ?? new Set<Reachable>()).add(one));
  for (const one of all) {
    for (const { item, topics } of one.spans) {
      const traits = item.definition.traits?.(item.settings) ?? [];
      for (const trait of traits) put(byTrait, trait, one);
      if (traits.length === 0) for (const topic of topics) put(byTopic, topic, one);
    }
  }
  const listed = <K>(index: Map<K, Set<Reachable>>) =>
    new Map([...index].map(([key, found]) => [key, [...found]]));
  return { byTopic: listed(byTopic), byTrait: listed(byTrait) };
}

/** The version whose word counts for what was completed then, in this span. */
export function versionAt({ versions }: Span, at: Moment): number {
  return (versions.findLast(({ from }) => from <= at) ?? versions[0])?.version ?? 0;
}
