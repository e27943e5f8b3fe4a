/** refunds/create, and the refunds that an order's payload lists. */
import { z } from 'zod';
import { id, moment, moneySet, nullable, plainAmount, shopMinor, sum } from './parts.ts';
import type { MoneySet } from './parts.ts';
import { parseMoney } from '../../domain/money/money.ts';
import type { OrderTidings, RefundFacts } from '../../domain/orders/order-facts.ts';

export const refund = z.object({
  id,
  order_id: nullable(id),
  created_at: moment,
  refund_line_items: nullable(
    z.array(
      z.object({
        line_item_id: id,
        quantity: z.int(),
        subtotal_set: nullable(moneySet),
        total_tax_set: nullable(moneySet),
      }),
    ),
  ),
  refund_shipping_lines: nullable(z.array(z.object({ subtotal_amount_set: nullable(moneySet) }))),
  order_adjustments: nullable(
    z.array(
      z.object({
        kind: nullable(z.string()),
        amount_set: nullable(moneySet),
        tax_amount_set: nullable(moneySet),
      }),
    ),
  ),
  transactions: nullable(
    z.array(
      z.object({
        kind: nullable(z.string()),
        status: nullable(z.string()),
        amount: nullable(plainAmount),
        currency: nullable(z.string()),
      }),
    ),
  ),
});

/** @throws ZodError or MoneyFault for a body that is no refund */
export function readRefundPayload(body: unknown): OrderTidings {
  const told = refund.required({ order_id: true }).extend({ order_id: id }).parse(body);
  return {
    orderId: told.order_id,
    snapshot: null,
    refunds: [readRefund(told, told.created_at)],
    paidAt: null,
  };
}

/**
 * What was given back beyond the refunded lines. Shopify says it as a discrepancy (negative: more
 * than calculated); where it says nothing, it is what the transactions paid above lines and shipping.
 * An edit that removes pieces is a refund without money: what it left unpaid is taken off, because
 * the money follows as a refund that names no line.
 * The same refund reads the same in orders/* and in refunds/create.
 */
export function readRefund(told: z.infer<typeof refund>, toldAt: number): RefundFacts {
  const lines = told.refund_line_items ?? [];
  const currency = currencyOf(told);
  const minor = (set: MoneySet | null | undefined): number => shopMinor(set, currency ?? undefined);
  const shippingMinor = Math.max(
    sum(told.refund_shipping_lines, (part) => minor(part.subtotal_amount_set)),
    sum(told.order_adjustments, (part) =>
      part.kind === 'shipping_refund' ? -minor(part.amount_set) : 0,
    ),
  );
  const discrepancy = sum(told.order_adjustments, (part) =>
    part.kind === 'refund_discrepancy' ? minor(part.amount_set) + minor(part.tax_amount_set) : 0,
  );
  const forLines = sum(lines, (part) => minor(part.subtotal_set) + minor(part.total_tax_set));
  const adjusted = (told.order_adjustments ?? []).length > 0;
  const paid = paidBack(told, currency);
  const beyondLines =
    paid === 0 ? 0 - forLines : Math.max(0, (paid ?? 0) - forLines - shippingMinor);
  return {
    id: told.id,
    createdAt: told.created_at,
    toldAt,
    currency,
    lines: lines.map((part) => ({ lineId: part.line_item_id, quantity: part.quantity })),
    shippingMinor,
    extraMinor: adjusted ? Math.max(0, -discrepancy) : beyondLines,
    paidBackMinor: paid,
  };
}

function currencyOf(told: z.infer<typeof refund>): string | null {
  const sets = [
    ...(told.refund_line_items ?? []).map((part) => part.subtotal_set),
    ...(told.refund_shipping_lines ?? []).map((part) => part.subtotal_amount_set),
    ...(told.order_adjustments ?? []).map((part) => part.amount_set),
  ];
  const fromSets = sets.find(Boolean)?.shop_money.currency_code;
  return fromSets ?? told.transactions?.find((part) => part.currency)?.currency ?? null;
}

/** @returns null when money moved in another currency than the lines': the lines then say it all */
function paidBack(told: z.infer<typeof refund>, currency: string | null): number | null {
  const moved = (told.transactions ?? []).filter(
    (part) =>
      part.kind === 'refund' &&
      (part.status === 'success' || part.status === 'pending') &&
      /[1-9]/.test(part.amount ?? ''),
  );
  if (currency === null || moved.some((part) => part.currency !== currency)) {
    return moved.length === 0 ? 0 : null;
  }
  return sum(moved, (part) => parseMoney(part.amount ?? '0', currency));
}
