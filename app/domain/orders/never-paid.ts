import type { OrderFacts } from './order-facts.ts';

/** It is over, and nobody paid it: whatever code it bears has bought nothing, and Shopify takes it no second time. */
export function neverPaid({
  snapshot,
  paidAt,
  deletedAt,
}: Pick<OrderFacts, 'snapshot' | 'paidAt' | 'deletedAt'>): boolean {
  if (paidAt !== null || !snapshot) return false;
  return snapshot.cancelledAt !== null || snapshot.payment === 'voided' || deletedAt !== null;
}
