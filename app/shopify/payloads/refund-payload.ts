/** refunds/create, and the refunds that an order's payload lists. */
import { z } from 'zod';
import { id, moment, moneySet, nullable, plainAmount, shopMinor, sum, whole } from './parts.ts';
import type { MoneySet } from './parts.ts';
import { MoneyFault, parseMoney } from '../../domain/money/money.ts';
import { readKindly } from './read-kindly.ts';
import type { OrderTidings, RefundFacts } from '../../domain/orders/order-facts.ts';

const adjustment = z.object({
  kind: nullable(z.string()),
  reason: nullable(z.string()),
  amount_set: nullable(moneySet),
  tax_amount_set: nullable(moneySet),
});

export const refund = z.object({
  id,
  order_id: nullable(id),
  created_at: moment,
  refund_line_items: nullable(
    z.array(
      z.object({
        line_item_id: id,
        quantity: whole,
        subtotal_set: nullable(moneySet),
        total_tax_set: nullable(moneySet),
      }),
    ),
  ),
  refund_shipping_lines: nullable(
    z.array(
      z.object({ subtotal_amount_set: nullable(moneySet), tax_amount_set: nullable(moneySet) }),
    ),
  ),
  total_duties_set: nullable(moneySet),
  duties: nullable(z.array(z.object({ amount_set: nullable(moneySet) }))),
  order_adjustments: nullable(z.array(adjustment)),
  transactions: nullable(
    z.array(
      z.object({
        kind: nullable(z.string()),
        status: nullable(z.string()),
        amount: nullable(plainAmount),
        currency: nullable(z.string()),
        amount_rounding: nullable(plainAmount),
      }),
    ),
  ),
});

const alone = refund.extend({ order_id: id });
const DEPENDED_ON = /^(|id|order_id|created_at)$/;

/** @throws ZodError for a body that is no refund */
export function readRefundPayload(body: unknown): OrderTidings {
  const { told, odd } = readKindly(alone, body, (place) => DEPENDED_ON.test(place));
  return {
    orderId: told.order_id,
    snapshot: null,
    refunds: [readRefund(told, told.created_at, odd)],
    paidAt: null,
  };
}

/** Which pieces came back is sure, also where their money cannot be read. */
export function readRefund(
  told: z.infer<typeof refund>,
  toldAt: number,
  unread: readonly string[] = [],
): RefundFacts {
  const { facts, odd } = withMoney(told);
  const all = [...unread, ...odd];
  return {
    id: told.id,
    createdAt: told.created_at,
    toldAt,
    lines: (told.refund_line_items ?? []).map((part) => ({
      lineId: part.line_item_id,
      quantity: part.quantity,
    })),
    ...facts,
    ...(all.length > 0 && { odd: all }),
  };
}

type Money = Omit<RefundFacts, 'id' | 'createdAt' | 'toldAt' | 'lines' | 'odd'>;

function withMoney(told: z.infer<typeof refund>): { facts: Money; odd: readonly string[] } {
  try {
    return { facts: moneyOf(told), odd: [] };
  } catch (fault) {
    if (!(fault instanceof MoneyFault)) throw fault;
    const none = { currency: null, extraMinor: 0, shippingMinor: 0, paidBackMinor: null };
    return { facts: none, odd: ['money'] };
  }
}

/**
 * What was given back beyond the refunded pieces and the shipping. The same refund reads the same in
 * orders/* and in refunds/create, which does not say whether prices include tax: both are worked out.
 */
function moneyOf(told: z.infer<typeof refund>): Money {
  const lines = told.refund_line_items ?? [];
  const currency = currencyOf(told);
  const minor = (set: MoneySet | null | undefined): number => shopMinor(set, currency ?? undefined);
  const adjustments = told.order_adjustments ?? [];
  const forShipping = adjustments.filter(isForShipping);
  const shippingLines = told.refund_shipping_lines;
  const shippingMinor = Math.max(
    sum(shippingLines, (part) => minor(part.subtotal_amount_set)),
    sum(forShipping, (part) => -minor(part.amount_set)),
  );
  const shippingTaxMinor = Math.max(
    sum(shippingLines, (part) => minor(part.tax_amount_set)),
    sum(forShipping, (part) => -minor(part.tax_amount_set)),
  );
  const more = sum(adjustments, (part) =>
    isForShipping(part) ? 0 : -(minor(part.amount_set) + minor(part.tax_amount_set)),
  );
  const dutiesMinor = Math.max(
    minor(told.total_duties_set),
    sum(told.duties, (part) => minor(part.amount_set)),
  );
  const paid = paidBack(told, currency);
  const beyond = (goods: number, shipping: number): number => {
    if (paid === null) return Math.max(0, more);
    if (paid === 0) return more > 0 ? more : 0 - goods;
    const rest = paid - goods - shipping - dutiesMinor;
    return rest > roundedBy(told, currency) ? rest : 0;
  };
  const goodsMinor = sum(lines, (part) => minor(part.subtotal_set));
  const goodsTaxMinor = sum(lines, (part) => minor(part.total_tax_set));
  const [goods, shipping] = [goodsMinor + goodsTaxMinor, shippingMinor + shippingTaxMinor];
  const extraMinor = beyond(goods, shipping);
  // Where it adds up to the cent with tax on top, nothing is beyond it, whatever the order says of tax.
  const addsUp = paid === goods + shipping + dutiesMinor;
  const extraTaxIncludedMinor = addsUp ? extraMinor : beyond(goodsMinor, shippingMinor);
  return {
    currency,
    shippingMinor,
    ...(shippingTaxMinor > 0 && { shippingTaxMinor }),
    ...(dutiesMinor > 0 && { dutiesMinor }),
    extraMinor,
    ...(extraTaxIncludedMinor !== extraMinor && { extraTaxIncludedMinor }),
    paidBackMinor: paid === null ? null : Math.max(0, paid - roundedBy(told, currency)),
  };
}

/** Since 2024-10 a body may say so by the reason alone. */
function isForShipping({ kind, reason }: z.infer<typeof adjustment>): boolean {
  return kind ? kind === 'shipping_refund' : /^shipping/i.test(reason ?? '');
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
  const moved = movedIn(told);
  if (currency === null || moved.some((part) => part.currency !== currency)) {
    return moved.length === 0 ? 0 : null;
  }
  return sum(moved, (part) => parseMoney(part.amount ?? '0', currency));
}

/** At the till cash is rounded to the coins there are: that is nobody's money back. */
function roundedBy(told: z.infer<typeof refund>, currency: string | null): number {
  return sum(movedIn(told), (part) =>
    part.amount_rounding && currency ? Math.abs(parseMoney(part.amount_rounding, currency)) : 0,
  );
}

function movedIn(told: z.infer<typeof refund>) {
  return (told.transactions ?? []).filter(
    (part) =>
      part.kind === 'refund' &&
      (part.status === 'success' || part.status === 'pending') &&
      /[1-9]/.test(part.amount ?? ''),
  );
}
