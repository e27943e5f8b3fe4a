/** What there is to play, of all versions and the draft, and when each part runs on the calendar. */
import { describe, expect, it } from 'vitest';
import { calendarSpan } from '../../../app/domain/campaigns/calendar-span.ts';
import { calendarLines } from '../../../app/domain/play/calendar.ts';
import { knownParts } from '../../../app/domain/play/known-parts.ts';
import type { ProgrammeDocument } from '../../../app/domain/programme/document.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import type { DraftDocument } from '../../../app/domain/programme/draft.ts';
import { board } from '../leaderboards/boards.ts';
import { day, programme, shopWith } from '../fixtures.ts';
import { badge, challenge, paying } from '../goals.ts';

type Over = Parameters<typeof challenge>[2];
const iso = (at: number): string => new Date(at).toISOString();
const named = (key: string, over: Over = {}) => challenge(1, 5, { key, name: `${key}!`, ...over });
const holding = (...challenges: ReturnType<typeof named>[]): ProgrammeDocument =>
  paying({ challenges });
const draftOf = (document: ProgrammeDocument): DraftDocument => draftDocument.parse(document);
const challengesAt = (
  now: number,
  versions: readonly (readonly [number, ProgrammeDocument])[],
  draft: DraftDocument | null = null,
) => knownParts('challenges', shopWith(versions, { timeZone: 'UTC' }), draft, now);

describe('a part', () => {
  const spring = { startsAt: iso(day(60)), endsAt: iso(day(90)) };

  it.each([
    [day(59), {}, 'planned'],
    [day(60), {}, 'running'],
    [day(90) - 1, {}, 'running'],
    [day(90), {}, 'over'],
    [day(1), { startsAt: null }, 'running'],
    [day(400), { endsAt: null }, 'running'],
    [day(60), { enabled: false }, 'off'],
    [day(90), { enabled: false }, 'over'],
    [day(400), { startsAt: null, endsAt: null }, 'running'],
  ])('from day 60 to before day 90 is by the millisecond %i, with %j, "%s"', (now, over, state) => {
    const [part] = challengesAt(now, [[day(1), holding(named('a', { ...spring, ...over }))]]);
    expect(part?.state).toBe(state);
    expect([part?.startsAt, part?.endsAt]).toEqual([
      'startsAt' in over ? null : day(60),
      'endsAt' in over ? null : day(90),
    ]);
  });

  it('that nobody published is a draft; what was published and is gone is over, since when', () => {
    const versions = [
      [day(10), holding(named('a'), named('gone'))],
      [day(20), holding(named('a'), named('gone', { name: 'Last name' }))],
      [day(30), holding(named('a', { name: 'New name' }))],
      [day(99), holding()],
    ] as const;
    const draft = draftOf(holding(named('new'), named('a', { name: 'Drafted' })));
    const known = challengesAt(day(40), versions, draft);
    expect(
      known.map(({ key, name, state, since, goneAt, place }) => [
        ...[key, name, state, since, goneAt, place],
      ]),
    ).toEqual([
      ['a', 'New name', 'running', day(10), null, 1],
      ['new', 'new!', 'draft', null, null, 0],
      ['gone', 'Last name', 'over', day(10), day(30), null],
    ]);
    expect(known.every(({ list }) => list === 'challenges')).toBe(true);
  });

  it('that is gone and drafted again is shown as it is drafted', () => {
    const versions = [
      [day(10), holding(named('a'))],
      [day(20), holding()],
    ] as const;
    const draft = draftOf(holding(named('a', { name: 'Again' })));
    expect(challengesAt(day(30), versions, draft)).toMatchObject([
      { key: 'a', name: 'Again', state: 'over', since: day(10), goneAt: day(20), place: 0 },
    ]);
  });

  it('of a version that is still to come is none yet', () => {
    const versions = [[day(50), holding(named('a'))]] as const;
    expect(challengesAt(day(50) - 1, versions)).toEqual([]);
    expect(challengesAt(day(50), versions)).toHaveLength(1);
    expect(challengesAt(day(50), [])).toEqual([]);
  });

  it('stands by its state: running, planned, drafted, off, over', () => {
    const versions = [
      [day(1), holding(named('gone'))],
      [
        day(2),
        holding(
          named('off', { enabled: false }),
          named('planned', { startsAt: iso(day(50)) }),
          named('running'),
        ),
      ],
    ] as const;
    const draft = draftOf(holding(named('draft')));
    expect(challengesAt(day(9), versions, draft).map(({ key }) => key)).toEqual([
      ...['running', 'planned', 'draft', 'off', 'gone'],
    ]);
  });

  it('whose day is no moment yet is open', () => {
    const draft = draftOf(holding(named('a')));
    const odd = {
      ...draft,
      challenges: draft.challenges.map((one) => ({ ...one, endsAt: 'soon' })),
    };
    expect(challengesAt(day(9), [], odd)).toMatchObject([{ startsAt: null, endsAt: null }]);
  });
});

describe('the calendar', () => {
  const january = calendarSpan('month', '2026-01-15', 'UTC');
  const february = calendarSpan('month', '2026-02-15', 'UTC');
  const linesOf = (
    versions: readonly (readonly [number, ProgrammeDocument])[],
    now: number,
    span = january,
    draft: DraftDocument | null = null,
  ) => calendarLines(challengesAt(now, versions, draft), span, 'UTC');
  const [from, to] = [january.startsAt - 1, january.endsAt + 1];

  it('shows a challenge from when it was published, or begins, until its end, or when it went', () => {
    const windows = (over: Over, ...more: (readonly [number, ProgrammeDocument])[]) =>
      linesOf([[day(5), holding(named('a', over))], ...more], day(28))[0]?.windows ?? null;
    expect(windows({})).toEqual([{ startsAt: day(5), endsAt: to }]);
    expect(windows({ startsAt: iso(day(2)) })).toEqual([{ startsAt: day(5), endsAt: to }]);
    expect(windows({ startsAt: iso(day(9)), endsAt: iso(day(20)) })).toEqual([
      { startsAt: day(9), endsAt: day(20) },
    ]);
    expect(windows({}, [day(12), holding()])).toEqual([{ startsAt: day(5), endsAt: day(12) }]);
    expect(windows({ endsAt: iso(day(8)) }, [day(12), holding()])).toEqual([
      { startsAt: day(5), endsAt: day(8) },
    ]);
    expect(windows({ startsAt: iso(day(32)) })).toBeNull();
    expect(windows({ endsAt: iso(day(5)) })).toBeNull();
  });

  it('goes a little beyond the month where the challenge does', () => {
    const versions = [[Date.UTC(2025, 11, 1), holding(named('a'))]] as const;
    expect(linesOf(versions, day(28))).toEqual([
      ...[{ list: 'challenges', key: 'a', name: 'a!', state: 'running' }].map((line) => ({
        ...{ ...line, windows: [{ startsAt: from, endsAt: to }] },
      })),
    ]);
  });

  it('shows a draft where it has a first day, and nowhere else', () => {
    const of = (over: Over) =>
      linesOf([], day(1), january, draftOf(holding(named('a', over)))).map(
        ({ windows }) => windows,
      );
    expect(of({})).toEqual([]);
    expect(of({ endsAt: iso(day(20)) })).toEqual([]);
    expect(of({ startsAt: iso(day(9)) })).toEqual([[{ startsAt: day(9), endsAt: to }]]);
  });

  it('shows each week of what comes again, and a badge of each month as a month', () => {
    const weekly = named('a', { window: { kind: 'recurring', every: 'week' } });
    const lines = linesOf([[day(7), holding(weekly)]], day(20));
    expect(lines[0]?.windows).toEqual([
      { startsAt: day(7), endsAt: day(12) },
      { startsAt: day(12), endsAt: day(19) },
      { startsAt: day(19), endsAt: day(26) },
      { startsAt: day(26), endsAt: to },
    ]);
    const document = programme({
      badges: [badge(1, 5, { season: 'month' }), badge(1, 5, { key: 'once' })],
      leaderboards: [board({ season: 'week' }), board({ key: 'fixed', season: 'fixed' })],
    });
    const shop = shopWith([[day(7), document]], { timeZone: 'UTC' });
    const of = (list: 'badges' | 'leaderboards') =>
      calendarLines(knownParts(list, shop, null, day(40)), february, 'UTC').map(
        ({ key, windows }) => `${key} ${windows.length}`,
      );
    // The month, and a moment of the months before and after; weeks of 2 to 23 February likewise.
    expect(of('badges')).toEqual(['fan 3', 'once 1']);
    expect(of('leaderboards')).toEqual(['top 5', 'fixed 1']);
  });
});
