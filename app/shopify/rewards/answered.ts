import { z } from 'zod';
import type { RefusedAnswer, RefusedReason, RefusedReward } from './wish.ts';
import { AccessDenied, Faltered, Refused, Throttled, Unreachable } from '../admin-client.ts';

/** Failures of the call become values. @throws ShopLeft */
export async function answered<T>(work: () => Promise<T>): Promise<T | RefusedAnswer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Throttled) {
      return { ok: false, refusal: { kind: 'throttled', waitMs: error.waitMs } };
    }
    if (error instanceof Unreachable || error instanceof Faltered) return unsure(error.message);
    if (error instanceof AccessDenied) {
      return refused({ reason: 'needs-scope', scope: error.scope, message: error.message });
    }
    if (error instanceof Refused) return refused({ reason: 'other', message: error.message });
    throw error;
  }
}

/** Whether it was done nobody knows. */
export function unsure(message: string): RefusedAnswer {
  return { ok: false, refusal: { kind: 'unreachable', message } };
}

export const CODE_TAKEN: RefusedAnswer = { ok: false, refusal: { kind: 'code-taken' } };

export function refused(
  why: Pick<RefusedReward, 'reason' | 'message'> & Partial<RefusedReward>,
): RefusedAnswer {
  return { ok: false, refusal: { kind: 'refused', scope: null, code: null, ...why } };
}

/** What Shopify names in `userErrors`. */
export const faults = z.array(
  z.object({
    field: z.array(z.string()).nullable(),
    code: z.string().nullable(),
    message: z.string(),
  }),
);

export type Fault = z.infer<typeof faults>[number];

/** @returns null when there is none */
export function refusalOf(told: readonly Fault[]): RefusedAnswer | null {
  const [first] = told;
  if (!first) return null;
  const message = first.message.slice(0, 300);
  if (first.code === 'INTERNAL_ERROR') return unsure(message);
  return refused({ reason: reasonOf(first), code: first.code, message });
}

/** Nothing else of what we ask for must be unique. */
export function isTaken(told: readonly Fault[]): boolean {
  return told.some(({ code }) => code === 'TAKEN');
}

const REASONS: Readonly<Record<string, RefusedReason>> = {
  ACCOUNT_NOT_FOUND: 'customer-gone',
  CUSTOMER_NOT_FOUND: 'customer-gone',
  OWNER_NOT_FOUND: 'customer-gone',
  RECIPIENT_NOT_FOUND: 'customer-gone',
  CREDIT_LIMIT_EXCEEDED: 'credit-limit',
  GIFT_CARD_LIMIT_EXCEEDED: 'card-limit',
  MAX_APP_DISCOUNTS: 'too-many-discounts',
  MISMATCHING_CURRENCY: 'currency',
  UNSUPPORTED_CURRENCY: 'currency',
  END_DATE_BEFORE_START_DATE: 'expired',
  EXPIRES_AT_IN_PAST: 'expired',
  NEGATIVE_OR_ZERO_AMOUNT: 'value-out-of-range',
  VALUE_OUTSIDE_RANGE: 'value-out-of-range',
};

/** Codes that say only that something is wrong with the field they name. */
const FIELDS: readonly (readonly [RegExp, RefusedReason])[] = [
  [/\.(context|customerSelection|customerId|recipientAttributes)\b/, 'customer-gone'],
  [/\.items\b/, 'no-such-product'],
  [/\.expiresOn\b/, 'expired'],
  [/\.currencyCode\b/, 'currency'],
  [/\.(value|minimumRequirement|initialAmount|maximumShippingPrice)\b/, 'value-out-of-range'],
];

function reasonOf({ code, field }: Fault): RefusedReason {
  const known = REASONS[code ?? ''];
  if (known) return known;
  const path = (field ?? []).map((part) => `.${part}`).join('');
  const named = FIELDS.find(([pattern]) => pattern.test(path))?.[1];
  if (named) return named;
  return code === 'EXCEEDED_MAX' ? 'too-many-discounts' : 'other';
}
