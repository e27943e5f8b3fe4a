/** What the programme's rules look at that webhooks leave out of an order. */
import type { Audience } from './audience.ts';
import type { OrderDetail } from '../orders/wanting.ts';
import type { ShopTerms } from '../programme/terms.ts';

/** By any version: an order is worth what the version in force at its placement says. */
export function detailsAsked({ versions }: ShopTerms): ReadonlySet<OrderDetail> {
  return new Set(
    versions.flatMap(({ earning, campaigns, challenges }) => [
      ...earning.flatMap(({ definition, settings }) => definition.asks?.(settings) ?? []),
      ...[...earning, ...campaigns].flatMap(({ audience }) => asksTags(audience)),
      ...challenges.flatMap(({ item }) => asksTags(item.audience)),
    ]),
  );
}

function asksTags({ tags, withoutTags }: Audience): readonly OrderDetail[] {
  return tags.length + withoutTags.length > 0 ? ['customer-tags'] : [];
}
