/** Any order under any ways to earn: what the law says, and a table that comes to it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyCase, buyerOf } from './any-order.ts';
import type { Case } from './any-order.ts';
import { pointsByTheLaw } from './by-the-law.ts';
import { day, line, Member, order, programme, shopWith, tiers } from '../fixtures.ts';
import type { OrderSnapshot } from '../../../app/domain/orders/order-facts.ts';
import { arithmetic } from '../../../app/domain/points/explain.ts';
import type { ArithmeticRow, Phrases } from '../../../app/domain/points/explain.ts';
import type { OrderExplanation } from '../../../app/domain/points/explanation.ts';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';

const RUNS = { numRuns: 250 };

function explanationsOf(wanted: Case): OrderExplanation[] {
  const member = buyerOf(wanted);
  return wanted.rules.map((_, index) => {
    const explanation = member.award('order', '501', `r${index}`)?.explanation;
    if (explanation?.rule !== 'order') throw new Error('The order has an award of every rule.');
    return explanation;
  });
}

describe('an order of anything, in any currency, under several ways to earn', () => {
  it('earns what the law says by each of them (laws 1.1 to 1.6)', () => {
    let earned = 0;
    fc.assert(
      fc.property(anyCase, (wanted) => {
        const due = pointsByTheLaw(wanted);
        expect(explanationsOf(wanted).map(({ points }) => points)).toEqual(due);
        earned += due.filter((points) => points > 0).length;
      }),
      RUNS,
    );
    expect(earned).toBeGreaterThan(60);
  });

  it('has a table whose rows come to its points (law 1.8)', () => {
    const seen = new Set<ArithmeticRow['kind']>();
    fc.assert(
      fc.property(anyCase, (wanted) => {
        for (const explanation of explanationsOf(wanted)) {
          const rows = arithmetic(explanation, bare, (minor) => minor);
          for (const { kind } of rows) seen.add(kind);
          if (rows.length > 0) expectToComeOut(rows);
        }
      }),
      RUNS,
    );
    const kinds = ['line', 'excluded', 'besides', 'store-credit', 'multiplier', 'part'] as const;
    for (const kind of [...kinds, 'limit', 'rest', 'exact'] as const) expect(seen).toContain(kind);
  });
});

describe('the table of an order', () => {
  const told = (over: Partial<ProgrammeInput>, state: Partial<OrderSnapshot>) => {
    const member = new Member(shopWith([[day(1), programme(over)]]));
    member.createdAt = day(2);
    member.order(order(state));
    const explanation = member.award('order', '501', 'order')?.explanation;
    if (explanation?.rule !== 'order') throw new Error('The order has an award.');
    return arithmetic(explanation, bare, (minor) => minor).map(({ label, value }) =>
      [label, value].join(' | '),
    );
  };

  it('has all decimals of what multipliers come to: 1.333 × 1.333 of $1,000,000 (law 1.5)', () => {
    const campaign = { key: 'c', name: 'C', enabled: true, multiplier: '1.333' };
    const rows = told(
      {
        multipliers: 'multiply',
        tiers: tiers([['base', '0', '1.333']]),
        campaigns: [
          { ...campaign, startsAt: '2026-01-05T00:00:00Z', endsAt: '2026-01-30T00:00:00Z' },
        ],
      },
      { lines: [line({ priceMinor: 100_000_000 })] },
    );
    expect(rows).toContain('stacking.multiply | × 1.776889');
    expect(rows).toContain('row.result | 1776889');
  });

  it('says why all of it is not given where no limit says so', () => {
    const [rule] = programme().earning;
    if (!rule) throw new Error('There is a way to earn.');
    const ladder = tiers([['gold', '999', '2']]);
    const rows = told({ earning: [{ ...rule, audience: { tiers: ['gold'] } }], tiers: ladder }, {});
    expect(rows.slice(-3)).toEqual(['row.exact | 100', 'row.notGiven | − 100', 'row.result | 0']);
  });

  it('has no float in it: 999 pieces at $99,999,999.99 are $99,899,999,990.01 (law 1.4)', () => {
    const lines = [line({ priceMinor: 9_999_999_999, quantity: 999 })];
    const rows = told({}, { lines });
    expect(rows[0]).toBe('row.line | 9989999999001');
    expect(rows).toContain('row.exact | 99899999990.01');
    expect(rows.at(-1)).toBe('row.result | 99899999990');
  });

  it('says what a coin of another currency was worth, however small it is (law 11)', () => {
    const rows = told(
      {},
      {
        ...{ presentmentCurrency: 'VND', presentmentTotalMinor: 2_542_500, totalMinor: 10_000 },
      },
    );
    // $100.00 ÷ 2,542,500 = 0.00003933…
    expect(rows[0]).toBe('row.presentment | 2542500, at 0.00003933 USD');
  });
});

/** Numbers and nothing else. */
const bare: Phrases = {
  points: String,
  decimal: (text) => text,
  say: (key, values = {}) => {
    if (key === 'row.rateValue') return `${values['points']}/${values['per']}`;
    return key === 'row.presentmentValue' ? `${values['amount']}, at ${values['rate']}` : key;
  },
};

/** Reckons as somebody with the table and a pencil would; texts are cut after some decimals. */
function expectToComeOut(rows: readonly ArithmeticRow[]): void {
  const of = (...kinds: ArithmeticRow['kind'][]): string[] =>
    rows.flatMap(({ kind, value }) => (kinds.includes(kind) ? [value] : []));
  const sum = (...kinds: ArithmeticRow['kind'][]): number =>
    of(...kinds).reduce((total, value) => total + Number(value.replace('− ', '-')), 0);
  const base = sum('sum');
  expect(sum('line', 'excluded', 'besides', 'given-back', 'store-credit')).toBeCloseTo(base, 1);
  const [points = 0, per = 1] = (of('rate')[0] ?? '').split('/').map(Number);
  const worth = (base * points) / per;
  const parts = of('part').map((value) => value.split(' × ').map(Number));
  // What several come to stands in the last row.
  const multiplier = Number((of('multiplier').at(-1) ?? '× 1').replace('× ', ''));
  const exact =
    parts.length === 0
      ? worth * multiplier
      : parts.reduce((total, [of = 0, by = 0]) => total + of * by, 0);
  const [told = String(sum('result'))] = of('exact');
  // A thousandth of what is shown, times a multiplier.
  expect(Math.abs(exact - Number(told))).toBeLessThan(0.05);
  expect(Math.floor(Number(told)) + sum('limit', 'rest')).toBe(sum('result'));
}
