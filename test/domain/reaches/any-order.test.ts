/**
 * The same facts, told in any order and any number of times, end in the same progress, awards and gifts, with
 * versions that change badges and challenges in between (laws 2.1, 10.1, 10.2).
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { badgeGift } from '../../../app/domain/badges/given.ts';
import { deed } from '../../../app/domain/activities/activity.ts';
import type { Activity } from '../../../app/domain/activities/activity.ts';
import { goalDefinitions } from '../../../app/domain/goals/registry.ts';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import { awardKey } from '../../../app/domain/points/awards.ts';
import type { ReviewFacts } from '../../../app/domain/reviews/review-facts.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import {
  day,
  faultsOf,
  line,
  Member,
  order,
  refund,
  review,
  shopWith,
  tiers,
} from '../fixtures.ts';
import { badge, challenge, paying } from '../goals.ts';

type Told =
  | { readonly order: OrderTidings }
  | { readonly review: ReviewFacts }
  | { readonly activity: Activity };

const NOW = day(60);

const goal = (kind: string, settings: object = {}) => ({
  kind,
  settings: { ...(goalDefinitions.find(kind)?.defaults as object), ...settings },
});

const version = (round: number) =>
  paying({
    rewards: writtenRewards({ key: 'tea', kind: 'amount-off', points: 500 }),
    tiers: tiers([
      ['bronze', '0', '1'],
      ['gold', '150', '1'],
    ]),
    challenges: [
      challenge(2, 10, { key: 'weekly', ...goal('orders', { count: 2 }), ...WEEKLY }),
      challenge(2, 20, {
        ...{ key: 'opted', joining: 'opt-in', backfill: round !== 1, prizeReward: 'tea' },
        ...goal('spend', { amount: String(120 + round * 50) }),
      }),
      challenge(2, 30 + round, { ...goal('distinct-purchases', { count: 2, by: 'vendor' }) }),
      challenge(0, 40, {
        ...{ key: 'steps', audience: { tiers: round === 0 ? [] : ['gold', 'bronze'] } },
        ...goal('several', {
          how: 'in-order',
          goals: [
            { name: '', ...goal('pieces', { count: 2, products: ['77'] }) },
            { name: '', ...goal('reviews-published', { count: 1 }) },
          ],
        }),
      }),
      ...(round === 1 ? [] : [challenge(0, 5, { key: 'once', ...goal('orders', { count: 1 }) })]),
    ],
    badges: [
      badge(1, 3, {
        ...{ season: round === 2 ? 'month' : 'once', key: 'seasonal' },
        ...goal('orders', { count: 2 }),
      }),
      badge(1, 0, {
        levels: ['1', '2', '3'].map((need) => ({
          ...{ key: `l${need}`, name: need, need, bonusPoints: Number(need) },
        })),
      }),
      badge(1, 50, { key: 'all', bonusReward: 'tea', ...goal('reached', { count: 3 }) }),
      badge(1, 7, { key: 'gold', ...goal('tier', { tiers: ['gold'] }) }),
    ],
  });
const WEEKLY = { window: { kind: 'recurring', every: 'week' } } as const;
const shop = shopWith([
  [day(2), version(0)],
  [day(15), version(1)],
  [day(25), version(2)],
]);

/** An order as it was placed, and each of its refunds by itself. */
const life = (orderId: string): fc.Arbitrary<Told[]> =>
  fc
    .record({
      placedAt: fc.integer({ min: 1, max: 35 }).map(day),
      dollars: fc.integer({ min: 20, max: 120 }),
      vendor: fc.constantFrom('A', 'B'),
      productId: fc.constantFrom('77', '78'),
      refunds: fc.array(fc.constantFrom(1, 2), { maxLength: 2 }),
    })
    .map(({ placedAt, dollars, vendor, productId, refunds }) => {
      const lines = [
        line({ quantity: 2, vendor, productId, priceMinor: dollars * 50 }),
        line({ id: '2', vendor: 'C', priceMinor: 1_000 }),
      ];
      return [
        { order: order({ placedAt, lines }, { orderId }) },
        ...refunds.map((lineId, index) => ({
          order: {
            ...{ orderId, snapshot: null, paidAt: null },
            refunds: [
              refund({
                ...{ id: `${orderId}${index}`, createdAt: placedAt + (index + 1) * 5 * 86_400_000 },
                lines: [{ lineId: String(lineId), quantity: 1 }],
              }),
            ],
          },
        })),
      ];
    });

const done: fc.Arbitrary<Told[]> = fc.array(
  fc.oneof(
    fc
      .record({ id: fc.constantFrom('1', '2', '3'), at: fc.integer({ min: 3, max: 40 }) })
      .map(({ id, at }): Told => ({
        review: review({ id, createdAt: day(at), published: at % 7 !== 0 }),
      })),
    fc
      .integer({ min: 3, max: 40 })
      .map((at): Told => ({ activity: deed('challenge-joined', 'opted@once', day(at)) })),
    fc
      .integer({ min: 3, max: 40 })
      .map((at): Told => ({ activity: badgeGift('seasonal', String(at), day(at)) })),
  ),
  { maxLength: 5 },
);

/** What a review says last is what it says: a test tells each of them one thing. */
const history = fc
  .tuple(life('1'), life('2'), life('3'), life('4'), done)
  .map((parts) => {
    const all = parts.flat();
    const seen = new Set<string>();
    return all.filter((one) => {
      if (!('review' in one)) return true;
      const fresh = !seen.has(one.review.id);
      seen.add(one.review.id);
      return fresh;
    });
  })
  .chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all, ...all], { minLength: all.length * 2 }),
      fc.integer({ min: 0, max: 60 }).map((at) => Math.max(at, 2)),
    ),
  );

function tell(member: Member, one: Told, now: number): void {
  if ('order' in one) member.order(one.order, now);
  else if ('review' in one) member.review(one.review, now);
  else member.did(one.activity, now);
}

/** @param from when the first of them is told: the rest follows until now */
function after(told: readonly Told[], from: number): object {
  const member = new Member(shop);
  member.createdAt = day(1);
  told.forEach((one, index) =>
    tell(member, one, Math.max(day(from) + ((NOW - day(from)) * index) / told.length, latest(one))),
  );
  member.decide(NOW);
  expect(faultsOf(member.books)).toEqual([]);
  return ended(member);
}

/** Nothing is told before it happened. */
function latest(one: Told): number {
  if ('order' in one) {
    const { snapshot, refunds } = one.order;
    return Math.max(snapshot?.placedAt ?? 0, ...refunds.map(({ createdAt }) => createdAt));
  }
  return 'review' in one ? one.review.createdAt : (one.activity.occurredAt ?? 0);
}

function ended({ books, decision, awards, redemptions, tier }: Member): object {
  return {
    ...{ tier, balance: books.available - books.debt, pending: books.pending },
    progress: [...(decision?.progress ?? [])].sort(byKey),
    dueAt: decision?.dueAt,
    awards: [...awards.values()]
      .filter(({ posted }) => posted !== 0)
      .map((award) => ({ key: awardKey(award), posted: award.posted, by: award.programmeVersion }))
      .sort(byKey),
    gifts: [...redemptions.values()]
      .filter(({ ending }) => ending === null)
      .map(({ requestKey }) => ({ key: requestKey.replace(/~\d+$/, '') }))
      .sort(byKey),
  };
}

function byKey(a: { key: string }, b: { key: string }): number {
  return a.key < b.key ? -1 : 1;
}

it('progress, awards and gifts are those of the facts', () => {
  let completed = 0;
  fc.assert(
    fc.property(history, ([all, shuffled, from]) => {
      const once = after(all, 60);
      expect(after(shuffled, 60)).toEqual(once);
      expect(
        after(
          all.toSorted((a, b) => latest(a) - latest(b)),
          from,
        ),
      ).toEqual(once);
      completed += (once as { awards: object[] }).awards.length;
    }),
    { numRuns: 15 },
  );
  // A property about nothing would hold, too.
  expect(completed).toBeGreaterThan(30);
});

it('deciding again changes nothing, whatever was told: rows, awards and gifts are a function of the facts', () => {
  fc.assert(
    fc.property(history, ([, shuffled]) => {
      const member = new Member(shop);
      for (const one of shuffled) tell(member, one, NOW);
      const [before, entries] = [ended(member), member.books.entries.length];
      member.decide(NOW);
      expect([ended(member), member.books.entries.length]).toEqual([before, entries]);
      const anew = new Member(shop);
      for (const [id, facts] of member.orders) anew.orders.set(id, facts);
      for (const [id, one] of member.reviews) anew.reviews.set(id, one);
      for (const [id, one] of member.activities) anew.activities.set(id, one);
      anew.decide(NOW);
      expect(ended(anew)).toEqual(before);
    }),
    { numRuns: 15 },
  );
});
