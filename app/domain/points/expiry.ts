/**
 * When points expire: a pure function of when they became available, of what the member did since,
 * and of the versions of the programme. Switching expiry on, or shortening it, gives everyone a full
 * period or the announced notice from then on, whichever is longer; it never makes a date later.
 */
import type { Lot } from './books.ts';
import { ownEnd } from './own-end.ts';
import type { ShopTerms } from '../programme/terms.ts';
import { countUpTo } from '../tiers/tally.ts';
import { addDays, endOfDayAfter } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** Expiry by one version of the programme, until the next that says otherwise. */
export interface ExpiryTerms {
  readonly from: Moment;
  readonly kind: 'never' | 'lot' | 'inactivity';
  readonly length: number;
  readonly unit: 'days' | 'months';
  readonly noticeDays: number;
}

export type DateOfLot = (
  lot: Pick<Lot, 'availableAt' | 'keptUntil'> & Partial<Pick<Lot, 'ruleKey'>>,
) => Moment | null;

/** Oldest first. A version that leaves expiry as it was begins nothing new, and no notice either. */
export function expiryTimeline(shop: ShopTerms, now: Moment): readonly ExpiryTerms[] {
  const timeline: ExpiryTerms[] = [];
  for (const { version } of shop.versions) {
    if (version.effectiveAt > now) continue;
    const { kind, length, unit, noticeDays } = version.document.expiry;
    const last = timeline.at(-1);
    if ((last?.kind ?? 'never') === kind) {
      if (kind === 'never' || (last?.length === length && last.unit === unit)) continue;
    }
    timeline.push({ from: version.effectiveAt, kind, length, unit, noticeDays });
  }
  return timeline;
}

/** Whether points can expire, or could once, because of what was not known yet. */
export function endsByInactivity({ versions }: Pick<ShopTerms, 'versions'>): boolean {
  return versions.some(({ version }) => version.document.expiry.kind === 'inactivity');
}

/** @param activity moments at which the member earned or spent, oldest first */
export function expiryDates(
  timeline: readonly ExpiryTerms[],
  activity: readonly Moment[],
  zone: string,
): DateOfLot {
  const periods = timeline.map((terms) => periodOf(terms, activity, zone));
  return ({ availableAt, keptUntil, ruleKey = '' }) => {
    if (availableAt === null) return null;
    const date = ownEnd(ruleKey) ?? dateFrom(periods, availableAt);
    return date === null || keptUntil === null ? date : Math.max(date, keptUntil);
  };
}

function dateFrom(periods: readonly Period[], availableAt: Moment): Moment | null {
  let date: Moment | null = null;
  for (const period of periods) {
    // It had expired before this version came: nothing that is published later changes that.
    if (date !== null && date <= period.terms.from) break;
    date = dateBy(period, date, availableAt);
  }
  return date;
}

interface Period {
  readonly terms: ExpiryTerms;
  /** When points that came then expire, by these terms alone. */
  readonly own: (availableAt: Moment) => Moment;
  /** The same, but never before these terms may make anything expire that did not before. */
  readonly noticed: (availableAt: Moment) => Moment;
  /** Where a balance lives on by being active: what was done under these terms, before a date, moves it. */
  readonly prolonged: (availableAt: Moment, end: Moment) => Moment;
}

function periodOf(terms: ExpiryTerms, activity: readonly Moment[], zone: string): Period {
  const known = new Map<Moment, Moment>();
  const endOf = (start: Moment): Moment => {
    const end = known.get(start) ?? endOfDayAfter(start, terms.length, terms.unit, zone);
    known.set(start, end);
    return end;
  };
  const announced = endOfDayAfter(terms.from, terms.noticeDays, 'days', zone);
  const notBefore = Math.max(endOf(terms.from), announced);
  const lateEnd = (start: Moment): Moment => Math.max(endOf(start), notBefore);
  if (terms.kind !== 'inactivity') {
    return { terms, own: endOf, noticed: lateEnd, prolonged: (_, end) => end };
  }
  const lapse = lapseBy(activity, endOf);
  const lastUpTo = (moment: Moment): Moment =>
    activity[countUpTo(activity, moment) - 1] ?? -Infinity;
  return {
    terms,
    // A gap from before these terms, which the points outlived, ends nothing.
    own: (availableAt) => lapse(Math.max(availableAt, lastUpTo(terms.from))),
    noticed: lapseBy(activity, lateEnd),
    prolonged: (availableAt, end) => {
      const last = lastUpTo(end - 1);
      return last <= Math.max(availableAt, terms.from) ? end : Math.max(end, lapse(last));
    },
  };
}

function dateBy(
  { terms, own, noticed, prolonged }: Period,
  before: Moment | null,
  availableAt: Moment,
): Moment | null {
  if (terms.kind === 'never') return null;
  const end = own(availableAt);
  if (before !== null && end >= before) return end;
  const late = noticed(availableAt);
  return before === null ? late : prolonged(availableAt, Math.min(before, late));
}

/**
 * The end of the period in which nothing was earned or spent. Points that came while a period ran end
 * with it; what comes after it has ended, a present for example, begins one of its own.
 * @param activity oldest first
 * @param endOf what begins later never ends sooner
 */
export function lapseBy(
  activity: readonly Moment[],
  endOf: (start: Moment) => Moment,
): (availableAt: Moment) => Moment {
  let ends: readonly Moment[] | null = null;
  return (availableAt) => {
    const place = countUpTo(activity, availableAt);
    const [last, next] = [activity[place - 1], activity[place]];
    const running = last === undefined ? null : endOf(last);
    const end = running !== null && running > availableAt ? running : endOf(availableAt);
    if (next === undefined || next >= end) return end;
    ends ??= endsOfRuns(activity, endOf);
    return ends[place] ?? end;
  };
}

/** Of each activity, when the period ends that it keeps alive, by what comes after it. */
function endsOfRuns(
  activity: readonly Moment[],
  endOf: (start: Moment) => Moment,
): readonly Moment[] {
  const ends = activity.map(endOf);
  for (let place = ends.length - 2; place >= 0; place -= 1) {
    const [next, end] = [activity[place + 1], ends[place]];
    if (next !== undefined && end !== undefined && next < end) ends[place] = ends[place + 1] ?? end;
  }
  return ends;
}

/** Until when points that come back after their date can be spent. */
export function endOfGrace(now: Moment, days: number, zone: string): Moment {
  return days === 0 ? now : endOfDayAfter(now, days, 'days', zone);
}

/** The moment of a reminder: so many days before, at the same time of the day. */
export function daysBefore(expiresAt: Moment, days: number, zone: string): Moment {
  return addDays(expiresAt, -days, zone);
}
