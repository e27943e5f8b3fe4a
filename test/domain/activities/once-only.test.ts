/** What pays once: of several that could, the first that does (laws 7.2 and 8). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consent, deed } from '../../../app/domain/activities/activity.ts';
import type { Activity } from '../../../app/domain/activities/activity.ts';
import { toldByTheGone } from '../../../app/domain/activities/yearly.ts';
import type { JoinedWith } from '../../../app/domain/members/membership.ts';
import { DAY, day, faultsOf, Member, review, shopWith } from '../fixtures.ts';
import { memberWith, programmeOf, way } from './ways.ts';

const NOW = day(200);

describe('reviews of one product, of which one pays (law 8)', () => {
  const once = (over = {}) => way('review', { points: 50, perProduct: 1 }, over);
  const of = (id: string, number: number, productId = '9') =>
    review({ id, productId, createdAt: day(number) });

  it('one from before the programme was paid by nobody, and takes no place: 0, 50, 0', () => {
    const member = memberWith('UTC', once());
    for (const told of [of('3', 12), of('1', -100), of('2', 10)]) member.review(told, NOW);
    const posted = ['1', '2', '3'].map(
      (id) => member.award('review', `judgeme:${id}`, 'review')?.posted ?? 0,
    );
    expect([posted, member.books.available, faultsOf(member.books)]).toEqual([[0, 50, 0], 50, []]);
  });

  it('nor does one that a limit of one a day left nothing of: 50, 0, and 50 the day after', () => {
    const limited = once({ limits: { perMember: [{ most: 1, of: 'times', per: 'day' }] } });
    const told = [of('1', 10, '8'), { ...of('2', 10), createdAt: day(10) + 1000 }, of('3', 11)];
    for (const order of [told, told.toReversed()]) {
      const member = memberWith('UTC', limited);
      for (const one of order) member.review(one, NOW);
      expect(member.award('review', 'judgeme:2', 'review')?.posted ?? 0).toBe(0);
      expect(member.award('review', 'judgeme:3', 'review')?.posted).toBe(50);
      expect(member.books.available).toBe(100);
    }
  });

  it('each rule counts what it paid: one for the newly tagged pays beside one for all', () => {
    const tagged = way('review', { points: 7 }, { key: 'vip', audience: { tags: ['vip'] } });
    const member = memberWith('UTC', once(), tagged);
    member.tags = [[day(11), 'added', ['vip']]];
    member.review(of('1', 10), NOW).review(of('2', 12), NOW).review(of('3', 13), NOW);
    const paid = [...member.awards.values()].filter(({ posted }) => posted > 0);
    expect(paid.map(({ sourceId, ruleKey, posted }) => [sourceId, ruleKey, posted])).toEqual([
      ['judgeme:1', 'review', 50],
      ['judgeme:2', 'vip', 7],
    ]);
  });
});

const reviews = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 20 }).map(String),
    productId: fc.constantFrom('8', '9', null),
    createdAt: fc.integer({ min: -1, max: 5 }).map((hours) => day(3) + hours * (DAY / 4)),
    published: fc.boolean(),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);

it('whatever reviews come in whatever order, a product and a day have each the first that can pay (laws 1.6, 8)', () => {
  const rule = way(
    'review',
    { points: 50, perProduct: 1 },
    { limits: { perMember: [{ most: 2, of: 'times', per: 'day' }] } },
  );
  fc.assert(
    fc.property(
      reviews.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      ),
      ([all, told]) => {
        const member = memberWith('UTC', rule);
        for (const one of told) member.review(review(one), NOW);
        const paid: (typeof all)[number][] = [];
        // By somebody with a list: the oldest first, of one moment by their number.
        for (const one of all.toSorted(
          (a, b) => a.createdAt - b.createdAt || Number(a.id) - Number(b.id),
        )) {
          const ofDay = paid.filter(
            (p) => Math.floor(p.createdAt / DAY) === Math.floor(one.createdAt / DAY),
          );
          const ofProduct = paid.some((p) => p.productId !== null && p.productId === one.productId);
          if (one.published && ofDay.length < 2 && !ofProduct) paid.push(one);
        }
        const posted = [...member.awards.values()].filter((award) => award.posted > 0);
        expect(posted.map(({ sourceId }) => sourceId).sort()).toEqual(
          paid.map(({ id }) => `judgeme:${id}`).sort(),
        );
        expect([member.books.available, faultsOf(member.books)]).toEqual([50 * paid.length, []]);
      },
    ),
    { numRuns: 100 },
  );
});

/** Another member, who was merged into this one. */
function joinedBy(member: Member, over: Partial<JoinedWith>, told: readonly Activity[]): Member {
  const mergedAt = over.mergedAt ?? day(30);
  member.joinedWith = [
    {
      ...{ memberId: 'g', customerId: '8', mergedAt, customerCreatedAt: null },
      ...{ optedInAt: null, tags: [], ...over },
    },
  ];
  for (const one of told) member.did(toldByTheGone(one, mergedAt), NOW);
  return member.decide(NOW);
}

describe('of two who were merged, what only one of them was paid stays (law 7.2)', () => {
  it('the welcome of the second, where the first joined as nobody whom it was for', () => {
    const forTagged = programmeOf(way('join', { points: 100 }, { audience: { tags: ['vip'] } }));
    const versions = [
      [day(1), forTagged],
      [day(10), programmeOf(way('join', { points: 100 }))],
    ] as const;
    const member = new Member(shopWith(versions, { timeZone: 'UTC' }));
    member.createdAt = day(5);
    expect(member.decide(day(15)).books.available).toBe(0);
    joinedBy(member, { customerCreatedAt: day(20) }, []);
    expect(member.books.available).toBe(100);
    // Decided again, nothing is taken back and given anew.
    expect(member.decide(NOW).books.entries).toHaveLength(1);
  });

  const channel = 'newsletter';
  const news = () => memberWith('UTC', way(channel, { points: 50, keptAfterDays: 30 }));
  const kims = consent(channel, true, day(5));

  it('the consent of the one, whom the other’s withdrawal from before the merge does not concern', () => {
    const guses = [consent(channel, true, day(2)), consent(channel, false, day(10))];
    for (const told of [guses, guses.toReversed()]) {
      const member = joinedBy(news().did(kims, NOW), {}, told);
      expect([member.books.available, faultsOf(member.books)]).toEqual([50, []]);
    }
  });

  it('control: of one and the same person it is taken back, though they consent once more', () => {
    const member = news();
    for (const told of [consent(channel, true, day(2)), consent(channel, false, day(10)), kims]) {
      member.did(told, NOW);
    }
    expect(member.books.available).toBe(0);
  });

  it('until either withdraws after it: given on the 5th and 12th, merged on the 30th, withdrawn on the 32nd', () => {
    const left = consent(channel, false, day(32));
    const guses = [consent(channel, true, day(12))];
    // The 32nd lies within 30 days of the 5th and of the 12th.
    const both = joinedBy(news().did(kims, NOW), {}, guses);
    expect([both.books.available, both.did(left, NOW).books.available]).toEqual([50, 0]);
    const onlyGus = joinedBy(news(), {}, guses);
    expect([onlyGus.books.available, onlyGus.did(left, NOW).books.available]).toEqual([50, 0]);
  });

  it('and what both were paid is kept once', () => {
    const member = joinedBy(news().did(kims, NOW), {}, [consent(channel, true, day(2))]);
    expect(member.books.available).toBe(50);
  });
});

it('a profile pays by the version that asks for more, where the first was not for the member (law 8)', () => {
  const settings = { points: 60, address: false };
  const versions = [
    [day(1), programmeOf(way('profile', settings, { audience: { tags: ['vip'] } }))],
    [day(20), programmeOf(way('profile', { ...settings, phone: true }))],
  ] as const;
  const seen = (fields: readonly string[], number: number): Activity =>
    deed(
      'profile',
      'profile',
      day(number),
      Object.fromEntries(fields.map((f) => [f, day(number)])),
    );
  const member = new Member(shopWith(versions, { timeZone: 'UTC' }));
  member.did(seen(['name', 'email'], 10), NOW);
  expect(member.award('profile', 'profile', 'profile')).toMatchObject({
    posted: 0,
    explanation: { nothingBecause: 'no-tag' },
  });
  member.did(seen(['name', 'email', 'phone'], 25), NOW);
  expect(member.moves).toEqual([60]);
  // Control: whom the first version paid is not paid by the second.
  const vip = new Member(shopWith(versions, { timeZone: 'UTC' }));
  vip.tags = [[day(2), 'added', ['vip']]];
  vip.did(seen(['name', 'email'], 10), NOW).did(seen(['phone'], 25), NOW);
  expect(vip.moves).toEqual([60]);
});
