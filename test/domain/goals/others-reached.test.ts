/** "Complete three challenges", "earn both of these badges": a goal of other goals (law 10.2). */
import { describe, expect, it } from 'vitest';
import { NO_FACTS } from '../../../app/domain/goals/goal-facts.ts';
import { othersReached } from '../../../app/domain/goals/others-reached.ts';
import { day } from '../fixtures.ts';

const reached = new Map([
  ['challenge:tea@2026-01', day(10)],
  ['challenge:tea@2026-02', day(40)],
  ['badge:fan/silver', day(20)],
  ['badge:fan/bronze', day(12)],
  ['badge:buyer@2026-01/bronze', day(15)],
  ['streak:daily:7', day(2)],
]);

function reach(count: number, of: 'any' | 'challenges' | 'badges', ...keys: readonly string[]) {
  const facts = { ...NO_FACTS, timeZone: 'UTC', currency: 'USD', now: day(90), reached };
  const { have, need, completedAt } = othersReached.reach({ of, keys: [...keys], count }, facts);
  return [have, need, completedAt];
}

describe('whatever is of its kind', () => {
  it('counts each time, a badge with its levels once, and no streak', () => {
    // Tea on day 10, Fan on 12, Buyer on 15, Tea again on 40.
    expect(reach(4, 'any')).toEqual([4, 4, day(40)]);
    expect(reach(5, 'any')).toEqual([4, 5, null]);
    expect(reach(2, 'any')).toEqual([2, 2, day(12)]);
  });

  it('is challenges alone, or badges alone, where it says so', () => {
    expect(reach(2, 'challenges')).toEqual([2, 2, day(40)]);
    expect(reach(2, 'badges')).toEqual([2, 2, day(15)]);
    expect(reach(3, 'badges')).toEqual([2, 3, null]);
  });
});

describe('certain ones', () => {
  it('count once each, from the first time, whatever kind is named besides', () => {
    expect(reach(2, 'badges', 'challenge:tea', 'badge:fan')).toEqual([2, 2, day(12)]);
    expect(reach(1, 'any', 'challenge:tea')).toEqual([1, 1, day(10)]);
    expect(reach(2, 'any', 'challenge:tea', 'badge:none')).toEqual([1, 2, null]);
    expect(reach(1, 'any', 'challenge:te')).toEqual([0, 1, null]);
  });

  it('cannot be fewer than are asked for', () => {
    const faults = (count: number, keys: readonly string[]) =>
      othersReached.settings
        .safeParse({ of: 'any', keys, count })
        .error?.issues.map(({ path }) => path.join('.'));
    const two = ['badge:fan', 'challenge:tea'];
    expect([faults(2, two), faults(3, two), faults(3, [])]).toEqual([
      undefined,
      ['count'],
      undefined,
    ]);
    expect(faults(1, ['streak:daily'])).toEqual(['keys.0']);
    expect(faults(1, ['xbadge:fan'])).toEqual(['keys.0']);
  });
});
