import type { Order } from '../order.ts';
import type { MinorPair } from '../money.ts';
import type { Store } from '../store.ts';
import { portion } from '../money.ts';
import { orderFigures } from './order-figures.ts';
import { refuse } from '../refusal.ts';

/** `amountMinor` is in the shop's currency; all that is owed when absent. */
export type PayOrderInput = {
  orderId: string;
  amountMinor?: number | undefined;
  gateway?: string | undefined;
};

/** Tells orders/paid when nothing is owed any more, and orders/updated. */
export function payOrder(store: Store, input: PayOrderInput): Order {
  return store.act((tell) => {
    const order = store.requireOrder(input.orderId);
    if (order.cancelledAt !== null) refuse(`${order.name} is cancelled and cannot be paid.`);
    const { outstanding } = orderFigures(order);
    if (outstanding.shop === 0) refuse(`Nothing is owed on ${order.name}.`);
    const amount = partOf(outstanding, input.amountMinor, order);

    const now = store.timestamp();
    const authorization = order.transactions.find((one) => one.kind === 'authorization');
    for (const open of order.transactions) if (open.status === 'pending') open.status = 'failure';
    order.transactions.push({
      id: store.ids.next('OrderTransaction'),
      kind: authorization ? 'capture' : 'sale',
      status: 'success',
      gateway: input.gateway ?? authorization?.gateway ?? 'manual',
      amount,
      parentId: authorization?.id ?? null,
      createdAt: now,
    });
    order.updatedAt = now;
    if (orderFigures(order).outstanding.shop === 0) tell({ topic: 'orders/paid', order });
    tell({ topic: 'orders/updated', order });
    return order;
  });
}

/** Lets go of an authorization. Tells orders/updated. */
export function voidOrder(store: Store, orderId: string): Order {
  return store.act((tell) => {
    const order = store.requireOrder(orderId);
    const { financialStatus, total } = orderFigures(order);
    if (financialStatus !== 'authorized' && financialStatus !== 'pending') {
      refuse(`${order.name} is ${financialStatus}; only an unpaid order can be voided.`);
    }
    const now = store.timestamp();
    const open = order.transactions.find((one) => one.kind !== 'void');
    order.transactions.push({
      id: store.ids.next('OrderTransaction'),
      kind: 'void',
      status: 'success',
      gateway: open?.gateway ?? 'manual',
      amount: total,
      parentId: open?.id ?? null,
      createdAt: now,
    });
    order.updatedAt = now;
    tell({ topic: 'orders/updated', order });
    return order;
  });
}

/** A part of `whole` given in the shop's currency, with the buyer's side in proportion. */
export function partOf(whole: MinorPair, shopMinor: number | undefined, order: Order): MinorPair {
  if (shopMinor === undefined) return whole;
  if (!Number.isSafeInteger(shopMinor) || shopMinor < 1) {
    refuse('An amount must be a whole number of minor units, at least 1.');
  }
  if (shopMinor > whole.shop) {
    refuse(
      `${shopMinor} is more than the ${whole.shop} (minor ${order.currency}) that ${order.name} allows.`,
    );
  }
  return { shop: shopMinor, presentment: portion(whole.presentment, shopMinor, whole.shop) };
}
