import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boreTag, takeInTags } from '../../../app/domain/members/tags.ts';
import type { TagTidings } from '../../../app/domain/members/tags.ts';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import type { ShopTerms } from '../../../app/domain/programme/terms.ts';
import { DAY } from '../../../app/domain/time/shop-time.ts';
import { day, faultsOf, line, Member, order, programme, review, shopWith } from '../fixtures.ts';

const join = {
  ...{ key: 'join', kind: 'join', name: 'Welcome', enabled: true },
  settings: { points: 100 },
};
const buying = programme().earning;
const reviewing = {
  ...{ key: 'review', kind: 'review', name: 'Reviewing', enabled: true },
  settings: { points: 50, photoBonus: 0, videoBonus: 0 },
};
const by = (membership: ProgrammeInput['membership'], over: Partial<ProgrammeInput> = {}) =>
  programme({ earning: [...buying, join, reviewing], membership, ...over });
const optedIn = shopWith([[day(1), by({ policy: 'opted-in' })]]);
const tagged = shopWith([[day(1), by({ policy: 'tagged', tag: 'VIP' })]]);

const bought = (orderId: string, placedAt: number, dollars = 100) =>
  order({ placedAt, lines: [line({ priceMinor: dollars * 100 })] }, { orderId });

function customer(shop: ShopTerms, over: Partial<Pick<Member, 'optedInAt' | 'tags'>> = {}): Member {
  const made = new Member(shop);
  made.createdAt = day(5);
  return Object.assign(made, over);
}

describe('a programme that is for those who opt in (law 7.1)', () => {
  it('keeps the facts of who has not, and awards nothing: the order says that they are no member', () => {
    const guest = customer(optedIn)
      .order(bought('1', day(10)))
      .review(review());
    expect(guest.decision?.membership).toMatchObject({ state: 'not-joined', joinedAt: null });
    expect([guest.moves, guest.tier, guest.decision?.progress]).toEqual([[], null, []]);
    expect(guest.award('order', '1', 'order')?.explanation).toMatchObject({
      points: 0,
      nothingBecause: 'not-a-member',
    });
    expect(guest.award('review', 'judgeme:1', 'review')).toBeNull();
  });

  it('welcomes with 100 at the opt-in, not when the account began, and claims what waited: 100 + 60', () => {
    const guest = customer(optedIn).order(bought('1', day(10), 60));
    guest.optedInAt = day(20);
    guest.decide(day(20));
    expect(guest.decision?.membership).toMatchObject({
      state: 'joined',
      joinedAt: day(20),
      joinedBy: 'opt-in',
    });
    expect(guest.books.available).toBe(160);
    expect(guest.award('join', 'member', 'join')?.occurredAt).toBe(day(20));
    expect(guest.decide(day(30)).books.available).toBe(160);
  });

  it('claims 90 days, the first moment of them too: the order of a second before is from before joining', () => {
    // 1 June 09:00 in Berlin less 90 days is 3 March 09:00, an hour later in UTC: summer time began.
    const joined = Date.UTC(2026, 5, 1, 7);
    const edge = Date.UTC(2026, 2, 3, 8);
    const member = customer(optedIn, { optedInAt: joined })
      .order(bought('1', edge, 10), joined)
      .order(bought('2', edge - 1000, 20), joined);
    expect(member.award('order', '1', 'order')?.posted).toBe(10);
    expect(member.award('order', '2', 'order')?.explanation).toMatchObject({
      points: 0,
      nothingBecause: 'before-joining',
    });
    expect(member.books.available).toBe(110); // 100 + 10
  });

  it('claims nothing where the window is 0 days, but the tier counts what was bought before joining', () => {
    const ladder = programme().tiers;
    const levels = [{ key: 'gold', name: 'Gold', need: '50', multiplier: '2' }];
    const shop = shopWith([
      [day(1), by({ policy: 'opted-in', claimDays: 0 }, { tiers: { ...ladder, levels } })],
    ]);
    const member = customer(shop).order(bought('1', day(10)));
    expect(member.tier).toBeNull();
    member.optedInAt = day(20);
    member.decide(day(20));
    expect([member.books.available, member.tier]).toEqual([100, 'gold']);
    expect(member.order(bought('2', day(21), 10)).books.available).toBe(120); // 10 × 2
  });

  it('counts only what is claimed for badges and challenges', () => {
    const badges = [
      {
        ...{ key: 'fan', kind: 'reviews-published', name: 'Fan', enabled: true, bonusPoints: 30 },
        settings: { count: 2 },
      },
    ];
    const shop = shopWith([[day(1), by({ policy: 'opted-in', claimDays: 5 }, { badges })]]);
    const old = review({ id: '1', createdAt: day(10) });
    const recent = review({ id: '2', createdAt: day(18) });
    const member = customer(shop, { optedInAt: day(20) })
      .review(old)
      .review(recent);
    expect(member.books.available).toBe(150); // 100 + 50
    member.review(review({ id: '3', createdAt: day(21) }));
    expect(member.books.available).toBe(230); // 150 + 50 + 30
  });
});

describe('a change of the policy (law 7.1)', () => {
  it('takes membership from nobody who had it: opting in is asked of those who come later', () => {
    const shop = shopWith([
      [day(1), by({ policy: 'everyone' })],
      [day(50), by({ policy: 'opted-in' })],
    ]);
    const early = customer(shop).order(bought('1', day(60)));
    expect(early.decision?.membership).toMatchObject({ state: 'joined', joinedAt: day(5) });
    expect(early.books.available).toBe(200); // 100 + 100
    const late = new Member(shop);
    late.createdAt = day(55);
    expect(late.order(bought('1', day(60))).books.available).toBe(0);
  });

  it('takes back what was given before anybody knew when the account began, and says why', () => {
    const shop = shopWith([
      [day(1), by({ policy: 'everyone' })],
      [day(50), by({ policy: 'opted-in' })],
    ]);
    const [late, known] = [null, day(55)].map((createdAt) => {
      const member = Object.assign(new Member(shop), { createdAt });
      return member.order(bought('1', day(60)), day(60));
    });
    expect([late?.books.available, known?.books.available]).toEqual([100, 0]);
    if (late) late.createdAt = day(55);
    expect(late?.decide(day(61), []).books.available).toBe(0);
    const told = (member: Member | undefined) => member?.award('order', '1', 'order')?.explanation;
    expect(told(late)).toEqual(told(known));
    expect(told(late)).toMatchObject({ points: 0, nothingBecause: 'not-a-member' });
  });

  it('to everyone joins all at that moment, claims what waited, and welcomes nobody', () => {
    const shop = shopWith([
      [day(1), by({ policy: 'opted-in', claimDays: 10 })],
      [day(50), by({ policy: 'everyone', claimDays: 30 })],
    ]);
    const member = customer(shop)
      .order(bought('1', day(19)))
      .order(bought('2', day(25)));
    expect(member.decision?.membership).toMatchObject({ joinedAt: day(50), joinedBy: 'policy' });
    expect(member.moves).toEqual([100]); // day 25 is within 30 days of day 50, day 19 is not
  });

  it('is not yet one while the new version is still to come', () => {
    const shop = shopWith([
      [day(1), by({ policy: 'opted-in' })],
      [day(50), by({ policy: 'everyone' })],
    ]);
    const member = customer(shop).order(bought('1', day(30)), day(49));
    expect(member.books.available).toBe(0);
    expect(member.decide(day(50)).books.available).toBe(100);
  });
});

describe('a programme for customers with a tag (law 7.1)', () => {
  const added: TagTidings = [day(20), 'added', ['vip']];
  const removed: TagTidings = [day(40), 'removed', ['vip']];

  it('is joined with the tag; without it points stay and nothing is added', () => {
    const member = customer(tagged, { tags: takeInTags([], [added]) });
    member.order(bought('1', day(30), 10)); // 100 + 10
    member.tags = takeInTags(member.tags, [removed]);
    member.order(bought('2', day(45), 70));
    expect(member.decision?.membership.state).toBe('lapsed');
    expect(member.books.available).toBe(110);
    expect(member.award('order', '2', 'order')?.explanation).toMatchObject({
      nothingBecause: 'not-a-member',
    });
  });

  it('is joined in two seconds with a tag that Shopify’s clock gave two seconds ahead of ours', () => {
    const ahead = day(20) + 2_000;
    const membership = { policy: 'tagged', tag: 'VIP' } as const;
    const shop = shopWith([[day(1), programme({ membership })]]);
    const member = customer(shop, { tags: [[ahead, 'added', ['vip']]] }).decide(day(20));
    expect(member.decision?.membership.state).not.toBe('joined');
    expect(member.decision?.dueAt).toBe(ahead);
    expect(member.decide(ahead).decision?.membership).toMatchObject({
      state: 'joined',
      joinedAt: ahead,
    });
  });

  it('welcomes once: the tag coming back goes on, and claims nothing of the time without it', () => {
    const again: TagTidings = [day(50), 'added', ['VIP ']];
    const member = customer(tagged, { tags: takeInTags([], [again, removed, added]) });
    member.order(bought('1', day(45), 70)).order(bought('2', day(55), 5));
    expect([member.books.available, member.decision?.membership.state]).toEqual([105, 'joined']);
  });

  it('joins customers who had the tag before without a welcome', () => {
    const member = customer(tagged, { tags: [[day(-20), 'all', ['vip']]] });
    expect(member.decide(day(60)).books.available).toBe(0);
    expect(member.decision?.membership).toMatchObject({ state: 'joined', joinedBy: 'tag' });
  });

  it('takes everything back from whoever turns out never to have had it', () => {
    const member = customer(tagged, { tags: [added] }).order(bought('1', day(30)));
    expect(member.books.available).toBe(200);
    member.tags = [];
    member.decide(day(60), []);
    expect([member.books.available, faultsOf(member.books)]).toEqual([0, []]);
  });

  it('comes to the same whatever is told of the tags first, and however often', () => {
    const told: TagTidings[] = [
      added,
      removed,
      [day(30), 'all', ['VIP', 'tea', 'laurel-tier-gold']],
      [day(35), 'all', []],
      [day(50), 'added', ['vip']],
    ];
    const calm = takeInTags([], told);
    expect(calm.map(([, , tags]) => tags)).not.toContainEqual(
      expect.arrayContaining(['laurel-tier-gold']),
    );
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...told, ...told], { minLength: told.length * 2 }),
        fc.nat(9),
        (order, cut) => {
          const parts = [order.slice(0, cut), order.slice(cut)];
          expect(parts.reduce<readonly TagTidings[]>(takeInTags, [])).toEqual(calm);
        },
      ),
      { numRuns: 50 },
    );
    const days = [19, 20, 34, 35, 41, 50];
    expect(days.map((at) => boreTag(calm, 'vip', day(at)))).toEqual([
      ...[false, true, true],
      ...[false, false, true],
    ]);
  });
});

describe('joining told late (law 2.1)', () => {
  it('ends in the same books in whatever order orders, opt-in and refusals are told', () => {
    const orders = [bought('1', day(10), 30), bought('2', day(15), 40), bought('3', day(25), 50)];
    const calm = customer(optedIn, { optedInAt: day(20) });
    for (const one of orders) calm.order(one);
    fc.assert(
      fc.property(fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 }), (told) => {
        const member = customer(optedIn);
        for (const index of told) {
          const one = orders[index];
          if (one) member.order(one, day(60));
          else member.optedInAt = day(20);
          member.decide(day(60));
        }
        expect(member.books.available).toBe(calm.books.available); // 100 + 30 + 40 + 50
        expect(faultsOf(member.books)).toEqual([]);
      }),
      { numRuns: 24 },
    );
    expect(calm.books.available).toBe(220);
    expect(DAY).toBe(86_400_000);
  });
});
