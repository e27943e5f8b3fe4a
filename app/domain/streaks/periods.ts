/** Days, weeks and months of the shop's calendar, counted, so that what follows what is a sum. */
import type { StreakPeriod } from './settings.ts';
import { celebration, DAY, dayNumber, shopDate } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** The first Monday since 1970 is day 4: weeks begin on Mondays. */
const FIRST_MONDAY = 4;

/** The number of the period that holds the moment. */
export function periodOf(at: Moment, period: StreakPeriod, zone: string): number {
  if (period === 'month') {
    const { year, month } = shopDate(at, zone);
    return year * 12 + month - 1;
  }
  const number = dayNumber(at, zone);
  return period === 'day' ? number : Math.floor((number - FIRST_MONDAY) / 7);
}

/** Its first moment. A day that the calendar left out begins when the next one does. */
export function periodStart(number: number, period: StreakPeriod, zone: string): Moment {
  const date = firstDay(number, period);
  return celebration(date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), zone);
}

/** What it is called in keys: "2026-11-22", "2026-11-23w" for the week of that Monday, "2026-11". */
export function periodName(number: number, period: StreakPeriod): string {
  const day = firstDay(number, period).toISOString().slice(0, 10);
  if (period === 'month') return day.slice(0, 7);
  return period === 'day' ? day : `${day}w`;
}

function firstDay(number: number, period: StreakPeriod): Date {
  switch (period) {
    case 'day':
      return new Date(number * DAY);
    case 'week':
      return new Date((number * 7 + FIRST_MONDAY) * DAY);
    case 'month':
      return new Date(Date.UTC(Math.floor(number / 12), number % 12, 1));
  }
}
