import type { Order, Refund, Transaction } from '../../state/order.ts';
import type { Store } from '../../state/store.ts';
import { decimal, nothing } from '../../state/money.ts';
import { gid } from '../../state/ids.ts';
import { idNumber, idOrNull, localTime, MoneyPrinter, type JsonObject } from './body-parts.ts';
import { refundedLineBody } from './line-body.ts';

export function refundBody(store: Store, order: Order, refund: Refund): JsonObject {
  const print = new MoneyPrinter(order);
  const at = localTime(refund.createdAt, store.shop.ianaTimezone);
  return {
    id: idNumber(refund.id),
    order_id: idNumber(order.id),
    created_at: at,
    note: refund.note,
    user_id: null,
    processed_at: at,
    duties: [],
    total_duties_set: print.set(nothing),
    return: null,
    refund_shipping_lines: refund.shipping.map((one) => ({
      id: idNumber(one.id),
      shipping_line: { id: idNumber(one.shippingLineId) },
      subtotal_amount_set: print.set(one.subtotal),
      tax_amount_set: print.set(one.tax),
    })),
    restock: refund.lines.some((line) => line.restock !== 'no_restock'),
    admin_graphql_api_id: gid('Refund', refund.id),
    order_adjustments: refund.adjustments.map((one) => ({
      id: idNumber(one.id),
      order_id: idNumber(order.id),
      refund_id: idNumber(refund.id),
      amount: print.shop(one.amount),
      tax_amount: print.shop(one.tax),
      kind: 'refund_discrepancy',
      reason: one.reason,
      amount_set: print.set(one.amount),
      tax_amount_set: print.set(one.tax),
    })),
    refund_line_items: refund.lines.flatMap((gone) => {
      const line = order.lines.find((one) => one.id === gone.lineId);
      if (!line) return [];
      return [
        {
          id: idNumber(gone.id),
          quantity: gone.quantity,
          line_item_id: idNumber(gone.lineId),
          location_id: gone.restock === 'no_restock' ? null : idNumber(store.shop.locationId),
          restock_type: gone.restock,
          subtotal: Number(print.shop(gone.subtotal)),
          total_tax: Number(print.shop(gone.tax)),
          subtotal_set: print.set(gone.subtotal),
          total_tax_set: print.set(gone.tax),
          line_item: refundedLineBody(store, order, line, print),
        },
      ];
    }),
    transactions: refund.transactions.map((one) => transactionBody(store, order, one)),
  };
}

function transactionBody(store: Store, order: Order, transaction: Transaction): JsonObject {
  const at = localTime(transaction.createdAt, store.shop.ianaTimezone);
  const unsettled = (currency: string): JsonObject => ({ amount: decimal(0, currency), currency });
  return {
    id: idNumber(transaction.id),
    order_id: idNumber(order.id),
    kind: transaction.kind,
    gateway: transaction.gateway,
    status: transaction.status,
    message: null,
    created_at: at,
    test: order.test,
    authorization: null,
    location_id: null,
    user_id: null,
    parent_id: idOrNull(transaction.parentId),
    processed_at: at,
    device_id: null,
    error_code: null,
    source_name: order.sourceName,
    receipt: {},
    // The buyer's currency, as in Shopify's transactions.
    amount: decimal(transaction.amount.presentment, order.presentmentCurrency),
    currency: order.presentmentCurrency,
    payment_id: `${order.name}.${order.transactions.length + 1}`,
    total_unsettled_set: {
      presentment_money: unsettled(order.presentmentCurrency),
      shop_money: unsettled(order.currency),
    },
    manual_payment_gateway: transaction.gateway === 'manual',
    amount_rounding: null,
    admin_graphql_api_id: gid('OrderTransaction', transaction.id),
  };
}
