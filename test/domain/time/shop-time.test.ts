import { describe, expect, it } from 'vitest';
import {
  addDays,
  clockMoment,
  dayEnd,
  dayStart,
  isTimeZone,
  shopClock,
  shopDay,
  startOfDay,
  startOfYear,
} from '../../../app/domain/time/shop-time.ts';

const at = (text: string): number => Date.parse(text);
const iso = (moment: number): string => new Date(moment).toISOString();

describe('the shop’s day', () => {
  it('is the calendar day in the shop’s zone', () => {
    const moment = at('2026-12-31T23:30:00Z');
    expect(shopDay(moment, 'Europe/Berlin')).toBe('2027-01-01');
    expect(shopDay(moment, 'America/New_York')).toBe('2026-12-31');
    expect(iso(startOfDay(moment, 'Asia/Kolkata'))).toBe('2026-12-31T18:30:00.000Z');
  });

  it('has 23 hours when the clocks go forward and 25 when they go back', () => {
    const hours = (day: string): number =>
      (dayEnd(day, 'Europe/Berlin') - dayStart(day, 'Europe/Berlin')) / 3_600_000;
    expect(['2026-03-29', '2026-10-25', '2026-06-01'].map(hours)).toEqual([23, 25, 24]);
  });

  it('begins at one where midnight is left out', () => {
    // In Beirut the clocks went from 00:00 to 01:00 on 2021-03-28.
    expect(iso(dayStart('2021-03-28', 'Asia/Beirut'))).toBe('2021-03-27T22:00:00.000Z');
  });

  it('a day later is the same time on the clock, though 23 hours have passed', () => {
    const noon = at('2026-03-28T11:00:00Z');
    expect(iso(addDays(noon, 1, 'Europe/Berlin'))).toBe('2026-03-29T10:00:00.000Z');
    expect(iso(addDays(noon, 1, 'Asia/Tokyo'))).toBe('2026-03-29T11:00:00.000Z');
  });
});

describe('the shop’s year', () => {
  it('begins at the shop’s midnight', () => {
    const inNewYork = startOfYear(at('2026-01-01T04:30:00Z'), 'America/New_York');
    expect(iso(inNewYork)).toBe('2025-01-01T05:00:00.000Z');
    const inTokyo = startOfYear(at('2026-12-31T15:30:00Z'), 'Asia/Tokyo');
    expect(iso(inTokyo)).toBe('2026-12-31T15:00:00.000Z');
  });

  it('two years on from a 29th of February is a first of January', () => {
    expect(iso(startOfYear(at('2028-02-29T12:00:00Z'), 'UTC', 2))).toBe('2030-01-01T00:00:00.000Z');
  });
});

it('knows zones by their IANA names and no others', () => {
  expect(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'].every(isTimeZone)).toBe(true);
  expect(['', 'Mars/Olympus', '(GMT+01:00) Berlin'].some(isTimeZone)).toBe(false);
});

describe('the shop’s clock', () => {
  it('is written and read to the minute, as browsers’ fields do it', () => {
    const moment = at('2026-03-29T09:30:59Z');
    expect(shopClock(moment, 'Europe/Berlin')).toBe('2026-03-29T11:30');
    expect(shopClock(at('2026-03-28T23:00:00Z'), 'Europe/Berlin')).toBe('2026-03-29T00:00');
    const read = (text: string): number | null => clockMoment(text, 'Europe/Berlin');
    expect(iso(read('2026-03-29T11:30') ?? 0)).toBe('2026-03-29T09:30:00.000Z');
    // Two o'clock is left out on that day.
    expect(iso(read('2026-03-29T02:30') ?? 0)).toBe('2026-03-29T01:30:00.000Z');
    expect(['', 'soon', '2026-02-30T10:00', '2026-03-29T25:00'].map(read)).toEqual([
      ...[null, null, null, null],
    ]);
  });
});
