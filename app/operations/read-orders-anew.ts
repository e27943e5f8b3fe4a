/** Orders of which a webhook told too little are read from Shopify, and come back as facts. */
import type { OrderChange } from './decide-members.ts';
import { detailsAsked } from '../domain/earning/details-asked.ts';
import { wantsReading } from '../domain/orders/wanting.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import type { WantedEffect } from '../storage/effects/effects.ts';

export function lookUpOrder(orderId: string): WantedEffect {
  return {
    key: `look-up-order:${orderId}`,
    kind: 'look-up-order',
    memberId: null,
    payload: { orderId },
  };
}

/** Only orders that changed are asked for: what reading cannot tell is not asked for again and again. */
export function ordersToRead(changed: readonly OrderChange[], shop: ShopTerms): WantedEffect[] {
  const asked = detailsAsked(shop);
  return changed
    .filter(({ facts, memberId }) => memberId !== null && wantsReading(facts, asked))
    .map(({ facts }) => lookUpOrder(facts.id));
}
