import { expect, it } from 'vitest';
import { costOfPoints } from '../../../app/domain/money/cost-of-points.ts';

it.each([
  [33, '1', 'USD', '33'],
  // 33.33, 50.5 and 0.33 of the smallest unit.
  [33, '1.01', 'USD', '33'],
  [50, '1.01', 'USD', '51'],
  [-50, '1.01', 'USD', '-51'],
  [33, '1', 'JPY', '0'],
  [9_007_199_254_740_991, '1', 'KWD', '90071992547409910'],
  [0, '1', 'USD', '0'],
])('%i points, of which 100 are worth %s %s, cost %s', (points, worth, currency, cost) => {
  expect(costOfPoints(points, worth, currency)).toBe(cost);
});
