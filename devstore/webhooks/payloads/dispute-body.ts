import type { Dispute, Order } from '../../state/order.ts';
import type { Store } from '../../state/store.ts';
import { decimal } from '../../state/money.ts';
import { idNumber, localTime, localTimeOrNull, type JsonObject } from './body-parts.ts';

export function disputeBody(store: Store, order: Order, dispute: Dispute): JsonObject {
  const zone = store.shop.ianaTimezone;
  return {
    id: idNumber(dispute.id),
    order_id: idNumber(order.id),
    type: dispute.kind,
    amount: decimal(dispute.amount.shop, order.currency),
    currency: order.currency,
    reason: 'fraudulent',
    network_reason_code: '4837',
    status: dispute.status,
    evidence_due_by: null,
    evidence_sent_on: null,
    finalized_on: localTimeOrNull(dispute.finalizedAt, zone),
    initiated_at: localTime(dispute.createdAt, zone),
  };
}
