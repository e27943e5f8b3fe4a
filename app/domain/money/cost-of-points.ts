import { parseMoney } from './money.ts';
import { add, multiply, ratio, toText } from './rational.ts';

/**
 * What points cost, in whole minor units, to the nearest: it is a figure, and nothing is reckoned on.
 * @throws MoneyFault where the worth of 100 points is no amount of the currency
 */
export function costOfPoints(points: number, worthOf100: string, currency: string): string {
  const exact = multiply(ratio(points), ratio(parseMoney(worthOf100, currency), 100));
  return toText(add(exact, ratio(points < 0 ? -1 : 1, 2)), 0);
}
