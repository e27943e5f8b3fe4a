/** A committed order edit: units added at today's price, units removed without money going back. */
import type { Order, OrderEdit } from '../order.ts';
import type { Store } from '../store.ts';
import { nothing, times } from '../money.ts';
import { priceOrder, taxesOf } from './price-order.ts';
import { lineOf } from './place-order.ts';
import { checkUnits, lineOf as refundLineOf, record } from './refund-order.ts';
import { refuse } from '../refusal.ts';

export type EditOrderInput = {
  orderId: string;
  add?: readonly { variantId: string; quantity: number }[] | undefined;
  remove?:
    readonly { lineId: string; quantity: number; restock?: boolean | undefined }[] | undefined;
  /** More units of a line that has no discount. */
  raise?: readonly { lineId: string; quantity: number }[] | undefined;
  note?: string | undefined;
};

type Units = { lineId: string; quantity: number };

/** Tells orders/edited, refunds/create (when units were removed) and orders/updated. */
export function editOrder(store: Store, input: EditOrderInput): { order: Order; edit: OrderEdit } {
  return store.act((tell) => {
    const order = store.requireOrder(input.orderId);
    const { add = [], remove = [], raise = [] } = input;
    if (order.cancelledAt !== null) refuse(`${order.name} is cancelled and cannot be edited.`);
    if (add.length + remove.length + raise.length === 0) {
      refuse('Say what changes: add, remove or raise.');
    }
    check(order, remove, raise);
    const priced =
      add.length === 0
        ? []
        : priceOrder(store, { lines: add, currency: order.presentmentCurrency }).lines;

    const edit: OrderEdit = {
      id: store.ids.next('OrderEdit'),
      createdAt: store.timestamp(),
      note: input.note ?? '',
      additions: [],
      removals: [],
    };
    for (const one of priced) {
      const line = { ...lineOf(store, one), addedByEdit: true };
      order.lines.push(line);
      edit.additions.push({ lineId: line.id, delta: line.quantity });
      one.variant.inventory -= line.quantity;
    }
    for (const { lineId, quantity } of raise) {
      raiseLine(store, order, lineId, quantity);
      edit.additions.push({ lineId, delta: quantity });
    }
    order.edits.push(edit);
    order.updatedAt = edit.createdAt;
    tell({ topic: 'orders/edited', order, edit });
    if (remove.length > 0) {
      for (const one of remove) edit.removals.push({ lineId: one.lineId, delta: one.quantity });
      const refund = record(store, order, {
        note: null,
        lines: remove.map((one) =>
          refundLineOf(order, { ...one, restock: one.restock ? 'cancel' : 'no_restock' }),
        ),
        shipping: [],
        discrepancy: nothing,
        paidBack: nothing,
        byEdit: true,
      });
      tell({ topic: 'refunds/create', order, refund });
    }
    tell({ topic: 'orders/updated', order });
    return { order, edit };
  });
}

function check(order: Order, remove: readonly Units[], raise: readonly Units[]): void {
  const seen = new Set<string>();
  for (const { lineId, quantity } of [...remove, ...raise]) {
    const line = order.lines.find((one) => one.id === lineId);
    if (!line) refuse(`${order.name} has no line ${lineId}.`);
    if (seen.has(lineId)) refuse(`Line ${lineId} is named twice.`);
    seen.add(lineId);
    if (remove.some((one) => one.lineId === lineId)) {
      checkUnits(line.title, quantity, line.currentQuantity);
    } else if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > 10_000) {
      refuse(`${line.title} can be raised by 1 to 10000 units.`);
    } else if (line.allocations.length > 0) {
      refuse(`${line.title} has a discount; add the variant as a new line instead.`);
    }
  }
}

function raiseLine(store: Store, order: Order, lineId: string, quantity: number): void {
  const line = order.lines.find((one) => one.id === lineId);
  if (!line) return;
  line.quantity += quantity;
  line.currentQuantity += quantity;
  line.taxLines = taxesOf(store, times(line.unitPrice, line.quantity), line.taxable);
}
