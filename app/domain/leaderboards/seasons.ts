/** The seasons of leaderboards on the shop's calendar, by the versions of the programme. */
import type { LeaderboardTerms, ShopTerms } from '../programme/terms.ts';
import { addDays, dayStart, shopDate, shopDay, startOfPeriod } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Span {
  /** Unique for the board: "2026-11", "2026-Q4", "week-2026-11-16", "from-2026-11-01". */
  readonly season: string;
  readonly startsAt: Moment;
  readonly endsAt: Moment;
}

export interface Season extends Span {
  readonly board: string;
  /** Refunds count until then; then the ranks are fixed. */
  readonly settlesAt: Moment;
  /** The version by which it goes: that in force at its end, and before that the one in force now. */
  readonly version: number;
  readonly terms: LeaderboardTerms;
}

/** No season takes longer to be settled than this. */
export const LONGEST_SETTLING_DAYS = 91;

/**
 * Seasons that ended since, and those that run now, each by the version in force at its end (now, while it
 * runs). Of two under one name the one that ended first is the season of that name.
 */
export function seasonsOf(shop: ShopTerms, since: Moment, now: Moment): readonly Season[] {
  const found = new Map<string, Season>();
  for (const [index, { version, leaderboards }] of shop.versions.entries()) {
    const from = version.effectiveAt;
    const until = shop.versions[index + 1]?.version.effectiveAt ?? Infinity;
    if (from > now || until <= since) continue;
    for (const terms of leaderboards) {
      const upTo = Math.min(until, now);
      for (const span of spansOf(terms, Math.max(since, from), upTo, shop.timeZone)) {
        const ended = span.endsAt <= now;
        const lastMoment = ended ? span.endsAt - 1 : now;
        if (lastMoment < from || lastMoment >= until) continue;
        const key = `${terms.key} ${span.season}`;
        if (found.has(key)) continue;
        const settlesAt = addDays(span.endsAt, terms.item.settleDays, shop.timeZone);
        const { version: number } = version;
        found.set(key, { ...span, board: terms.key, settlesAt, version: number, terms });
      }
    }
  }
  return [...found.values()];
}

/** A season that was to be closed by now and is not yet: its scores go on being kept up until it is. */
export interface OverdueSeason {
  readonly board: string;
  readonly season: string;
  readonly startsAt: Moment;
}

/** Those whose scores may still change. */
export function openSeasons(
  shop: ShopTerms,
  now: Moment,
  overdue: readonly OverdueSeason[] = [],
): readonly Season[] {
  if (shop.versions.every(({ leaderboards }) => leaderboards.length === 0)) return [];
  const since = Math.min(
    addDays(now, -LONGEST_SETTLING_DAYS, shop.timeZone),
    ...overdue.map(({ startsAt }) => startsAt),
  );
  return seasonsOf(shop, since, now).filter(
    ({ board, season, settlesAt }) =>
      settlesAt > now || overdue.some((one) => one.board === board && one.season === season),
  );
}

/** The season in which a board is now; null between fixed seasons. */
export function runningSeason(shop: ShopTerms, board: string, now: Moment): Season | null {
  return seasonsOf(shop, now, now).find((one) => one.board === board && one.endsAt > now) ?? null;
}

/** Spans that end after `since` and have begun before `upTo`, oldest first. */
function spansOf(
  { item, startsAt, endsAt }: LeaderboardTerms,
  since: Moment,
  upTo: Moment,
  zone: string,
): readonly Span[] {
  if (item.season === 'fixed') {
    if (startsAt === null || endsAt === null || startsAt > upTo || endsAt <= since) return [];
    return [{ season: `from-${shopDay(startsAt, zone)}`, startsAt, endsAt }];
  }
  const spans: Span[] = [];
  const kind = item.season;
  for (let span = spanWith(kind, upTo, zone); span.endsAt > since;) {
    spans.unshift(span);
    span = spanWith(kind, span.startsAt - 1, zone);
  }
  return spans;
}

/** The week, month or quarter of the shop that holds a moment. */
export function spanWith(kind: 'week' | 'month' | 'quarter', at: Moment, zone: string): Span {
  if (kind === 'week') {
    const startsAt = startOfPeriod(at, 'week', zone);
    const endsAt = addDays(startsAt, 7, zone);
    return { season: `week-${shopDay(startsAt, zone)}`, startsAt, endsAt };
  }
  const { year, month } = shopDate(at, zone);
  const months = kind === 'month' ? 1 : 3;
  const first = month - ((month - 1) % months);
  const season =
    kind === 'month' ? `${year}-${twoDigits(month)}` : `${year}-Q${(first - 1) / 3 + 1}`;
  return {
    season,
    startsAt: monthStart(year, first, zone),
    endsAt: monthStart(year, first + months, zone),
  };
}

function monthStart(year: number, month: number, zone: string): Moment {
  const [y, m] = month > 12 ? [year + 1, month - 12] : [year, month];
  return dayStart(`${y}-${twoDigits(m)}-01`, zone);
}

function twoDigits(number: number): string {
  return String(number).padStart(2, '0');
}

/** The season in which a board is now, else the one that ended last. */
export function shownSeason(shop: ShopTerms, board: string, now: Moment): Season | null {
  const running = runningSeason(shop, board, now);
  if (running) return running;
  return seasonsOf(shop, Number.NEGATIVE_INFINITY, now)
    .filter((one) => one.board === board)
    .reduce<Season | null>((last, one) => (last && last.endsAt > one.endsAt ? last : one), null);
}
