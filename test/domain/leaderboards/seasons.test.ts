/** Seasons on the shop's calendar, and the versions by which they go (law 10.4). */
import { describe, expect, it } from 'vitest';
import { board, shopOf } from './boards.ts';
import {
  openSeasons,
  runningSeason,
  seasonsOf,
  shownSeason,
  spanWith,
} from '../../../app/domain/leaderboards/seasons.ts';
import { day, programme, shopWith } from '../fixtures.ts';

const iso = (at: number): string => new Date(at).toISOString();

describe('a season', () => {
  it.each([
    ['month', '2026-03', '2026-02-28T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
    ['week', 'week-2026-03-23', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ['quarter', '2026-Q1', '2025-12-31T23:00:00.000Z', '2026-03-31T22:00:00.000Z'],
  ] as const)(
    'that is a %s of Berlin begins and ends at its midnights, summer time or not (law 10.4)',
    (kind, season, from, until) => {
      const span = spanWith(kind, Date.parse('2026-03-25T12:00:00Z'), 'Europe/Berlin');
      expect(span.season).toBe(season);
      expect([iso(span.startsAt), iso(span.endsAt)]).toEqual([from, until]);
    },
  );

  it.each([
    ['month', '2026-12', '2026-11-30T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['quarter', '2026-Q4', '2026-09-30T22:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ['week', 'week-2026-12-28', '2026-12-27T23:00:00.000Z', '2027-01-03T23:00:00.000Z'],
  ] as const)(
    'that is the last %s of a year ends in the next (law 10.4)',
    (kind, season, ...ends) => {
      const span = spanWith(kind, Date.parse('2026-12-31T12:00:00Z'), 'Europe/Berlin');
      expect([span.season, iso(span.startsAt), iso(span.endsAt)]).toEqual([season, ...ends]);
    },
  );

  it('belongs to the shop’s month: 1 February 00:30 in Berlin is January in UTC (law 10.4)', () => {
    const at = Date.parse('2026-01-31T23:30:00Z');
    expect(spanWith('month', at, 'Europe/Berlin').season).toBe('2026-02');
    expect(spanWith('month', at, 'UTC').season).toBe('2026-01');
  });

  it('runs, then is settled for 14 days: on 10 February both January and February are open (law 10.4)', () => {
    const shop = shopOf([board()]);
    expect(openSeasons(shop, day(41)).map(({ season }) => season)).toEqual(['2026-01', '2026-02']);
    expect(openSeasons(shop, day(46)).map(({ season }) => season)).toEqual(['2026-02']);
    expect(runningSeason(shop, 'top', day(41))?.season).toBe('2026-02');
  });

  it('with days of its own runs on them only, and its last standing stays to be seen (law 10.4)', () => {
    const fixed = board({ season: 'fixed', startsAt: iso(day(10)), endsAt: iso(day(20)) });
    const shop = shopOf([fixed]);
    expect(runningSeason(shop, 'top', day(9))).toBeNull();
    expect(runningSeason(shop, 'top', day(10))?.season).toBe('from-2026-01-10');
    expect(runningSeason(shop, 'top', day(20))).toBeNull();
    expect(shownSeason(shop, 'top', day(100))?.season).toBe('from-2026-01-10');
  });

  it('goes by the version in force at its end: prizes changed on 20 January are those of January (law 10.4)', () => {
    const before = programme({ leaderboards: [board({ settleDays: 3 })] });
    const after = programme({ leaderboards: [board({ settleDays: 9 })] });
    const shop = shopWith(
      [
        [day(1), before],
        [day(20), after],
      ],
      { timeZone: 'UTC' },
    );
    const [january] = seasonsOf(shop, -Infinity, day(33));
    expect(january).toMatchObject({ season: '2026-01', version: 2, settlesAt: day(41) });
  });

  it('is not held where the board is gone at its end, and was where it went later (law 10.4)', () => {
    const held = programme({ leaderboards: [board()] });
    const gone = shopWith(
      [
        [day(1), held],
        [day(31), programme()],
      ],
      { timeZone: 'UTC' },
    );
    expect(seasonsOf(gone, -Infinity, day(40))).toEqual([]);
    const later = shopWith(
      [
        [day(1), held],
        [day(33), programme()],
      ],
      { timeZone: 'UTC' },
    );
    expect(seasonsOf(later, -Infinity, day(40)).map(({ season }) => season)).toEqual(['2026-01']);
  });

  it('of a board that changes from months to weeks is the week that runs (law 10.4)', () => {
    const shop = shopWith(
      [
        [day(1), programme({ leaderboards: [board()] })],
        [day(21), programme({ leaderboards: [board({ season: 'week' })] })],
      ],
      { timeZone: 'UTC' },
    );
    const open = openSeasons(shop, day(22));
    expect(open.map(({ season }) => season)).toEqual(['week-2026-01-19']);
  });

  it('is found whole by who slept: three months later all three have ended (law 10.4)', () => {
    const all = seasonsOf(shopOf([board()]), -Infinity, day(95));
    expect(all.map(({ season }) => season)).toEqual(['2026-01', '2026-02', '2026-03', '2026-04']);
  });
});
