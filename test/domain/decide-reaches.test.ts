import { describe, expect, it } from 'vitest';
import { day, faultsOf, Member, review, shopWith } from './fixtures.ts';
import { badge, paying, row } from './goals.ts';

function reviewing(member: Member, ...numbers: number[]): Member {
  for (const id of numbers) member.review(review({ id: String(id), createdAt: day(10 + id) }));
  return member;
}

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
      until: null,
      details: null,
    });
  });

  it('does not count reviews that are not published', () => {
    const member = reviewing(new Member(shop), 1, 2, 3, 4);
    member.review(review({ id: '5', published: false }));
    expect(row(member, 'badge:fan')).toMatchObject({ have: 4, completedAt: null });
  });

  it('is lost when its fact is reversed, and earned again with the next', () => {
    const other = badge(9, 100, { key: 'other', name: 'Other' });
    const two = shopWith([[day(1), paying({ badges: [other, badge(5, 100)] })]]);
    const member = reviewing(new Member(two), 1, 2, 3, 4, 5);
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
  const versions = (...badges: (ReturnType<typeof badge> | null)[]) =>
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
