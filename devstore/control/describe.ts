/** What the control API answers with: short, readable, exact. */
import type { Customer } from '../state/customer.ts';
import type { Order } from '../state/order.ts';
import type { Product } from '../state/product.ts';
import type { Store } from '../state/store.ts';
import { decimal } from '../state/money.ts';
import { lineFigures, orderFigures, refundedBy } from '../state/orders/order-figures.ts';
import type { Delivery } from '../webhooks/delivery.ts';

export function describeOrder(store: Store, order: Order) {
  const figures = orderFigures(order);
  const money = (minor: number): string => `${decimal(minor, order.currency)} ${order.currency}`;
  return {
    id: order.id,
    name: order.name,
    customerId: order.customerId,
    email: order.email,
    financialStatus: figures.financialStatus,
    fulfilled: order.fulfilled,
    cancelledAt: order.cancelledAt,
    test: order.test,
    total: money(figures.total.shop),
    currentSubtotal: money(figures.currentSubtotal.shop),
    currentTotal: money(figures.currentTotal.shop),
    outstanding: money(figures.outstanding.shop),
    presentmentTotal: `${decimal(figures.total.presentment, order.presentmentCurrency)} ${order.presentmentCurrency}`,
    createdAt: order.createdAt,
    updatedAt: order.updatedAt,
    lines: order.lines.map((line) => ({
      id: line.id,
      title: line.title,
      variantId: line.variantId,
      productType: store.products.get(line.productId ?? '')?.productType ?? null,
      quantity: line.quantity,
      currentQuantity: line.currentQuantity,
      currentNet: money(lineFigures(order, line).currentNet.shop),
    })),
    refunds: order.refunds.map((refund) => ({
      id: refund.id,
      byEdit: refund.byEdit,
      paidBack: money(refundedBy(refund).shop),
      lines: refund.lines.map(({ lineId, quantity }) => ({ lineId, quantity })),
    })),
  };
}

export function describeCustomer(store: Store, customer: Customer) {
  const metafields = store.metafields(`gid://shopify/Customer/${customer.id}`);
  return {
    id: customer.id,
    email: customer.email,
    firstName: customer.firstName,
    lastName: customer.lastName,
    phone: customer.phone,
    state: customer.state,
    tags: customer.tags,
    orders: store.ordersOf(customer.id).length,
    emailConsent: customer.emailConsent.state,
    smsConsent: customer.smsConsent.state,
    metafields: Object.fromEntries(
      metafields.map((one) => [`${one.namespace}.${one.key}`, one.value]),
    ),
  };
}

export function describeProduct(store: Store, product: Product) {
  return {
    id: product.id,
    handle: product.handle,
    title: product.title,
    productType: product.productType,
    status: product.status,
    giftCard: product.giftCard,
    variants: product.variants.map((variant) => ({
      id: variant.id,
      title: variant.title,
      price: `${decimal(variant.priceMinor, store.shop.currency)} ${store.shop.currency}`,
    })),
  };
}

export function describeDelivery(delivery: Delivery) {
  const { id, shop, topic, state, url, eventId, triggeredAt, attempts } = delivery;
  return { id, shop, topic, state, url, eventId, triggeredAt, attempts };
}
