/** Two who were merged into one: whoever of them joined first, both have. */
import { describe, expect, it } from 'vitest';
import { joinedWithBy, toldLate } from '../../../app/domain/members/joined-with.ts';
import type { JoinedWith } from '../../../app/domain/members/membership.ts';
import type { TagTidings } from '../../../app/domain/members/tags.ts';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import type { ShopTerms } from '../../../app/domain/programme/terms.ts';
import { way } from '../activities/ways.ts';
import { day, line, Member, order, programme, shopWith } from '../fixtures.ts';

const welcoming = [way('order'), way('join', { points: 100 })];
const by = (membership: ProgrammeInput['membership']) =>
  programme({ earning: welcoming, membership });
const optedIn = shopWith([[day(1), by({ policy: 'opted-in' })]]);
const tagged = shopWith([[day(1), by({ policy: 'tagged', tag: 'VIP' })]]);
const everyone = shopWith([[day(1), by({ policy: 'everyone' })]]);

const gus = (over: Partial<JoinedWith> = {}): JoinedWith => ({
  ...{ memberId: 'gus', customerId: '8', mergedAt: day(60) },
  ...{ customerCreatedAt: day(5), optedInAt: null, tags: [], ...over },
});

function kim(shop: ShopTerms, joinedWith: readonly JoinedWith[], createdAt = day(40)): Member {
  return Object.assign(new Member(shop), { createdAt, joinedWith });
}

const bought = (orderId: string, placedAt: number) =>
  order({ placedAt, lines: [line({ priceMinor: 1_000 })] }, { orderId });

describe('a member whom another was merged into (law 7.2)', () => {
  it('has joined when the first of them did, and is welcomed once', () => {
    const member = kim(everyone, [gus()]).decide(day(70));
    expect(member.decision?.membership).toMatchObject({ joinedAt: day(5), joinedBy: 'account' });
    expect(member.award('join', 'member', 'join')?.occurredAt).toBe(day(5));
    expect(member.moves).toEqual([100]);
    // As it is where the older one stays.
    const other = kim(everyone, [gus({ customerCreatedAt: day(40) })], day(5)).decide(day(70));
    expect(other.decision?.membership.joinedAt).toBe(day(5));
    expect(other.moves).toEqual([100]);
  });

  it('keeps the welcome that one of them had, though the other was there before the programme', () => {
    expect(kim(everyone, [gus()], day(-30)).decide(day(70)).moves).toEqual([100]);
    const old = [gus({ customerCreatedAt: day(-30) })];
    expect(kim(everyone, old).decide(day(70)).moves).toEqual([100]);
    expect(kim(everyone, old, day(-9)).decide(day(70)).moves).toEqual([]);
  });

  it('is no new member by asking once more to join', () => {
    const before = shopWith([[day(30), by({ policy: 'opted-in' })]]);
    const member = kim(before, [gus({ optedInAt: day(20) })]);
    expect(member.decide(day(65)).decision?.membership.joinedAt).toBe(day(20));
    member.optedInAt = day(66);
    expect(member.decide(day(70)).moves).toEqual([]);
    // Control: whoever has not been one gets 100.
    const alone = Object.assign(kim(before, []), { optedInAt: day(66) });
    expect(alone.decide(day(70)).moves).toEqual([100]);
  });

  it('is one by the other’s opt-in: what was bought since earns, whoever of them bought it', () => {
    const member = kim(optedIn, [gus({ optedInAt: day(20) })]);
    member.order(bought('1', day(25)), day(70));
    expect(member.decision?.membership.state).toBe('joined');
    expect(member.moves).toEqual([10, 100]);
  });

  it('without the tag that the other had keeps points, and earns nothing from the merge on', () => {
    const tags: TagTidings[] = [[day(20), 'added', ['vip']]];
    const member = kim(tagged, [gus({ tags })]);
    member.order(bought('1', day(59)), day(70)).order(bought('2', day(61)), day(70));
    expect(member.decision?.membership.state).toBe('lapsed');
    expect(member.moves).toEqual([10, 100]);
    member.tags = [[day(65), 'added', ['vip']]];
    member.order(bought('3', day(66)), day(70));
    expect([member.decision?.membership.state, member.moves]).toEqual(['joined', [10, 100, 10]]);
  });
});

describe('what is kept of who was merged away (law 7.2)', () => {
  const tags: TagTidings[] = [
    [day(20), 'all', ['tea', 'vip']],
    [day(30), 'added', ['coffee']],
    [day(70), 'removed', ['vip']],
  ];
  const leaver = { id: 'gus', customerId: '8', customerCreatedAt: null, optedInAt: null, tags };

  it('are only the tags that the programme asks for, until the merge', () => {
    const [kept] = joinedWithBy(leaver, tagged, day(60));
    expect(kept?.tags).toEqual([[day(20), 'all', ['vip']]]);
    expect(joinedWithBy(leaver, everyone, day(60))[0]?.tags).toEqual([]);
    const again = { ...leaver, id: 'zoe', tags: [], joinedWith: kept ? [kept] : [] };
    const ids = joinedWithBy(again, tagged, day(90)).map(({ memberId }) => memberId);
    expect(ids).toEqual(['zoe', 'gus']);
  });

  it('is the same whether the customer is told of before the merge or after it', () => {
    const known = joinedWithBy({ ...leaver, customerCreatedAt: day(5) }, tagged, day(60));
    const unknown = joinedWithBy({ ...leaver, tags: [] }, tagged, day(60));
    const told = tags
      .toReversed()
      .reduce(
        (list, one) => toldLate(list, '8', { createdAt: day(5), tags: one }, tagged),
        unknown,
      );
    expect(told).toEqual(known);
    expect(toldLate(told, '8', { createdAt: day(9), tags: null }, tagged)).toBe(told);
    expect(toldLate(told, '9', { createdAt: day(9), tags: null }, tagged)).toBe(told);
  });
});
