/** How many of a reward's points come back for what was given back of its order (law 2.5). */
import { describe, expect, it } from 'vitest';
import { dueReturns } from '../../../app/domain/decide-redemptions.ts';
import type { DiscountOnLine, Redemption } from '../../../app/domain/points/redemption.ts';
import { pointsBack } from '../../../app/domain/points/redemption.ts';
import type { RefundFacts } from '../../../app/domain/orders/order-facts.ts';
import { day, factsOf, line, order, refund } from '../fixtures.ts';

const used = { points: 500, code: 'Thanks-1', discountLines: null };
const lines = [
  line({ id: 'a', quantity: 2, currentQuantity: 2, priceMinor: 3_000 }),
  line({ id: 'b', priceMinor: 4_000 }),
];
const back = (id: string, lineId: string, on: number): RefundFacts =>
  refund({ id, createdAt: day(on), lines: [{ lineId, quantity: 1 }] });

/** $100 in three pieces: two of $30 and one of $40. */
function due(
  told: { code?: string; lines?: readonly DiscountOnLine[] },
  redemption: Pick<Redemption, 'points' | 'code' | 'discountLines'>,
  ...refunds: readonly RefundFacts[]
): number[] {
  const { code = 'thanks-1 ', lines: allocated = [] } = told;
  const facts = factsOf(
    order({ lines, discountCodes: [{ code, lines: allocated }] }, { refunds: [...refunds] }),
  );
  if (!facts.snapshot) throw new Error('There is one.');
  return dueReturns(redemption, facts, facts.snapshot).map(({ total }) => total);
}

describe('of 500 points', () => {
  it('by the worth of all lines, where nothing says on which they were taken off', () => {
    // $30 of $100, then $70, then all.
    expect(due({}, used, back('1', 'a', 20))).toEqual([0, 150]);
    const all = [back('1', 'a', 20), back('2', 'b', 21), back('3', 'a', 22)];
    expect(due({}, used, ...all)).toEqual([0, 150, 350, 500]);
  });

  it('by the lines that the order names, a piece of two being half', () => {
    const named = {
      lines: [
        { lineId: 'a', minor: 400 },
        { lineId: 'b', minor: 100 },
      ],
    };
    expect(due(named, used, back('1', 'a', 20))).toEqual([0, 200]);
    expect(due(named, used, back('1', 'b', 20))).toEqual([0, 100]);
  });

  it('by the lines that are known otherwise, and the order’s own word comes first', () => {
    const known = { ...used, discountLines: [{ lineId: 'b', minor: 500 }] };
    const other = { code: 'other' };
    expect(due(other, known, back('1', 'a', 20))).toEqual([0, 0]);
    expect(due(other, known, back('1', 'b', 20))).toEqual([0, 500]);
    expect(due({ lines: [{ lineId: 'a', minor: 500 }] }, known, back('1', 'b', 20))).toEqual([
      0, 0,
    ]);
    // Without a code only what is known otherwise says it.
    expect(due({}, { ...known, code: null }, back('1', 'b', 20))).toEqual([0, 500]);
  });

  it('by all lines again, where those that are named had nothing taken off, or are not there', () => {
    const empty = {
      lines: [
        { lineId: 'b', minor: 0 },
        { lineId: 'gone', minor: 500 },
      ],
    };
    expect(due(empty, used, back('1', 'a', 20))).toEqual([0, 150]);
  });

  it('a part that is no whole point stays: a third of 500 is 166', () => {
    const named = {
      lines: [
        { lineId: 'a', minor: 200 },
        { lineId: 'b', minor: 100 },
      ],
    };
    expect(due(named, used, back('1', 'b', 20))).toEqual([0, 166]);
  });
});

it('what has come back is all of what was released, and what was given back step by step', () => {
  const redemption = {
    points: 500,
    returns: [
      ['refund:1', 200],
      ['undone', -50],
      ['left', 30],
    ],
  } as const;
  expect(pointsBack({ ...redemption, state: 'released' })).toBe(500);
  // What could not be taken again is no point that came back.
  expect(pointsBack({ ...redemption, state: 'captured' })).toBe(150);
});
