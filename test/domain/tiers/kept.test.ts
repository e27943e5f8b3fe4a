/** Who is told that a tier was kept, and who has nothing that could be lost (law 6.2). */
import { expect, it } from 'vitest';
import { climb } from '../../../app/domain/tiers/climb.ts';
import { ladderProgress } from '../../../app/domain/tiers/missing.ts';
import { noticesOf } from '../../../app/domain/tiers/notices.ts';
import { DAY, day } from '../fixtures.ts';
import { climber, ladderWith, rung } from './ladders.ts';

const newYear = (year: number): number => Date.UTC(year, 0, 1);
const bought = (at: number, spendMinor: number) => ({
  ...{ at, spendMinor, orders: 1, points: 0, countsFrom: at },
});

/** As told on 2 January 2028, of a ladder by the calendar year. */
function told(needs: readonly number[], spendMinor: number): string[] {
  const rungs = needs.map((need) => rung(`from-${need}`, need));
  const ladder = ladderWith({ window: { kind: 'calendar-year' }, rungs, noticeDays: 0 });
  const now = newYear(2028) + DAY;
  const steps = [bought(day(10), spendMinor), bought(newYear(2027) + 9 * DAY, spendMinor)];
  const climbed = climb([ladder], steps, now, climber({ zone: 'UTC' }));
  const tierKey = climbed.stands.at(-1)?.rung?.key ?? null;
  const watched = { metAt: day(1), joinedAt: day(1), tierKey };
  return noticesOf(climbed, ladderProgress(climbed, now), watched, now).events.map(
    ({ key }) => key,
  );
}

it('whoever bought enough again is told once that their tier was kept', () => {
  expect(told([0, 200], 250)).toEqual([`tier-kept:from-200:${newYear(2028)}`]);
  expect(told([1, 200], 1)).toEqual([`tier-kept:from-1:${newYear(2028)}`]);
});

it('who is in the tier that asks for nothing could not have lost it, and is told nothing', () => {
  expect(told([0, 200], 100)).toEqual([]);
  expect(told([0], 0)).toEqual([]);
});
