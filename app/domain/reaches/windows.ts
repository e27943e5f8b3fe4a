/** When what a badge or a challenge asks for counts: for good, in rounds, or in a time of the member's own. */
import type { Reachable, Span } from './compile.ts';
import type { KnownFacts } from './known-facts.ts';
import type { Deciding } from '../deciding.ts';
import { outsideOf } from '../earning/audience.ts';
import type { Topic } from '../goals/goal-facts.ts';
import { boreTag } from '../members/tags.ts';
import { standAt } from '../tiers/climb.ts';
import { roundAt } from '../time/rounds.ts';
import type { Every, Round } from '../time/rounds.ts';
import { endOfDayAfter } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** A time in which it can be reached once. */
export interface Window {
  /** Empty where there is only one: it stands behind the key of what was reached. */
  readonly round: string;
  /** Facts from this moment until just before that one count. */
  readonly from: Moment;
  readonly until: Moment;
  /** It is reached at this moment at the earliest: when the member joined it. */
  readonly notBefore: Moment;
  readonly joinedAt: Moment | null;
}

export const ONCE = 'once';

type Deciders = Pick<Deciding, 'member' | 'shop' | 'now' | 'joinedAt' | 'stands'>;

/** Those that the member has anything to do with, oldest first. */
export function windowsOf(
  reachable: Reachable,
  span: Span,
  facts: KnownFacts,
  deciding: Deciders,
  joins: ReadonlyMap<string, Moment>,
): readonly Window[] {
  return roundsOf(reachable, span, facts, deciding, joins).flatMap((round): Window[] => {
    const window = windowOf(reachable, span, round, deciding, joins);
    return window && window.from < window.until ? [window] : [];
  });
}

/** Null for the only one there is. */
function roundsOf(
  reachable: Reachable,
  span: Span,
  facts: KnownFacts,
  { shop, now }: Deciders,
  joins: ReadonlyMap<string, Moment>,
): readonly (Round | null)[] {
  const { every, roundsSince } = span;
  if (every === null) return [null];
  const own = [...joins].flatMap(([id, at]) => (id.startsWith(`${reachable.key}@`) ? at : []));
  const moments = [...facts.moments(span.topics), ...own];
  if (span.topics.some(simplyHolds)) moments.push(...roundStarts(moments, every, shop, now));
  const rounds = new Map<string, Round>();
  for (const at of moments) {
    const round = roundAt(at, every, shop.timeZone);
    rounds.set(round.id, round);
  }
  return [...rounds.values()]
    .filter(({ until }) => until > roundsSince)
    .sort((a, b) => a.from - b.from);
}

/** Who is in a tier is in it in each round, though nothing happens in it. */
export function simplyHolds(topic: Topic): boolean {
  return topic === 'tier' || topic === 'membership' || topic === 'reached';
}

const MOST_ROUNDS = 1_000;

function roundStarts(
  moments: readonly Moment[],
  every: Every,
  { timeZone }: Deciders['shop'],
  now: Moment,
): Moment[] {
  const starts: Moment[] = [];
  for (let at = now; starts.length < MOST_ROUNDS;) {
    const { from } = roundAt(at, every, timeZone);
    starts.push(from);
    if (!moments.some((moment) => moment < from)) break;
    at = from - 1;
  }
  return starts;
}

function windowOf(
  { since, key }: Reachable,
  span: Span,
  round: Round | null,
  deciding: Deciders,
  joins: ReadonlyMap<string, Moment>,
): Window | null {
  const { item } = span;
  const bounds = {
    from: Math.max(round?.from ?? -Infinity, item.startsAt ?? -Infinity, span.countsFrom),
    until: Math.min(round?.until ?? Infinity, item.endsAt ?? Infinity),
  };
  if (item.kind === 'badge') {
    return { ...bounds, round: round?.id ?? '', notBefore: -Infinity, joinedAt: null };
  }
  const { joining, backfill, window } = item.item;
  const joinedAt = joining === 'opt-in' ? (joins.get(`${key}@${round?.id ?? ONCE}`) ?? null) : null;
  if (joining === 'opt-in' && (joinedAt === null || joinedAt >= bounds.until)) return null;
  const began = backfill ? -Infinity : Math.max(since, joinedAt ?? -Infinity);
  const own = ownTime(window, joinedAt, deciding);
  const found: Window = {
    round: round?.id ?? '',
    from: Math.max(bounds.from, began, own?.from ?? -Infinity),
    until: Math.min(bounds.until, own?.until ?? Infinity),
    notBefore: joinedAt ?? -Infinity,
    joinedAt,
  };
  return isFor(item.item.audience, joinedAt ?? Math.max(bounds.from, since), deciding)
    ? found
    : null;
}

/** Of a rolling one: so many days for each member, to the end of the last. */
function ownTime(
  { kind, days, from: begins }: { kind: string; days: number; from: string },
  joinedAt: Moment | null,
  deciding: Deciders,
): { readonly from: Moment; readonly until: Moment } | null {
  if (kind !== 'rolling') return null;
  const from = begins === 'became-member' ? deciding.joinedAt : (joinedAt ?? Infinity);
  if (!Number.isFinite(from)) return { from: Infinity, until: Infinity };
  return { from, until: endOfDayAfter(from, days, 'days', deciding.shop.timeZone) };
}

/** By what the member was when the round began, or when they joined it, or the programme. */
function isFor(
  audience: Parameters<typeof outsideOf>[0],
  at: Moment,
  { member, joinedAt, stands }: Deciders,
): boolean {
  const moment = Math.max(at, joinedAt);
  const because = outsideOf(audience, {
    tierKey: () => standAt(stands(), moment)?.rung?.key ?? null,
    hasTag: (tag) => boreTag(member.tags ?? [], tag, moment),
  });
  return because === null;
}
