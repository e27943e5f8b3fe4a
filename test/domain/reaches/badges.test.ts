/** Badges of seasons and of levels (law 10.1). The shop is in Berlin: its months begin at 23:00 UTC. */
import { describe, expect, it } from 'vitest';
import { badgeGift } from '../../../app/domain/badges/given.ts';
import { day, Member, order, review, shopWith, tiers } from '../fixtures.ts';
import { badge, paying, row } from '../goals.ts';

const HOUR = 3_600_000;
const wrote = (member: Member, id: string, at: number, now = day(100)) =>
  member.review(review({ id, createdAt: at }), now);
const moments = (member: Member): (string | number | null)[][] =>
  (member.decision?.progress ?? []).map(({ key, have, need, completedAt }) => [
    ...[key, have, need, completedAt],
  ]);

describe('a badge of each month', () => {
  const shop = shopWith([[day(1), paying({ badges: [badge(2, 30, { season: 'month' })] })]]);

  it('is earned once in each, by the shop’s calendar, and earlier ones stay on the wall', () => {
    const member = new Member(shop);
    wrote(member, '1', day(10));
    wrote(member, '2', day(20));
    wrote(member, '3', day(25));
    // 31 January, 23:00 UTC, is midnight in Berlin: February.
    wrote(member, '4', day(32) - HOUR);
    expect(moments(member)).toEqual([['badge:fan@2026-01', 2, 2, day(20)]]);
    expect(row(wrote(member, '5', day(40), day(50)), 'badge:fan@2026-02')?.completedAt).toBe(
      day(40),
    );
    expect(member.moves).toEqual([30, 30]);
    expect([...member.awards.keys()].length).toBe(2);
    expect(moments(member.decide(day(100)))).toEqual([
      ['badge:fan@2026-01', 2, 2, day(20)],
      ['badge:fan@2026-02', 2, 2, day(40)],
    ]);
  });

  it('begun and not earned is over with the month: time alone takes it away', () => {
    const member = wrote(new Member(shop), '1', day(10), day(11));
    expect(moments(member)).toEqual([['badge:fan@2026-01', 1, 2, null]]);
    expect(member.decision?.dueAt).toBe(day(32) - HOUR);
    expect(moments(member.decide(day(32) - HOUR))).toEqual([]);
  });

  it('is lost when its fact is reversed, and no other month with it', () => {
    const member = new Member(shop);
    for (const [id, at] of [
      ['1', 10],
      ['2', 11],
      ['3', 40],
      ['4', 41],
    ] as const) {
      wrote(member, id, day(at));
    }
    member.review(review({ id: '1', createdAt: day(10), published: false }));
    expect([member.moves, moments(member)]).toEqual([
      [30, 30, -30],
      [['badge:fan@2026-02', 2, 2, day(41)]],
    ]);
  });

  it('pays for no month that was over when it was published', () => {
    const late = shopWith([[day(45), paying({ badges: [badge(1, 30, { season: 'month' })] })]]);
    const member = new Member(late);
    wrote(member, '1', day(10), day(50));
    expect(member.moves).toEqual([]);
    // February began before the programme did: what was done in it counts.
    expect(wrote(member, '2', day(33), day(50)).moves).toEqual([30]);
  });

  it('that could be earned once before pays nothing again for what had earned it', () => {
    const versions = [
      [day(1), paying({ badges: [badge(2, 30)] })],
      [day(20), paying({ badges: [badge(2, 30, { season: 'month' })] })],
    ] as const;
    const member = new Member(shopWith(versions));
    wrote(member, '1', day(10), day(11));
    wrote(member, '2', day(11), day(12));
    expect([member.moves, member.decide(day(25)).moves]).toEqual([[30], [30]]);
    wrote(member, '3', day(21), day(26));
    expect(wrote(member, '4', day(22), day(26)).moves).toEqual([30, 30]);
  });

  it.each([
    ['quarter', '2026-Q1'],
    ['year', '2026'],
  ] as const)('or of each %s is known by %s', (season, id) => {
    const seasonal = shopWith([[day(1), paying({ badges: [badge(1, 0, { season })] })]]);
    expect(moments(wrote(new Member(seasonal), '1', day(89)))).toMatchObject([
      { 0: `badge:fan@${id}` },
    ]);
  });
});

describe('a badge of levels', () => {
  const levels = [
    { key: 'gold', name: 'Gold', need: '5', bonusPoints: 50 },
    { key: 'bronze', name: 'Bronze', need: '1', bonusPoints: 10 },
    { key: 'silver', name: 'Silver', need: '3', bonusPoints: 20 },
  ];
  const shop = shopWith([[day(1), paying({ badges: [badge(99, 999, { levels })] })]]);

  it('pays each level once, and shows the way to the next: 1, 3 and 5 reviews', () => {
    const member = new Member(shop);
    const at = (id: number) => wrote(member, String(id), day(10 + id));
    at(1);
    expect(moments(member)).toEqual([['badge:fan', 1, 3, day(11)]]);
    for (const id of [2, 3, 4]) at(id);
    expect([member.moves, moments(member)]).toEqual([[10, 20], [['badge:fan', 4, 5, day(11)]]]);
    at(5);
    expect(member.moves).toEqual([10, 20, 50]);
    expect(row(member, 'badge:fan')).toMatchObject({
      ...{ have: 5, need: 5 },
      details: { levels: { bronze: day(11), silver: day(13), gold: day(15) } },
    });
    member.review(review({ id: '2', createdAt: day(12), published: false }));
    expect([member.moves.slice(3), row(member, 'badge:fan')?.details?.levels]).toEqual([
      [-50],
      { bronze: day(11), silver: day(14) },
    ]);
  });

  it('of an amount are written in the shop’s currency', () => {
    const spending = badge(1, 0, {
      ...{ kind: 'spend', settings: { amount: '1' } },
      levels: [
        { key: 'b', name: 'B', need: '150', bonusPoints: 2 },
        { key: 'a', name: 'A', need: '99.50', bonusPoints: 1 },
      ],
    });
    const member = new Member(shopWith([[day(1), paying({ badges: [spending] })]]));
    member.order(order());
    expect([member.moves, moments(member)]).toEqual([
      [1],
      [['badge:fan', 10_000, 15_000, day(10)]],
    ]);
  });

  it('given by hand is the lowest of them, whatever was done', () => {
    const member = new Member(shop).did(badgeGift('fan', 'g1', day(20)));
    expect([member.moves, row(member, 'badge:fan')?.details]).toEqual([
      [10],
      { levels: { bronze: day(20) } },
    ]);
  });
});

describe('a badge given by hand', () => {
  it('and earned is one badge, had since the earlier of both', () => {
    const shop = shopWith([[day(1), paying({ badges: [badge(1, 5)] })]]);
    const lived = (given: number, written: number) =>
      wrote(new Member(shop).did(badgeGift('fan', 'g1', given)), '1', written);
    expect([lived(day(10), day(20)).moves, lived(day(20), day(10)).moves]).toEqual([[5], [5]]);
    expect(moments(lived(day(10), day(20)))).toEqual([['badge:fan', 1, 1, day(10)]]);
    expect(moments(lived(day(20), day(10)))).toEqual([['badge:fan', 1, 1, day(10)]]);
  });

  it('of levels is the lowest, which pays once though it is earned as well', () => {
    const level = (key: string, need: string, bonusPoints: number) => ({
      ...{ key, name: key, need, bonusPoints, bonusReward: null },
    });
    const levels = [level('iron', '1', 7), level('gold', '2', 90)];
    const shop = shopWith([[day(1), paying({ badges: [badge(2, 0, { levels })] })]]);
    const member = wrote(new Member(shop).did(badgeGift('fan', 'g1', day(10))), '1', day(20));
    expect(member.moves).toEqual([7]);
    expect(row(member, 'badge:fan')?.details).toEqual({ levels: { iron: day(10) } });
    expect(wrote(member, '2', day(21)).moves).toEqual([7, 90]);
  });

  it('in two months of a season is had in both', () => {
    const shop = shopWith([[day(1), paying({ badges: [badge(9, 5, { season: 'month' })] })]]);
    const member = new Member(shop)
      .did(badgeGift('fan', 'g1', day(10)))
      .did(badgeGift('fan', 'g2', day(40)))
      .did(badgeGift('fan', 'g3', day(41)));
    expect([member.moves, moments(member)]).toEqual([
      [5, 5],
      [
        ['badge:fan@2026-01', 9, 9, day(10)],
        ['badge:fan@2026-02', 9, 9, day(40)],
      ],
    ]);
  });
});

describe('a badge of each month for who is in gold', () => {
  const gold = { kind: 'tier', season: 'month', settings: { tiers: ['gold'] } } as const;
  const shop = shopWith([
    [day(1), paying({ badges: [badge(0, 5, gold)], tiers: tiers([['gold', '100', '1']]) })],
  ]);

  it('is earned as each begins, though nothing is done in it, from the month on in which gold was reached', () => {
    const member = new Member(shop).order(order({ placedAt: day(10) }), day(11));
    expect(moments(member)).toEqual([['badge:fan@2026-01', 1, 1, day(10)]]);
    // 31 January, 23:00 UTC, is midnight in Berlin.
    expect(member.decision?.dueAt).toBe(day(32) - HOUR);
    member.decide(day(75));
    expect(moments(member)).toEqual([
      ['badge:fan@2026-01', 1, 1, day(10)],
      ['badge:fan@2026-02', 1, 1, day(32) - HOUR],
      ['badge:fan@2026-03', 1, 1, day(60) - HOUR],
    ]);
    expect(member.moves).toEqual([5, 5, 5]);
    expect(moments(new Member(shop).review(review(), day(75)))).toEqual([]);
  });
});

describe('a badge with a time', () => {
  it('counts what is done in it, and stays after it', () => {
    const window = { startsAt: '2026-01-10T00:00:00Z', endsAt: '2026-01-20T00:00:00Z' };
    const shop = shopWith([[day(1), paying({ badges: [badge(1, 5, window)] })]]);
    const earned = (at: number) => wrote(new Member(shop), '1', at).moves;
    expect([day(10) - 1, day(10), day(20) - 1, day(20)].map(earned)).toEqual([[], [5], [5], []]);
  });
});

it('what is told: earned, once, and nothing of long ago', () => {
  const shop = shopWith([[day(1), paying({ badges: [badge(1, 0, { season: 'month' })] })]]);
  const member = new Member(shop);
  member.enrolledAt = day(5);
  wrote(member, '1', day(10), day(11));
  wrote(member, '2', day(12), day(12));
  expect([...member.told.values()]).toEqual([
    {
      ...{ kind: 'badge-earned', key: 'badge-earned:badge:fan@2026-01', at: day(10) },
      content: { badge: 'fan', name: 'Fan', level: null, round: '2026-01' },
    },
  ]);
  const late = new Member(shop);
  late.enrolledAt = day(5);
  expect(wrote(late, '1', day(10), day(10 + 32)).told.size).toBe(0);
});
