import type { Standing } from '../orders/standing.ts';

/** What is kept of an order's goods, in minor units: after discounts and refunds, without gift cards. */
export function keptMinor({ changes }: Standing): number {
  return changes.reduce((sum, [, minor]) => sum + minor, 0);
}
