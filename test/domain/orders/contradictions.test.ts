import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTRADICTIONS, contradictionsOf } from '../../../app/domain/orders/contradictions.ts';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import {
  day,
  factsOf,
  faultsOf,
  line,
  Member,
  order,
  programme,
  refund,
  shopWith,
} from '../fixtures.ts';

const shop = shopWith([[day(1), programme()]]);
const points = (told: OrderTidings): number => new Member(shop).order(told).books.available;
const found = (told: OrderTidings) => contradictionsOf(factsOf(told));
const back = (quantity: number, lineId = '1') => [{ lineId, quantity }];

describe('facts of an order that contradict each other are booked as far as they are sure', () => {
  it('control: an order that makes sense is not shown to anybody', () => {
    const refunds = [refund({ lines: back(1), paidBackMinor: 10_000 })];
    const told = order({ lines: [line({ quantity: 2 })], totalMinor: 20_000 }, { refunds });
    expect([found(told), points(told)]).toEqual([[], 100]);
  });

  it('a negative quantity counts as none', () => {
    const lines = [line({ quantity: -2, currentQuantity: -2 }), line({ id: '2', priceMinor: 700 })];
    const told = order({ lines });
    expect(points(told)).toBe(7);
    expect(found(told)).toEqual([
      { kind: 'negative-quantity', told: '-2', limit: '0', currency: null, of: 'Tea' },
    ]);
  });

  it('a refund of a negative quantity gives nothing', () => {
    const told = order({}, { refunds: [refund({ lines: back(-1) })] });
    expect(points(told)).toBe(100);
    expect(found(told)).toMatchObject([{ kind: 'negative-quantity', told: '-1' }]);
  });

  it('a negative discount or tax adds nothing: $100.00 stay 100', () => {
    const discount = order({ lines: [line({ discountMinor: -5000 })] });
    const tax = order({ taxesIncluded: true, lines: [line({ taxMinor: -5000 })] });
    for (const told of [discount, tax]) {
      expect(points(told)).toBe(100);
      expect(found(told)).toMatchObject([
        { kind: 'negative-amount', told: '-5000', currency: 'USD' },
      ]);
    }
  });

  it('a discount over the price leaves nothing, and takes nothing from other lines', () => {
    const lines = [line({ discountMinor: 12_000 }), line({ id: '2', priceMinor: 3000 })];
    expect(points(order({ lines }))).toBe(30);
    expect(found(order({ lines }))).toEqual([
      { kind: 'discount-over-price', told: '12000', limit: '10000', currency: 'USD', of: 'Tea' },
    ]);
  });

  it('a refund over what was paid takes all, and no more', () => {
    const refunds = [refund({ extraMinor: 15_000, paidBackMinor: 15_000 })];
    const told = order({ totalMinor: 10_000 }, { refunds });
    expect(points(told)).toBe(0);
    expect(found(told)).toEqual([
      { kind: 'refund-over-paid', told: '15000', limit: '10000', currency: 'USD', of: '#1001' },
    ]);
  });

  it('a refund of more pieces than were bought takes those there are', () => {
    const told = order({}, { refunds: [refund({ lines: back(3) })] });
    expect(points(told)).toBe(0);
    expect(found(told)).toMatchObject([{ kind: 'refund-over-pieces', told: '3', limit: '1' }]);
  });

  it('a refund of a line that is not in the order takes nothing', () => {
    const told = order({ updatedAt: day(20) }, { refunds: [refund({ lines: back(1, '99') })] });
    expect(points(told)).toBe(100);
    expect(found(told)).toMatchObject([{ kind: 'refund-of-unknown-line', of: '900' }]);
    // The order may have been edited since its last state: then nothing is wrong yet.
    expect(found({ ...told, snapshot: order({ updatedAt: day(19) }).snapshot })).toEqual([]);
  });

  it('an amount in another currency is not used', () => {
    const told = order({}, { refunds: [refund({ currency: 'EUR', extraMinor: 5000 })] });
    expect(points(told)).toBe(100);
    expect(found(told)).toEqual([
      { kind: 'refund-in-other-currency', told: '5000', limit: '0', currency: 'EUR', of: '900' },
    ]);
  });

  it('nor is a dispute in another currency', () => {
    const money = { asOf: day(30), amountMinor: 5000, currency: 'JPY' };
    const told = order({}, { disputes: [{ id: '7', state: 'lost', at: day(30), money }] });
    expect(points(told)).toBe(100);
    expect(found(told)).toMatchObject([{ kind: 'dispute-in-other-currency', currency: 'JPY' }]);
  });

  it('says nothing of an order of which only refunds are known', () => {
    const early = { orderId: '501', snapshot: null, refunds: [refund({ lines: back(9) })] };
    expect(found({ ...early, paidAt: null })).toEqual([]);
  });
});

const odd = fc.integer({ min: -3, max: 3 });
const money = fc.integer({ min: -20_000, max: 20_000 });
const nonsense: fc.Arbitrary<OrderTidings> = fc
  .record({
    lines: fc.array(
      fc.record({
        id: fc.constantFrom('1', '2', '3'),
        quantity: odd,
        currentQuantity: odd,
        priceMinor: money,
        discountMinor: money,
        taxMinor: money,
      }),
      { maxLength: 3 },
    ),
    amounts: fc.record({ totalMinor: money, shippingMinor: money, tipMinor: money }),
    taxesIncluded: fc.boolean(),
    refunds: fc.array(
      fc.record({
        id: fc.constantFrom('1', '2'),
        lines: fc.array(fc.record({ lineId: fc.constantFrom('1', '2', '9'), quantity: odd })),
        extraMinor: money,
        shippingMinor: money,
        paidBackMinor: fc.oneof(money, fc.constant(null)),
        currency: fc.constantFrom('USD', 'EUR', null),
      }),
      { maxLength: 2 },
    ),
    edits: fc.array(
      fc.record({
        id: fc.constantFrom('1', '2'),
        at: fc.integer({ min: 5, max: 25 }).map(day),
        added: fc.array(fc.record({ lineId: fc.constantFrom('1', '9'), quantity: odd })),
      }),
      { maxLength: 2 },
    ),
  })
  .map(({ lines, amounts, taxesIncluded, refunds, edits }) =>
    order(
      { ...amounts, taxesIncluded, updatedAt: day(22), lines: lines.map((part) => line(part)) },
      { refunds: refunds.map((part) => refund(part)), edits },
    ),
  );

it('nonsense never breaks the engine, and never takes or gives more than it can', () => {
  const all = programme({}, { includeTax: true, includeShipping: true, includeTips: true });
  const odds = shopWith([
    [day(1), all],
    [day(12), all],
  ]);
  fc.assert(
    fc.property(nonsense, (told) => {
      const member = new Member(odds).order(told).order(told);
      expect(faultsOf(member.books)).toEqual([]);
      for (const award of member.awards.values()) {
        expect(award.posted).toBeGreaterThanOrEqual(0);
        for (const { minor, kept } of award.explanation.rule === 'order'
          ? award.explanation.lines
          : [])
          expect(Number(minor) >= 0 && kept >= 0).toBe(true);
      }
      const kinds = found(told).map(({ kind }) => kind);
      expect(kinds).toEqual(CONTRADICTIONS.filter((kind) => kinds.includes(kind)));
    }),
    { numRuns: 400 },
  );
});
