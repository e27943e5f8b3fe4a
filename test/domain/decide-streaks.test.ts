/** Streaks as the engine decides them: prizes, freezes, what is told, what time changes (law 10.3). */
import { describe, expect, it } from 'vitest';
import { deed } from '../../app/domain/activities/activity.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import { shownStreak } from '../../app/domain/streaks/shown.ts';
import type { ShownStreak } from '../../app/domain/streaks/shown.ts';
import { faultsOf, Member, order, programme, refund, review, shopWith } from './fixtures.ts';

const HOUR = 3_600_000;
/** Noon in Berlin on a day of March 2026. */
const noon = (number: number): number => Date.UTC(2026, 2, number, 11);
const START = Date.UTC(2026, 1, 1);

type StreakInput = NonNullable<ProgrammeInput['streaks']>[number];

const streak = (over: Partial<StreakInput> = {}): StreakInput => ({
  ...{ key: 'daily', name: 'Daily', enabled: true, of: ['visit', 'order'] },
  milestones: [{ at: 3, points: 50 }],
  ...over,
});

const shop = (over: Partial<StreakInput> = {}, more: Partial<ProgrammeInput> = {}) =>
  shopWith([[START, programme({ streaks: [streak(over)], ...more })]]);

function memberOf(over: Partial<StreakInput> = {}, more: Partial<ProgrammeInput> = {}): Member {
  const member = new Member(shop(over, more));
  member.createdAt = START;
  member.enrolledAt = START;
  return member;
}

const visit = (number: number) => deed('visit', `2026-03-${number}`, noon(number));
const bought = (number: number, orderId = String(number)) =>
  order({ placedAt: noon(number), updatedAt: noon(number) }, { orderId, paidAt: noon(number) });

function stands(member: Member): ShownStreak {
  const row = member.decision?.streaks?.find(({ key }) => key === 'streak:daily');
  return shownStreak(row, { milestones: [] });
}

const prizes = (member: Member): readonly (readonly [string, number])[] =>
  [...member.awards.values()]
    .filter(({ sourceKind }) => sourceKind === 'streak')
    .map(({ sourceId, ruleKey, posted }) => [`${sourceId} ${ruleKey}`, posted] as const);

describe('a streak', () => {
  it('pays 50 for 3 days in a row, once, and says since when it runs (law 10.3)', () => {
    const member = memberOf();
    for (const day of [2, 3]) member.did(visit(day), noon(day));
    expect(prizes(member)).toEqual([]);
    expect(stands(member)).toMatchObject({ now: 2, best: 2, nextAt: 3, safe: true });
    member.did(visit(4), noon(4)).did(visit(5), noon(5));
    expect(prizes(member)).toEqual([['daily@2026-03-02 at-3', 50]]);
    expect(member.award('streak', 'daily@2026-03-02', 'at-3')?.explanation).toMatchObject({
      ...{ because: 'streak-reached', ruleName: 'Daily: 3', points: 50 },
    });
    expect(stands(member)).toMatchObject({ now: 4, nextAt: null, since: noon(2) });
    expect(member.books.available).toBe(50);
    expect(faultsOf(member.books)).toEqual([]);
  });

  it('of which nothing was done is no row', () => {
    const member = memberOf().order(bought(2), noon(2));
    expect(member.decision?.streaks).toHaveLength(1);
    member.order({ ...bought(2), refunds: [refund({ lines: [{ lineId: '1', quantity: 1 }] })] });
    expect(member.decision?.streaks).toEqual([]);
  });

  it('loses the day of an order that is refunded, with the milestone (law 10.3)', () => {
    const member = memberOf();
    member.did(visit(2), noon(2)).order(bought(3), noon(3)).did(visit(4), noon(4));
    expect(prizes(member)).toEqual([['daily@2026-03-02 at-3', 50]]);
    const [before] = [member.books.available];
    const back = refund({ createdAt: noon(5), lines: [{ lineId: '1', quantity: 1 }] });
    member.order({ orderId: '3', snapshot: null, refunds: [back], paidAt: null }, noon(4) + HOUR);
    expect(prizes(member)).toEqual([['daily@2026-03-02 at-3', 0]]);
    expect(stands(member)).toMatchObject({ now: 1, best: 1 });
    // 50 of the streak and the 100 of the order.
    expect(before - member.books.available).toBe(150);
  });

  it('goes on when the missing order is told late, and pays what it would have paid (law 10.3)', () => {
    const member = memberOf();
    member.did(visit(2), noon(2)).did(visit(4), noon(4));
    expect(stands(member).now).toBe(1);
    member.order(bought(3), noon(4) + HOUR);
    expect(stands(member).now).toBe(3);
    expect(prizes(member)).toEqual([['daily@2026-03-02 at-3', 50]]);
  });

  it('an unpaid order, a test order and a review that is not shown keep nothing alive', () => {
    const member = memberOf({ of: ['order', 'review'] });
    member.order(order({ placedAt: noon(2), payment: 'unpaid' }, { orderId: '1' }), noon(2));
    member.order(order({ placedAt: noon(2), test: true }, { orderId: '2' }), noon(2));
    member.review(review({ createdAt: noon(2), published: false }), noon(2));
    expect(member.decision?.streaks).toEqual([]);
    member.review(review({ createdAt: noon(2) }), noon(2));
    expect(stands(member).now).toBe(1);
  });

  it('lives on games that were played, and not on a ticket that was drawn', () => {
    const member = memberOf({ of: ['draw'] });
    const play = { game: 'wheel', epoch: 'e', route: 'free', ref: null, place: 0, version: 1 };
    const told = { prize: null, requestKey: 'k' };
    const played = (id: string, as: string, number: number) =>
      deed('draw', id, noon(number), { ...play, ...told, as });
    member.did(deed('draw', 'age:18', noon(2), { age: 18 }), noon(2));
    member.did(played('w', 'win', 2), noon(2));
    expect(member.decision?.streaks).toEqual([]);
    member.did(played('d', 'draw', 2), noon(2)).did(played('t', 'ticket', 3), noon(3));
    expect(stands(member).now).toBe(2);
  });

  it('pays by the version in force when the milestone was reached (law 10.3)', () => {
    const versions = (at: number) =>
      shopWith([
        [START, programme({ streaks: [streak()] })],
        [at, programme({ streaks: [streak({ milestones: [{ at: 3, points: 70 }] })] })],
        [noon(20), programme()],
      ]);
    const points = (at: number): unknown => {
      const member = memberOf();
      member.shop = versions(at);
      for (const day of [2, 3, 4]) member.did(visit(day), noon(21));
      return prizes(member).map(([, posted]) => posted);
    };
    expect(points(noon(5))).toEqual([50]);
    expect(points(noon(4))).toEqual([70]);
    // What was there when the streak was dropped stays, and nothing is kept of how far it is.
    const member = memberOf();
    member.shop = versions(noon(5));
    for (const day of [2, 3, 4]) member.did(visit(day), noon(21));
    expect(member.decision?.streaks).toEqual([]);
  });

  it('with other periods begins anew (law 10.3)', () => {
    const member = memberOf();
    member.shop = shopWith([
      [START, programme({ streaks: [streak()] })],
      [noon(4) + HOUR, programme({ streaks: [streak({ period: 'week' })] })],
    ]);
    for (const day of [2, 3, 4, 5]) member.did(visit(day), noon(5));
    expect(stands(member)).toMatchObject({ now: 1, best: 1 });
    expect(prizes(member)).toEqual([['daily@2026-03-02 at-3', 50]]);
  });

  it('gives a badge and is a goal: a badge for 3 days in a row (law 10.3)', () => {
    const badges: ProgrammeInput['badges'] = [
      {
        ...{ key: 'loyal', kind: 'streak', name: 'Loyal', enabled: true, bonusPoints: 7 },
        settings: { streak: 'daily', length: 3 },
      },
    ];
    const member = memberOf({ milestones: [] }, { badges });
    for (const day of [2, 3]) member.did(visit(day), noon(day));
    expect(member.decision?.progress).toMatchObject([{ key: 'badge:loyal', have: 2, need: 3 }]);
    member.did(visit(4), noon(4));
    expect(member.award('badge', 'loyal', 'loyal')).toMatchObject({
      ...{ posted: 7, occurredAt: noon(4) },
    });
    // What is over was reached all the same.
    member.decide(noon(20));
    expect(member.award('badge', 'loyal', 'loyal')?.posted).toBe(7);
  });
});

it('a challenge of a time asks for a length that was reached within it (law 10.3)', () => {
  const monthly = (startsAt: string | null): ProgrammeInput['challenges'] => [
    {
      ...{ key: 'keep', kind: 'streak', name: 'Keep', enabled: true, prizePoints: 9 },
      ...{ startsAt, endsAt: null, settings: { streak: '', length: 3 } },
    },
  ];
  const done = (startsAt: string | null, ...days: number[]): unknown => {
    const member = memberOf({ milestones: [] }, { challenges: monthly(startsAt) });
    for (const day of days) member.did(visit(day), noon(20));
    const award = member.award('challenge', 'keep', 'keep');
    return award && [award.posted, award.occurredAt];
  };
  expect(done(null, 2, 3, 4)).toEqual([9, noon(4)]);
  expect(done('2026-03-10T00:00:00Z', 2, 3, 4)).toBeNull();
  expect(done('2026-03-10T00:00:00Z', 2, 3, 4, 9, 10, 11)).toEqual([9, noon(11)]);
});

describe('freezes', () => {
  const bridging = { freezes: { atStart: 0, most: 2, cost: 40 } };
  const freeze = (number: number) =>
    deed('freeze', `r${number}`, noon(number), { streak: 'daily' });

  it('a bought one bridges the next missed day, and comes back when the day is told late (law 10.3)', () => {
    const member = memberOf(bridging);
    member.did(visit(2), noon(2)).did(visit(3), noon(3)).did(freeze(3), noon(3));
    expect(stands(member)).toMatchObject({ now: 2, freezes: 1 });
    member.decide(noon(5));
    expect(stands(member)).toMatchObject({ now: 2, freezes: 0, bridged: ['2026-03-04'] });
    member.did(visit(5), noon(5));
    expect(stands(member)).toMatchObject({ now: 3, freezes: 0 });
    member.did(visit(4), noon(5));
    expect(stands(member)).toMatchObject({ now: 4, freezes: 1, bridged: [] });
  });

  it('of another streak, or taken back, bridge nothing', () => {
    const member = memberOf(bridging);
    member.did(visit(2), noon(2));
    member.did({ ...freeze(2), content: { streak: 'other' } }, noon(2));
    member.did({ ...freeze(1), id: 'r9', withdrawnAt: noon(2) }, noon(2));
    expect(stands(member).freezes).toBe(0);
  });

  it('are bought for points: 5 of 45 are left, and the streak knows of it', () => {
    const member = memberOf(bridging);
    member.did(visit(2), noon(2));
    member.order(bought(2), noon(2));
    const redemption = member.redeem(40, noon(2), { state: 'captured', capturedAt: noon(2) });
    member.did(deed('freeze', redemption.id, noon(2), { streak: 'daily' }), noon(2));
    expect(member.books.available).toBe(60);
    expect(stands(member).freezes).toBe(1);
    expect(faultsOf(member.books)).toEqual([]);
  });
});

describe('what is told, and when', () => {
  const kinds = (member: Member): string[] => [...member.told.values()].map(({ kind }) => kind);

  it('6 hours before the day ends, and when it is over, once each (law 10.3)', () => {
    const member = memberOf({ milestones: [] });
    member.did(visit(2), noon(2)).did(visit(3), noon(3));
    // The 4th ends at 23:00 UTC.
    const end = Date.UTC(2026, 2, 4, 23);
    expect(member.decision?.dueAt).toBe(end - 24 * HOUR);
    member.decide(end - 24 * HOUR);
    expect(stands(member)).toMatchObject({ now: 2, safe: false, by: end });
    expect(member.decision?.dueAt).toBe(end - 6 * HOUR);
    member.decide(end - 6 * HOUR);
    expect(kinds(member)).toEqual(['streak-at-risk']);
    expect(member.decision?.dueAt).toBe(end);
    member.decide(end).decide(end + HOUR);
    expect(kinds(member)).toEqual(['streak-at-risk', 'streak-broken']);
    expect([...member.told.values()].at(-1)).toMatchObject({
      ...{ at: end, content: { streak: 'daily', name: 'Daily', length: 2, left: 0 } },
    });
    expect(stands(member)).toMatchObject({ now: 0, best: 2, by: null });
    // Nothing but the anniversary of joining.
    expect(member.decision?.dueAt).toBe(Date.UTC(2027, 0, 31, 23));
  });

  it('nothing of a single deed, nor of who holds a freeze', () => {
    const one = memberOf({ milestones: [] });
    one.did(visit(2), noon(2)).decide(noon(3)).decide(noon(4));
    expect(kinds(one)).toEqual([]);
    const held = memberOf({ milestones: [], freezes: { atStart: 1 } });
    held
      .did(visit(2), noon(2))
      .did(visit(3), noon(3))
      .decide(Date.UTC(2026, 2, 4, 22));
    expect(kinds(held)).toEqual([]);
    expect(held.decide(noon(5)).decision?.streaks).toMatchObject([{ have: 2 }]);
  });

  it('a milestone is told', () => {
    const member = memberOf();
    for (const day of [2, 3, 4]) member.did(visit(day), noon(day));
    expect([...member.told.values()]).toMatchObject([
      { kind: 'streak-milestone', at: noon(4), content: { length: 3 } },
    ]);
  });
});
