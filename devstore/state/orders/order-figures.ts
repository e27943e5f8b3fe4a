/**
 * What an order amounts to, derived from its lines, refunds and transactions.
 * "All" figures count every unit ever ordered; "current" ones are after edits, refunds and removals.
 */
import type { Order, OrderLine, Refund, RefundShipping } from '../order.ts';
import { minus, nothing, plus, times, total, type MinorPair } from '../money.ts';
import { afterDiscounts } from './price-order.ts';

export type FinancialStatus =
  | 'pending'
  | 'authorized'
  | 'partially_paid'
  | 'paid'
  | 'partially_refunded'
  | 'refunded'
  | 'voided';

export type OrderFigures = {
  /** Line prices times quantity, before discounts. */
  linesTotal: MinorPair;
  /** Of lines and of shipping. */
  discounts: MinorPair;
  subtotal: MinorPair;
  /** Before discounts. */
  shipping: MinorPair;
  tax: MinorPair;
  total: MinorPair;
  currentDiscounts: MinorPair;
  currentSubtotal: MinorPair;
  currentShipping: MinorPair;
  currentTax: MinorPair;
  currentTotal: MinorPair;
  received: MinorPair;
  refunded: MinorPair;
  refundedShipping: MinorPair;
  /** Difference between what refunds should have been and what they were; positive for the merchant. */
  refundDiscrepancy: MinorPair;
  /** Owed by the buyer, never negative. */
  outstanding: MinorPair;
  financialStatus: FinancialStatus;
};

export type LineFigures = {
  gross: MinorPair;
  discount: MinorPair;
  net: MinorPair;
  tax: MinorPair;
  currentNet: MinorPair;
  currentTax: MinorPair;
};

export function lineFigures(order: Order, line: OrderLine): LineFigures {
  const gross = times(line.unitPrice, line.quantity);
  const discount = total(line.allocations.map((one) => one.amount));
  const net = minus(gross, discount);
  const tax = total(line.taxLines.map((one) => one.amount));
  const gone = order.refunds
    .flatMap((refund) => refund.lines)
    .filter((one) => one.lineId === line.id);
  return {
    gross,
    discount,
    net,
    tax,
    currentNet: minus(net, total(gone.map((one) => one.subtotal))),
    currentTax: minus(tax, total(gone.map((one) => one.tax))),
  };
}

export function orderFigures(order: Order): OrderFigures {
  const lines = order.lines.map((line) => ({ line, ...lineFigures(order, line) }));
  const shippingTax = total(order.shipping.flatMap((one) => one.taxLines).map((one) => one.amount));
  const refundedParts = order.refunds.flatMap((refund) => refund.shipping);
  const refundedShipping = total(refundedParts.map((one) => one.subtotal));
  const adjustments = total(
    order.refunds.flatMap((refund) => refund.adjustments).map((one) => plus(one.amount, one.tax)),
  );

  const subtotal = total(lines.map((one) => one.net));
  const shipping = total(order.shipping.map((one) => one.price));
  const shippingOff = total(
    order.shipping.flatMap((one) => one.allocations).map((one) => one.amount),
  );
  const tax = plus(total(lines.map((one) => one.tax)), shippingTax);
  const currentSubtotal = total(lines.map((one) => one.currentNet));
  const currentShipping = minus(minus(shipping, shippingOff), refundedShipping);
  const currentTax = plus(
    total(lines.map((one) => one.currentTax)),
    minus(shippingTax, total(refundedParts.map((one) => one.tax))),
  );
  const withTax = (amount: MinorPair, taxes: MinorPair): MinorPair =>
    order.taxesIncluded ? amount : plus(amount, taxes);
  const currentTotal = plus(
    withTax(plus(currentSubtotal, currentShipping), currentTax),
    adjustments,
  );
  const received = receivedOf(order);
  const refunded = refundedOf(order);
  const outstanding = atLeastNothing(minus(currentTotal, minus(received, refunded)));
  return {
    linesTotal: total(lines.map((one) => one.gross)),
    discounts: plus(total(lines.map((one) => one.discount)), shippingOff),
    subtotal,
    shipping,
    tax,
    total: withTax(plus(subtotal, minus(shipping, shippingOff)), tax),
    currentDiscounts: plus(
      total(
        lines.map((one) =>
          minus(times(one.line.unitPrice, one.line.currentQuantity), one.currentNet),
        ),
      ),
      shippingOff,
    ),
    currentSubtotal,
    currentShipping,
    currentTax,
    currentTotal,
    received,
    refunded,
    refundedShipping,
    refundDiscrepancy: adjustments,
    outstanding,
    financialStatus: statusOf(order, received, refunded, outstanding),
  };
}

export function receivedOf(order: Order): MinorPair {
  const paid = order.transactions.filter(
    (one) => one.status === 'success' && (one.kind === 'sale' || one.kind === 'capture'),
  );
  return total(paid.map((one) => one.amount));
}

export function refundedOf(order: Order): MinorPair {
  return total(order.refunds.map(refundedBy));
}

export function refundedBy(refund: Refund): MinorPair {
  return total(refund.transactions.map((one) => one.amount));
}

/** What of a shipping line has not been refunded yet. */
export function shippingLeft(
  order: Order,
  shippingLineId: string,
): { subtotal: MinorPair; tax: MinorPair } {
  const line = order.shipping.find((one) => one.id === shippingLineId);
  if (!line) return { subtotal: nothing, tax: nothing };
  const gone: RefundShipping[] = order.refunds
    .flatMap((refund) => refund.shipping)
    .filter((one) => one.shippingLineId === shippingLineId);
  return {
    subtotal: minus(afterDiscounts(line), total(gone.map((one) => one.subtotal))),
    tax: minus(total(line.taxLines.map((one) => one.amount)), total(gone.map((one) => one.tax))),
  };
}

function statusOf(
  order: Order,
  received: MinorPair,
  refunded: MinorPair,
  outstanding: MinorPair,
): FinancialStatus {
  if (received.presentment === 0) {
    if (order.transactions.some((one) => one.kind === 'void')) return 'voided';
    if (order.cancelledAt !== null && order.transactions.length > 0) return 'voided';
    if (order.transactions.some((one) => one.kind === 'authorization')) return 'authorized';
    return outstanding.presentment === 0 ? 'paid' : 'pending';
  }
  if (refunded.presentment >= received.presentment) return 'refunded';
  if (refunded.presentment > 0) return 'partially_refunded';
  return outstanding.presentment > 0 ? 'partially_paid' : 'paid';
}

function atLeastNothing(pair: MinorPair): MinorPair {
  return pair.presentment > 0 ? pair : nothing;
}
