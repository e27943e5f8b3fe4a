/** What members do, told in any order and any number of times, ends in the same books (law 2.1, 8). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { deed } from '../../../app/domain/activities/activity.ts';
import type { Activity } from '../../../app/domain/activities/activity.ts';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import { awardKey } from '../../../app/domain/points/awards.ts';
import { day, faultsOf, line, Member, order, refund, shopWith } from '../fixtures.ts';
import { programmeOf, way } from './ways.ts';

type Told = { readonly did: Activity } | { readonly order: OrderTidings };

const most = (points: number, per: 'week' | 'lifetime') => ({
  limits: { perMember: [{ most: points, of: 'points' as const, per }] },
});

const shop = shopWith(
  [
    [
      day(5),
      programmeOf(
        way('visit', { points: 5 }, most(12, 'week')),
        way('newsletter', { points: 50, keptAfterDays: 10 }),
        way('birthday', { points: 200 }),
        way('profile', { points: 60, address: false }),
        way('custom', { points: 50, action: 'photo', most: 90 }, most(130, 'lifetime')),
        way('receipt', { points: 2, per: '3' }),
        way('goal', { points: 10, per: '70' }),
        way('punch-card', { points: 15, every: 3, counts: 'pieces', within: 'month' }),
      ),
    ],
    [day(25), programmeOf(way('visit', { points: 7 }), way('goal', { points: 11, per: '40' }))],
  ],
  { timeZone: 'America/New_York' },
);

const when = fc.integer({ min: 0, max: 40 }).map(day);

const activity: fc.Arbitrary<Activity> = fc.oneof(
  when.map((at) => deed('visit', String(at), at)),
  fc
    .tuple(when, fc.constantFrom(0, 1))
    .map(([at, given]) => deed('newsletter', `${given}:${at}`, at, { given })),
  fc
    .tuple(when, fc.integer({ min: 1, max: 2 }), fc.integer({ min: 1, max: 28 }))
    .map(([at, month, date]) => deed('birthday', `${at}:${month}`, at, { month, day: date })),
  fc
    .tuple(when, fc.constantFrom('name', 'email', 'phone'))
    .map(([at, field]) => deed('profile', 'profile', at, { [field]: at })),
  fc
    .record({
      at: when,
      id: fc.constantFrom('1', '2', '3'),
      points: fc.integer({ min: 1, max: 99 }),
      withdrawn: fc.boolean(),
    })
    .map(({ at, id, points, withdrawn }) => ({
      ...deed('custom', id, at, { action: 'photo', points }),
      ...(withdrawn && { occurredAt: null, withdrawnAt: at }),
    })),
  fc
    .record({
      at: when,
      id: fc.constantFrom('A', 'B'),
      amount: fc.integer({ min: 1, max: 99 }),
      state: fc.constantFrom('pending', 'approved', 'refused'),
      decidedAt: when,
    })
    .map(({ at, id, amount, state, decidedAt }) => ({
      ...deed('receipt', id, at, { number: id, amount: String(amount), currency: 'USD' }),
      ...{ state, decidedAt: state === 'pending' ? null : decidedAt },
    })),
);

const bought: fc.Arbitrary<Told[]> = fc
  .record({
    id: fc.constantFrom('1', '2', '3'),
    dollars: fc.integer({ min: 1, max: 150 }),
    quantity: fc.integer({ min: 1, max: 4 }),
    refunds: fc.boolean(),
  })
  .map(({ id, dollars, quantity, refunds }) => {
    const placedAt = day(7 + Number(id) * 8);
    const lines = [line({ quantity, priceMinor: dollars * 100 })];
    const told = order({ placedAt, lines }, { orderId: id });
    const back = refund({
      id: `9${id}`,
      lines: [{ lineId: '1', quantity: 1 }],
      createdAt: day(38),
    });
    return [
      { order: told },
      ...(refunds
        ? [{ order: { orderId: id, snapshot: null, refunds: [back], paidAt: null } }]
        : []),
    ];
  });

const history = fc
  .tuple(
    fc.array(activity, { maxLength: 14 }),
    fc.uniqueArray(bought, { maxLength: 3, selector: ([first]) => idOf(first) }),
  )
  .map(([done, orders]): Told[] => [...done.map((did) => ({ did })), ...orders.flat()])
  .chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all, ...all], {
        minLength: all.length * 2,
        maxLength: all.length * 2,
      }),
    ),
  );

function idOf(told: Told | undefined): string {
  return told && 'order' in told ? told.order.orderId : '';
}

function after(told: readonly Told[]): object {
  const member = new Member(shop);
  for (const one of told) {
    if ('did' in one) member.did(one.did, day(50));
    else member.order(one.order, day(50));
    expect(faultsOf(member.books)).toEqual([]);
  }
  return {
    balance: member.books.available - member.books.debt,
    earned: member.books.earnedTotal,
    awards: [...member.awards.values()]
      .filter(({ posted }) => posted !== 0)
      .map(({ posted, programmeVersion, explanation, occurredAt, ...award }) => ({
        key: awardKey(award),
        ...{ posted, programmeVersion, explanation, occurredAt },
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

it('comes to the same points, awards and explanations', () => {
  fc.assert(
    fc.property(history, ([told, shuffled]) => {
      expect(after(shuffled)).toEqual(after(told));
    }),
    { numRuns: 150 },
  );
});
