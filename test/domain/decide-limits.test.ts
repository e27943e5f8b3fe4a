/** Limits and campaigns, whatever comes in whatever order and how often (laws 1.6 and 2.1). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import { awardKey } from '../../app/domain/points/awards.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../app/domain/programme/document.ts';
import { startOfPeriod } from '../../app/domain/time/shop-time.ts';
import {
  DAY,
  day,
  faultsOf,
  line,
  Member,
  order,
  programme,
  refund,
  shopWith,
  tiers,
} from './fixtures.ts';

const ZONE = 'Europe/Berlin';
const iso = (at: number): string => new Date(at).toISOString();
const [plain] = programme().earning;
if (!plain) throw new Error('There is a rule.');

type Limit = NonNullable<NonNullable<ProgrammeInput['earning'][number]['limits']>['perMember']>;

/** Tea pays alone and at most so often; everything pays at most so much; a campaign, a tier. */
function document(limits: Limit, multipliers: ProgrammeInput['multipliers']): ProgrammeDocument {
  const settings = plain?.settings as Record<string, unknown>;
  return programme({
    pastOrdersEarn: true,
    ...(multipliers && { multipliers }),
    earning: [
      {
        ...{ ...plain, key: 'tea', kind: 'order', name: 'Tea', enabled: true },
        settings: { ...settings, includedVendors: ['Tea'], points: 3, alone: true },
        limits: { each: 300, perMember: [{ most: 2, of: 'times', per: 'week' }] },
      },
      {
        ...{ ...plain, key: 'all', kind: 'order', name: 'All', enabled: true },
        settings,
        limits: { perMember: limits },
      },
      {
        ...{ ...plain, key: 'silver', kind: 'order', name: 'Silver', enabled: true },
        settings,
        audience: { tiers: ['silver'] },
        limits: { perMember: [{ most: 50, of: 'points', per: 'day' }] },
      },
    ],
    campaigns: [
      {
        ...{ key: 'early', name: 'Early', enabled: true, multiplier: '2' },
        ...{ startsAt: iso(day(6)), endsAt: iso(day(12)), rules: ['all'], budgetPoints: 1_000_000 },
      },
      {
        ...{ key: 'late', name: 'Late', enabled: true, multiplier: '1.5' },
        ...{ startsAt: iso(day(10)), endsAt: iso(day(16)) },
      },
    ],
    tiers: tiers([
      ['bronze', '0', '1'],
      ['silver', '150', '1.25'],
    ]),
  });
}

const life = (orderId: string): fc.Arbitrary<OrderTidings[]> =>
  fc
    .record({
      placedAt: fc.integer({ min: 4 * 24, max: 18 * 24 }).map((hour) => day(1) + hour * (DAY / 24)),
      tea: fc.integer({ min: 1, max: 120 }),
      pot: fc.integer({ min: 0, max: 120 }),
      refunds: fc.array(fc.constantFrom(...(['tea', 'pot', 'amount'] as const)), { maxLength: 2 }),
      cancelled: fc.boolean(),
    })
    .map(({ placedAt, tea, pot, refunds, cancelled }) => {
      const lines = [
        line({ vendor: 'Tea', quantity: 2, priceMinor: tea * 100 }),
        line({ id: '2', priceMinor: pot * 100 }),
      ];
      const known = refunds.map((kind, index) =>
        refund({
          ...{ id: `${orderId}${index}`, createdAt: placedAt + (index + 1) * 2 * DAY },
          lines: kind === 'amount' ? [] : [{ lineId: kind === 'tea' ? '1' : '2', quantity: 1 }],
          extraMinor: kind === 'amount' ? 1500 : 0,
        }),
      );
      const endAt = placedAt + 20 * DAY;
      return [
        order({ placedAt, lines }, { orderId }),
        ...known.map((one): OrderTidings => ({
          ...{ orderId, snapshot: null, refunds: [one], paidAt: null },
        })),
        ...(cancelled
          ? [
              order(
                { placedAt, lines, updatedAt: endAt, cancelledAt: endAt },
                { orderId, refunds: known },
              ),
            ]
          : []),
      ];
    });

const history = fc
  .tuple(life('1'), life('2'), life('3'), life('4'))
  .map((lives) => lives.flat())
  .chain((all) => {
    const twice = [...all, ...all];
    return fc.tuple(fc.constant(all), fc.shuffledSubarray(twice, { minLength: twice.length }));
  });

const limitLists = fc.constantFrom<Limit>(
  [{ most: 100, of: 'points', per: 'day' }],
  [
    { most: 150, of: 'points', per: 'week' },
    { most: 2, of: 'times', per: 'month' },
  ],
  [{ most: 120, of: 'points', per: 'lifetime' }],
);
const policies = fc.constantFrom('highest' as const, 'multiply' as const, 'add' as const);

function after(told: readonly OrderTidings[], rules: ProgrammeDocument): Member {
  const member = new Member(shopWith([[day(5), rules]]));
  for (const one of told) {
    member.order(one, day(40));
    expect(faultsOf(member.books)).toEqual([]);
  }
  return member;
}

function booksOf({ books, awards, budgets, tier }: Member): object {
  return {
    balance: books.available - books.debt,
    earnedTotal: books.earnedTotal,
    tier,
    held: [...budgets.held].filter(([, points]) => points !== 0),
    awards: [...awards.values()]
      .map(({ posted, steps, tierKey, explanation, allowance, ...award }) => ({
        key: awardKey(award),
        ...{ posted, tierKey, explanation },
        room: allowance?.room ?? null,
        steps: steps.filter(([, points]) => points !== 0),
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

it('the same facts in any order and with repeats end in the same books', () => {
  fc.assert(
    fc.property(history, limitLists, policies, ([told, shuffled], limits, policy) => {
      const rules = document(limits, policy);
      expect(booksOf(after(shuffled, rules))).toEqual(booksOf(after(told, rules)));
    }),
    { numRuns: 50 },
  );
});

it('no member gets more of a rule in a period than its limit says, whatever is refunded', () => {
  fc.assert(
    fc.property(history, limitLists, policies, ([, shuffled], limits, policy) => {
      const member = after(shuffled, document(limits, policy));
      for (const { most, of, per } of limits) {
        const byPeriod = Map.groupBy(
          [...member.awards.values()].filter(
            ({ ruleKey, posted }) => ruleKey === 'all' && posted > 0,
          ),
          ({ occurredAt }) => startOfPeriod(occurredAt, per, ZONE),
        );
        for (const awards of byPeriod.values()) {
          const points = awards.reduce((sum, { posted }) => sum + posted, 0);
          expect(of === 'points' ? points : awards.length).toBeLessThanOrEqual(most);
        }
      }
    }),
    { numRuns: 30 },
  );
});

it('buying and refunding everything leaves nothing: points are never made by it', () => {
  fc.assert(
    fc.property(history, limitLists, policies, ([told, shuffled], limits, policy) => {
      const member = after(shuffled, document(limits, policy));
      for (const { snapshot, orderId } of told) {
        if (!snapshot) continue;
        const endAt = day(39);
        member.order(
          order({ ...snapshot, updatedAt: endAt, cancelledAt: endAt }, { orderId }),
          day(40),
        );
        expect(faultsOf(member.books)).toEqual([]);
      }
      expect([member.books.available, member.books.pending, member.books.debt]).toEqual([0, 0, 0]);
      expect([...member.awards.values()].every(({ posted }) => posted === 0)).toBe(true);
      expect(member.budgets.held.get('early') ?? 0).toBe(0);
    }),
    { numRuns: 25 },
  );
});
