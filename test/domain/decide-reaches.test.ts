import { describe, expect, it } from 'vitest';
import type { ProgrammeDocument } from '../../app/domain/programme/document.ts';
import {
  day,
  faultsOf,
  line,
  Member,
  order,
  programme,
  refund,
  review,
  shopWith,
} from './fixtures.ts';

type Badge = ProgrammeDocument['badges'][number];
type Challenge = ProgrammeDocument['challenges'][number];

const badge = (count: number, bonusPoints: number, over: Partial<Badge> = {}): Badge => ({
  key: 'fan',
  kind: 'reviews-published',
  name: 'Fan',
  enabled: true,
  bonusPoints,
  settings: { count },
  ...over,
});
const challenge = (
  count: number,
  prizePoints: number,
  over: Partial<Challenge> = {},
): Challenge => ({
  key: 'explorer',
  kind: 'distinct-purchases',
  name: 'Explorer',
  enabled: true,
  prizePoints,
  startsAt: null,
  endsAt: null,
  settings: { count, by: 'category' },
  ...over,
});

/** A programme that pays for nothing else. */
const paying = (over: Partial<ProgrammeDocument>): ProgrammeDocument =>
  programme({ earning: [], ...over });

function reviewing(member: Member, ...numbers: number[]): Member {
  for (const id of numbers) member.review(review({ id: String(id), createdAt: day(10 + id) }));
  return member;
}

const of = (category: string, id = category) =>
  line({
    id,
    priceMinor: 1000,
    product: { category, type: null, vendor: null, tags: [], collectionIds: [] },
  });
const bought = (orderId: string, placedAt: number, ...categories: string[]) =>
  order({ placedAt, lines: categories.map((one) => of(one)) }, { orderId });

const row = (member: Member, key: string) =>
  member.decision?.progress.find((progress) => progress.key === key);

describe('a badge (law 10.1)', () => {
  const shop = shopWith([[day(1), paying({ badges: [badge(5, 100)] })]]);

  it('"five published reviews" is earned with the fifth, and pays its bonus once', () => {
    const member = reviewing(new Member(shop), 1, 2, 3, 4);
    expect([member.moves, row(member, 'badge:fan')?.completedAt]).toEqual([[], null]);
    reviewing(member, 5, 6, 7);
    expect(member.moves).toEqual([100]);
    expect(row(member, 'badge:fan')).toEqual({
      key: 'badge:fan',
      kind: 'badge',
      have: 5,
      need: 5,
      counted: [],
      completedAt: day(15),
    });
  });

  it('does not count reviews that are not published', () => {
    const member = reviewing(new Member(shop), 1, 2, 3, 4);
    member.review(review({ id: '5', published: false }));
    expect(row(member, 'badge:fan')).toMatchObject({ have: 4, completedAt: null });
  });

  it('is lost when its fact is reversed, and earned again with the next', () => {
    const member = reviewing(new Member(shop), 1, 2, 3, 4, 5);
    member.review(review({ id: '1', published: false, createdAt: day(11) }));
    expect(member.moves).toEqual([100, -100]);
    expect(member.award('badge', 'fan', 'fan')?.explanation).toMatchObject({
      because: 'no-longer-met',
      ruleName: 'Fan',
    });
    expect(reviewing(member, 6).moves).toEqual([100, -100, 100]);
    expect(faultsOf(member.books)).toEqual([]);
  });

  it('without a bonus is earned, and moves no point', () => {
    const free = shopWith([[day(1), paying({ badges: [badge(2, 0)] })]]);
    const member = reviewing(new Member(free), 1, 2);
    expect(member.books.entries).toEqual([]);
    expect(row(member, 'badge:fan')?.completedAt).toBe(day(12));
  });

  it('that was reversed where points may not be owed pays the same bonus no second time', () => {
    const kind = paying({ badges: [badge(2, 100)], clawback: 'within-balance' });
    const member = reviewing(new Member(shopWith([[day(1), kind]])), 1, 2);
    for (const lot of member.books.lots) lot.remaining = 0;
    member.books.available = 0;
    member.review(review({ id: '2', published: false }));
    reviewing(member, 3);
    expect(member.moves).toEqual([100]);
  });

  it('is of two reviews of one moment the same, whichever is told first', () => {
    const [a, b] = [review({ id: '1' }), review({ id: '2' })];
    const two = shopWith([[day(1), paying({ badges: [badge(1, 10)] })]]);
    const moments = [new Member(two).review(a).review(b), new Member(two).review(b).review(a)].map(
      (member) => row(member, 'badge:fan')?.completedAt,
    );
    expect(moments).toEqual([day(10), day(10)]);
  });
});

describe('a programme that changes', () => {
  const versions = (...badges: (Badge | null)[]) =>
    shopWith(
      badges.map((one, at) => [day(1 + at * 20), paying({ badges: one ? [one] : [] })] as const),
    );

  it('that asks for more takes no badge from whoever has it', () => {
    const member = reviewing(new Member(versions(badge(3, 100))), 1, 2, 3);
    member.shop = versions(badge(3, 100), badge(9, 100));
    expect(member.decide(day(30)).moves).toEqual([100]);
    expect(row(member, 'badge:fan')).toMatchObject({ have: 3, need: 9, completedAt: day(13) });
  });

  it('that pays another bonus pays it only to those who earn the badge from then on', () => {
    const [poor, rich] = [badge(3, 100), badge(3, 500)];
    const before = reviewing(new Member(versions(poor)), 1, 2, 3);
    before.shop = versions(poor, rich);
    expect(before.decide(day(30)).moves).toEqual([100]);
    const since = new Member(versions(poor, rich));
    for (const id of [1, 2, 3]) since.review(review({ id: String(id), createdAt: day(21 + id) }));
    expect(since.moves).toEqual([500]);
    expect(since.award('badge', 'fan', 'fan')?.programmeVersion).toBe(2);
  });

  it('that begins to pay a bonus pays none to whoever had the badge without it', () => {
    const member = reviewing(new Member(versions(badge(3, 0))), 1, 2, 3);
    member.shop = versions(badge(3, 0), badge(3, 500));
    expect(member.decide(day(30)).moves).toEqual([]);
  });

  it('that asks for less gives the badge to whoever has enough', () => {
    const member = reviewing(new Member(versions(badge(9, 100))), 1, 2, 3);
    member.shop = versions(badge(9, 100), badge(3, 50));
    expect(member.decide(day(30)).moves).toEqual([50]);
  });

  it('without the badge leaves the bonus, until a fact is reversed', () => {
    const member = reviewing(new Member(versions(badge(3, 100))), 1, 2, 3);
    member.shop = versions(badge(3, 100), null);
    member.decide(day(30));
    expect([member.moves, row(member, 'badge:fan')]).toEqual([[100], undefined]);
    member.review(review({ id: '1', published: false, createdAt: day(11) }));
    expect(member.moves).toEqual([100, -100]);
    expect(member.award('badge', 'fan', 'fan')?.explanation).toMatchObject({ ruleName: 'Fan' });
  });

  it('with a badge for what was long done gives it at once', () => {
    const member = reviewing(new Member(versions(null)), 1, 2, 3);
    member.shop = versions(null, badge(3, 100));
    expect(member.decide(day(30)).moves).toEqual([100]);
  });

  it('that is not in force yet changes nothing', () => {
    const early = new Member(versions(badge(9, 100), badge(3, 50)));
    for (const id of [1, 2, 3])
      early.review(review({ id: String(id), createdAt: day(2) }), day(20));
    expect([early.moves, row(early, 'badge:fan')?.need]).toEqual([[], 9]);
  });
});

describe('a challenge (law 10.2)', () => {
  const shop = shopWith([[day(1), paying({ challenges: [challenge(3, 150)] })]]);

  it('of three categories is completed by one order', () => {
    const member = new Member(shop).order(bought('1', day(10), 'Tea', 'Coffee', 'Cups'));
    expect(member.moves).toEqual([150]);
    expect(row(member, 'challenge:explorer')).toMatchObject({
      have: 3,
      counted: ['Tea', 'Coffee', 'Cups'],
      completedAt: day(10),
    });
  });

  it('and by three, of which the third completes it', () => {
    const member = new Member(shop)
      .order(bought('1', day(10), 'Tea'))
      .order(bought('2', day(11), 'Coffee', 'Tea'));
    expect(row(member, 'challenge:explorer')).toMatchObject({ have: 2, completedAt: null });
    member.order(bought('3', day(12), 'Cups'));
    expect([member.moves, row(member, 'challenge:explorer')?.completedAt]).toEqual([
      [150],
      day(12),
    ]);
  });

  it('goes back with a refund, and pays again when it is completed again', () => {
    const told = bought('1', day(10), 'Tea', 'Coffee', 'Cups');
    const member = new Member(shop).order(told);
    member.order({ ...told, refunds: [refund({ lines: [{ lineId: 'Cups', quantity: 1 }] })] });
    expect([member.moves, row(member, 'challenge:explorer')?.have]).toEqual([[150, -150], 2]);
    member.order(bought('2', day(30), 'Jars'));
    expect(member.moves).toEqual([150, -150, 150]);
    expect(member.award('challenge', 'explorer', 'explorer')?.corrections).toBe(2);
    expect(faultsOf(member.books)).toEqual([]);
  });

  it.each([
    ['unpaid', { payment: 'unpaid' as const }],
    ['cancelled', { cancelledAt: day(11) }],
    ['a test', { test: true }],
    ['in another currency', { currency: 'EUR' }],
  ])('does not count an order that is %s', (_name, over) => {
    const told = bought('1', day(10), 'Tea', 'Coffee', 'Cups');
    const member = new Member(shop).order(order({ ...told.snapshot, ...over }));
    expect(row(member, 'challenge:explorer')).toMatchObject({ have: 0, completedAt: null });
  });

  it('counts test orders where they earn', () => {
    const testing = paying({ challenges: [challenge(2, 9)], testOrdersEarn: true });
    const told = bought('1', day(10), 'Tea', 'Coffee');
    const member = new Member(shopWith([[day(1), testing]]));
    expect(member.order(order({ ...told.snapshot, test: true })).moves).toEqual([9]);
  });

  it('counts what is bought in its window: from its first moment to before its last', () => {
    const window = { startsAt: '2026-01-10T00:00:00Z', endsAt: '2026-01-20T00:00:00Z' };
    const timed = shopWith([[day(1), paying({ challenges: [challenge(2, 150, window)] })]]);
    const have = (...moments: number[]) => {
      const member = new Member(timed);
      for (const [at, placedAt] of moments.entries())
        member.order(bought(String(at), placedAt, `c${at}`));
      return row(member, 'challenge:explorer')?.have;
    };
    expect(have(day(10), day(20) - 1)).toBe(2);
    expect(have(day(10) - 1, day(19))).toBe(1);
    expect(have(day(10), day(20))).toBe(1);
  });

  const traits = {
    category: 'Tea',
    type: 'Green',
    vendor: 'Acme',
    tags: [],
    collectionIds: ['5', '6'],
  };
  it.each([
    ['category', 1, ['Tea']],
    ['type', 1, ['Green']],
    ['vendor', 1, ['Acme']],
    ['collection', 2, []],
    ['product', 1, []],
  ])('by %s counts %d of one product, and names %j', (by, have, counted) => {
    const one = challenge(2, 0, { settings: { count: 2, by } });
    const member = new Member(shopWith([[day(1), paying({ challenges: [one] })]]));
    member.order(order({ lines: [line({ productId: '77', product: traits })] }));
    expect(row(member, 'challenge:explorer')).toMatchObject({ have, counted });
  });

  it('counts a product without a category by its type, and one without either not at all', () => {
    const plain = { category: null, type: null, vendor: null, tags: [], collectionIds: [] };
    const lines = [
      line({ id: '1', product: { ...plain, type: 'Green' } }),
      line({ id: '2', product: plain }),
      line({ id: '3' }),
    ];
    const member = new Member(shop).order(order({ lines }));
    expect(row(member, 'challenge:explorer')).toMatchObject({ have: 1, counted: ['Green'] });
  });

  it('never shows more than it asks for', () => {
    const member = new Member(shop).order(bought('1', day(10), 'A', 'B', 'C', 'D', 'E'));
    expect(row(member, 'challenge:explorer')).toMatchObject({ have: 3, counted: ['A', 'B', 'C'] });
  });

  it('and a badge of the same key are two things', () => {
    const both = paying({
      badges: [badge(1, 7, { key: 'x' })],
      challenges: [challenge(2, 9, { key: 'x' })],
    });
    const member = new Member(shopWith([[day(1), both]]));
    member.order(bought('1', day(10), 'A', 'B')).review(review());
    expect(member.moves).toEqual([9, 7]);
  });
});
