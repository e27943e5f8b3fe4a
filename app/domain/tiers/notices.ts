/**
 * What a member is told of their tier: reached, left, kept, at risk. Only of what is new: what Laurel
 * found out long after it happened, or what was before it met the member, is history.
 */
import { heightOf, ladderAt } from './climb.ts';
import type { Climb, Rung, Stand } from './climb.ts';
import { beginOf } from './entry-rewards.ts';
import { isAtRisk } from './missing.ts';
import type { LadderProgress } from './missing.ts';
import type { MemberEvent } from '../events.ts';
import { DAY } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** Deliveries may be a day late when a member is met, and a worker may have slept for weeks. */
const MET_LATE = DAY;
const TOLD_LATE = 31 * DAY;

export interface Watched {
  /** When Laurel met the member; null when nothing is to be told of them yet. */
  readonly metAt: Moment | null;
  readonly joinedAt: Moment;
  /** The tier by the decision before this one. */
  readonly tierKey: string | null;
}

export interface Notices {
  readonly events: readonly MemberEvent[];
  /** When there will be more to say. */
  readonly later: readonly Moment[];
}

export function noticesOf(
  climbed: Climb,
  progress: LadderProgress | null,
  watched: Watched,
  now: Moment,
): Notices {
  if (watched.metAt === null) return { events: [], later: [] };
  const news = Math.max(watched.metAt - MET_LATE, now - TOLD_LATE);
  const risk = atRisk(climbed, progress, now);
  const events = [...moved(climbed, watched, now), ...kept(climbed, news)].filter(
    ({ at }) => at >= news,
  );
  return { events: [...events, ...risk.events], later: risk.later };
}

/** Reached or left: the tier is another than it was when the member was last decided about. */
function moved(climbed: Climb, { tierKey, joinedAt }: Watched, now: Moment): MemberEvent[] {
  const { ladders, stands } = climbed;
  const ladder = ladderAt(ladders, now);
  const rung = stands.at(-1)?.rung ?? null;
  if (!ladder || (rung?.key ?? null) === tierKey) return [];
  const since = cameAt(stands);
  const before = rungEver(climbed, tierKey);
  const known = tierKey === null || heightOf(ladder, { key: tierKey }) >= 0;
  const up = known && heightOf(ladder, rung) > heightOf(ladder, before);
  const places = { from: tierKey, fromName: before?.name ?? null };
  const ends = isoOrNull(stands.at(-1)?.termEnds ?? null);
  if (!up) {
    const content = { ...places, to: rung?.key ?? null, toName: rung?.name ?? null };
    return [{ kind: 'tier-left', key: `tier-left:${tierKey ?? ''}:${since}`, at: since, content }];
  }
  const at = Math.max(since, joinedAt);
  if (!rung || at <= beginOf(ladders, rung.key, at)) return [];
  const content = { tier: rung.key, name: rung.name, ...places, until: ends };
  return [{ kind: 'tier-reached', key: `tier-reached:${rung.key}:${at}`, at, content }];
}

/** The window held enough at the end of a term, of a tier that could have been lost. */
function kept({ stands }: Climb, news: Moment): MemberEvent[] {
  const found: MemberEvent[] = [];
  for (let index = stands.length - 1; index >= 0; index -= 1) {
    const stand = stands[index];
    if (!stand || stand.from < news) break;
    const { rung, renewed, from, termEnds } = stand;
    if (!renewed || !rung || rung.need === null || rung.need <= 0) continue;
    const content = { tier: rung.key, name: rung.name, until: isoOrNull(termEnds) };
    found.push({ kind: 'tier-kept', key: `tier-kept:${rung.key}:${from}`, at: from, content });
  }
  return found;
}

/** Once per term, from the days of notice on, while nothing but a purchase would keep the tier. */
function atRisk(climbed: Climb, progress: LadderProgress | null, now: Moment): Notices {
  const ladder = ladderAt(climbed.ladders, now);
  const stand = climbed.stands.at(-1);
  if (!ladder || !stand?.rung || stand.termEnds === null || stand.lapsesTo !== undefined) {
    return { events: [], later: [] };
  }
  if (ladder.noticeDays === 0) return { events: [], later: [] };
  const noticeAt = climbed.windows.later(stand.termEnds, -ladder.noticeDays);
  if (now < noticeAt) return { events: [], later: [noticeAt] };
  const keep = progress?.keep ?? null;
  if (!keep || !isAtRisk(ladder, keep)) return { events: [], later: [] };
  const { key, name } = stand.rung;
  const content = {
    ...{ tier: key, name, to: keep.to?.key ?? null, toName: keep.to?.name ?? null },
    metric: ladder.metric,
    missing: keep.need === null ? null : Math.max(0, keep.need - keep.have),
    termEnds: isoOrNull(stand.termEnds),
    until: isoOrNull(keep.ends),
  };
  const at = Math.max(noticeAt, stand.from);
  const told = { kind: 'tier-at-risk', key: `tier-at-risk:${key}:${stand.termEnds}` } as const;
  return { events: [{ ...told, at, content }], later: [] };
}

/** Since when it has been this tier, as was known at each time. */
function cameAt(stands: readonly Stand[]): Moment {
  const last = stands.at(-1);
  const other = stands.findLastIndex(({ rung }) => rung?.key !== last?.rung?.key);
  return stands[other + 1]?.from ?? 0;
}

function rungEver({ ladders }: Climb, tierKey: string | null): Rung | null {
  return ladders.flatMap(({ rungs }) => rungs).findLast(({ key }) => key === tierKey) ?? null;
}

function isoOrNull(moment: Moment | null): string | null {
  return moment === null ? null : new Date(moment).toISOString();
}
