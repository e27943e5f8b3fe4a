/** What batches of a back-test come to, put together; and a challenge as if everybody took part in it. */
import { describe, expect, it } from 'vitest';
import { asIfBegun } from '../../../app/domain/back-test/as-if-begun.ts';
import { drawnAfter, withDrawn } from '../../../app/domain/back-test/drawn.ts';
import {
  EMPTY_REACH_TALLY,
  reachTallied,
  shareOf,
} from '../../../app/domain/back-test/reach-tally.ts';
import type { ReachTally } from '../../../app/domain/back-test/reach-tally.ts';
import {
  EMPTY_TALLY,
  MOST_SHOWN,
  tallied,
  tallySchema,
} from '../../../app/domain/back-test/tally.ts';
import type { Trial } from '../../../app/domain/back-test/tally.ts';
import { noBudgets } from '../../../app/domain/earning/budgets.ts';
import { day } from '../fixtures.ts';
import { challenge, paying } from '../goals.ts';

const trial = (
  memberId: string,
  [was, is]: readonly [number, number],
  [from, to]: readonly [string | null, string | null] = [null, null],
  points = 0,
): Trial => ({
  ...{ memberId, orders: 2 },
  before: { earned: was, outstanding: was - 10, tier: from },
  after: { earned: is, outstanding: is - 20, tier: to },
  move: { from, to, points },
});

describe('members under a draft', () => {
  const trials = [
    trial('1', [100, 150], [null, 'silver'], 50),
    trial('2', [100, 40], ['gold', 'silver'], -60),
    trial('3', [30, 30], ['gold', 'gold']),
    trial('4', [0, 20], ['gold', 'silver'], 20),
  ];

  it('are summed up: 230 points become 240, 70 are given at once and 60 taken', () => {
    expect(tallied(EMPTY_TALLY, trials)).toEqual({
      ...{ members: 4, orders: 8, givenAtOnce: 70, takenAtOnce: 60 },
      before: { earned: 230, outstanding: 190, tiers: { '': 1, gold: 3 } },
      after: { earned: 240, outstanding: 160, tiers: { silver: 3, gold: 1 } },
      moves: [
        { from: 'gold', to: 'silver', members: 2 },
        { from: '', to: 'silver', members: 1 },
      ],
      most: [
        { memberId: '2', before: 100, after: 40 },
        { memberId: '1', before: 100, after: 150 },
        { memberId: '4', before: 0, after: 20 },
      ],
    });
  });

  it('come to the same in any batches, also through what is kept between them', () => {
    const whole = tallied(EMPTY_TALLY, trials);
    const kept = tallySchema.parse(
      JSON.parse(JSON.stringify(tallied(EMPTY_TALLY, trials.slice(2)))),
    );
    expect(tallied(kept, trials.slice(0, 2))).toEqual(whole);
    expect(tallied(whole, [])).toEqual(whole);
  });

  it('who change as much are in one order, and so are moves of as many', () => {
    const both = [trial('b', [0, 5], ['x', 'z']), trial('a', [5, 0], ['x', 'y'])];
    for (const order of [both, both.toReversed()]) {
      const { most, moves } = tallied(EMPTY_TALLY, order);
      expect(most.map(({ memberId }) => memberId)).toEqual(['a', 'b']);
      expect(moves.map(({ to }) => to)).toEqual(['y', 'z']);
    }
  });

  it('are shown so many as change most', () => {
    const many = Array.from({ length: 25 }, (_, index) => trial(`m${index}`, [0, index]));
    const { most } = tallied(EMPTY_TALLY, many);
    expect([most.length, most[0]?.after, most.at(-1)?.after]).toEqual([MOST_SHOWN, 24, 5]);
  });
});

describe('how far members would be', () => {
  it.each([
    [0, 8, 'none'],
    [1, 8, 'quarter'],
    [2, 8, 'quarter'],
    [3, 8, 'half'],
    [4, 8, 'half'],
    [5, 8, 'most'],
    [6, 8, 'most'],
    [7, 8, 'near'],
    [9, 8, 'near'], // as much as it asks for, and not reached in its time
    [5, 0, 'none'],
    [-1, 8, 'none'],
  ])('with %i of %i is "%s"', (have, need, share) => {
    expect(shareOf({ have, need, completedAt: null })).toBe(share);
    expect(shareOf({ have, need, completedAt: 0 })).toBe('done');
  });

  it('is none where nothing was begun', () => {
    expect(shareOf(null)).toBe('none');
  });

  it('is put together, with the first twenty of those who are there', () => {
    const example = (id: number) => ({
      ...{ memberId: String(id), name: null, email: null, have: 1, need: 1 },
    });
    const of = (members: number, from: number): ReachTally => ({
      members,
      shares: { none: 1, quarter: 2, half: 3, most: 4, near: 5, done: members },
      examples: Array.from({ length: members }, (_, index) => example(from + index)),
    });
    const { members, shares, examples } = reachTallied(of(15, 0), of(9, 15));
    expect([members, shares]).toEqual([
      24,
      { none: 2, quarter: 4, half: 6, most: 8, near: 10, done: 24 },
    ]);
    expect(examples.map(({ memberId }) => Number(memberId))).toEqual(
      Array.from({ length: 20 }, (_, index) => index),
    );
    expect(reachTallied(EMPTY_REACH_TALLY, of(2, 0))).toEqual(of(2, 0));
  });
});

describe('budgets of campaigns', () => {
  it('go on with what was drawn, and remember what a batch changed: 100 and 20, then 30 more and 5 less', () => {
    const began = withDrawn({ held: new Map([['may', 100]]) }, { may: 20, june: 7 });
    expect([...began.held]).toEqual([
      ['may', 120],
      ['june', 7],
    ]);
    const ended = {
      held: new Map([
        ['may', 150],
        ['june', 2],
        ['july', 4],
        ['august', 0],
      ]),
    };
    expect(drawnAfter({ may: 20, june: 7 }, began, ended)).toEqual({ may: 50, june: 2, july: 4 });
    expect(drawnAfter({ may: 20 }, noBudgets(), noBudgets())).toEqual({ may: 20 });
  });

  it('leave what they began with as it was', () => {
    const [held, drawn] = [new Map([['may', 1]]), { may: 2 }];
    drawnAfter(drawn, { held }, withDrawn({ held }, { may: 3 }));
    expect([held.get('may'), drawn]).toEqual([1, { may: 2 }]);
  });
});

describe('a challenge as if everybody had always taken part', () => {
  const joining = { joining: 'opt-in', capacity: 5, backfill: false } as const;
  const begun = (over: object): unknown => {
    const document = paying({
      challenges: [
        challenge(1, 5, { ...joining, ...over }),
        challenge(1, 5, { ...joining, key: 'other' }),
      ],
    });
    const after = asIfBegun(document, 'explorer', day(31));
    expect(after.challenges[1]).toEqual(document.challenges[1]); // the other stays as it is
    return after.challenges[0];
  };
  const open = { joining: 'automatic', capacity: null, backfill: true };

  it('is open to all, and its own days stay', () => {
    const startsAt = '2026-01-05T00:00:00.000Z';
    const fixed = begun({ startsAt, window: { kind: 'fixed' } });
    expect(fixed).toMatchObject({ ...open, startsAt, window: { kind: 'fixed' } });
    const weekly = begun({ window: { kind: 'recurring', every: 'week' } });
    expect(weekly).toMatchObject({ ...open, startsAt: null, window: { kind: 'recurring' } });
  });

  it('of ten days from joining is that of the last ten days, or since it began', () => {
    const window = { kind: 'rolling', days: 10, from: 'joined-challenge' };
    expect(begun({ window })).toMatchObject({
      ...{ ...open, startsAt: '2026-01-21T00:00:00.000Z', window: { kind: 'fixed', days: 10 } },
    });
    expect(begun({ window, startsAt: '2026-01-25T00:00:00.000Z' })).toMatchObject({
      ...{ startsAt: '2026-01-25T00:00:00.000Z', window: { kind: 'fixed' } },
    });
    expect(begun({ window, startsAt: '2026-01-02T00:00:00.000Z' })).toMatchObject({
      ...{ startsAt: '2026-01-21T00:00:00.000Z', window: { kind: 'fixed' } },
    });
  });

  it('of days from becoming a member stays that of each member', () => {
    const window = { kind: 'rolling', days: 10, from: 'became-member' };
    expect(begun({ window })).toMatchObject({ ...open, startsAt: null, window });
  });
});
