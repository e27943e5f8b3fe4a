/** Weeks, months, quarters and years of the shop, each with its name (law 10.1, 10.2). */
import { describe, expect, it } from 'vitest';
import { roundAt } from '../../../app/domain/time/rounds.ts';
import type { Every } from '../../../app/domain/time/rounds.ts';
import { DAY } from '../../../app/domain/time/shop-time.ts';

const ZONE = 'Europe/Berlin';
const round = (at: string, every: Every) => {
  const { id, from, until } = roundAt(Date.parse(at), every, ZONE);
  return [id, new Date(from).toISOString(), new Date(until).toISOString()];
};

describe('a round in Berlin', () => {
  it.each<[Every, string, string, string, string]>([
    ['week', '2026-03-25T12:00:00Z', '2026-03-23', '2026-03-22T23:00', '2026-03-29T22:00'],
    ['week', '2026-12-31T12:00:00Z', '2026-12-28', '2026-12-27T23:00', '2027-01-03T23:00'],
    ['month', '2026-11-15T12:00:00Z', '2026-11', '2026-10-31T23:00', '2026-11-30T23:00'],
    ['month', '2026-12-15T12:00:00Z', '2026-12', '2026-11-30T23:00', '2026-12-31T23:00'],
    ['month', '2026-03-15T12:00:00Z', '2026-03', '2026-02-28T23:00', '2026-03-31T22:00'],
    ['quarter', '2026-09-30T12:00:00Z', '2026-Q3', '2026-06-30T22:00', '2026-09-30T22:00'],
    ['quarter', '2026-10-01T12:00:00Z', '2026-Q4', '2026-09-30T22:00', '2026-12-31T23:00'],
    ['year', '2026-07-01T12:00:00Z', '2026', '2025-12-31T23:00', '2026-12-31T23:00'],
  ])('that is a %s holds %s as %s', (every, at, id, from, until) => {
    expect(round(at, every)).toEqual([id, `${from}:00.000Z`, `${until}:00.000Z`]);
  });

  it('of each kind begins where the one before it ends, for two years', () => {
    for (const every of ['week', 'month', 'quarter', 'year'] as const) {
      const seen = new Set<string>();
      let at = Date.parse('2026-01-01T12:00:00Z');
      while (at < Date.parse('2027-12-31T12:00:00Z')) {
        const { id, from, until } = roundAt(at, every, ZONE);
        expect([seen.has(id), from <= at, at < until]).toEqual([false, true, true]);
        // Its first and its last moment are of it, and the ones beside it are not.
        const ids = [from - 1, from, until - 1, until].map((one) => roundAt(one, every, ZONE).id);
        expect(ids.map((one) => one === id)).toEqual([false, true, true, false]);
        seen.add(id);
        at = until;
      }
      expect(seen.size).toBe({ week: 105, month: 24, quarter: 8, year: 2 }[every]);
    }
  });

  it('is asked for again with the same answer, whatever was asked in between', () => {
    const first = round('2026-11-15T12:00:00Z', 'month');
    for (let day = 0; day < 400; day += 1) {
      roundAt(Date.parse('2020-01-01T12:00:00Z') + day * DAY, 'month', 'Asia/Tokyo');
    }
    expect(round('2026-11-15T12:00:00Z', 'month')).toEqual(first);
  });
});
