/** What webhooks leave out of an order, and whether it must be read to know what it is worth. */
import { isRenewal } from './channel.ts';
import { hasUnreadEdits } from './edits.ts';
import type { OrderFacts } from './order-facts.ts';
import { paidWith } from './payments.ts';

/** Things that only some programmes look at, so that others need not read every order for them. */
export type OrderDetail = 'selling-plans' | 'customer-tags';

export function wantsReading(facts: OrderFacts, asked: ReadonlySet<OrderDetail>): boolean {
  if (hasUnreadEdits(facts)) return true;
  const { snapshot, agreements } = facts;
  if (!snapshot || facts.deletedAt !== null) return false;
  if (snapshot.hasReturns && (agreements === null || agreements.asOf < snapshot.updatedAt))
    return true;
  if (!paidWith(facts, snapshot).sure) return true;
  if (asked.has('customer-tags') && snapshot.customerId !== null && facts.customerTags === null)
    return true;
  return (
    asked.has('selling-plans') &&
    !isRenewal(snapshot.source) &&
    snapshot.lines.some(({ sellingPlan, productId }) => sellingPlan === null && productId !== null)
  );
}
