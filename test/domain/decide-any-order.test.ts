/** The same facts, told in any order and any number of times, end in the same books (law 2.1). */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import { awardKey } from '../../app/domain/points/awards.ts';
import type { ReviewFacts } from '../../app/domain/reviews/review-facts.ts';
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
  tiers,
} from './fixtures.ts';

type Told = { readonly order: OrderTidings } | { readonly review: ReviewFacts };

const document = (maturityDays: number, metric: string) =>
  programme({
    maturityDays,
    pastOrdersEarn: true,
    earning: [
      ...programme().earning,
      {
        key: 'review',
        kind: 'review',
        name: 'Reviewing',
        enabled: true,
        settings: { points: 50, photoBonus: 0, videoBonus: 0 },
      },
    ],
    tiers: tiers(
      [
        ['bronze', '0', '1'],
        ['silver', '100', '1.25'],
        ['gold', '250', '2'],
      ],
      { metric },
    ),
    badges: [
      {
        key: 'fan',
        kind: 'reviews-published',
        name: 'Fan',
        enabled: true,
        bonusPoints: 30,
        settings: { count: 2 },
      },
    ],
    challenges: [
      {
        key: 'explorer',
        kind: 'distinct-purchases',
        name: 'Explorer',
        enabled: true,
        prizePoints: 70,
        startsAt: null,
        endsAt: null,
        settings: { count: 2, by: 'vendor' },
      },
    ],
  });

/** One order through its life: each later state knows what the earlier ones knew. */
const life = (orderId: string): fc.Arbitrary<Told[]> =>
  fc
    .record({
      placedAt: fc.integer({ min: 0, max: 20 }).map(day),
      dollars: fc.integer({ min: 1, max: 200 }),
      quantity: fc.integer({ min: 1, max: 3 }),
      vendor: fc.constantFrom('A', 'B', 'C'),
      unpaidFirst: fc.boolean(),
      refunds: fc.array(fc.constantFrom(...(['line', 'amount', 'shipping'] as const)), {
        maxLength: 2,
      }),
      end: fc.constantFrom('kept', 'cancelled', 'voided'),
    })
    .map(({ placedAt, dollars, quantity, vendor, unpaidFirst, refunds, end }) => {
      const lines = [
        line({ quantity, vendor, priceMinor: dollars * 100 }),
        line({ id: '2', priceMinor: 550 }),
      ];
      const known = refunds.map((kind, index) =>
        refund({
          id: `${orderId}${index}`,
          createdAt: placedAt + (index + 1) * 3 * 86_400_000,
          lines: kind === 'line' ? [{ lineId: '1', quantity: 1 }] : [],
          extraMinor: kind === 'amount' ? 750 : 0,
          shippingMinor: kind === 'shipping' ? 500 : 0,
        }),
      );
      const state = (over: object, of = known): OrderTidings =>
        order({ placedAt, lines, ...over }, { orderId, refunds: of });
      const [paidAt, endAt] = [placedAt + 86_400_000, placedAt + 30 * 86_400_000];
      return [
        ...(unpaidFirst ? [state({ payment: 'unpaid' }, [])] : []),
        state({ updatedAt: paidAt }, []),
        ...known.map((one): OrderTidings => ({
          orderId,
          snapshot: null,
          refunds: [one],
          paidAt: null,
        })),
        ...(end === 'cancelled' ? [state({ updatedAt: endAt, cancelledAt: endAt })] : []),
        ...(end === 'voided' ? [state({ updatedAt: endAt, payment: 'voided' })] : []),
      ].map((told) => ({ order: told }));
    });

const history = fc
  .tuple(life('1'), life('2'), life('3'), fc.subarray(['1', '2', '3']))
  .map(([a, b, c, reviews]): Told[] => [
    ...a,
    ...b,
    ...c,
    ...reviews.map((id) => ({ review: review({ id, createdAt: day(10 + Number(id)) }) })),
  ])
  .chain((all) =>
    fc.tuple(
      fc.constant(all),
      fc.shuffledSubarray([...all, ...all, ...all], {
        minLength: all.length * 3,
        maxLength: all.length * 3,
      }),
    ),
  );

function after(told: readonly Told[], maturityDays: number, metric: string): object {
  const member = new Member(shopWith([[day(5), document(maturityDays, metric)]]));
  for (const one of told) {
    if ('order' in one) member.order(one.order, day(40));
    else member.review(one.review, day(40));
    expect(faultsOf(member.books)).toEqual([]);
  }
  const { books, decision, awards } = member;
  return {
    balance: books.available - books.debt,
    pending: books.pending,
    earnedTotal: books.earnedTotal,
    tier: member.tier,
    since: decision?.stand?.since,
    ladder: decision?.ladder,
    progress: decision?.progress,
    awards: [...awards.values()]
      .map(({ posted, steps, tierKey, programmeVersion, explanation, ...award }) => ({
        key: awardKey(award),
        ...{ posted, tierKey, programmeVersion, explanation },
        steps: steps.filter(([, points]) => points !== 0),
      }))
      .filter(({ steps }) => steps.length > 0)
      .sort((a, b) => (a.key < b.key ? -1 : 1)),
  };
}

it.each([
  [0, 'spend'],
  [0, 'points'],
  [14, 'orders'],
  [35, 'points'],
])('with %d days to wait and tiers by %s', (maturityDays, metric) => {
  fc.assert(
    fc.property(history, ([told, shuffled]) => {
      expect(after(shuffled, maturityDays, metric)).toEqual(after(told, maturityDays, metric));
    }),
    { numRuns: 120 },
  );
});
