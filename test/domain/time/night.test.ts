import { expect, it } from 'vitest';
import { nextNight } from '../../../app/domain/time/night.ts';

const at = (text: string): number => Date.parse(text);
const night = (now: string, zone: string, shopId = '180'): string =>
  new Date(nextNight(at(now), zone, shopId)).toISOString();

it('comes at two by the shop’s own clock, and a shop that has just had it waits for the next', () => {
  // Berlin is an hour ahead of UTC in winter, Tokyo nine.
  expect(night('2026-11-22T00:59:59Z', 'Europe/Berlin')).toBe('2026-11-22T01:00:00.000Z');
  expect(night('2026-11-22T01:00:00Z', 'Europe/Berlin')).toBe('2026-11-23T01:00:00.000Z');
  expect(night('2026-11-22T12:00:00Z', 'Asia/Tokyo')).toBe('2026-11-22T17:00:00.000Z');
});

it('is spread over three hours by the shop, always the same for one shop', () => {
  // 1234 minutes are six times 180 and 154: 4:34.
  expect(night('2026-11-22T12:00:00Z', 'UTC', '1234')).toBe('2026-11-23T04:34:00.000Z');
  expect(night('2026-11-23T12:00:00Z', 'UTC', '1234')).toBe('2026-11-24T04:34:00.000Z');
});

it('comes once in the night that leaves out two o’clock, and once in the night that has it twice', () => {
  // New York: 2026-03-08 goes from 2:00 to 3:00, 2026-11-01 from 2:00 back to 1:00.
  expect(night('2026-03-08T05:00:00Z', 'America/New_York')).toBe('2026-03-08T07:00:00.000Z');
  expect(night('2026-03-08T07:00:00Z', 'America/New_York')).toBe('2026-03-09T06:00:00.000Z');
  expect(night('2026-11-01T05:30:00Z', 'America/New_York')).toBe('2026-11-01T07:00:00.000Z');
  expect(night('2026-11-01T07:00:00Z', 'America/New_York')).toBe('2026-11-02T07:00:00.000Z');
});
