/** What keeps a balance alive that expires by inactivity (law 4.1), and which lot falls due next. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activityOf } from '../../../app/domain/points/activity.ts';
import type { Doings } from '../../../app/domain/points/activity.ts';
import type { Award } from '../../../app/domain/points/awards.ts';
import type { Lot } from '../../../app/domain/points/books.ts';
import { DueLine } from '../../../app/domain/points/due-line.ts';
import type { Redemption } from '../../../app/domain/points/redemption.ts';
import { standingOf } from '../../../app/domain/orders/standing.ts';
import { day, factsOf, order, programme, refund, review, shopWith } from '../fixtures.ts';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';

describe('a balance is kept alive', () => {
  const nothing = { standings: [], reviews: [], awards: [], redemptions: [] };
  const shop = shopWith([
    [day(1), programme()],
    [day(50), programme({ testOrdersEarn: true })],
  ]);
  const moments = (doings: Partial<Doings>, now = day(40)) =>
    activityOf({ ...nothing, ...doings }, shop, now);
  const bought = (told: OrderTidings) => {
    const standing = standingOf(factsOf(told), 'USD');
    return { standings: standing ? [standing] : [] };
  };
  const award = (sourceKind: string, over: Partial<Award> = {}): Award => ({
    ...{ sourceKind, sourceId: '1', ruleKey: 'r', programmeVersion: 1, tierKey: null },
    ...{ posted: 5, steps: [['earn', 5, day(10)]], corrections: 0, qualifies: true },
    ...{ explanation: { rule: 'step', step: 'earn' }, occurredAt: day(10), ...over },
  });
  const redemption = (points: number) => ({ reservedAt: day(12), points }) as Redemption;

  it('by an order that was paid, though it was given back, and by no other', () => {
    expect(moments(bought(order({ placedAt: day(10) })))).toEqual([day(10)]);
    const back = refund({ lines: [{ lineId: '1', quantity: 1 }] });
    expect(moments(bought({ ...order({ placedAt: day(10) }), refunds: [back] }))).toEqual([
      day(10),
    ]);
    expect(moments(bought(order({ placedAt: day(10), payment: 'unpaid' })))).toEqual([]);
    expect(moments(bought(order({ placedAt: day(41) })))).toEqual([]);
    const [paid] = bought(order({ placedAt: day(10) })).standings;
    if (!paid) throw new Error('It stands.');
    expect(moments({ standings: [{ ...paid, changes: [[day(10), 500, 0]] }] })).toEqual([]);
  });

  it('by a test order where test orders earn today', () => {
    const tested = bought(order({ placedAt: day(10), test: true }));
    expect([moments(tested), moments(tested, day(50))]).toEqual([[], [day(10)]]);
    expect(activityOf({ ...nothing, ...tested }, shopWith([]), day(50))).toEqual([]);
  });

  it('by a review that is shown, and by points that were spent, not by a present', () => {
    const reviews = [review(), review({ published: false, createdAt: day(11) })];
    expect(moments({ reviews })).toEqual([day(10)]);
    const down = review({ published: false, shown: true, createdAt: day(11) });
    expect(moments({ reviews: [down] })).toEqual([day(11)]);
    expect(moments({ redemptions: [redemption(5), redemption(0)] })).toEqual([day(12)]);
  });

  it.each([
    ...['order', 'review', 'adjustment', 'birthday', 'anniversary', 'badge', 'challenge'],
    ...['streak', 'leaderboard', 'game', 'tier'],
  ])('not by an award of the kind %s', (kind) => {
    expect(moments({ awards: [award(kind)] })).toEqual([]);
  });

  it('by what else was done for points, that counts and gave some', () => {
    expect(moments({ awards: [award('social-follow')] })).toEqual([day(10)]);
    expect(moments({ awards: [award('social-follow', { qualifies: false })] })).toEqual([]);
    const none = award('social-follow', { steps: [['earn', 0, day(10)]] });
    expect(moments({ awards: [none] })).toEqual([]);
    const taken = award('survey', {
      steps: [
        ['earn', 5, day(10)],
        ['withdraw', -5, day(11)],
      ],
    });
    expect(moments({ awards: [taken] })).toEqual([day(10)]);
  });

  it('in the order in which it happened', () => {
    const reviews = [review({ createdAt: day(20) }), review({ createdAt: day(3) })];
    const all = { ...bought(order({ placedAt: day(10) })), reviews, redemptions: [redemption(5)] };
    expect(moments(all)).toEqual([day(3), day(10), day(12), day(20)]);
  });
});

it('of all lots the soonest falls due first, of two at one moment the first among them', () => {
  const dues = fc.array(fc.record({ at: fc.nat(9), place: fc.nat(99) }), { maxLength: 30 });
  fc.assert(
    fc.property(dues, fc.nat(30), (all, early) => {
      const line = new DueLine();
      expect(line.first).toBeNull();
      const sorted = (left: typeof all) =>
        left.toSorted((a, b) => a.at - b.at || a.place - b.place);
      let left: typeof all = [];
      const takeOne = (): void => {
        left = sorted(left);
        const [first] = left;
        expect(line.first && { at: line.first.at, place: line.first.place }).toEqual(first ?? null);
        line.removeFirst();
        left = left.slice(1);
      };
      all.forEach((due, index) => {
        line.add({ ...due, lot: {} as Lot });
        left.push(due);
        if (index === early) takeOne();
      });
      for (let rest = left.length; rest >= 0; rest -= 1) takeOne();
      expect(line.first).toBeNull();
    }),
    { numRuns: 60 },
  );
});
