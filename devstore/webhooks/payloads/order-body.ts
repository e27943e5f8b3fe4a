/** The whole order, as orders/create, paid, updated, cancelled and fulfilled carry it. */
import type { DiscountApplication, Order, ShippingLine, TaxLine } from '../../state/order.ts';
import type { Store } from '../../state/store.ts';
import { decimal, nothing, plus, total } from '../../state/money.ts';
import { gid } from '../../state/ids.ts';
import { orderFigures, shippingLeft } from '../../state/orders/order-figures.ts';
import { afterDiscounts } from '../../state/orders/price-order.ts';
import { orderCustomer } from './customer-body.ts';
import { lineBody, taxBody, allocationBodies } from './line-body.ts';
import { refundBody } from './refund-body.ts';
import {
  idNumber,
  localTime,
  localTimeOrNull,
  MoneyPrinter,
  orderAddress,
  type Json,
  type JsonObject,
} from './body-parts.ts';

export function orderBody(store: Store, order: Order): JsonObject {
  const zone = store.shop.ianaTimezone;
  const print = new MoneyPrinter(order);
  const customer = order.customerId === null ? undefined : store.customers.get(order.customerId);
  const lines = order.lines.map((line) => lineBody(store, order, line, print));
  return {
    id: idNumber(order.id),
    admin_graphql_api_id: gid('Order', order.id),
    app_id: 580111,
    browser_ip: null,
    buyer_accepts_marketing: customer?.emailConsent.state === 'subscribed',
    cancel_reason: order.cancelReason,
    cancelled_at: localTimeOrNull(order.cancelledAt, zone),
    cart_token: null,
    checkout_token: null,
    client_details: null,
    closed_at: localTimeOrNull(order.closedAt, zone),
    confirmation_number: order.confirmationNumber,
    confirmed: true,
    contact_email: order.email,
    created_at: localTime(order.createdAt, zone),
    currency: order.currency,
    ...currentMoney(order, print),
    customer_locale: order.locale,
    device_id: null,
    discount_codes: discountCodes(order),
    duties_included: false,
    email: order.email,
    estimated_taxes: false,
    financial_status: orderFigures(order).financialStatus,
    fulfillment_status: order.fulfilled ? 'fulfilled' : null,
    landing_site: null,
    landing_site_ref: null,
    location_id: null,
    merchant_business_entity_id: 'MTY4MTIwMDAwMDQ5',
    merchant_of_record_app_id: null,
    name: order.name,
    note: order.note,
    note_attributes: noted(order),
    number: order.number - 1000,
    order_number: order.number,
    order_status_url: `https://${store.domain}/${store.shop.id}/orders/${order.token}/authenticate?key=${order.token.slice(0, 8)}`,
    original_total_additional_fees_set: null,
    original_total_duties_set: null,
    payment_gateway_names: gatewaysOf(order),
    phone: order.phone,
    po_number: null,
    presentment_currency: order.presentmentCurrency,
    processed_at: localTime(order.processedAt, zone),
    reference: null,
    referring_site: null,
    source_identifier: null,
    source_name: order.sourceName,
    source_url: null,
    tags: order.tags.join(', '),
    tax_exempt: false,
    tax_lines: mergedTaxes(order).map((tax) => taxBody(tax, print)),
    taxes_included: order.taxesIncluded,
    test: order.test,
    token: order.token,
    total_cash_rounding_payment_adjustment_set: print.set(nothing),
    total_cash_rounding_refund_adjustment_set: print.set(nothing),
    ...placedMoney(order, print),
    total_tip_received: decimal(0, order.currency),
    total_weight: order.lines.reduce((sum, line) => sum + line.grams * line.quantity, 0),
    updated_at: localTime(order.updatedAt, zone),
    user_id: null,
    billing_address: orderAddress(order.billingAddress),
    customer: customer ? orderCustomer(store, customer) : null,
    discount_applications: order.discounts.map(applicationBody),
    fulfillments: order.fulfilled ? [fulfillmentBody(store, order, lines)] : [],
    line_items: lines,
    payment_terms: null,
    refunds: order.refunds.map((refund) => refundBody(store, order, refund)),
    shipping_address: orderAddress(order.shippingAddress),
    shipping_lines: order.shipping.map((line) => shippingBody(order, line, print)),
    returns: [],
    line_item_groups: [],
  };
}

function noted({ noteAttributes = {} }: Order): Json[] {
  return Object.entries(noteAttributes).map(([name, value]) => ({ name, value }));
}

/** After edits, refunds and removals. */
function currentMoney(order: Order, print: MoneyPrinter): JsonObject {
  const figures = orderFigures(order);
  return {
    current_shipping_price_set: print.set(figures.currentShipping),
    current_subtotal_price: print.shop(figures.currentSubtotal),
    current_subtotal_price_set: print.set(figures.currentSubtotal),
    current_total_additional_fees_set: null,
    current_total_discounts: print.shop(figures.currentDiscounts),
    current_total_discounts_set: print.set(figures.currentDiscounts),
    current_total_duties_set: null,
    current_total_price: print.shop(figures.currentTotal),
    current_total_price_set: print.set(figures.currentTotal),
    current_total_tax: print.shop(figures.currentTax),
    current_total_tax_set: print.set(figures.currentTax),
  };
}

/** All units ever ordered. */
function placedMoney(order: Order, print: MoneyPrinter): JsonObject {
  const figures = orderFigures(order);
  return {
    subtotal_price: print.shop(figures.subtotal),
    subtotal_price_set: print.set(figures.subtotal),
    total_discounts: print.shop(figures.discounts),
    total_discounts_set: print.set(figures.discounts),
    total_line_items_price: print.shop(figures.linesTotal),
    total_line_items_price_set: print.set(figures.linesTotal),
    total_outstanding: print.shop(figures.outstanding),
    total_price: print.shop(figures.total),
    total_price_set: print.set(figures.total),
    total_shipping_price_set: print.set(figures.shipping),
    total_tax: print.shop(figures.tax),
    total_tax_set: print.set(figures.tax),
  };
}

export function gatewaysOf(order: Order): string[] {
  const payments = order.transactions.filter((one) => one.kind !== 'void');
  return [...new Set(payments.map((one) => one.gateway))];
}

export function mergedTaxes(order: Order): TaxLine[] {
  const merged = new Map<string, TaxLine>();
  const all = [...order.lines, ...order.shipping].flatMap((line) => line.taxLines);
  for (const tax of all) {
    const known = merged.get(tax.title);
    merged.set(tax.title, known ? { ...known, amount: plus(known.amount, tax.amount) } : tax);
  }
  return [...merged.values()];
}

function discountCodes(order: Order): Json[] {
  return order.discounts.flatMap((application, index) => {
    if (application.code === null) return [];
    const allocations = [...order.lines, ...order.shipping].flatMap((line) => line.allocations);
    const mine = allocations.filter((one) => one.applicationIndex === index);
    const amount = decimal(total(mine.map((one) => one.amount)).shop, order.currency);
    return [{ code: application.code, amount, type: typeOf(application) }];
  });
}

/** A code for shipping is told as such, whatever its value. */
function typeOf({ target, valueType }: DiscountApplication): string {
  return target === 'shipping_line' ? 'shipping' : valueType;
}

function applicationBody(application: DiscountApplication): JsonObject {
  return {
    target_type: application.target,
    type: application.kind,
    value:
      application.valueType === 'percentage' ? percentText(application.value) : application.value,
    value_type: application.valueType,
    allocation_method: application.allocation,
    target_selection: application.selection,
    ...(application.code === null
      ? { title: application.title, description: application.title }
      : { code: application.code }),
  };
}

function percentText(value: string): string {
  return value.includes('.') ? value : `${value}.0`;
}

function shippingBody(order: Order, line: ShippingLine, print: MoneyPrinter): JsonObject {
  return {
    id: idNumber(line.id),
    carrier_identifier: null,
    code: line.title,
    current_discounted_price_set: print.set(shippingLeft(order, line.id).subtotal),
    discounted_price: print.shop(afterDiscounts(line)),
    discounted_price_set: print.set(afterDiscounts(line)),
    is_removed: false,
    phone: null,
    price: print.shop(line.price),
    price_set: print.set(line.price),
    requested_fulfillment_service_id: null,
    source: 'shopify',
    title: line.title,
    tax_lines: line.taxLines.map((tax) => taxBody(tax, print)),
    discount_allocations: allocationBodies(line.allocations, print),
  };
}

function fulfillmentBody(store: Store, order: Order, lines: JsonObject[]): JsonObject {
  const at = localTime(order.fulfilledAt ?? order.updatedAt, store.shop.ianaTimezone);
  return {
    id: idNumber(order.id) + 1,
    admin_graphql_api_id: gid('Fulfillment', String(idNumber(order.id) + 1)),
    created_at: at,
    location_id: idNumber(store.shop.locationId),
    name: `${order.name}.1`,
    order_id: idNumber(order.id),
    origin_address: {},
    receipt: {},
    service: 'manual',
    shipment_status: null,
    status: 'success',
    tracking_company: null,
    tracking_number: null,
    tracking_numbers: [],
    tracking_url: null,
    tracking_urls: [],
    updated_at: at,
    line_items: lines,
  };
}
