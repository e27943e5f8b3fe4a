/**
 * When points expire: a pure function of when they became available, of what the member did since,
 * and of the versions of the programme. Switching expiry on, or shortening it, gives everyone a full
 * period or the announced notice from then on, whichever is longer; it never makes a date later.
 */
import type { Lot } from './books.ts';
import type { ShopTerms } from '../programme/terms.ts';
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

export type DateOfLot = (lot: Pick<Lot, 'availableAt' | 'keptUntil'>) => Moment | null;

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

/** @param activity moments at which the member earned or spent, oldest first */
export function expiryDates(
  timeline: readonly ExpiryTerms[],
  activity: readonly Moment[],
  zone: string,
): DateOfLot {
  const periods = timeline.map((terms) => periodOf(terms, zone));
  return ({ availableAt, keptUntil }) => {
    if (availableAt === null) return null;
    let date: Moment | null = null;
    for (const period of periods) {
      // It had expired before this version came: nothing that is published later changes that.
      if (date !== null && date <= period.terms.from) break;
      date = dateBy(period, date, availableAt, activity);
    }
    return date === null || keptUntil === null ? date : Math.max(date, keptUntil);
  };
}

interface Period {
  readonly terms: ExpiryTerms;
  /** The end of the period that begins with this moment. */
  readonly endOf: (start: Moment) => Moment;
  /** Nothing that these terms make expire sooner does so before. */
  readonly notBefore: Moment;
}

function periodOf(terms: ExpiryTerms, zone: string): Period {
  const known = new Map<Moment, Moment>();
  const endOf = (start: Moment): Moment => {
    const end = known.get(start) ?? endOfDayAfter(start, terms.length, terms.unit, zone);
    known.set(start, end);
    return end;
  };
  const noticed = endOfDayAfter(terms.from, terms.noticeDays, 'days', zone);
  return { terms, endOf, notBefore: Math.max(endOf(terms.from), noticed) };
}

function dateBy(
  { terms, endOf, notBefore }: Period,
  before: Moment | null,
  availableAt: Moment,
  activity: readonly Moment[],
): Moment | null {
  if (terms.kind === 'never') return null;
  const until = (end: (start: Moment) => Moment): Moment =>
    terms.kind === 'lot' ? end(availableAt) : lapse(availableAt, activity, end);
  const own = until(endOf);
  if (before !== null && own >= before) return own;
  const noticed = until((start) => Math.max(endOf(start), notBefore));
  return before === null ? noticed : Math.min(before, noticed);
}

/**
 * The end of the period in which nothing was earned or spent. Points that came while a period ran end
 * with it; what comes after it has ended, a present for example, begins one of its own.
 */
function lapse(
  availableAt: Moment,
  activity: readonly Moment[],
  endOf: (start: Moment) => Moment,
): Moment {
  const last = activity.findLast((moment) => moment <= availableAt);
  const running = last === undefined ? null : endOf(last);
  let end = running !== null && running > availableAt ? running : endOf(availableAt);
  for (const moment of activity) {
    if (moment <= availableAt) continue;
    if (moment >= end) break;
    end = Math.max(end, endOf(moment));
  }
  return end;
}

/** Until when points that come back after their date can be spent. */
export function endOfGrace(now: Moment, days: number, zone: string): Moment {
  return days === 0 ? now : endOfDayAfter(now, days, 'days', zone);
}

/** The moment of a reminder: so many days before, at the same time of the day. */
export function daysBefore(expiresAt: Moment, days: number, zone: string): Moment {
  return addDays(expiresAt, -days, zone);
}
