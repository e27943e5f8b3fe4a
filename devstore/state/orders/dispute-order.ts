/** A payment is disputed, and how that goes on. */
import type { Dispute, DisputeStatus, Order } from '../order.ts';
import type { Store } from '../store.ts';
import { refuse } from '../refusal.ts';
import { orderFigures } from './order-figures.ts';
import { partOf } from './pay-order.ts';

export type DisputeOrderInput = {
  orderId: string;
  status?: DisputeStatus | undefined;
  kind?: Dispute['kind'] | undefined;
  /** In minor units of the shop's currency; all that was received when absent. */
  amountMinor?: number | undefined;
};

/** Tells disputes/create, or disputes/update for one that is open. */
export function disputeOrder(
  store: Store,
  input: DisputeOrderInput,
): { order: Order; dispute: Dispute } {
  return store.act((tell) => {
    const order = store.requireOrder(input.orderId);
    const { received } = orderFigures(order);
    if (received.shop === 0) refuse(`Nothing was paid on ${order.name} that could be disputed.`);
    const now = store.timestamp();
    const known = order.disputes.find((one) => one.finalizedAt === null);
    const dispute = known ?? {
      id: store.ids.next('Dispute'),
      kind: input.kind ?? 'chargeback',
      status: 'needs_response',
      amount: partOf(received, input.amountMinor, order),
      createdAt: now,
      finalizedAt: null,
    };
    dispute.status = input.status ?? dispute.status;
    const open = dispute.status === 'needs_response' || dispute.status === 'under_review';
    dispute.finalizedAt = open ? null : now;
    if (!known) order.disputes.push(dispute);
    order.updatedAt = now;
    tell({ topic: known ? 'disputes/update' : 'disputes/create', order, dispute });
    tell({ topic: 'orders/updated', order });
    return { order, dispute };
  });
}
