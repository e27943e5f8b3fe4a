import { describe, expect, it } from 'vitest';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import { day, faultsOf, line, Member, order, refund, shopWith } from '../fixtures.ts';
import { at, memberWith, programmeOf, way } from './ways.ts';

const NOW = day(300);

/** A paid order of so many dollars; ids grow with the days. */
function spent(number: number, dollars: number, over = {}): OrderTidings {
  const lines = [line({ priceMinor: dollars * 100 })];
  return order({ placedAt: day(number), lines, ...over }, { orderId: String(1000 + number) });
}

function back(of: OrderTidings, dollars: number): OrderTidings {
  const one = refund({ id: `9${of.orderId}`, createdAt: day(150), extraMinor: dollars * 100 });
  return { orderId: of.orderId, snapshot: null, refunds: [one], paidAt: null };
}

describe('a spending goal (law 8)', () => {
  const GOAL = way('goal', { points: 10, per: '100' });

  it('of $100 pays 10 each time: $60, $60 and $200 pay 0, 10 and 20', () => {
    const member = memberWith('UTC', GOAL);
    for (const [number, dollars] of [
      [10, 60],
      [20, 60],
      [30, 200],
    ] as const) {
      member.order(spent(number, dollars), NOW);
    }
    // 60; 120 is once; 320 is three times, so two more.
    expect(member.moves).toEqual([10, 20]);
    expect(member.award('goal', '1030', 'goal')).toMatchObject({
      posted: 20,
      explanation: { because: 'goal-reached', points: 20 },
    });
  });

  it('goes back with a refund: $120 less $30 is $90', () => {
    const [first, second] = [spent(10, 60), spent(20, 60)];
    const member = memberWith('UTC', GOAL).order(first, NOW).order(second, NOW);
    expect(member.moves).toEqual([10]);
    member.order(back(first, 30), NOW);
    expect(member.moves).toEqual([10, -10]);
    // $40 more is $130, and pays with that order.
    member.order(spent(160, 40), NOW);
    expect([member.books.available, faultsOf(member.books)]).toEqual([10, []]);
    expect(member.award('goal', '1160', 'goal')?.posted).toBe(10);
  });

  it('comes to the same in whatever order orders and refunds are told', () => {
    const orders = [spent(10, 60), spent(20, 60), spent(30, 200)];
    const told = [...orders, back(orders[1] as OrderTidings, 60)];
    const ends = [told, told.toReversed(), [...told, ...told]].map((all) => {
      const member = memberWith('UTC', GOAL);
      for (const one of all) member.order(one, NOW);
      expect(faultsOf(member.books)).toEqual([]);
      return [member.books.available, member.award('goal', '1030', 'goal')?.posted ?? 0];
    });
    // 60, 0, 200: $260 are twice, both with the last.
    expect(ends).toEqual([
      [20, 20],
      [20, 20],
      [20, 20],
    ]);
  });

  it('of a month begins anew with the shop’s month', () => {
    const member = memberWith('UTC', way('goal', { points: 10, per: '100', within: 'month' }));
    member.order(spent(30, 60), NOW).order(spent(32, 60), NOW).order(spent(33, 60), NOW);
    // 30 January; 1 and 2 February.
    expect(member.award('goal', '1033', 'goal')?.posted).toBe(10);
    expect(member.books.available).toBe(10);
  });

  it('counts by the version in force when the order was placed, and keeps what it paid', () => {
    const cheaper = way('goal', { points: 30, per: '50' });
    const shop = shopWith([
      [day(1), programmeOf(GOAL)],
      [day(50), programmeOf(cheaper)],
      [day(90), programmeOf()],
    ]);
    const member = new Member(shop);
    for (const [number, dollars] of [
      [10, 130],
      [60, 20],
      [100, 500],
    ] as const) {
      member.order(spent(number, dollars), NOW);
    }
    // $130 by $100 is once 10; $150 by $50 is once more 30; after day 90 there is no goal.
    expect(member.moves).toEqual([10, 30]);
  });

  it('does not count unpaid, foreign and test orders', () => {
    const member = memberWith('UTC', GOAL);
    member.order(spent(10, 150, { payment: 'unpaid' }), NOW);
    member.order(spent(11, 150, { currency: 'EUR' }), NOW);
    member.order(spent(12, 150, { test: true }), NOW);
    expect(member.moves).toEqual([]);
  });
});

describe('a punch card (law 8)', () => {
  const tea = (number: number, quantity = 1, product = '7'): OrderTidings =>
    order(
      { placedAt: day(number), lines: [line({ productId: product, quantity, priceMinor: 500 })] },
      { orderId: String(1000 + number) },
    );

  it('of three orders pays with every third, and only chosen products count', () => {
    const member = memberWith('UTC', way('punch-card', { points: 40, every: 3, products: ['7'] }));
    for (const number of [10, 11]) member.order(tea(number, 5), NOW);
    member.order(tea(12, 1, '8'), NOW);
    expect(member.moves).toEqual([]);
    for (const number of [13, 14, 15, 16]) member.order(tea(number), NOW);
    expect(member.award('punch-card', '1013', 'punch-card')?.posted).toBe(40);
    expect(member.award('punch-card', '1016', 'punch-card')?.posted).toBe(40);
    expect(member.books.available).toBe(80);
  });

  it('of ten pieces pays twice for an order of twenty-five, and once when eight of them go back', () => {
    const card = way('punch-card', { points: 40, every: 10, counts: 'pieces' });
    const member = memberWith('UTC', card).order(tea(10, 25), NOW);
    expect(member.moves).toEqual([80]);
    const returned = refund({ createdAt: day(150), lines: [{ lineId: '1', quantity: 8 }] });
    member.order({ orderId: '1010', snapshot: null, refunds: [returned], paidAt: null }, NOW);
    expect(member.books.available).toBe(40);
  });

  it('moves with the order when it turns out to be somebody else’s', () => {
    const member = memberWith('UTC', way('punch-card', { points: 40, every: 2 }));
    member.order(tea(10), NOW).order(tea(11), NOW);
    expect(member.moves).toEqual([40]);
    expect(member.lose('1010', NOW).books.available).toBe(0);
  });
});

describe('staying subscribed (law 8)', () => {
  const renewal = (number: number, subscription = true): OrderTidings =>
    order(
      { placedAt: day(number), lines: [line({ subscription, sellingPlan: subscription })] },
      { orderId: String(1000 + number) },
    );
  const after = (settings: object): string[] => {
    const member = memberWith('UTC', way('renewal', { points: 100, ...settings }));
    member.order(renewal(15, false), NOW);
    for (const number of [10, 20, 30, 40]) member.order(renewal(number), NOW);
    return [...member.awards.values()]
      .filter(({ sourceKind, posted }) => sourceKind === 'renewal' && posted === 100)
      .map(({ sourceId }) => sourceId)
      .sort();
  };

  it('pays with the second order only, with each from the second on, or with every second', () => {
    expect(after({ number: 2, repeats: 'once' })).toEqual(['1020']);
    expect(after({ number: 2, repeats: 'each' })).toEqual(['1020', '1030', '1040']);
    expect(after({ number: 2, repeats: 'every' })).toEqual(['1020', '1040']);
  });

  it('counts kept orders: when the first is cancelled, the third is the second', () => {
    const member = memberWith('UTC', way('renewal', { points: 100, number: 2 }));
    for (const number of [10, 20, 30]) member.order(renewal(number), NOW);
    const cancelled = renewal(10).snapshot;
    member.order(
      {
        ...renewal(10),
        snapshot: cancelled && { ...cancelled, updatedAt: day(50), cancelledAt: day(50) },
      },
      NOW,
    );
    expect(member.award('renewal', '1020', 'renewal')?.posted).toBe(0);
    expect(member.award('renewal', '1030', 'renewal')?.posted).toBe(100);
    expect([member.books.available, at('2026-01-10T00:00')]).toEqual([100, day(10)]);
  });
});
