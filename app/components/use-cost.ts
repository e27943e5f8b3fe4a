import { MoneyFault, parseMoney } from '../domain/money/money.ts';
import { multiply, ratio, toText } from '../domain/money/rational.ts';
import { useShop } from './shop-context.tsx';
import { useFormat } from './use-format.ts';

/** By what 100 points cost the merchant; while that is no amount, nothing is said. */
export function useCost(worthOf100: string): (points: number) => string {
  const { money } = useFormat();
  const { currency } = useShop();
  return (points) => {
    try {
      const worth = ratio(parseMoney(worthOf100, currency), 100);
      return money(toText(multiply(ratio(points), worth)));
    } catch (fault) {
      if (fault instanceof MoneyFault) return '–';
      throw fault;
    }
  };
}
