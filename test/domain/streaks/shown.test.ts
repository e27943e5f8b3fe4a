/** A streak as it is kept, and as it is read again (law 10.3). */
import { expect, it } from 'vitest';
import { streakRow } from '../../../app/domain/streaks/shown.ts';
import { streaksOf } from '../../../app/domain/streaks/streaks-of.ts';
import { membershipOf } from '../../../app/domain/members/membership.ts';
import { deed } from '../../../app/domain/activities/activity.ts';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { DAY, day, programme, shopWith } from '../fixtures.ts';

type Streak = NonNullable<ProgrammeInput['streaks']>[number];

/** As it is kept on the last of these days of the year. */
function rowAfter(days: readonly number[], over: Partial<Streak> = {}, now = Math.max(...days)) {
  const daily = { key: 'daily', name: 'Daily', enabled: true, of: ['visit'], ...over };
  const shop = shopWith([[day(1), programme({ streaks: [daily] })]], { timeZone: 'UTC' });
  const nobody = { customerCreatedAt: day(1), optedInAt: null, tags: [] };
  const activities = days.map((on) => deed('visit', String(on), day(on) + DAY / 2, {}));
  const [streak] = streaksOf({
    ...{ member: { reviews: [], activities }, standings: [], shop, now: day(now) + DAY / 2 },
    membership: membershipOf(nobody, shop, day(now)),
  });
  if (!streak) throw new Error('There is one.');
  return streakRow(streak, 'UTC')[0];
}

const FREEZES = { atStart: 3, most: 30, earnEvery: 1, cost: null };

it('is kept with its longest, its freezes, whether today is done, and the days that freezes bridge', () => {
  const own = {
    freezes: { ...FREEZES, earnEvery: null },
    milestones: [9, 4].map((at) => ({ at, points: 5 })),
  };
  expect(rowAfter([2, 3, 5], own)).toEqual({
    ...{ key: 'streak:daily', have: 3, need: 4, counted: ['3', '2', 'done', '2026-01-04'] },
    ...{ completedAt: day(2) + DAY / 2, until: day(7) },
  });
  expect(rowAfter([2, 3, 5], own, 6)).toMatchObject({
    have: 3,
    counted: ['3', '2', 'open', '2026-01-04'],
  });
});

it('remembers the newest twenty days that freezes bridge, of 24', () => {
  // Every second day: each brings the freeze for the next gap.
  const days = Array.from({ length: 25 }, (_, index) => 2 * index + 1);
  const [best, , , ...bridged] = rowAfter(days, { freezes: FREEZES })?.counted ?? [];
  expect([best, bridged.length, bridged[0], bridged.at(-1)]).toEqual([
    ...['25', 20, '2026-01-10', '2026-02-17'],
  ]);
});
