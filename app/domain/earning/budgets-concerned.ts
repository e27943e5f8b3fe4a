/** Which budgets a member's awards may draw on or give back to: they are locked before it is decided. */
import type { Standing } from '../orders/standing.ts';
import type { Award } from '../points/awards.ts';
import type { ShopTerms } from '../programme/terms.ts';

export function budgetsConcerned(
  shop: ShopTerms,
  standings: readonly Standing[],
  awards: readonly Award[],
): readonly string[] {
  const drawn = awards.flatMap(({ allowance }) => Object.keys(allowance?.draws ?? {}));
  const running = shop.versions.flatMap(({ campaigns }) =>
    campaigns.flatMap(({ key, from, until, rules, budgetPoints }) => {
      if (budgetPoints === null) return [];
      // Rules that look at no order have other moments than those of orders.
      const runs = (at: number): boolean => at >= from && at < until;
      // What an edit adds is earned at the moment of the edit.
      const fits = standings.some(
        ({ placedAt, changes }) => runs(placedAt) || changes.some(([at]) => runs(at)),
      );
      return fits || rules.length > 0 ? [key] : [];
    }),
  );
  return [...new Set([...drawn, ...running])];
}
