/** What a receipt is worth, and what its explanation says (law 1.4, 8). */
import { expect, it } from 'vitest';
import { earningDefinitions } from '../../../app/domain/earning/registry.ts';
import type { EarningTerms } from '../../../app/domain/earning/definition.ts';
import { day } from '../fixtures.ts';

const definition = earningDefinitions.find('receipt');

function worth(amount: string, currency = 'USD', shops = currency): unknown[] {
  const terms: EarningTerms = {
    ...{ programmeVersion: 1, ruleName: 'Receipts', currency: shops, testOrdersCount: false },
    ...{ market: null, taken: new Map() },
  };
  const told = { id: 'A1', at: day(10), withdrawnAt: null, zone: 'UTC' };
  const content = { number: 'A-1', amount, currency };
  const rule = { ...(definition?.defaults as object), points: 1, per: '1' };
  const found = definition?.worth(rule, { ...told, kind: 'receipt', content }, terms);
  if (found?.explanation.rule !== 'order') throw new Error('It is worth something.');
  const { points, nothingBecause } = found.explanation;
  return [points, nothingBecause, found.steps.map(({ total }) => total)];
}

it('is worth 49 for $49.95, nothing below a point, and says why it is nothing', () => {
  expect(worth('49.95')).toEqual([49, null, [49]]);
  expect(worth('1.00')).toEqual([1, null, [1]]);
  expect(worth('0.99')).toEqual([0, 'below-one-point', [0]]);
  expect(worth('49.95', 'EUR', 'USD')).toEqual([0, 'foreign-currency', [0]]);
  // Claimed when the currency had more decimals.
  expect(worth('49.95', 'JPY')).toEqual([0, 'below-one-point', [0]]);
});
