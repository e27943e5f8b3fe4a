import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noBudgets } from '../../../app/domain/earning/budgets.ts';
import type { Budgets } from '../../../app/domain/earning/budgets.ts';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import type { ProgrammeDocument, ProgrammeInput } from '../../../app/domain/programme/document.ts';
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
} from '../fixtures.ts';

type CampaignInput = NonNullable<ProgrammeInput['campaigns']>[number];

const iso = (at: number): string => new Date(at).toISOString();
const campaign = (over: Partial<CampaignInput> = {}): CampaignInput => ({
  ...{ key: 'summer', name: 'Summer', enabled: true, multiplier: '2', budgetPoints: 120 },
  ...{ startsAt: iso(day(5)), endsAt: iso(day(30)) },
  ...over,
});
const bought = (orderId: string, dollars: number, placedAt = day(10)): OrderTidings =>
  order({ placedAt, lines: [line({ quantity: 10, priceMinor: dollars * 10 })] }, { orderId });
const back = (told: OrderTidings, pieces: number, id = '9'): OrderTidings => ({
  ...told,
  refunds: [refund({ id, lines: [{ lineId: '1', quantity: pieces }] })],
});

/** Two members who draw on the same budgets. */
function two(document: ProgrammeDocument): { ann: Member; bob: Member; budgets: Budgets } {
  const shop = shopWith([[day(1), document]]);
  const budgets = noBudgets();
  const [ann, bob] = [new Member(shop), new Member(shop)];
  ann.budgets = budgets;
  bob.budgets = budgets;
  return { ann, bob, budgets };
}

describe('the budget of a campaign (law 1.6)', () => {
  it('is for everybody together, first come first served: 120 more are 80 and 40', () => {
    const { ann, bob, budgets } = two(programme({ campaigns: [campaign()] }));
    ann.order(bought('1', 80));
    bob.order(bought('2', 80));
    expect([ann.moves, bob.moves]).toEqual([[160], [120]]); // 80 + 80, and 80 + 40
    expect(budgets.held.get('summer')).toBe(120);
    expect(bob.award('order', '2', 'order')?.explanation).toMatchObject({
      ...{ exact: '160', points: 120 },
      limits: [{ limit: 'budget', most: 120, name: 'Summer', cut: 40 }],
    });
    expect(ann.order(bought('3', 50)).moves).toEqual([160, 50]);
  });

  it('what an award was granted is its own: it is not decided anew because others came or went', () => {
    const { ann, bob, budgets } = two(programme({ campaigns: [campaign()] }));
    ann.order(bought('1', 80));
    bob.order(bought('2', 80));
    ann.order(back(bought('1', 80), 10));
    expect(ann.moves).toEqual([160, -160]);
    expect(budgets.held.get('summer')).toBe(40);
    expect(bob.decide(day(101)).moves).toEqual([120]);
    // What came back is there for who comes next.
    expect(ann.order(bought('4', 100, day(11))).moves).toEqual([160, -160, 180]); // 100 + 80
  });

  it('a part that is refunded goes back to it: half of 160 are 80, and 40 of the budget', () => {
    const { ann, budgets } = two(programme({ campaigns: [campaign()] }));
    ann.order(bought('1', 80)).order(back(bought('1', 80), 5));
    expect(ann.moves).toEqual([160, -80]);
    expect(budgets.held.get('summer')).toBe(40);
  });

  it('an order that turns out to be somebody else’s gives all of it back', () => {
    const { ann, bob, budgets } = two(programme({ campaigns: [campaign()] }));
    ann.order(bought('1', 80)).lose('1');
    expect(budgets.held.get('summer')).toBe(0);
    expect(bob.order(bought('1', 80)).moves).toEqual([160]);
  });

  it('is drawn on only by what the limits of the rule leave', () => {
    const document = programme({ campaigns: [campaign()] });
    const earning = document.earning.map((rule) => ({ ...rule, limits: { each: 100 } }));
    const { ann, budgets } = two(programme({ earning, campaigns: [campaign()] }));
    expect(ann.order(bought('1', 80)).moves).toEqual([100]); // 80 + 20 of the budget
    expect(budgets.held.get('summer')).toBe(20);
  });

  it('only what the campaign adds counts: with the tier’s 1.5 and the highest, 2 adds a half', () => {
    const document = programme({ campaigns: [campaign()], tiers: tiers([['gold', '0', '1.5']]) });
    const { ann, budgets } = two(document);
    expect(ann.order(bought('1', 80)).moves).toEqual([160]);
    expect(budgets.held.get('summer')).toBe(40); // 160 − 120
  });

  it('one that is used up leaves the way free for another campaign', () => {
    const campaigns = [
      campaign({ budgetPoints: 10 }),
      campaign({ key: 'autumn', name: 'Autumn', multiplier: '3', budgetPoints: 500 }),
    ];
    const { ann, budgets } = two(programme({ campaigns }));
    ann.order(bought('1', 50)).order(bought('2', 50, day(11)));
    // Each is worth 150 by the higher: 10 of summer's and 90 of autumn's, then 100 of autumn's.
    expect(ann.moves).toEqual([150, 150]);
    expect([...budgets.held]).toEqual([
      ['summer', 10],
      ['autumn', 190],
    ]);
  });

  it('by multiply each adds what it multiplies', () => {
    const campaigns = [
      campaign({ budgetPoints: 1000 }),
      campaign({ key: 'autumn', name: 'Autumn', multiplier: '3', budgetPoints: 1000 }),
    ];
    const { ann, budgets } = two(programme({ campaigns, multipliers: 'multiply' }));
    expect(ann.order(bought('1', 50)).moves).toEqual([300]); // 50 × 2 × 3
    expect([...budgets.held]).toEqual([
      ['summer', 50],
      ['autumn', 200],
    ]);
  });
});

it('whoever buys and refunds in whatever order, the budget holds and is what awards hold of it', () => {
  const step = fc.record({
    who: fc.constantFrom('ann', 'bob'),
    id: fc.integer({ min: 1, max: 4 }),
    dollars: fc.integer({ min: 1, max: 90 }),
    refunded: fc.integer({ min: 0, max: 10 }),
  });
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 14 }),
      fc.integer({ min: 1, max: 150 }),
      (steps, most) => {
        const { ann, bob, budgets } = two(
          programme({ campaigns: [campaign({ budgetPoints: most })] }),
        );
        const members = { ann, bob };
        const dollarsOf = new Map<string, number>();
        for (const { who, id, dollars, refunded } of steps) {
          const orderId = who === 'ann' ? `1${id}` : `2${id}`;
          dollarsOf.set(orderId, dollarsOf.get(orderId) ?? dollars);
          const told = bought(orderId, dollarsOf.get(orderId) ?? 0, day(6 + id));
          members[who].order(refunded > 0 ? back(told, refunded, `${orderId}${refunded}`) : told);
          const awards = [...ann.awards.values(), ...bob.awards.values()];
          const held = awards.reduce(
            (sum, one) => sum + (one.allowance?.draws['summer']?.held ?? 0),
            0,
          );
          expect(budgets.held.get('summer') ?? 0).toBe(held);
          expect(held).toBeLessThanOrEqual(most);
          // Every point above the plain rate is one of the budget.
          const plain = awards.reduce((sum, { explanation }) => {
            if (explanation.rule !== 'order') return sum;
            return sum + Math.floor(Number(explanation.baseMinor) / 100);
          }, 0);
          const posted = ann.books.available + bob.books.available;
          expect(posted).toBe(plain + held);
          for (const { books } of [ann, bob]) expect(faultsOf(books)).toEqual([]);
        }
      },
    ),
    { numRuns: 60 },
  );
});

describe('budgets of campaigns that add less than a point by themselves (laws 1.5, 1.6)', () => {
  const pair = (multipliers: 'multiply' | 'add', first: number, second: number) =>
    two(
      programme({
        multipliers,
        campaigns: [
          campaign({ key: 'a', name: 'A', budgetPoints: first }),
          campaign({ key: 'b', name: 'B', budgetPoints: second }),
        ],
      }),
    );
  const cents = (orderId: string, minor: number): OrderTidings =>
    order({ lines: [line({ priceMinor: minor })] }, { orderId });
  const pointsOf = (member: Member, orderId: string) => member.award('order', orderId, 'order');

  it.each([
    // 0.30 × 2 = 0.60 by either, and 0.30 × 4 = 1.20 by both.
    ['multiply', 30, 1],
    // 0.40 × 2 = 0.80 by either, and 0.40 × (1 + 1 + 1) = 1.20 by both.
    ['add', 40, 1],
  ] as const)('are rounded down once, all together: %s', (policy, minor, points) => {
    const { ann, budgets } = pair(policy, 50, 50);
    ann.order(cents('1', minor));
    expect(pointsOf(ann, '1')?.explanation).toMatchObject({ points, exact: '1.2' });
    expect(Object.fromEntries(budgets.held)).toEqual({ b: points });
  });

  it('on lines of their own, where the highest counts: 0.30 × 2 and 0.30 × 2 are 1', () => {
    const of = (key: string, product: string) =>
      campaign({ key, name: key, budgetPoints: 50, when: { products: [product] } });
    const { ann } = two(programme({ campaigns: [of('a', '1'), of('b', '2')] }));
    const lines = ['1', '2'].map((id) => line({ id, productId: id, priceMinor: 30 }));
    ann.order(order({ lines }, { orderId: '1' }));
    expect(pointsOf(ann, '1')?.explanation).toMatchObject({ points: 1, exact: '1.2' });
  });

  it('count while there is something left, and what was granted stays', () => {
    const { ann, bob, budgets } = pair('multiply', 1, 50);
    ann.order(cents('1', 30));
    // A adds the only point that it has to give: 0.50 × 2.
    bob.order(cents('2', 50));
    expect(Object.fromEntries(budgets.held)).toEqual({ a: 1, b: 2 });
    ann.decide(day(101));
    expect(pointsOf(ann, '1')?.posted).toBe(1);
    // Now it is used up: 0.30 × 2 by B alone, and the reason is said.
    ann.order(cents('3', 30));
    expect(pointsOf(ann, '3')?.explanation).toMatchObject({
      ...{ points: 0, nothingBecause: 'limit-reached' },
      limits: [{ limit: 'budget', name: 'A', cut: 1 }],
    });
    // What a refund gives back to the budget changes nothing of it.
    bob.order(back(cents('2', 50), 1));
    ann.decide(day(102));
    expect(budgets.held.get('a')).toBe(0);
    expect(pointsOf(ann, '3')?.posted).toBe(0);
    expect([faultsOf(ann.books), faultsOf(bob.books)]).toEqual([[], []]);
  });
});
