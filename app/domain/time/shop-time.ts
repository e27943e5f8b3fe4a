/**
 * Moments are milliseconds since 1970 in UTC; days, months and years are the shop's, in its IANA
 * zone, so daylight saving and month ends are the calendar's business and not ours.
 */
import { Temporal } from 'temporal-polyfill';
import { stretchOf } from './stretches.ts';

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

/** The same wall clock N days before; of an hour that was there twice, the second. */
export function lastTimeBefore(at: Moment, days: number, zone: string): Moment {
  const clock = zoned(at, zone).toPlainDateTime().subtract({ days });
  return clock.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds;
}

/**
 * The end of the shop's day that lies so many days or months later: the first moment of the day after
 * it. A month after 31 January is the last day of February.
 */
export function endOfDayAfter(
  at: Moment,
  length: number,
  unit: 'days' | 'months',
  zone: string,
): Moment {
  return endOfSpan(at, { [unit]: length }, zone);
}

/** The same after so many months and then days: 31 January and two months is 31 March. */
export function endOfSpan(
  at: Moment,
  length: { readonly months?: number; readonly days?: number },
  zone: string,
): Moment {
  const { months = 0, days = 0 } = length;
  return remembered(`${zone} ${dayNumber(at, zone)} ${months} ${days}`, () => {
    const last = zoned(at, zone).toPlainDate().add({ months }).add({ days });
    return last.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  });
}

/** Days since 1970 on the shop's calendar. */
export function dayNumber(at: Moment, zone: string): number {
  return Math.floor((at + stretchOf(at, zone).offset) / DAY);
}

/** What was asked of the calendar: a shop's members ask for the same days, by the thousand. */
const answers = new Map<string, Moment>();
const MOST_ANSWERS = 20_000;

function remembered(question: string, ask: () => Moment): Moment {
  const known = answers.get(question);
  if (known !== undefined) return known;
  if (answers.size >= MOST_ANSWERS) answers.clear();
  const answer = ask();
  answers.set(question, answer);
  return answer;
}

/** First moment of the shop's calendar day that holds `at`: midnight, where the day has one. */
export function startOfDay(at: Moment, zone: string): Moment {
  return zoned(at, zone).startOfDay().epochMilliseconds;
}

/** First moment of the shop's calendar year that holds `at`, `years` later. */
export function startOfYear(at: Moment, zone: string, years = 0): Moment {
  return zoned(at, zone).with({ month: 1, day: 1 }).add({ years }).startOfDay().epochMilliseconds;
}

export type Period = 'day' | 'week' | 'month' | 'year' | 'lifetime';

/** The period that was asked for last, by zone: whoever goes through time asks for it again and again. */
const lastAsked = new Map<string, { readonly from: Moment; readonly until: Moment }>();

/**
 * First moment of the shop's day, week (from Monday), month or year that holds `at`; a lifetime has
 * always been.
 */
export function startOfPeriod(at: Moment, period: Period, zone: string): Moment {
  if (period === 'lifetime') return Number.NEGATIVE_INFINITY;
  const key = `${period} ${zone}`;
  const last = lastAsked.get(key);
  if (last && at >= last.from && at < last.until) return last.from;
  const first = firstDay(zoned(at, zone).toPlainDate(), period);
  const startOf = (date: Temporal.PlainDate): Moment =>
    date.toZonedDateTime(zone).epochMilliseconds;
  const found = { from: startOf(first), until: startOf(first.add({ [`${period}s`]: 1 })) };
  lastAsked.set(key, found);
  return found.from;
}

function firstDay(
  date: Temporal.PlainDate,
  period: Exclude<Period, 'lifetime'>,
): Temporal.PlainDate {
  switch (period) {
    case 'day':
      return date;
    case 'week':
      return date.subtract({ days: date.dayOfWeek - 1 });
    case 'month':
      return date.with({ day: 1 });
    case 'year':
      return date.with({ month: 1, day: 1 });
  }
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

/** The wall clock of the shop, as browsers' fields write it: "2026-11-22T09:30". */
export function shopClock(at: Moment, zone: string): string {
  return zoned(at, zone).toPlainDateTime().toString({ smallestUnit: 'minute' });
}

/** The moment at which the shop's clock shows this; null where the text is no date and time. */
export function clockMoment(text: string, zone: string): Moment | null {
  try {
    return Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
  } catch {
    return null;
  }
}

function zoned(at: Moment, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}

/**
 * The start of the shop's day on which a day of the year is celebrated in that year: 29 February on
 * the 28th where there is none.
 */
export function celebration(year: number, month: number, day: number, zone: string): Moment {
  return remembered(`${zone} ${year}-${month}-${day}`, () => {
    const date = Temporal.PlainDate.from({ year, month, day }, { overflow: 'constrain' });
    return date.toZonedDateTime(zone).epochMilliseconds;
  });
}

/** Year, month and day of the shop's calendar at a moment. */
export function shopDate(
  at: Moment,
  zone: string,
): { readonly year: number; readonly month: number; readonly day: number } {
  const date = new Date(dayNumber(at, zone) * DAY);
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** What the shop's clock shows: the hour, and the day of the week, where Monday is 1. */
export function shopHour(
  at: Moment,
  zone: string,
): { readonly weekday: number; readonly hour: number } {
  const { dayOfWeek, hour } = zoned(at, zone);
  return { weekday: dayOfWeek, hour };
}
