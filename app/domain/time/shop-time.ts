/**
 * Moments are milliseconds since 1970 in UTC; days, months and years are the shop's, in its IANA
 * zone, so daylight saving and month ends are the calendar's business and not ours.
 */
import { Temporal } from 'temporal-polyfill';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Moment = number;

export const DAY: number = 86_400_000;

export function isTimeZone(zone: string): boolean {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
}

/** The same wall clock N days later in the shop's zone. */
export function addDays(at: Moment, days: number, zone: string): Moment {
  return zoned(at, zone).add({ days }).epochMilliseconds;
}

/** First moment of the shop's calendar day that holds `at`: midnight, where the day has one. */
export function startOfDay(at: Moment, zone: string): Moment {
  return zoned(at, zone).startOfDay().epochMilliseconds;
}

/** First moment of the shop's calendar year that holds `at`, `years` later. */
export function startOfYear(at: Moment, zone: string, years = 0): Moment {
  return zoned(at, zone).with({ month: 1, day: 1 }).add({ years }).startOfDay().epochMilliseconds;
}

/** The shop's calendar day of a moment, e.g. "2026-11-22". */
export function shopDay(at: Moment, zone: string): string {
  return zoned(at, zone).toPlainDate().toString();
}

/** First moment of a shop day such as "2026-11-22". */
export function dayStart(day: string, zone: string): Moment {
  return Temporal.PlainDate.from(day).toZonedDateTime(zone).epochMilliseconds;
}

/** The moment at which a shop day is over: the first of the next. */
export function dayEnd(day: string, zone: string): Moment {
  return Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
}

function zoned(at: Moment, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}
