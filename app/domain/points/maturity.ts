import type { OrderFacts } from '../orders/order-facts.ts';
import type { ProgrammeTerms } from '../programme/terms.ts';
import { addDays } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/**
 * When an order's points can be spent: so many days after it was paid, or paid and sent, at the same
 * time of the shop's day. Null while that has not happened.
 */
export function availableFrom(
  { paidAt, fulfilledAt }: Pick<OrderFacts, 'paidAt' | 'fulfilledAt'>,
  { version }: Pick<ProgrammeTerms, 'version'>,
  zone: string,
): Moment | null {
  const { maturesAfter, maturityDays } = version.document;
  if (paidAt === null) return null;
  if (maturesAfter === 'paid') return addDays(paidAt, maturityDays, zone);
  return fulfilledAt === null ? null : addDays(Math.max(paidAt, fulfilledAt), maturityDays, zone);
}
