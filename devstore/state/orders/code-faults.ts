/** May this shopper use this code now, and may these codes go together? In the words of a checkout. */
import { classOf, statusOf, type Discount } from '../discount.ts';
import type { Store } from '../store.ts';

/** Who is buying, as far as the checkout knows. */
export type Shopper = { customerId: string | null; email: string | null };

export type AppliedCode = { code: string; discount: Discount };

export function codeFault(store: Store, applied: AppliedCode, shopper: Shopper): string | null {
  const { code, discount } = applied;
  const { context, usageLimit, oncePerCustomer, uses } = discount;
  switch (statusOf(discount, store.now())) {
    case 'EXPIRED':
      return `The code ${code} has expired.`;
    case 'SCHEDULED':
      return `The code ${code} cannot be used yet.`;
    case 'ACTIVE':
      break;
  }
  if (context.kind === 'customers' && !context.customerIds.includes(shopper.customerId ?? '')) {
    return `The code ${code} is not available to you.`;
  }
  const used = uses.filter((use) => use.code.toLowerCase() === code.toLowerCase()).length;
  if (usageLimit !== null && used >= usageLimit) {
    return `The code ${code} has reached its usage limit.`;
  }
  const mine = uses.some(
    (use) =>
      (use.customerId !== null && use.customerId === shopper.customerId) ||
      (use.email !== null && use.email === shopper.email),
  );
  return oncePerCustomer && mine ? `You have used the code ${code} already.` : null;
}

/** Each must allow the other's class. Two shipping discounts never go together. */
export function combinationFault(codes: readonly AppliedCode[]): string | null {
  for (const [index, { code, discount }] of codes.entries()) {
    for (const other of codes.slice(index + 1)) {
      const [one, two] = [classOf(discount), classOf(other.discount)];
      const together = discount.combines[two] && other.discount.combines[one];
      if (!together || (one === 'shipping' && two === 'shipping')) {
        return `The code ${other.code} cannot be combined with ${code}.`;
      }
    }
  }
  return null;
}
