import type { OrderSnapshot } from './order-facts.ts';
import { floor, ratio } from '../money/rational.ts';

/**
 * An amount of an order in the shop's money: what is told as the shopper saw it is turned into it by the
 * order's own rate.
 * @returns null for any other currency: a number in it is never used as it stands
 */
export function inShopMoney(
  minor: number,
  currency: string,
  snapshot: Pick<
    OrderSnapshot,
    'currency' | 'totalMinor' | 'presentmentCurrency' | 'presentmentTotalMinor'
  >,
): number | null {
  if (currency === snapshot.currency) return minor;
  const { presentmentCurrency, presentmentTotalMinor: seen } = snapshot;
  if (currency !== presentmentCurrency || seen === null || seen <= 0) return null;
  return floor(ratio(BigInt(minor) * BigInt(Math.max(0, snapshot.totalMinor)), seen));
}
