import type { OrderFacts } from '../orders/order-facts.ts';
import type { ProgrammeTerms } from '../programme/terms.ts';
import { sameTimeAfter } from '../time/wall-clock.ts';
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
  if (maturesAfter === 'paid') return sameTimeAfter(paidAt, maturityDays, zone);
  return fulfilledAt === null
    ? null
    : sameTimeAfter(Math.max(paidAt, fulfilledAt), maturityDays, zone);
}
