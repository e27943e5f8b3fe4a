/** A checkout that went through, or an order that came in by another channel. */
import type { Customer } from '../customer.ts';
import type { Order, OrderLine } from '../order.ts';
import type { Store } from '../store.ts';
import type { StoreEvent } from '../events.ts';
import { addCustomer, addressOf, type AddressInput } from '../customers/create-customer.ts';
import { checkEmail } from '../customers/create-customer.ts';
import { checkPayment, payFor } from './pay-for.ts';
import { priceOrder, type PricedLine, type PriceOrderInput } from './price-order.ts';
import type { Shopper } from './code-faults.ts';
import { refuse } from '../refusal.ts';

/**
 * Who buys: a known customer; an e-mail address (the customer with it, or a new one without an account,
 * as Shopify's checkout does); a guest, who leaves an address but no customer; or nobody (a till sale).
 */
export type Buyer =
  | { customerId: string }
  | { email: string; firstName?: string | undefined; lastName?: string | undefined }
  | { guestEmail: string }
  | null;

export type PlaceOrderInput = PriceOrderInput & {
  buyer: Buyer;
  /** How it is paid; `paid` when absent. */
  payment?: 'paid' | 'authorized' | 'pending' | undefined;
  gateway?: string | undefined;
  /** Codes of gift cards, spent one after the other before the gateway is asked for the rest. */
  giftCards?: readonly string[] | undefined;
  /** The buyer's store credit is spent first. */
  storeCredit?: boolean | undefined;
  test?: boolean | undefined;
  sourceName?: string | undefined;
  locale?: string | undefined;
  note?: string | null | undefined;
  noteAttributes?: Readonly<Record<string, string>> | undefined;
  tags?: readonly string[] | undefined;
  shippingAddress?: AddressInput | undefined;
  acceptsMarketing?: boolean | undefined;
};

/** Tells customers/create (for a new buyer), orders/create, orders/paid (when paid), orders/updated. */
export function placeOrder(store: Store, input: PlaceOrderInput): Order {
  return store.act((tell) => {
    const shopper = shopperOf(store, input.buyer);
    const countryCode = input.shippingAddress?.countryCode ?? undefined;
    const priced = priceOrder(store, { ...input, shopper, countryCode });
    checkPayment(store, input, shopper.customerId, priced.currency);
    if (input.gateway !== undefined && !/^[\w .-]{1,60}$/.test(input.gateway)) {
      refuse('A payment gateway is named by letters, digits, spaces, dots, dashes or underscores.');
    }
    const customer = customerOf(store, input, tell);
    const email = customer?.email ?? emailOf(input.buyer);
    const address = input.shippingAddress
      ? addressOf(store, input.shippingAddress, customer ?? {})
      : (customer?.addresses.find((one) => one.id === customer.defaultAddressId) ?? null);

    const now = store.timestamp();
    const id = store.ids.next('Order');
    store.shop.orderCount += 1;
    const number = 1000 + store.shop.orderCount;
    const payment = input.payment ?? 'paid';
    const order: Order = {
      id,
      number,
      name: `#${number}`,
      customerId: customer?.id ?? null,
      email,
      phone: null,
      currency: store.shop.currency,
      presentmentCurrency: priced.currency,
      taxesIncluded: store.shop.taxesIncluded,
      test: input.test ?? false,
      sourceName: input.sourceName ?? 'web',
      locale: input.locale ?? customer?.locale ?? store.shop.primaryLocale,
      note: input.note ?? null,
      noteAttributes: { ...input.noteAttributes },
      tags: [...(input.tags ?? [])],
      token: tokenOf(id),
      confirmationNumber: tokenOf(`${id}:c`).slice(0, 9).toUpperCase(),
      lines: priced.lines.map((line, index) => ({
        ...lineOf(store, line),
        sellingPlan: input.lines[index]?.sellingPlan ?? null,
      })),
      discounts: priced.discounts,
      originalTotal: priced.total,
      shipping: priced.shipping ? [{ ...priced.shipping, id: store.ids.next('ShippingLine') }] : [],
      transactions: [],
      refunds: [],
      edits: [],
      billingAddress: address,
      shippingAddress: address,
      fulfilled: false,
      fulfilledAt: null,
      disputes: [],
      cancelReason: null,
      cancelledAt: null,
      closedAt: null,
      createdAt: now,
      processedAt: now,
      updatedAt: now,
    };
    order.transactions.push(...payFor(store, input, order, priced.total));
    for (const { code, discount } of priced.codes) {
      discount.uses.push({ code, orderId: id, customerId: order.customerId, email, at: now });
    }
    takeFromStock(order, store);
    store.keepOrder(order);
    tell({ topic: 'orders/create', order });
    if (payment === 'paid') tell({ topic: 'orders/paid', order });
    tell({ topic: 'orders/updated', order });
    return order;
  });
}

/** Who a code may be for, before anything is made of the buyer. */
function shopperOf(store: Store, buyer: Buyer): Shopper {
  if (buyer === null) return { customerId: null, email: null };
  if ('customerId' in buyer) {
    const { id, email } = store.requireCustomer(buyer.customerId);
    return { customerId: id, email };
  }
  if ('guestEmail' in buyer) return { customerId: null, email: buyer.guestEmail };
  const known = store.findCustomerByEmail(buyer.email);
  return { customerId: known?.id ?? null, email: buyer.email };
}

function customerOf(
  store: Store,
  input: PlaceOrderInput,
  tell: (event: StoreEvent) => void,
): Customer | null {
  const buyer = input.buyer;
  if (buyer === null) return null;
  if ('customerId' in buyer) return store.requireCustomer(buyer.customerId);
  if ('guestEmail' in buyer) {
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(buyer.guestEmail)) {
      refuse(`${buyer.guestEmail} is not an e-mail address.`);
    }
    return null;
  }
  const known = store.findCustomerByEmail(buyer.email);
  if (known) return known;
  checkEmail(store, buyer.email);
  const customer = addCustomer(store, {
    email: buyer.email,
    firstName: buyer.firstName,
    lastName: buyer.lastName,
    locale: input.locale,
    acceptsMarketing: input.acceptsMarketing,
    address: input.shippingAddress,
  });
  tell({ topic: 'customers/create', customer });
  return customer;
}

function emailOf(buyer: Buyer): string | null {
  if (buyer === null) return null;
  if ('guestEmail' in buyer) return buyer.guestEmail;
  return 'email' in buyer ? buyer.email : null;
}

export function lineOf(store: Store, line: PricedLine): OrderLine {
  return {
    id: store.ids.next('LineItem'),
    productId: line.product.id,
    variantId: line.variant.id,
    title: line.product.title,
    variantTitle: line.product.variants.length > 1 ? line.variant.title : null,
    sku: line.variant.sku,
    vendor: line.product.vendor,
    giftCard: line.product.giftCard,
    taxable: line.product.taxable,
    grams: line.variant.grams,
    quantity: line.quantity,
    currentQuantity: line.quantity,
    unitPrice: line.unitPrice,
    allocations: line.allocations,
    taxLines: line.taxLines,
    addedByEdit: false,
    sellingPlan: null,
  };
}

function takeFromStock(order: Order, store: Store): void {
  for (const line of order.lines) {
    const found = line.variantId === null ? undefined : store.variant(line.variantId);
    if (found) found.variant.inventory -= line.quantity;
  }
}

/** 32 hexadecimal digits that follow from the order's id alone. */
function tokenOf(seed: string): string {
  let token = '';
  let state = 0x811c9dc5;
  for (let round = 0; token.length < 32; round += 1) {
    for (const letter of `${seed}:${round}`) {
      state = Math.imul(state ^ letter.charCodeAt(0), 0x01000193) >>> 0;
    }
    token += state.toString(16).padStart(8, '0');
  }
  return token;
}
