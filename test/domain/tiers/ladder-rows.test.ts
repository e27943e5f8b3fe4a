/** What is missing of tiers, as it is kept (law 6.2). */
import { expect, it } from 'vitest';
import { climb } from '../../../app/domain/tiers/climb.ts';
import {
  changesOf,
  isAtRisk,
  ladderProgress,
  ladderRows,
} from '../../../app/domain/tiers/missing.ts';
import { DAY, day } from '../fixtures.ts';
import { climber, ladderWith, rung } from './ladders.ts';

const rungs = [rung('bronze', 0), rung('silver', 200), rung('gold', 500)];
const yearly = ladderWith({ window: { kind: 'calendar-year' }, rungs });
/** In UTC, so that a year begins at a midnight that is easy to read. */
const inUtc = climber({ zone: 'UTC' });
const bought = (at: number, spendMinor: number) => ({
  ...{ at, spendMinor, orders: 1, points: 0, countsFrom: at },
});
const newYear = (year: number): number => Date.UTC(year, 0, 1);

it('before a term decides only the way up is told, until the year ends', () => {
  const climbed = climb([yearly], [bought(day(10), 320)], day(20), inUtc);
  const progress = ladderProgress(climbed, day(20));
  expect(progress && ladderRows(progress)).toEqual([
    { key: 'tier', have: 320, need: 500, counted: ['gold'], until: newYear(2027) },
    { key: 'tier-kept', have: 0, need: 0, counted: [], until: null },
  ]);
  // Silver is held to the end of 2027: from that year on it counts what is bought.
  expect(progress && changesOf(climbed, progress, day(20))).toEqual([newYear(2027), newYear(2027)]);
});

it('in the year that decides, also what keeping it takes, and where it goes without: 200 less 150', () => {
  const [now, steps] = [
    newYear(2027) + 9 * DAY,
    [bought(day(10), 320), bought(newYear(2027), 150)],
  ];
  const climbed = climb([yearly], steps, now, inUtc);
  const progress = ladderProgress(climbed, now);
  expect(progress && ladderRows(progress)).toEqual([
    { key: 'tier', have: 150, need: 500, counted: ['gold'], until: newYear(2028) },
    {
      ...{ key: 'tier-kept', have: 150, need: 200, counted: ['silver', 'bronze'] },
      until: newYear(2028),
    },
  ]);
  expect(progress?.keep && isAtRisk(yearly, progress.keep)).toBe(true);
  const kept = climb([yearly], [...steps, bought(now, 50)], now, inUtc);
  const after = ladderProgress(kept, now);
  expect(after && ladderRows(after)[1]).toMatchObject({ have: 200, counted: ['silver', 'silver'] });
  expect(after?.keep && isAtRisk(yearly, after.keep)).toBe(false);
});

it('at the top there is no next tier, and beneath the first one nothing to fall to', () => {
  const steep = ladderWith({ window: { kind: 'calendar-year' }, rungs: [rung('gold', 500)] });
  const now = newYear(2027) + DAY;
  const climbed = climb([steep], [bought(day(10), 700)], now, inUtc);
  const progress = ladderProgress(climbed, now);
  expect(progress && ladderRows(progress)).toEqual([
    { key: 'tier', have: 0, need: 0, counted: [], until: null },
    { key: 'tier-kept', have: 0, need: 500, counted: ['gold', ''], until: newYear(2028) },
  ]);
});

it('a tier that is only granted is kept by no counting', () => {
  const granted = [rung('bronze', 0), rung('vip', null)];
  const grants = [{ tierKey: 'vip', from: day(5), until: day(50), revokedAt: null }];
  const climbed = climb(
    [ladderWith({ rungs: granted })],
    [bought(day(10), 70)],
    day(20),
    climber({ zone: 'UTC', grants }),
  );
  const progress = ladderProgress(climbed, day(20));
  expect(progress?.keep).toMatchObject({ need: null, have: 70, ends: day(50) });
  expect(progress && ladderRows(progress)[1]).toEqual({
    ...{ key: 'tier-kept', have: 70, need: 70, counted: ['vip', 'bronze'], until: day(50) },
  });
});

it('of the last N days it changes when the oldest purchase leaves them', () => {
  const rolling = ladderWith({ window: { kind: 'rolling', days: 30 }, rungs });
  const steps = [bought(day(10), 50), bought(day(15), 60)];
  const nextBy = (now: number): number | null | undefined =>
    ladderProgress(climb([rolling], steps, now, inUtc), now)?.nextBy;
  expect([nextBy(day(20)), nextBy(day(41)), nextBy(day(60))]).toEqual([day(40), day(45), null]);
  const none = climb([], [], day(20), inUtc);
  expect(ladderProgress(none, day(20))).toBeNull();
});
