import { costOfPoints } from '../domain/money/cost-of-points.ts';
import { MoneyFault } from '../domain/money/money.ts';
import { useShop } from './shop-context.tsx';
import { useFormat } from './use-format.ts';

/** By what 100 points cost the merchant; while that is no amount, nothing is said. */
export function useCost(worthOf100: string): (points: number) => string {
  const { money } = useFormat();
  const { currency } = useShop();
  return (points) => {
    try {
      return money(costOfPoints(points, worthOf100, currency));
    } catch (fault) {
      if (fault instanceof MoneyFault) return '–';
      throw fault;
    }
  };
}
