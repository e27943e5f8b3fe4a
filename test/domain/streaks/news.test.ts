/** What is told of a streak, when, and of what nobody is told (law 10.3). */
import { expect, it } from 'vitest';
import { streakNews } from '../../../app/domain/streaks/news.ts';
import { streakList } from '../../../app/domain/streaks/settings.ts';
import { streakTerms } from '../../../app/domain/streaks/streak-terms.ts';
import type { MemberStreak } from '../../../app/domain/streaks/streaks-of.ts';
import { DAY, day } from '../fixtures.ts';

const HOUR = 3_600_000;
interface Over {
  readonly course?: Partial<MemberStreak['course']>;
  readonly warnHours?: number;
  readonly gone?: true;
}
/** Three days in a row until day 12; the 13th day must be done, and the warning comes 6 hours before its end. */
function streak({ course = {}, warnHours = 6, gone }: Over = {}): MemberStreak {
  const [document] = streakList.parse([
    {
      ...{ key: 'daily', name: 'Daily', enabled: true, of: ['visit'] },
      warnHours,
      milestones: [{ at: 3 }],
    },
  ]);
  const terms = document && streakTerms(document);
  const [milestone] = terms?.milestones ?? [];
  if (!terms || !milestone) throw new Error('it has one');
  const reachedBy = { since: '2026-01-10', at: day(12), name: 'Daily', programmeVersion: 1 };
  return {
    ...{ key: 'daily', terms: gone ? null : terms, lengths: [] },
    milestones: [{ milestone, ...reachedBy }],
    course: {
      ...{ length: 3, best: 3, freezes: 0, bridged: [], safe: false, since: day(10), root: 'r' },
      ...{ byFrom: day(13), by: day(14), changesAt: day(14), milestones: [], lengths: [] },
      ...{ broken: [], ...course },
    },
  };
}
const told = (over: Over, now: number, metAt: number | null = day(1)): readonly string[] =>
  streakNews([streak(over)], metAt, now).events.map(({ key, at }) => `${key} at ${at}`);
const later = (over: Over) => streakNews([streak(over)], day(1), day(13)).later;

const reached = `streak:daily@2026-01-10:at-3 at ${day(12)}`;
const warned = `streak-at-risk:daily:${day(14)} at ${day(14) - 6 * HOUR}`;

it('it is about to end from 6 hours before the end on, and not before', () => {
  expect(told({}, day(14) - 6 * HOUR - 1)).toEqual([reached]);
  expect(told({}, day(14) - 6 * HOUR)).toEqual([reached, warned]);
  expect(streakNews([streak()], day(1), day(14) - 1).events.at(-1)).toMatchObject({
    kind: 'streak-at-risk',
    content: { streak: 'daily', name: 'Daily', length: 3, by: '2026-01-14T00:00:00.000Z' },
  });
});

it('with more hours than the day has it is told when the day begins', () => {
  const at = `streak-at-risk:daily:${day(14)} at ${day(13)}`;
  expect(told({ warnHours: 30 }, day(13))).toEqual([reached, at]);
});

it.each<[string, Over]>([
  ['there is no warning', { warnHours: 0 }],
  ['a freeze would bridge it', { course: { freezes: 1 } }],
  ['it is of one day', { course: { length: 1 } }],
  ['nothing must come', { course: { by: null, byFrom: null } }],
  ['the programme has it no more', { gone: true }],
])('nobody is warned where %s', (_, over) => {
  expect(told(over, day(14) - 1)).toEqual([reached]);
});

it('is looked at again when it is to be warned of, and when its day is over', () => {
  expect(later({})).toEqual([day(14), day(14) - 6 * HOUR]);
  expect(later({ warnHours: 0 })).toEqual([day(14)]);
  expect([later({ gone: true }), later({ course: { by: null, byFrom: null } })]).toEqual([[], []]);
});

it('that it is over is told of two days, and not of one', () => {
  const broken = (length: number) => ({
    course: { by: null, byFrom: null, broken: [{ at: day(14), length, left: 0 }] },
  });
  expect(told(broken(2), day(14))).toEqual([
    reached,
    `streak-broken:daily:${day(14)} at ${day(14)}`,
  ]);
  expect(told(broken(1), day(14))).toEqual([reached]);
  expect(told(broken(2), day(14) - 1)).toEqual([reached]);
});

it('what was more than a day before they were met, or 31 days ago, is history', () => {
  const calm = { course: { by: null, byFrom: null } };
  const [met, last] = [day(12) + DAY, day(12) + 31 * DAY];
  expect([told(calm, day(20), met), told(calm, day(20), met + 1)]).toEqual([[reached], []]);
  expect([told(calm, last), told(calm, last + 1)]).toEqual([[reached], []]);
  expect(told(calm, day(12), null)).toEqual([]);
});
