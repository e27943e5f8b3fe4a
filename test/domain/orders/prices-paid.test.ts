/** An edit takes something off a line that was paid, and the money for it follows (law 2.4). */
import { describe, expect, it } from 'vitest';
import { contradictionsOf } from '../../../app/domain/orders/contradictions.ts';
import type { OrderTidings } from '../../../app/domain/orders/order-facts.ts';
import { day, factsOf, line, Member, order, programme, refund, shopWith } from '../fixtures.ts';

const shop = shopWith([[day(1), programme()]]);
const placed = order({ totalMinor: 10_000 });
const money = (id: string, minor: number, createdAt: number) =>
  refund({ id, createdAt, extraMinor: minor, paidBackMinor: minor });
/** The $100.00 with $10.00 off, as an edit leaves it. */
const cheaper = (at: number, ...refunds: OrderTidings['refunds']) =>
  order(
    {
      ...{ updatedAt: at, totalMinor: 9000, lines: [line({ discountMinor: 1000 })] },
      knownRefundIds: refunds.map(({ id }) => id),
    },
    { refunds },
  );
const points = (...told: OrderTidings[]): number =>
  told.reduce((member, one) => member.order(one), new Member(shop)).books.available;

describe('$10.00 that an edit takes off $100.00', () => {
  const owed = money('901', 1000, day(21));

  it('take their points once: the $10.00 that follow take nothing more, in whatever order they are told', () => {
    const told = [placed, cheaper(day(20)), cheaper(day(21), owed)] as const;
    expect(points(...told.slice(0, 2))).toBe(90);
    expect(points(...told)).toBe(90);
    expect(points(...[...told].reverse())).toBe(90);
    expect(points(told[2], told[0], told[1], told[0])).toBe(90);
  });

  it('do not shield what is given back besides: $30.00 more are a third of 90', () => {
    expect(points(placed, cheaper(day(22), owed, money('902', 3000, day(22))))).toBe(60);
  });

  it('are no contradiction where all of the $100.00 goes back', () => {
    const rest = refund({
      ...{ id: '902', createdAt: day(22), paidBackMinor: 9000 },
      lines: [{ lineId: '1', quantity: 1 }],
    });
    const told = [placed, cheaper(day(22), owed, rest)];
    expect(points(...told)).toBe(0);
    expect(contradictionsOf(factsOf(...told))).toEqual([]);
  });

  it('are nobody’s money where they were taken off before it was paid: 90 − 10', () => {
    const unpaid = order({ payment: 'unpaid', totalMinor: 10_000 });
    expect(points(unpaid, cheaper(day(20)), cheaper(day(21), owed))).toBe(80);
    // Control: without a cheaper price, money for no piece takes its share.
    expect(
      points(placed, order({ updatedAt: day(21), totalMinor: 10_000 }, { refunds: [owed] })),
    ).toBe(90);
  });

  it('go with the tax on them: $11.90 of $119.00 leave 90', () => {
    const taxed = order({ lines: [line({ taxMinor: 1900 })], totalMinor: 11_900 });
    const off = { lines: [line({ discountMinor: 1000, taxMinor: 1710 })], totalMinor: 10_710 };
    const back = money('901', 1190, day(21));
    const known = { updatedAt: day(21), knownRefundIds: ['901'] };
    expect(points(taxed, order({ ...off, ...known }, { refunds: [back] }))).toBe(90);
  });
});
