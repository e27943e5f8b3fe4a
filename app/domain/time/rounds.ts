/** Rounds of the shop's calendar, which come again and again: weeks from Monday, months, quarters, years. */
import { DAY, dayStart, shopDate } from './shop-time.ts';
import type { Moment } from './shop-time.ts';

export type Every = 'week' | 'month' | 'quarter' | 'year';

export interface Round {
  /** "2026-11-16", "2026-11", "2026-Q4", "2026". */
  readonly id: string;
  readonly from: Moment;
  readonly until: Moment;
}

/** What was asked for before: a shop's members ask for the same rounds, by the thousand. */
const known = new Map<string, Round>();
const MOST_KNOWN = 5_000;

export function roundAt(at: Moment, every: Every, zone: string): Round {
  const { id, first, next } = daysOf(at, every, zone);
  const key = `${zone} ${every} ${id}`;
  const found = known.get(key);
  if (found) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const round = { id, from: dayStart(first, zone), until: dayStart(next, zone) };
  known.set(key, round);
  return round;
}

function daysOf(
  at: Moment,
  every: Every,
  zone: string,
): { readonly id: string; readonly first: string; readonly next: string } {
  const { year, month, day } = shopDate(at, zone);
  switch (every) {
    case 'week': {
      const noon = Date.UTC(year, month - 1, day, 12);
      const weekday = (new Date(noon).getUTCDay() + 6) % 7;
      const first = isoDay(noon - weekday * DAY);
      return { id: first, first, next: isoDay(noon + (7 - weekday) * DAY) };
    }
    case 'month':
      return { id: isoMonth(year, month), ...months(year, month, 1) };
    case 'quarter': {
      const quarter = Math.ceil(month / 3);
      return { id: `${year}-Q${quarter}`, ...months(year, quarter * 3 - 2, 3) };
    }
    case 'year':
      return { id: String(year), ...months(year, 1, 12) };
  }
}

function months(year: number, month: number, length: number): { first: string; next: string } {
  const after = month + length;
  return {
    first: `${isoMonth(year, month)}-01`,
    next: `${after > 12 ? isoMonth(year + 1, after - 12) : isoMonth(year, after)}-01`,
  };
}

function isoMonth(year: number, month: number): string {
  return `${year}-${String(month).padStart(2, '0')}`;
}

function isoDay(at: Moment): string {
  return new Date(at).toISOString().slice(0, 10);
}
