/** What the programme's rules look at that webhooks leave out of an order. */
import type { OrderDetail } from '../orders/wanting.ts';
import type { ShopTerms } from '../programme/terms.ts';

/** By any version: an order is worth what the version in force at its placement says. */
export function detailsAsked({ versions }: ShopTerms): ReadonlySet<OrderDetail> {
  return new Set(
    versions.flatMap(({ earning }) =>
      earning.flatMap(({ definition, settings }) => definition.asks?.(settings) ?? []),
    ),
  );
}
