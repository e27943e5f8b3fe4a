/** Money and units going back. What Shopify calculates and what was really paid out may differ. */
import type { Order, Refund, RefundLine, RefundShipping } from '../order.ts';
import type { Store } from '../store.ts';
import { minus, nothing, plus, portionOf, total, type MinorPair } from '../money.ts';
import { lineFigures, orderFigures, shippingLeft } from './order-figures.ts';
import { payBack } from './pay-for.ts';
import { partOf } from './pay-order.ts';
import { refuse } from '../refusal.ts';

export type RefundOrderInput = {
  orderId: string;
  lines?:
    readonly { lineId: string; quantity: number; restock?: boolean | undefined }[] | undefined;
  /** True: all shipping that is left. A number: that much, in minor units of the shop's currency. */
  shipping?: boolean | number | undefined;
  /** What is really paid back, in minor units of the shop's currency; the calculated sum when absent. */
  amountMinor?: number | undefined;
  note?: string | undefined;
};

/** Tells refunds/create and orders/updated. */
export function refundOrder(
  store: Store,
  input: RefundOrderInput,
): { order: Order; refund: Refund } {
  return store.act((tell) => {
    const order = store.requireOrder(input.orderId);
    const before = orderFigures(order);
    const refundable = minus(before.received, before.refunded);
    if (refundable.shop <= 0) refuse(`Nothing was paid on ${order.name} that could go back.`);
    const wanted = checkLines(order, input.lines ?? []);
    const shipping = shippingOf(order, input.shipping);
    const lines = wanted.map((one) => lineOf(order, one));
    const calculated = total([...lines, ...shipping].map((one) => amountOf(order, one)));
    if (input.amountMinor === undefined && lines.length + shipping.length === 0) {
      refuse('Say what goes back: lines, shipping or an amount.');
    }
    if (input.amountMinor === undefined && calculated.shop > refundable.shop) {
      refuse(
        `That is ${calculated.shop} (minor ${order.currency}), but only ${refundable.shop} of what was paid is left; give amountMinor.`,
      );
    }
    const paidBack =
      input.amountMinor === undefined
        ? calculated
        : input.amountMinor === calculated.shop
          ? calculated
          : input.amountMinor === 0 && lines.length > 0
            ? nothing
            : partOf(refundable, input.amountMinor, order);

    const surplus = minus(refundable, before.currentTotal);
    const owedAnyway = surplus.shop > 0 ? least(surplus, minus(paidBack, calculated)) : nothing;
    const refund = record(store, order, {
      note: input.note ?? null,
      lines,
      shipping,
      discrepancy: minus(plus(calculated, owedAnyway), paidBack),
      paidBack,
      byEdit: false,
    });
    tell({ topic: 'refunds/create', order, refund });
    tell({ topic: 'orders/updated', order });
    return { order, refund };
  });
}

type Draft = {
  note: string | null;
  lines: Omit<RefundLine, 'id'>[];
  shipping: Omit<RefundShipping, 'id'>[];
  discrepancy: MinorPair;
  paidBack: MinorPair;
  byEdit: boolean;
};

/** Writes a refund into its order: units leave, stock returns, money goes back. */
export function record(store: Store, order: Order, draft: Draft): Refund {
  const now = store.timestamp();
  const { discrepancy, paidBack } = draft;
  const refund: Refund = {
    id: store.ids.next('Refund'),
    createdAt: now,
    note: draft.note,
    lines: draft.lines.map((line) => ({ id: store.ids.next('RefundLineItem'), ...line })),
    shipping: draft.shipping.map((line) => ({ id: store.ids.next('RefundLineItem'), ...line })),
    adjustments: [],
    transactions: [],
    byEdit: draft.byEdit,
  };
  if (discrepancy.shop !== 0 || discrepancy.presentment !== 0) {
    const id = store.ids.next('OrderAdjustment');
    refund.adjustments.push({
      id,
      reason: 'Refund discrepancy',
      amount: discrepancy,
      tax: nothing,
    });
  }
  if (paidBack.shop > 0) refund.transactions.push(...payBack(store, order, paidBack, now));
  for (const gone of refund.lines) {
    const line = order.lines.find((one) => one.id === gone.lineId);
    if (!line) continue;
    line.currentQuantity -= gone.quantity;
    const stocked = line.variantId === null ? undefined : store.variant(line.variantId);
    if (stocked && gone.restock !== 'no_restock') stocked.variant.inventory += gone.quantity;
  }
  order.refunds.push(refund);
  order.updatedAt = now;
  return refund;
}

type WantedLine = { lineId: string; quantity: number; restock: RefundLine['restock'] };

function checkLines(order: Order, lines: NonNullable<RefundOrderInput['lines']>): WantedLine[] {
  const seen = new Set<string>();
  return lines.map((wanted) => {
    const line = order.lines.find((one) => one.id === wanted.lineId);
    if (!line) refuse(`${order.name} has no line ${wanted.lineId}.`);
    if (seen.has(line.id)) refuse(`Line ${line.id} is named twice.`);
    seen.add(line.id);
    checkUnits(line.title, wanted.quantity, line.currentQuantity);
    const restock = wanted.restock ? ('return' as const) : ('no_restock' as const);
    return { lineId: line.id, quantity: wanted.quantity, restock };
  });
}

export function checkUnits(title: string, quantity: number, left: number): void {
  if (!Number.isSafeInteger(quantity) || quantity < 1 || quantity > left) {
    refuse(`${quantity} units of ${title} cannot go: ${left} are left on the order.`);
  }
}

/** The value of some units: their share of what is left of the line, exact when the last ones go. */
export function lineOf(order: Order, wanted: WantedLine): Omit<RefundLine, 'id'> {
  const line = order.lines.find((one) => one.id === wanted.lineId);
  if (!line) refuse(`${order.name} has no line ${wanted.lineId}.`);
  const { currentNet, currentTax } = lineFigures(order, line);
  return {
    ...wanted,
    subtotal: portionOf(currentNet, wanted.quantity, line.currentQuantity),
    tax: portionOf(currentTax, wanted.quantity, line.currentQuantity),
  };
}

export function shippingOf(
  order: Order,
  asked: boolean | number | undefined,
): Omit<RefundShipping, 'id'>[] {
  if (asked === undefined || asked === false || asked === 0) return [];
  const line = order.shipping[0];
  if (!line && asked === true) return [];
  if (!line) refuse(`${order.name} has no shipping to refund.`);
  const left = shippingLeft(order, line.id);
  if (asked === true) return left.subtotal.shop > 0 ? [{ shippingLineId: line.id, ...left }] : [];
  if (!Number.isSafeInteger(asked) || asked < 1 || asked > left.subtotal.shop) {
    refuse(
      `Of the shipping of ${order.name}, ${left.subtotal.shop} (minor units) are left to refund.`,
    );
  }
  const part = (pair: MinorPair): MinorPair => portionOf(pair, asked, left.subtotal.shop);
  return [{ shippingLineId: line.id, subtotal: part(left.subtotal), tax: part(left.tax) }];
}

function amountOf(order: Order, part: { subtotal: MinorPair; tax: MinorPair }): MinorPair {
  return order.taxesIncluded ? part.subtotal : plus(part.subtotal, part.tax);
}

function least(a: MinorPair, b: MinorPair): MinorPair {
  const least = a.shop < b.shop ? a : b;
  return least.shop > 0 ? least : nothing;
}
