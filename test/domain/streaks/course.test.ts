/** How a streak goes through the shop's calendar (law 10.3). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streakCourse } from '../../../app/domain/streaks/course.ts';
import type { StreakCourse, StreakSpan } from '../../../app/domain/streaks/course.ts';
import { programmeDocument } from '../../../app/domain/programme/document.ts';
import type { StreakDocument } from '../../../app/domain/streaks/settings.ts';
import { periodOf, periodStart } from '../../../app/domain/streaks/periods.ts';
import { STREAK_PERIODS } from '../../../app/domain/streaks/settings.ts';
import { streakTerms } from '../../../app/domain/streaks/streak-terms.ts';
import { dayStart } from '../../../app/domain/time/shop-time.ts';

const ZONE = 'Europe/Berlin';
const HOUR = 3_600_000;

function streak(over: Partial<StreakDocument> = {}): StreakDocument {
  const [parsed] = programmeDocument.shape.streaks.parse([
    { key: 'daily', name: 'Daily', enabled: true, of: ['visit'], ...over },
  ]);
  if (!parsed) throw new Error('there is one');
  return parsed;
}

const freezes = (over: Partial<StreakDocument['freezes']> = {}): StreakDocument['freezes'] => ({
  ...{ atStart: 0, earnEvery: null, most: 2, cost: null },
  ...over,
});

/** In force for good, from the beginning of 2026. */
function always(over: Partial<StreakDocument> = {}): StreakSpan[] {
  const from = dayStart('2026-01-01', ZONE);
  return [{ from, until: Infinity, terms: streakTerms(streak(over)), programmeVersion: 1 }];
}

const noon = (day: string, zone = ZONE): number => dayStart(day, zone) + 12 * HOUR;
const visits = (...days: string[]) => days.map((day) => ({ at: noon(day), kind: 'visit' }));
/** Days of March 2026. */
const march = (...days: number[]) =>
  visits(...days.map((day) => `2026-03-${String(day).padStart(2, '0')}`));
const run = (
  done: ReturnType<typeof visits>,
  now: string,
  over: Partial<StreakDocument> = {},
  given: readonly number[] = [],
): StreakCourse => streakCourse(always(over), done, given, ZONE, noon(now));

describe('days in a row', () => {
  it('today does not break a streak before it is over (law 10.3)', () => {
    expect(run(march(2, 3, 4), '2026-03-05')).toMatchObject({ length: 3, best: 3, safe: false });
    expect(run(march(2, 3, 4), '2026-03-06')).toMatchObject({ length: 0, best: 3, since: null });
    expect(run(march(2, 3, 4), '2026-03-06').broken).toEqual([
      { at: dayStart('2026-03-06', ZONE), length: 3, left: 0 },
    ]);
  });

  it('is known by the day on which it began, whatever its beginning loses, and by none when it is over', () => {
    const one = { freezes: freezes({ atStart: 1 }) };
    const root = (...[days, now]: [number[], string]) => run(march(...days), now, one).root;
    expect(root([2, 3], '2026-03-03')).toBe('2026-03-02');
    expect(root([2, 3, 4, 6, 7, 8, 10], '2026-03-10')).toBe('2026-03-02');
    expect(root([2], '2026-03-20')).toBeNull();
    expect(root([2, 20], '2026-03-20')).toBe('2026-03-20');
  });

  it('several deeds of one day are one day, and only deeds that it is about count', () => {
    const twice = [...march(2, 2, 3), { at: noon('2026-03-04'), kind: 'order' }];
    expect(run(twice, '2026-03-04')).toMatchObject({ length: 2, safe: false });
  });

  it('a freeze bridges a day and is gone; the day does not count (law 10.3)', () => {
    const one = { freezes: freezes({ atStart: 1 }) };
    expect(run(march(2, 3, 5, 6), '2026-03-06', one)).toMatchObject({
      ...{ length: 4, freezes: 0 },
      bridged: [dayStart('2026-03-04', ZONE)],
    });
    expect(run(march(2, 3, 5, 6), '2026-03-06').length).toBe(2);
  });

  it('a day told late repairs the gap and gives the freeze back (law 10.3)', () => {
    const one = { freezes: freezes({ atStart: 1 }) };
    expect(run(march(2, 3, 5, 6, 4), '2026-03-06', one)).toMatchObject({
      ...{ length: 5, freezes: 1 },
      bridged: [],
    });
  });

  it('what freezes cannot bridge any more is counted from where they suffice (law 10.3)', () => {
    const one = { freezes: freezes({ atStart: 1 }) };
    // 2 to 4 and 6 to 8 by the freeze of the 5th; the 9th is missed, too: 6 to 8 and 10 by its own.
    const course = run(march(2, 3, 4, 6, 7, 8, 10), '2026-03-10', one);
    expect(course).toMatchObject({ length: 4, best: 6, freezes: 0 });
    expect(course.broken).toEqual([{ at: dayStart('2026-03-10', ZONE), length: 6, left: 3 }]);
  });

  it('one freeze for every 3 days in a row, 2 at most, and none is earned while 2 are held (law 10.3)', () => {
    const earned = { freezes: freezes({ earnEvery: 3 }) };
    const held = (...days: number[]): number =>
      run(march(...days), `2026-03-${String(days.at(-1)).padStart(2, '0')}`, earned).freezes;
    expect(held(1, 2)).toBe(0);
    expect(held(1, 2, 3)).toBe(1);
    expect(held(1, 2, 3, 4, 5, 6)).toBe(2);
    expect(held(1, 2, 3, 4, 5, 6, 7, 8)).toBe(2);
    // The 9th is missed: 1 is left, and the 10th is the first of three that count toward the next.
    expect(held(1, 2, 3, 4, 5, 6, 7, 8, 10, 11)).toBe(1);
    expect(held(1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12)).toBe(2);
  });

  it('a bought freeze counts from its moment, up to the end of the day (law 10.3)', () => {
    const gap = march(2, 3, 5);
    const at = (given: number): number => run(gap, '2026-03-05', {}, [given]).length;
    expect(at(noon('2026-03-03'))).toBe(3);
    expect(at(dayStart('2026-03-05', ZONE) - 1)).toBe(3);
    expect(at(dayStart('2026-03-05', ZONE))).toBe(1);
    // Bought before the streak began it is for none.
    expect(at(noon('2026-03-01'))).toBe(1);
  });
});

describe('the shop’s calendar', () => {
  it('a day of 23 hours and one of 25 are days (law 10.3)', () => {
    const [spring, autumn] = ['2026-03-29', '2026-10-25'];
    const edges = (day: string, next: string) => [
      { at: dayStart(day, ZONE) - 1, kind: 'visit' },
      { at: dayStart(next, ZONE) - 1, kind: 'visit' },
      { at: dayStart(next, ZONE), kind: 'visit' },
    ];
    expect(dayStart('2026-03-30', ZONE) - dayStart(spring, ZONE)).toBe(23 * HOUR);
    expect(dayStart('2026-10-26', ZONE) - dayStart(autumn, ZONE)).toBe(25 * HOUR);
    expect(run(edges(spring, '2026-03-30'), '2026-03-30').length).toBe(3);
    expect(run(edges(autumn, '2026-10-26'), '2026-10-26').length).toBe(3);
  });

  it('weeks begin on Monday, and months have 28 to 31 days (law 10.3)', () => {
    const week = { period: 'week' as const };
    // Sunday 1 March, Monday the 2nd, Sunday the 15th: weeks of 23 February, 2 and 9 March.
    expect(run(march(1, 2, 15), '2026-03-15', week).length).toBe(3);
    expect(run(march(2, 8, 16), '2026-03-16', week).length).toBe(1);
    const month = { period: 'month' as const };
    const ends = visits('2026-01-31', '2026-02-28', '2026-03-01', '2026-04-30');
    expect(run(ends, '2026-05-31', month)).toMatchObject({ length: 4, safe: false });
    expect(run(ends, '2026-06-01', month).length).toBe(0);
  });

  it('a day that a zone left out breaks nothing', () => {
    // Samoa went from 29 to 31 December 2011.
    const zone = 'Pacific/Apia';
    const from = dayStart('2011-12-01', zone);
    const spans = [{ from, until: Infinity, terms: streakTerms(streak()), programmeVersion: 1 }];
    const done = ['2011-12-29', '2011-12-31'].map((day) => ({
      at: noon(day, zone),
      kind: 'visit',
    }));
    expect(streakCourse(spans, done, [], zone, noon('2011-12-31', zone)).length).toBe(2);
  });
});

describe('milestones', () => {
  const milestones = [{ at: 3, points: 50, reward: null, badge: null, multiplier: '', days: 7 }];
  const twice = march(2, 3, 4, 9, 10, 11, 12);

  it('are reached once, or again by who begins anew (law 10.3)', () => {
    const reached = (again: boolean): unknown[] =>
      run(twice, '2026-03-12', { milestones, again }).milestones.map(({ since, at }) => [
        since,
        at,
      ]);
    expect(reached(false)).toEqual([['2026-03-02', noon('2026-03-04')]]);
    expect(reached(true)).toEqual([
      ['2026-03-02', noon('2026-03-04')],
      ['2026-03-09', noon('2026-03-11')],
    ]);
  });

  it('are not reached again by what is left of a streak', () => {
    const over = { milestones, again: true, freezes: freezes({ atStart: 1 }) };
    const course = run(march(2, 3, 4, 6, 8), '2026-03-08', over);
    expect(course.broken).toHaveLength(1);
    expect(course.milestones).toHaveLength(1);
  });
});

describe('versions of the programme', () => {
  it('a day on which the streak was switched off breaks nothing (law 10.3)', () => {
    const terms = streakTerms(streak());
    const spans = [
      { from: dayStart('2026-03-01', ZONE), until: noon('2026-03-04'), terms, programmeVersion: 1 },
      { from: noon('2026-03-06'), until: Infinity, terms, programmeVersion: 3 },
    ];
    const course = (...days: number[]): number =>
      streakCourse(spans, march(...days), [], ZONE, noon('2026-03-08')).length;
    expect(course(2, 3, 7, 8)).toBe(4);
    // The control: the 7th was a whole day of it.
    expect(course(2, 3, 8)).toBe(1);
  });
});

const firstOf = ({ lengths }: StreakCourse, length: number): number =>
  lengths.find((one) => one.length >= length)?.at ?? Infinity;

describe('whatever is told, in whatever order', () => {
  const days = fc.uniqueArray(fc.integer({ min: 1, max: 31 }), { minLength: 1, maxLength: 25 });
  const setting = fc.record({
    atStart: fc.integer({ min: 0, max: 2 }),
    earnEvery: fc.option(fc.integer({ min: 1, max: 4 })),
    most: fc.integer({ min: 2, max: 3 }),
    cost: fc.constant(null),
  });
  const bought = fc.array(
    fc.integer({ min: 0, max: 31 * 24 }).map((hour) => dayStart('2026-03-01', ZONE) + hour * HOUR),
    { maxLength: 3 },
  );
  const now = fc
    .integer({ min: 1, max: 31 })
    .map((day) => `2026-03-${String(day).padStart(2, '0')}`);

  it('the same moments in any order, and twice, are the same streak (law 10.3)', () => {
    fc.assert(
      fc.property(days, setting, bought, now, (all, freezes, given, at) => {
        const told = run(march(...all), at, { freezes }, given);
        expect(run(march(...[...all].reverse(), ...all), at, { freezes }, given)).toEqual(told);
      }),
      { numRuns: 200 },
    );
  });

  it('a deed more never shortens a streak, nor its longest; freezes never exceed the most (law 10.3)', () => {
    fc.assert(
      fc.property(
        ...[days, fc.integer({ min: 1, max: 31 }), setting, bought, now],
        (all, one, freezes, given, at) => {
          const before = run(march(...all), at, { freezes }, given);
          const after = run(march(...all, one), at, { freezes }, given);
          expect(after.length).toBeGreaterThanOrEqual(before.length);
          expect(after.best).toBeGreaterThanOrEqual(before.best);
          for (const course of [before, after]) {
            expect(course.freezes).toBeLessThanOrEqual(freezes.most);
            expect(course.freezes).toBeGreaterThanOrEqual(0);
          }
          for (const { length, at: then } of before.lengths) {
            expect(firstOf(after, length)).toBeLessThanOrEqual(then);
          }
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('in every zone, over every change of its clock and every end of a month', () => {
  const zones = [
    ...['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'America/Sao_Paulo'],
    ...['Asia/Kathmandu', 'Pacific/Apia', 'Africa/Cairo', 'UTC'],
  ];
  const life = fc.record({
    zone: fc.constantFrom(...zones),
    period: fc.constantFrom(...STREAK_PERIODS),
    from: fc.integer({ min: Date.UTC(2008, 0, 1), max: Date.UTC(2030, 0, 1) }),
    shares: fc.array(fc.double({ min: 0, max: 0.999_999, noNaN: true }), {
      ...{ minLength: 2, maxLength: 30 },
    }),
    missed: fc.nat(),
  });

  it('a deed in each period is a streak of all of them, and without one of those after it (law 10.3)', () => {
    fc.assert(
      fc.property(life, ({ zone, period, from, shares, missed }) => {
        const first = periodOf(from, period, zone);
        const moments = shares.map((share, index) => {
          const [start, end] = [0, 1].map((more) =>
            periodStart(first + index + more, period, zone),
          ) as [number, number];
          return Math.floor(start + share * (end - start));
        });
        const now = moments.at(-1) ?? from;
        const terms = streakTerms(streak({ period }));
        const spans = [{ from: -Infinity, until: Infinity, terms, programmeVersion: 1 }];
        const of = (all: readonly number[]): number =>
          streakCourse(
            spans,
            all.map((at) => ({ at, kind: 'visit' })),
            [],
            zone,
            now,
          ).length;
        const periods = new Set(moments.map((at) => periodOf(at, period, zone)));
        expect(of(moments)).toBe(periods.size);
        const gap = periodOf(moments[missed % moments.length] ?? now, period, zone);
        const left = moments.filter((at) => periodOf(at, period, zone) !== gap);
        const after = [...periods].filter((number) => number > gap).length;
        expect(of(left)).toBe(now === moments[missed % moments.length] ? periods.size - 1 : after);
      }),
      { numRuns: 300 },
    );
  });
});
