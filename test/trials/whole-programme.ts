/** Random programmes and random lives of a member: everything that the engine can be told at once. */
import fc from 'fast-check';
import { deed } from '../../app/domain/activities/activity.ts';
import { answersGiven } from '../../app/domain/quizzes/answers.ts';
import type { Activity } from '../../app/domain/activities/activity.ts';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import type { ReviewFacts } from '../../app/domain/reviews/review-facts.ts';
import { day, line, order, programme, refund, review, tiers } from '../domain/fixtures.ts';
import { DAY } from '../../app/domain/time/shop-time.ts';

export type Fact =
  | { readonly order: OrderTidings }
  | { readonly review: ReviewFacts }
  | { readonly activity: Activity };

/** Tiers by every metric and window, limits, campaigns, waiting, expiry, badges, challenges, streaks and quizzes. */
export const someProgramme = (expiry: boolean): fc.Arbitrary<ProgrammeInput> =>
  fc
    .record({
      metric: fc.constantFrom('spend', 'points', 'orders'),
      window: fc.constantFrom<ProgrammeInput['tiers']['window']>(
        { kind: 'lifetime' },
        { kind: 'rolling', days: 20 },
        { kind: 'calendar-year' },
        { kind: 'anniversary' },
      ),
      graceDays: fc.constantFrom(0, 10),
      downgrade: fc.constantFrom('recompute' as const, 'one-down' as const),
      entryPoints: fc.nat({ max: 40 }),
      each: fc.option(fc.integer({ min: 20, max: 300 })),
      month: fc.option(fc.integer({ min: 50, max: 400 })),
      multipliers: fc.constantFrom('highest' as const, 'multiply' as const, 'add' as const),
      campaign: fc.boolean(),
      boost: fc.constantFrom('', '2'),
      maturityDays: fc.constantFrom(0, 14),
      pendingCountsForTiers: fc.boolean(),
      expires: fc.constantFrom<ProgrammeInput['expiry']>(
        { kind: 'lot', length: 30, unit: 'days' },
        { kind: 'inactivity', length: 1, unit: 'months' },
      ),
    })
    .map((wish) => written(wish, expiry));

interface Wish {
  readonly metric: string;
  readonly window: ProgrammeInput['tiers']['window'];
  readonly graceDays: number;
  readonly downgrade: 'recompute' | 'one-down';
  readonly entryPoints: number;
  readonly each: number | null;
  readonly month: number | null;
  readonly multipliers: 'highest' | 'multiply' | 'add';
  readonly campaign: boolean;
  /** What completing the challenge, and a milestone of the streak, multiply orders by. */
  readonly boost: string;
  readonly maturityDays: number;
  readonly pendingCountsForTiers: boolean;
  readonly expires: ProgrammeInput['expiry'];
}

function written(wish: Wish, expiry: boolean): ProgrammeInput {
  const { maturityDays, multipliers, pendingCountsForTiers, downgrade, window } = wish;
  const needs = wish.metric === 'orders' ? ['0', '2', '3'] : ['0', '100', '250'];
  const ladder = tiers(
    [
      ['bronze', needs[0] ?? '0', '1'],
      ['silver', needs[1] ?? '0', '1.25'],
      ['gold', needs[2] ?? '0', '2'],
    ],
    { metric: wish.metric, window, graceDays: wish.graceDays },
  );
  const levels = ladder.levels.map((level) => ({ ...level, entryPoints: wish.entryPoints }));
  const perMember =
    wish.month === null ? [] : [{ most: wish.month, of: 'points', per: 'month' } as const];
  return programme({
    ...{ maturityDays, multipliers, pendingCountsForTiers, pastOrdersEarn: true },
    ...(expiry ? { expiry: wish.expires } : {}),
    tiers: { ...ladder, levels, downgrade },
    earning: [
      ...programme().earning.map((rule) => ({ ...rule, limits: { each: wish.each, perMember } })),
      of('join', 'join', { points: 100 }),
      of('review', 'review', { points: 50, photoBonus: 20, videoBonus: 0 }),
      of('visit', 'visit', { points: 5 }),
    ],
    campaigns: wish.campaign
      ? [
          {
            ...{ key: 'double', name: 'Double', enabled: true, multiplier: '2' },
            ...{ startsAt: '2026-01-08T00:00:00Z', endsAt: '2026-01-15T00:00:00Z' },
          },
          {
            ...{ key: 'welcome', name: 'Welcome', enabled: true, bonus: { points: 25 } },
            ...{ startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-03-01T00:00:00Z' },
            when: { firstOrder: true },
          },
          {
            ...{ key: 'twice', name: 'Twice', enabled: true, multiplier: '3', times: 2 },
            ...{ startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-03-01T00:00:00Z' },
            when: { minimum: '40' },
          },
        ]
      : [],
    badges: [
      {
        ...{ key: 'fan', kind: 'reviews-published', name: 'Fan', enabled: true, bonusPoints: 30 },
        settings: { count: 2 },
      },
      {
        ...{ key: 'tea', kind: 'answers', name: 'Tea', enabled: true, bonusPoints: 12 },
        settings: { answer: 'taste/drink/tea', count: 1 },
      },
    ],
    quizzes: [
      {
        ...{ key: 'taste', kind: 'quiz', name: 'Taste', enabled: true, prize: { points: 20 } },
        questions: [
          {
            ...{ key: 'drink', text: 'Which?', right: ['tea'] },
            choices: ['tea', 'coffee'].map((key) => ({ key, text: key })),
          },
        ],
        settings: { leastRight: wish.graceDays === 0 ? 1 : null },
      },
    ],
    challenges: [
      {
        ...{ key: 'explorer', kind: 'distinct-purchases', name: 'Explorer', enabled: true },
        ...{ prizePoints: 70, startsAt: null, endsAt: null },
        ...{ prizeMultiplier: wish.boost, prizeDays: 5 },
        settings: { count: 2, by: 'vendor' },
      },
    ],
    streaks: [
      {
        ...{ key: 'daily', name: 'Daily', enabled: true, of: ['visit', 'order', 'review'] },
        freezes: { atStart: 1, earnEvery: 2, most: 2 },
        milestones: [
          { at: 2, points: 15 },
          { at: 3, points: 5, multiplier: wish.boost, days: 3 },
        ],
        again: true,
      },
    ],
  });
}

function of(key: string, kind: string, settings: Record<string, unknown>) {
  return { key, kind, name: key, enabled: true, settings };
}

/** One order from its placing to its end, each telling by itself. */
export const orderLife = (orderId: string): fc.Arbitrary<Fact[]> =>
  fc
    .record({
      placedAt: fc.integer({ min: 1, max: 20 }).map(day),
      dollars: fc.integer({ min: 1, max: 200 }),
      quantity: fc.integer({ min: 1, max: 3 }),
      vendor: fc.constantFrom('A', 'B', 'C'),
      unpaidFirst: fc.boolean(),
      refunds: fc.array(fc.constantFrom('line' as const, 'amount' as const), { maxLength: 2 }),
      dispute: fc.constantFrom(null, 'open' as const, 'lost' as const, 'settled' as const),
      end: fc.constantFrom('kept', 'cancelled', 'voided'),
    })
    .map(({ placedAt, dollars, quantity, vendor, unpaidFirst, refunds, dispute, end }) => {
      const lines = [
        line({ quantity, vendor, priceMinor: dollars * 100 }),
        line({ id: '2', priceMinor: 550 }),
      ];
      const known = refunds.map((kind, index) =>
        refund({
          id: `${orderId}${index}`,
          createdAt: placedAt + (index + 1) * 3 * DAY,
          lines: kind === 'line' ? [{ lineId: '1', quantity: 1 }] : [],
          extraMinor: kind === 'amount' ? 750 : 0,
        }),
      );
      const state = (over: object, told = known): OrderTidings =>
        order({ placedAt, lines, ...over }, { orderId, refunds: told });
      const later = { orderId, snapshot: null, refunds: [], paidAt: null };
      const [paidAt, endAt] = [placedAt + DAY, placedAt + 30 * DAY];
      const money = { asOf: endAt, amountMinor: 900, currency: 'USD' };
      const disputed = { id: `${orderId}9`, state: dispute ?? 'open', at: endAt, money } as const;
      return [
        ...(unpaidFirst ? [state({ payment: 'unpaid' }, [])] : []),
        state({ updatedAt: paidAt }, []),
        ...known.map((one): OrderTidings => ({ ...later, refunds: [one] })),
        ...(dispute ? [{ ...later, disputes: [disputed] }] : []),
        ...(end === 'cancelled' ? [state({ updatedAt: endAt, cancelledAt: endAt })] : []),
        ...(end === 'voided' ? [state({ updatedAt: endAt, payment: 'voided' })] : []),
      ].map((told) => ({ order: told }));
    });

const reviews: fc.Arbitrary<Fact[]> = fc.subarray(['1', '2', '3']).map((ids) =>
  ids.map((id) => ({
    review: review({ id, createdAt: day(8 + Number(id)), withPhoto: id === '2' }),
  })),
);

const visits: fc.Arbitrary<Fact[]> = fc
  .subarray([3, 9, 10])
  .map((days) => days.map((number) => ({ activity: deed('visit', `day-${number}`, day(number)) })));

/** The answers to a quiz, changed once or not. */
const answers: fc.Arbitrary<Fact[]> = fc
  .array(fc.constantFrom('tea', 'coffee'), { maxLength: 2 })
  .map((chosen) =>
    chosen.map((drink, index) => ({
      activity: answersGiven('taste', new Map([['drink', [drink]]]), null, day(4 + index * 8)),
    })),
  );

/** Everything that is known of one member, in the order in which it happened. */
export const someLife: fc.Arbitrary<Fact[]> = fc
  .tuple(orderLife('1'), orderLife('2'), orderLife('3'), reviews, visits, answers)
  .map((parts) => parts.flat());
