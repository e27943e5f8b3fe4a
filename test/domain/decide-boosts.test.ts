/** Multipliers for a time, as prizes of challenges and streaks (law 10.3). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deed } from '../../app/domain/activities/activity.ts';
import { ordersPlaced } from '../../app/domain/goals/orders-placed.ts';
import type { OrderTidings } from '../../app/domain/orders/order-facts.ts';
import type { ProgrammeInput } from '../../app/domain/programme/document.ts';
import {
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

type ChallengeInput = NonNullable<ProgrammeInput['challenges']>[number];

const explorer = (over: Partial<ChallengeInput> = {}): ChallengeInput => ({
  ...{ key: 'explorer', kind: 'distinct-purchases', name: 'Explorer', enabled: true },
  ...{ prizePoints: 0, startsAt: null, endsAt: null, prizeMultiplier: '2', prizeDays: 7 },
  settings: { count: 2, by: 'vendor' },
  ...over,
});

function memberOf(over: Partial<ProgrammeInput> = {}, from = day(1)): Member {
  return new Member(shopWith([[from, programme({ challenges: [explorer()], ...over })]]));
}

/** $100 of a vendor's tea. */
const tea = (orderId: string, at: number, vendor = 'A', over: object = {}): OrderTidings =>
  order({ placedAt: at, lines: [line({ vendor })], ...over }, { orderId });
const given = (member: Member, orderId: string): number =>
  member.award('order', orderId, 'order')?.posted ?? 0;
const back = (orderId: string): OrderTidings => ({
  ...{ orderId, snapshot: null, paidAt: null },
  refunds: [
    refund({ id: `r${orderId}`, createdAt: day(40), lines: [{ lineId: '1', quantity: 1 }] }),
  ],
});

describe('a multiplier for 7 days', () => {
  it('is for orders from the completing one until just before 7 days later (law 10.3)', () => {
    const member = memberOf();
    member.order(tea('1', day(2))).order(tea('2', day(5), 'B'));
    member.order(tea('3', day(12) - 1)).order(tea('4', day(12)));
    expect(['1', '2', '3', '4'].map((id) => given(member, id))).toEqual([100, 200, 200, 100]);
    expect(member.award('order', '3', 'order')?.explanation).toMatchObject({
      ...{ multiplier: '2', multiplierBecause: 'Explorer' },
      multipliers: [{ of: 'prize', name: 'Explorer', by: '2' }],
    });
    expect(faultsOf(member.books)).toEqual([]);
  });

  it('ends as if it had never been when a refund takes the challenge back (law 10.3)', () => {
    const member = memberOf();
    member
      .order(tea('1', day(2)))
      .order(tea('2', day(5), 'B'))
      .order(tea('3', day(6)));
    expect(member.books.available).toBe(100 + 200 + 200);
    member.order(back('2'));
    // The refunded order takes its 200, the one under it 100.
    expect(member.books.available).toBe(100 + 0 + 100);
    expect(member.award('order', '3', 'order')?.explanation).toMatchObject({ multiplier: '1' });
    // Completed again by a later order, it begins then.
    member.order(tea('5', day(6) + 1, 'C'));
    expect(given(member, '3')).toBe(100);
    expect(given(member, '5')).toBe(200);
  });

  it('begins earlier when what completes it earlier is told late (law 10.3)', () => {
    const member = memberOf();
    member
      .order(tea('1', day(2)))
      .order(tea('3', day(6)))
      .order(tea('4', day(14), 'B'));
    expect(['1', '3', '4'].map((id) => given(member, id))).toEqual([100, 100, 200]);
    member.order(tea('2', day(3), 'B'));
    expect(['1', '2', '3', '4'].map((id) => given(member, id))).toEqual([100, 200, 200, 100]);
  });

  it.each([
    ['highest', 200],
    ['multiply', 300],
    ['add', 250],
  ] as const)(
    'goes together with a tier of 1.5 by %s: %i for 100 dollars (law 1.5)',
    (multipliers, is) => {
      const member = memberOf({ multipliers, tiers: tiers([['gold', '0', '1.5']]) });
      member
        .order(tea('1', day(2)))
        .order(tea('2', day(3), 'B'))
        .order(tea('3', day(4)));
      expect(given(member, '1')).toBe(150);
      expect(given(member, '3')).toBe(is);
    },
  );

  it('a rule that is for others gives nothing with it, and is not looked at for ever', () => {
    const [rule] = programme().earning;
    if (!rule) throw new Error('there is one');
    const others = { ...rule, audience: { tiers: [], tags: ['vip'], withoutTags: [] } };
    const member = memberOf({ earning: [others] });
    member
      .order(tea('1', day(2)))
      .order(tea('2', day(3), 'B'))
      .order(tea('3', day(4)));
    expect(given(member, '3')).toBe(0);
    expect(member.decide(day(100), []).decision?.lookAgainAt).toEqual([]);
  });

  it('does not reach back behind the version that brought it', () => {
    const member = new Member(
      shopWith([
        [day(1), programme()],
        [day(10), programme({ challenges: [explorer()] })],
      ]),
    );
    for (const told of [tea('1', day(2)), tea('2', day(3), 'B'), tea('3', day(4))])
      member.order(told);
    member
      .order(tea('4', day(12)))
      .order(tea('5', day(17) - 1))
      .order(tea('6', day(17)));
    expect(['2', '3', '4', '5', '6'].map((id) => given(member, id))).toEqual([
      ...[100, 100],
      ...[200, 200, 100],
    ]);
  });

  it('of two rounds of one challenge the highest counts, not both', () => {
    const weekly = explorer({
      ...{ kind: 'orders', settings: { ...ordersPlaced.defaults, count: 1 }, prizeDays: 14 },
      window: { kind: 'recurring', every: 'week' },
    });
    const member = memberOf({ challenges: [weekly], multipliers: 'multiply' });
    member
      .order(tea('1', day(6)))
      .order(tea('2', day(13)))
      .order(tea('3', day(14)));
    expect(given(member, '3')).toBe(200);
  });

  it('of two challenges go together, each by its own: 3 and 2 are 6', () => {
    const threefold = explorer({ key: 'traveller', name: 'Traveller', prizeMultiplier: '3' });
    const member = memberOf({ challenges: [threefold, explorer()], multipliers: 'multiply' });
    member.order(tea('1', day(2))).order(tea('2', day(5), 'B'));
    expect(given(member, '2')).toBe(600); // 100 × 3 × 2
  });

  it('comes with a milestone of a streak, too (law 10.3)', () => {
    const member = memberOf({
      challenges: [],
      streaks: [
        {
          ...{ key: 'daily', name: 'Daily', enabled: true, of: ['visit'] },
          milestones: [{ at: 2, multiplier: '3', days: 1 }],
        },
      ],
    });
    const visit = (at: number) => deed('visit', String(at), at);
    member
      .did(visit(day(2)))
      .order(tea('1', day(3) + 1))
      .order(tea('2', day(4)));
    expect([given(member, '1'), given(member, '2')]).toEqual([100, 100]);
    member.did(visit(day(3)));
    expect([given(member, '1'), given(member, '2')]).toEqual([300, 100]);
  });

  it('of two streaks go together, of one streak the highest counts: 3 and 2 are 6, 3 and 4 are 4', () => {
    const streak = (key: string, ...milestones: readonly (readonly [number, string])[]) => ({
      ...{ key, name: key, enabled: true, of: ['visit'] },
      milestones: milestones.map(([at, multiplier]) => ({ at, multiplier, days: 2 })),
    });
    const earned = (...streaks: ReturnType<typeof streak>[]) => {
      const member = memberOf({ challenges: [], multipliers: 'multiply', streaks });
      for (const on of [2, 3, 4]) member.did(deed('visit', String(on), day(on)));
      return given(member.order(tea('1', day(4) + 1)), '1');
    };
    expect(earned(streak('one', [2, '3']), streak('two', [3, '2']))).toBe(600);
    expect(earned(streak('one', [2, '3'], [3, '4']))).toBe(400);
  });
});

describe('in whatever order all is told', () => {
  const vendors = fc.constantFrom('A', 'B', 'C');
  const life = (orderId: string) =>
    fc
      .record({
        at: fc.integer({ min: 2, max: 20 }).map(day),
        vendor: vendors,
        dollars: fc.integer({ min: 1, max: 200 }),
        refunded: fc.boolean(),
      })
      .map(({ at, vendor, dollars, refunded }): OrderTidings[] => [
        tea(orderId, at, vendor, { lines: [line({ vendor, priceMinor: dollars * 100 })] }),
        ...(refunded ? [back(orderId)] : []),
      ]);
  const history = fc
    .tuple(life('1'), life('2'), life('3'), life('4'))
    .map((lives) => lives.flat())
    .chain((all) =>
      fc.tuple(
        fc.constant(all),
        fc.shuffledSubarray([...all, ...all], {
          ...{ minLength: all.length * 2, maxLength: all.length * 2 },
        }),
      ),
    );

  function after(told: readonly OrderTidings[], metric: string): object {
    const member = memberOf({
      challenges: [
        explorer(),
        explorer({
          ...{ key: 'club', name: 'Club', prizeMultiplier: '1.5', prizeDays: 5 },
          ...{ audience: { tiers: ['silver'] }, settings: { count: 3, by: 'vendor' } },
        }),
      ],
      multipliers: 'multiply',
      tiers: tiers(
        [
          ['bronze', '0', '1'],
          ['silver', '100', '1.25'],
        ],
        { metric },
      ),
    });
    for (const one of told) member.order(one, day(41));
    expect(faultsOf(member.books)).toEqual([]);
    expect(member.decide(day(41), []).decision?.lookAgainAt).toEqual([]);
    return {
      balance: member.books.available - member.books.debt,
      tier: member.tier,
      awards: [...member.awards.values()]
        .filter(({ posted, sourceKind }) => posted > 0 || sourceKind === 'order')
        .map(({ sourceId, ruleKey, posted, allowance, explanation }) => ({
          ...{ sourceId, ruleKey, posted, explanation, boosts: allowance?.boosts ?? [] },
        }))
        .sort((a, b) => (`${a.sourceId}${a.ruleKey}` < `${b.sourceId}${b.ruleKey}` ? -1 : 1)),
    };
  }

  it.each(['spend', 'points'])(
    'it ends in the same books, with tiers that climb by %s (law 2.1)',
    (metric) => {
      fc.assert(
        fc.property(history, ([all, shuffled]) => {
          expect(after(shuffled, metric)).toEqual(after(all, metric));
        }),
        { numRuns: 30 },
      );
    },
  );
});
