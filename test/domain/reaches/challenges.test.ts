/** Windows, rounds, joining, audiences and prizes of challenges (law 10.2). The shop is in Berlin. */
import { describe, expect, it } from 'vitest';
import { deed } from '../../../app/domain/activities/activity.ts';
import { day, Member, order, programme, refund, review, shopWith, tiers } from '../fixtures.ts';
import { badge, challenge, paying, row } from '../goals.ts';
import { writtenRewards } from '../../support/written-rewards.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Monday, 5 January 2026, 0:00 in Berlin. */
const MONDAY = day(5) - HOUR;

type Over = Parameters<typeof challenge>[2];
const reviewing = (count: number, over: Over = {}) =>
  challenge(0, 100, { key: 'c', kind: 'reviews-published', settings: { count }, ...over });
const shopOf = (over: Over, count = 2, document = {}) =>
  shopWith([[day(1), paying({ challenges: [reviewing(count, over)], ...document })]]);
const wrote = (member: Member, id: string, at: number, now = day(100)) =>
  member.review(review({ id, createdAt: at }), now);
const joins = (member: Member, at: number, round = 'once', now = at) =>
  member.did(deed('challenge-joined', `c@${round}`, at), now);
const seen = (member: Member) => {
  const { have, completedAt, until, details } = row(member, 'challenge:c') ?? {};
  return { have, completedAt, until, details };
};
const NOTHING = { have: undefined, completedAt: undefined, until: undefined, details: undefined };

describe('a challenge of each week', () => {
  const shop = shopOf({ window: { kind: 'recurring', every: 'week' } });

  it('pays once in each, from Monday by the shop’s calendar, and begins anew', () => {
    const member = new Member(shop);
    wrote(member, '1', MONDAY - 1, MONDAY + DAY);
    wrote(member, '2', MONDAY, MONDAY + DAY);
    expect(seen(member)).toEqual({
      ...{ have: 1, completedAt: null, until: MONDAY + 7 * DAY },
      details: { round: '2026-01-05', from: MONDAY },
    });
    expect(member.decision?.dueAt).toBe(MONDAY + 7 * DAY);
    wrote(member, '3', MONDAY + 2 * DAY, MONDAY + 2 * DAY);
    wrote(member, '4', MONDAY + 3 * DAY, MONDAY + 3 * DAY);
    expect([member.moves, seen(member).completedAt]).toEqual([[100], MONDAY + 2 * DAY]);
    expect([member.decide(MONDAY + 7 * DAY).moves, seen(member)]).toEqual([[100], NOTHING]);
    wrote(member, '5', MONDAY + 8 * DAY);
    wrote(member, '6', MONDAY + 9 * DAY);
    expect(member.moves).toEqual([100, 100]);
    member.review(review({ id: '3', createdAt: MONDAY + 2 * DAY, published: false }));
    // Four reviews were written in that week, so three are enough; two are not.
    expect(member.moves).toEqual([100, 100]);
    member.review(review({ id: '4', createdAt: MONDAY + 3 * DAY, published: false }));
    expect(member.moves).toEqual([100, 100, -100]);
    expect(member.award('challenge', 'c@2026-01-12', 'c')?.posted).toBe(100);
  });

  it('that is late pays for no week that was over when it was published', () => {
    const late = shopWith([[MONDAY + 9 * DAY, paying({ challenges: [reviewing(1, WEEKLY)] })]]);
    const member = wrote(new Member(late), '1', MONDAY + DAY);
    expect(wrote(member, '2', MONDAY + 8 * DAY).moves).toEqual([100]);
  });

  it('is for those of each month, too', () => {
    const monthly = shopOf({ window: { kind: 'recurring', every: 'month' } }, 1);
    const member = wrote(new Member(monthly), '1', day(10));
    wrote(member, '2', day(32) - 2 * HOUR);
    expect(wrote(member, '3', day(32) - HOUR).moves).toEqual([100, 100]);
  });
});
const WEEKLY: Over = { window: { kind: 'recurring', every: 'week' } };

describe('a challenge that is joined', () => {
  it('counts nothing of who has not joined, and from its first day on of who has', () => {
    const member = wrote(new Member(shopOf({ joining: 'opt-in' }, 1)), '1', day(10), day(11));
    expect([member.moves, seen(member)]).toEqual([[], NOTHING]);
    joins(member, day(12));
    expect([member.moves, seen(member).completedAt]).toEqual([[100], day(12)]);
  });

  it('without what was before counts from joining on alone', () => {
    const member = new Member(shopOf({ joining: 'opt-in', backfill: false }, 1));
    wrote(member, '1', day(10), day(11));
    expect([joins(member, day(12)).moves, seen(member)]).toMatchObject([
      [],
      { have: 0, details: { joinedAt: day(12) } },
    ]);
    expect(wrote(member, '2', day(13)).moves).toEqual([100]);
  });

  it('in rounds is joined for one of them', () => {
    const member = new Member(shopOf({ ...WEEKLY, joining: 'opt-in' }, 1));
    joins(member, MONDAY + DAY, '2026-01-05');
    wrote(member, '1', MONDAY + 2 * DAY, MONDAY + 3 * DAY);
    expect(wrote(member, '2', MONDAY + 8 * DAY).moves).toEqual([100]);
    joins(member, MONDAY + 9 * DAY, '2026-01-12');
    expect(member.moves).toEqual([100, 100]);
  });

  it('is told once, and so is that it is completed', () => {
    const member = new Member(shopOf({ joining: 'opt-in' }, 1));
    member.enrolledAt = day(5);
    joins(member, day(12));
    wrote(member, '1', day(13), day(13));
    member.decide(day(14));
    expect([...member.told.values()].map(({ kind, at, content }) => [kind, at, content])).toEqual([
      ['challenge-joined', day(12), { challenge: 'c', name: 'Explorer', round: null }],
      [
        'challenge-completed',
        day(13),
        { challenge: 'c', name: 'Explorer', level: null, round: null },
      ],
    ]);
  });
});

describe('a challenge with a time for each member', () => {
  it('of 7 days runs from joining it to the end of the shop’s seventh day', () => {
    const window = { kind: 'rolling', days: 7, from: 'joined-challenge' } as const;
    const joined = (...moments: number[]) => {
      const member = joins(new Member(shopOf({ window, joining: 'opt-in' })), day(10));
      for (const [id, at] of moments.entries()) wrote(member, String(id), at);
      return [member.moves, seen(member).until];
    };
    // The day on which it was joined, and seven more: to the end of the 17th in Berlin.
    const end = day(18) - HOUR;
    expect(joined(day(10), end - 1)).toEqual([[100], end]);
    expect(joined(day(10) - 1, end - 1)).toEqual([[], end]);
    expect(joined(day(10), end)).toEqual([[], end]);
  });

  it('of 7 days runs from becoming a member', () => {
    const window = { kind: 'rolling', days: 7, from: 'became-member' } as const;
    const member = new Member(shopOf({ window }, 1));
    member.createdAt = day(10);
    expect(wrote(member, '1', day(10) - 1).moves).toEqual([]);
    expect(wrote(member, '2', day(18) - HOUR).moves).toEqual([]);
    expect(wrote(member, '3', day(12)).moves).toEqual([100]);
  });
});

describe('what was done before', () => {
  const since = (backfill: boolean) =>
    shopWith([
      [day(1), paying({})],
      [day(20), paying({ challenges: [reviewing(1, { backfill })] })],
      [day(30), paying({ challenges: [reviewing(1, { backfill, prizePoints: 7 })] })],
    ]);

  it('counts where it is said so, and otherwise from the first version that had it on', () => {
    const wroteAt = (backfill: boolean, at: number) =>
      wrote(new Member(since(backfill)), '1', at).moves;
    expect(wroteAt(true, day(10))).toEqual([100]);
    expect(wroteAt(false, day(20) - 1)).toEqual([]);
    expect([wroteAt(false, day(20)), wroteAt(false, day(35))]).toEqual([[100], [7]]);
  });

  it('counts once, however late it is told, of a challenge that is gone by then', () => {
    const gone = shopWith([
      [day(1), paying({ challenges: [reviewing(1)] })],
      [day(20), paying({})],
    ]);
    const told = (at: number) => wrote(new Member(gone), '1', day(10), at);
    expect([told(day(11)).moves, told(day(50)).moves]).toEqual([[100], [100]]);
    expect([seen(told(day(50))), wrote(new Member(gone), '1', day(20)).moves]).toEqual([
      NOTHING,
      [],
    ]);
  });
});

describe('whom it is for', () => {
  const ladder = tiers([
    ['bronze', '0', '1'],
    ['gold', '250', '1'],
  ]);
  const forGold = { audience: { tiers: ['gold'] } };
  const spent = (member: Member, at: number, now = day(100)) =>
    member.order(order({ placedAt: at, lines: order().snapshot!.lines.map(rich) }), now);
  const rich = <L extends object>(line: L) => ({ ...line, priceMinor: 30_000 });

  it('goes by the tier held when the round began: gold since Wednesday is gold from next Monday on', () => {
    const shop = shopOf({ ...WEEKLY, ...forGold }, 1, { tiers: ladder });
    const member = spent(new Member(shop), MONDAY + 2 * DAY);
    wrote(member, '1', MONDAY + 3 * DAY);
    expect(member.moves).toEqual([]);
    expect(wrote(member, '2', MONDAY + 8 * DAY).moves).toEqual([100]);
  });

  it('goes by the tier held when the member joined it, whatever comes later', () => {
    const shop = shopOf({ joining: 'opt-in', ...forGold }, 1, { tiers: ladder });
    const early = spent(joins(new Member(shop), day(10)), day(11));
    expect(wrote(early, '1', day(12)).moves).toEqual([]);
    const told = spent(new Member(shop), day(10));
    expect(wrote(joins(told, day(11)), '1', day(12)).moves).toEqual([100]);
  });

  it('goes by tags', () => {
    const tagged = (at: number) => {
      const member = new Member(shopOf({ audience: { tags: ['VIP'] } }, 1));
      member.tags = [[at, 'added', ['vip']]];
      return wrote(member, '1', day(10)).moves;
    };
    expect([tagged(day(1)), tagged(day(1) + 1)]).toEqual([[100], []]);
  });
});

describe('prizes', () => {
  const rewards = writtenRewards({ key: 'tea', kind: 'amount-off', points: 500, name: 'Tea' });
  const document = {
    rewards,
    badges: [badge(99, 30, { key: 'winner', name: 'Winner' })],
    challenges: [
      challenge(2, 0, {
        prizeBadge: 'winner',
        prizeReward: 'tea',
        settings: { count: 2, by: 'vendor' },
      }),
    ],
  };
  const lines = ['A', 'B'].map((vendor, index) => ({
    ...order().snapshot!.lines[0]!,
    ...{ id: String(index + 1), vendor },
  }));
  const told = order({ placedAt: day(10), lines });
  const undone = { ...told, refunds: [refund({ lines: [{ lineId: '2', quantity: 1 }] })] };

  it('can be a badge, which is had since then with its bonus, and goes with it', () => {
    const member = new Member(shopWith([[day(1), paying(document)]])).order(told);
    expect([member.moves, row(member, 'badge:winner')?.completedAt]).toEqual([[30], day(10)]);
    member.order(undone);
    expect([member.moves, row(member, 'badge:winner')]).toEqual([[30, -30], undefined]);
  });

  it('that were not used end; what was used is shown to a person, until it is completed again', () => {
    const shop = shopWith([[day(1), paying(document)]]);
    const unused = new Member(shop).order(told).order(undone);
    expect([...unused.redemptions.values()].map(({ ending }) => ending)).toEqual(['withdrawn']);
    expect(unused.decision?.prizesUsed).toBeNull();

    const member = new Member(shop).order(told);
    const [prize] = [...member.redemptions.values()];
    member.redemptions.set(prize!.id, {
      ...{ ...prize!, state: 'captured', capturedAt: day(12), orderId: '777' },
    });
    expect(member.decide(day(100)).decision?.prizesUsed?.raised).toEqual([]);
    expect(member.order(undone).decision?.prizesUsed).toEqual({
      lookedAt: ['501'],
      raised: [{ orderId: '777', name: 'Explorer', reward: 'Tea' }],
    });
    // By their last names; of what the programme never had, by its key.
    const known = member.redemptions.get(prize!.id)!;
    member.redemptions.set(prize!.id, { ...known, purpose: 'gone', orderId: null });
    expect(member.decide(day(100)).decision?.prizesUsed?.raised).toEqual([
      { orderId: '501', name: 'Explorer', reward: 'gone' },
    ]);
    member.redemptions.set(prize!.id, known);
    const again = { ...lines[1]!, vendor: 'C' };
    member.order(order({ placedAt: day(30), lines: [again] }, { orderId: '502' }));
    expect([member.decision?.prizesUsed?.raised, member.redemptions.size]).toEqual([[], 1]);
  });
});

it('control: without badges and challenges nothing is written', () => {
  const member = wrote(new Member(shopWith([[day(1), programme({ earning: [] })]])), '1', day(10));
  expect([member.moves, member.decision?.progress]).toEqual([[], []]);
});
