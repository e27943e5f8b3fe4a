/** Ranks, their buckets, and the prizes that they bring (law 10.4). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { board, player, shopOf } from './boards.ts';
import {
  bucketOf,
  bucketTop,
  percentile,
  ranksFrom,
} from '../../../app/domain/leaderboards/buckets.ts';
import { prizeFor } from '../../../app/domain/leaderboards/settings.ts';
import { deed } from '../../../app/domain/activities/activity.ts';
import { day } from '../fixtures.ts';

describe('ranks', () => {
  it('are the same for who has as much, and leave out those they take: 1, 2, 2, 4 (law 10.4)', () => {
    const ranked = ranksFrom(1, [{ score: 9 }, { score: 7 }, { score: 7 }, { score: 5 }]);
    expect(ranked.map(({ rank }) => rank)).toEqual([1, 2, 2, 4]);
  });

  it('say among which hundredth one is: the 5th of 1000 is of the first percent, the last of the 100th (law 10.4)', () => {
    expect([percentile(5, 1000), percentile(11, 1000), percentile(1000, 1000)]).toEqual([
      1, 2, 100,
    ]);
    expect(percentile(1, 3)).toBe(34);
  });
});

describe('buckets of scores', () => {
  it('are exact below 1024, and share ten bits above: 1024 and 1025 are one, 1026 is the next', () => {
    expect([0, 1, 1023, 1024, 1025, 1026].map(bucketOf)).toEqual([0, 1, 1023, 1024, 1024, 1025]);
  });

  it('rise with the score, and hold all up to their top', () => {
    const score = fc.oneof(
      fc.maxSafeNat(),
      fc.nat(5_000),
      fc.nat(52).map((bits) => 2 ** bits),
    );
    fc.assert(
      fc.property(score, fc.integer({ min: -2, max: 2 }), (base, beside) => {
        const a = Math.min(Number.MAX_SAFE_INTEGER - 1, Math.max(0, base + beside));
        expect(bucketOf(a + 1)).toBeGreaterThanOrEqual(bucketOf(a));
        const top = bucketTop(bucketOf(a));
        expect(top).toBeGreaterThanOrEqual(a);
        if (top < Number.MAX_SAFE_INTEGER) {
          expect(bucketOf(top)).toBe(bucketOf(a));
          expect(bucketOf(top + 1)).toBe(bucketOf(a) + 1);
        }
      }),
      { numRuns: 300 },
    );
  });
});

const prizes = [
  { from: 1, to: 1, percent: null, points: 500, reward: null, badge: null },
  { from: 2, to: 3, percent: null, points: 200, reward: null, badge: null },
  { from: null, to: null, percent: 10, points: 50, reward: null, badge: null },
];

describe('the prize of a rank', () => {
  it.each([
    [1, 100, 500],
    [2, 100, 200],
    [3, 100, 200],
    [4, 100, 50],
    [10, 100, 50],
    [11, 100, null],
    [1, 3, 500],
    [3, 3, 200],
  ])('%i of %i is %s points: the first line that fits (law 10.4)', (rank, of, points) => {
    expect(prizeFor(prizes, rank, of)?.points ?? null).toBe(points);
  });

  it('of the first 10 % of five is for one of them (law 10.4)', () => {
    const share = prizes.slice(2);
    expect([1, 2].map((rank) => prizeFor(share, rank, 5)?.points ?? null)).toEqual([50, null]);
  });
});

const reached = (rank: number, over = {}) =>
  deed('rank', 'top@2026-01', day(46), {
    board: 'top',
    season: '2026-01',
    rank,
    of: 100,
    ended: day(32),
    ...over,
  });

describe('a final rank', () => {
  it('pays the prize once, however often it is told and decided (law 10.4)', () => {
    const member = player(shopOf([board({ prizes })]));
    member.did(reached(2), day(46)).did(reached(2), day(47)).decide(day(48));
    expect(member.moves).toEqual([200]);
  });

  it('pays by the prizes in force at the season’s end, whatever is published after it (law 10.4)', () => {
    const shop = shopOf([board({ prizes })]);
    const later = shopOf([board({ prizes: [{ ...prizes[0], from: 1, to: 5, points: 9 }] })]);
    const [january] = shop.versions;
    const [other] = later.versions;
    if (!january || !other) throw new Error('There are no versions.');
    const second = { ...other, version: { ...other.version, version: 2, effectiveAt: day(33) } };
    const member = player({ ...shop, versions: [january, second] });
    member.did(reached(1), day(46));
    expect(member.moves).toEqual([500]);
  });

  it('pays nobody who left the nickname behind anything less: it is a fact by then (law 10.4)', () => {
    const member = player(shopOf([board({ prizes })]));
    member.boardName = null;
    member.did(reached(1), day(46));
    expect(member.moves).toEqual([500]);
  });

  it('below all prizes pays nothing, and of two that are one member the better counts (law 10.4)', () => {
    const member = player(shopOf([board({ prizes })]));
    member.did(reached(40), day(46));
    expect(member.moves).toEqual([]);
    member.did(reached(3), day(47)).did(reached(40), day(48));
    expect(member.moves).toEqual([200]);
  });
});
