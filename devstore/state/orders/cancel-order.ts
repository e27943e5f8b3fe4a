import type { CancelReason, Order } from '../order.ts';
import type { Store } from '../store.ts';
import { minus, nothing } from '../money.ts';
import { orderFigures, shippingLeft } from './order-figures.ts';
import { lineOf, record } from './refund-order.ts';
import { refuse } from '../refusal.ts';

export type CancelOrderInput = {
  orderId: string;
  reason?: CancelReason | undefined;
  /** Pay everything back at once; true when absent. */
  refund?: boolean | undefined;
  restock?: boolean | undefined;
};

/**
 * Every unit left goes, with a refund record that has a transaction only when money went back.
 * Tells orders/cancelled, refunds/create (when units or money went) and orders/updated.
 */
export function cancelOrder(store: Store, input: CancelOrderInput): Order {
  return store.act((tell) => {
    const order = store.requireOrder(input.orderId);
    if (order.cancelledAt !== null) refuse(`${order.name} is cancelled already.`);
    if (order.fulfilled) refuse(`${order.name} has been sent and cannot be cancelled; refund it.`);
    const { received, refunded, refundDiscrepancy } = orderFigures(order);
    const left = minus(received, refunded);
    const paidBack = (input.refund ?? true) && left.shop > 0 ? left : nothing;
    const restock = (input.restock ?? true) ? 'cancel' : 'no_restock';
    const lines = order.lines
      .filter((line) => line.currentQuantity > 0)
      .map((line) => lineOf(order, { lineId: line.id, quantity: line.currentQuantity, restock }));
    const shipping = order.shipping
      .map((line) => ({ shippingLineId: line.id, ...shippingLeft(order, line.id) }))
      .filter((one) => one.subtotal.shop > 0);

    order.cancelledAt = store.timestamp();
    order.cancelReason = input.reason ?? 'customer';
    order.closedAt = order.cancelledAt;
    order.updatedAt = order.cancelledAt;
    const changed = lines.length > 0 || paidBack.shop > 0;
    const refund = changed
      ? record(store, order, {
          note: null,
          lines,
          shipping,
          // Whatever earlier refunds left over or owing is settled now.
          discrepancy: minus(nothing, refundDiscrepancy),
          paidBack,
          byEdit: false,
        })
      : null;
    const { financialStatus } = orderFigures(order);
    if (financialStatus === 'voided' && order.transactions.every((one) => one.kind !== 'void')) {
      for (const open of order.transactions) if (open.status === 'pending') open.status = 'failure';
    }
    tell({ topic: 'orders/cancelled', order });
    if (refund) tell({ topic: 'refunds/create', order, refund });
    tell({ topic: 'orders/updated', order });
    return order;
  });
}

/** Tells orders/delete. */
export function deleteOrder(store: Store, orderId: string): void {
  store.act((tell) => {
    const order = store.requireOrder(orderId);
    store.dropOrder(order);
    tell({ topic: 'orders/delete', orderId });
  });
}

/** Everything left is sent. Tells orders/fulfilled and orders/updated. */
export function fulfillOrder(store: Store, orderId: string): Order {
  return store.act((tell) => {
    const order = store.requireOrder(orderId);
    if (order.cancelledAt !== null) refuse(`${order.name} is cancelled and cannot be sent.`);
    if (order.fulfilled) refuse(`${order.name} has been sent already.`);
    order.fulfilled = true;
    order.fulfilledAt = store.timestamp();
    order.updatedAt = order.fulfilledAt;
    tell({ topic: 'orders/fulfilled', order });
    tell({ topic: 'orders/updated', order });
    return order;
  });
}
