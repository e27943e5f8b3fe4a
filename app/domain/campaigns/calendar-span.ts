/** A month or a quarter of the shop's calendar, and where campaigns lie in it. */
import { Temporal } from 'temporal-polyfill';
import type { Moment } from '../time/shop-time.ts';
import type { Window } from './campaign-state.ts';

export const SPAN_KINDS = ['month', 'quarter'] as const;
export type SpanKind = (typeof SPAN_KINDS)[number];

export interface CalendarSpan {
  readonly kind: SpanKind;
  /** The first day, e.g. "2026-11-01"; also of the spans before and after. */
  readonly first: string;
  readonly before: string;
  readonly after: string;
  readonly days: number;
  readonly startsAt: Moment;
  readonly endsAt: Moment;
  /** Days at which a mark stands: Mondays of a month, first days of months of a quarter. */
  readonly marks: readonly { readonly day: string; readonly at: number }[];
}

/** @param around any day of it, e.g. "2026-11-22" */
export function calendarSpan(kind: SpanKind, around: string, zone: string): CalendarSpan {
  const date = Temporal.PlainDate.from(around);
  const months = kind === 'month' ? 1 : 3;
  const month = kind === 'month' ? date.month : date.month - ((date.month - 1) % 3);
  const first = date.with({ month, day: 1 });
  const next = first.add({ months });
  const days = first.until(next, { largestUnit: 'days' }).days;
  const marks = Array.from({ length: days }, (_, index) => first.add({ days: index })).flatMap(
    (day, index) =>
      (kind === 'month' ? day.dayOfWeek === 1 : day.day === 1)
        ? [{ day: day.toString(), at: index / days }]
        : [],
  );
  const startOf = (day: Temporal.PlainDate): Moment => day.toZonedDateTime(zone).epochMilliseconds;
  return {
    ...{ kind, days, marks },
    first: first.toString(),
    before: first.subtract({ months }).toString(),
    after: next.toString(),
    startsAt: startOf(first),
    endsAt: startOf(next),
  };
}

/** A day of the calendar; null for what is none. */
export function readDay(text: string | null): string | null {
  if (text === null || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

export interface Lying {
  /** From 0, where the span begins, to 1, where it ends. */
  readonly from: number;
  readonly to: number;
  /** Whether it goes on beyond either end. */
  readonly beganBefore: boolean;
  readonly goesOn: boolean;
}

/** By days of the shop, which are all as wide, however long the clock makes them; null where it lies elsewhere. */
export function lyingIn(span: CalendarSpan, window: Window, zone: string): Lying | null {
  if (window.endsAt <= span.startsAt || window.startsAt >= span.endsAt) return null;
  const place = (at: Moment): number => {
    if (at <= span.startsAt) return 0;
    if (at >= span.endsAt) return 1;
    const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
    const day = moment.toPlainDate();
    const start = day.toZonedDateTime(zone).epochMilliseconds;
    const end = day.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
    const index = Temporal.PlainDate.from(span.first).until(day, { largestUnit: 'days' }).days;
    return (index + (at - start) / (end - start)) / span.days;
  };
  return {
    from: place(window.startsAt),
    to: place(window.endsAt),
    beganBefore: window.startsAt < span.startsAt,
    goesOn: window.endsAt > span.endsAt,
  };
}
