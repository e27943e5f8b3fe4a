/** Eighteen months of orders, with what happens to orders afterwards. */
import type { Order } from '../state/order.ts';
import type { Variant } from '../state/product.ts';
import type { Store } from '../state/store.ts';
import type { Buyer } from '../state/orders/place-order.ts';
import { cancelOrder, fulfillOrder } from '../state/orders/cancel-order.ts';
import { editOrder } from '../state/orders/edit-order.ts';
import { payOrder } from '../state/orders/pay-order.ts';
import { refundOrder } from '../state/orders/refund-order.ts';
import type { Chance } from './chance.ts';
import type { Regular } from './customers.ts';

const day = 86_400_000;
const hour = 3_600_000;

export type Pace = {
  /** Orders on an ordinary day at the end; the shop starts at two thirds of it. */
  perDay: number;
};

export function seedHistory(
  store: Store,
  chance: Chance,
  regulars: readonly Regular[],
  from: Date,
  until: Date,
  pace: Pace,
): void {
  const shelves = shelvesOf(store);
  const days = Math.round((until.getTime() - from.getTime()) / day);
  for (let past = 0; past < days; past += 1) {
    const date = new Date(from.getTime() + past * day);
    const grown = 2 / 3 + past / days / 3;
    const expected = pace.perDay * grown * season(date);
    const count = Math.floor(expected) + (chance.happens(expected % 1) ? 1 : 0);
    const known = regulars.filter((one) => one.joinedAt <= date && one.weight > 0);
    const weights = cumulative(known);
    const times = Array.from(
      { length: count },
      () => date.getTime() + chance.between(7 * hour, 22 * hour),
    );
    for (const time of times.sort((a, b) => a - b)) {
      if (time > until.getTime()) continue;
      const regular = known[choose(weights, chance)];
      if (regular) buy(store, chance, shelves, regular, new Date(time), until);
    }
  }
}

/** Busy before Christmas, quiet in high summer, more on Sundays. */
function season(date: Date): number {
  const byMonth = [0.9, 0.95, 1, 1.05, 1.1, 0.9, 0.75, 0.8, 1, 1.1, 1.6, 1.75];
  const weekday = date.getUTCDay() === 0 ? 1.3 : date.getUTCDay() === 3 ? 0.85 : 1;
  return (byMonth[date.getUTCMonth()] ?? 1) * weekday;
}

function buy(
  store: Store,
  chance: Chance,
  shelves: Variant[][],
  regular: Regular,
  moment: Date,
  until: Date,
): void {
  const { customer, place } = regular;
  const known = customer.email === 'mia@example.com' || customer.email === 'noah@example.com';
  const kind = known ? 1 : chance.next();
  // One in twenty orders leaves an address but no customer, one in fifty is a till sale.
  const buyer: Buyer =
    kind < 0.05
      ? { guestEmail: `guest.${store.shop.orderCount + 1}@example.com` }
      : kind < 0.07
        ? null
        : { customerId: customer.id };
  const till = buyer === null;
  const pending = chance.happens(0.02);
  const order = store.at(moment, () =>
    store.placeOrder({
      buyer,
      lines: basket(chance, shelves),
      currency: till || store.currencies().length === 1 ? store.shop.currency : place.currency,
      discountCode: chance.happens(0.14)
        ? store.discounts.all()[chance.between(0, 1)]?.codes[0]?.code
        : null,
      payment: pending ? 'pending' : 'paid',
      gateway: pending ? 'manual' : chance.happens(0.25) ? 'paypal' : 'shopify_payments',
      sourceName: till ? 'pos' : 'web',
      locale: place.locale,
      test: chance.happens(0.004),
      ...(till ? { shippingMinor: 0 } : {}),
    }),
  );
  afterwards(store, chance, order, until, customer.email === 'noah@example.com');
}

function afterwards(
  store: Store,
  chance: Chance,
  order: Order,
  until: Date,
  sendsBack: boolean,
): void {
  const later = (days: number, run: () => void): void => {
    const moment = new Date(Date.parse(order.createdAt) + days * day + chance.between(0, 5 * hour));
    if (moment < until) store.at(moment, run);
  };
  const paid = order.transactions.some((one) => one.status === 'success');
  const fate = chance.next();
  if (!paid) {
    if (fate < 0.6) later(2, () => payOrder(store, { orderId: order.id }));
    else if (fate < 0.85)
      later(5, () => cancelOrder(store, { orderId: order.id, reason: 'declined' }));
    return;
  }
  if (fate < 0.025) {
    later(0, () =>
      cancelOrder(store, { orderId: order.id, reason: chance.pick(['customer', 'inventory']) }),
    );
    return;
  }
  const line = chance.pick(order.lines);
  if (fate < 0.04) {
    const remove =
      order.lines.length > 1 ? [{ lineId: line.id, quantity: line.quantity, restock: true }] : [];
    const add = line.variantId === null ? [] : [{ variantId: line.variantId, quantity: 1 }];
    later(0, () => {
      editOrder(
        store,
        remove.length > 0 ? { orderId: order.id, remove } : { orderId: order.id, add },
      );
      if (remove.length === 0) payOrder(store, { orderId: order.id });
    });
  }
  later(chance.between(1, 3), () => fulfillOrder(store, order.id));
  if (chance.happens(sendsBack ? 0.4 : 0.06)) {
    later(chance.between(5, 16), () => sendBack(store, chance, order));
  }
}

function sendBack(store: Store, chance: Chance, order: Order): void {
  const left = order.lines.filter((line) => line.currentQuantity > 0);
  if (left.length === 0) return;
  const all = chance.happens(0.2);
  const chosen = all ? left : [chance.pick(left)];
  const lines = chosen.map((line) => ({
    lineId: line.id,
    quantity: all ? line.currentQuantity : chance.between(1, line.currentQuantity),
    restock: chance.happens(0.7),
  }));
  const note = chance.pick(['Arrived broken', 'Changed their mind', 'Wrong size', 'Late']);
  const kind = chance.next();
  if (kind < 0.1) refundOrder(store, { orderId: order.id, amountMinor: 100, note: 'Goodwill' });
  else refundOrder(store, { orderId: order.id, lines, shipping: all && kind < 0.6, note });
}

function basket(chance: Chance, shelves: Variant[][]): { variantId: string; quantity: number }[] {
  const size = chance.pick([1, 1, 1, 2, 2, 2, 3, 3, 4, 5]);
  const lines = new Map<string, number>();
  for (let index = 0; index < size; index += 1) {
    const variant = chance.pick(chance.pick(shelves));
    lines.set(variant.id, (lines.get(variant.id) ?? 0) + (chance.happens(0.18) ? 2 : 1));
  }
  return [...lines].map(([variantId, quantity]) => ({ variantId, quantity }));
}

/** Variants by category; the gift card's shelf is there once, the others three times as likely. */
function shelvesOf(store: Store): Variant[][] {
  const byType = new Map<string, Variant[]>();
  for (const product of store.products.values()) {
    const shelf = byType.get(product.productType) ?? [];
    shelf.push(...product.variants);
    byType.set(product.productType, shelf);
  }
  return [...byType].flatMap(([type, shelf]) =>
    type === 'Gift Cards' ? [shelf] : [shelf, shelf, shelf],
  );
}

function cumulative(regulars: readonly Regular[]): number[] {
  let sum = 0;
  return regulars.map((one) => (sum += one.weight));
}

function choose(weights: readonly number[], chance: Chance): number {
  const target = chance.next() * (weights.at(-1) ?? 0);
  let [low, high] = [0, weights.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((weights[middle] ?? 0) > target) high = middle;
    else low = middle + 1;
  }
  return low;
}
