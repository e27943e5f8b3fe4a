import type { DiscountAllocation, Order, OrderLine, TaxLine } from '../../state/order.ts';
import type { Store } from '../../state/store.ts';
import { gid } from '../../state/ids.ts';
import { nothing, total } from '../../state/money.ts';
import { idNumber, idOrNull, type Json, type JsonObject, type MoneyPrinter } from './body-parts.ts';

export function lineBody(
  store: Store,
  order: Order,
  line: OrderLine,
  print: MoneyPrinter,
): JsonObject {
  return {
    id: idNumber(line.id),
    admin_graphql_api_id: gid('LineItem', line.id),
    attributed_staffs: [],
    current_quantity: line.currentQuantity,
    ...lineCommon(store, order, line, print),
    sales_line_item_group_id: null,
  };
}

/** A line inside a refund: without what is of the order's present. */
export function refundedLineBody(
  store: Store,
  order: Order,
  line: OrderLine,
  print: MoneyPrinter,
): JsonObject {
  return {
    id: idNumber(line.id),
    ...lineCommon(store, order, line, print),
    admin_graphql_api_id: gid('LineItem', line.id),
  };
}

function lineCommon(store: Store, order: Order, line: OrderLine, print: MoneyPrinter): JsonObject {
  // Shopify's total_discount counts discounts given to the line itself, not shares of the order's.
  const own = line.allocations.filter((one) => {
    const application = order.discounts[one.applicationIndex];
    return application?.allocation === 'one' || application?.allocation === 'each';
  });
  const discount = own.length === 0 ? nothing : total(own.map((one) => one.amount));
  const name = line.variantTitle ? `${line.title} - ${line.variantTitle}` : line.title;
  return {
    fulfillable_quantity: order.fulfilled ? 0 : line.currentQuantity,
    fulfillment_service: 'manual',
    fulfillment_status: order.fulfilled ? 'fulfilled' : null,
    gift_card: line.giftCard,
    grams: line.grams,
    name,
    price: print.shop(line.unitPrice),
    price_set: print.set(line.unitPrice),
    product_exists: line.productId !== null && store.products.has(line.productId),
    product_id: idOrNull(line.productId),
    properties: [],
    quantity: line.quantity,
    requires_shipping: !line.giftCard,
    sku: line.sku,
    taxable: line.taxable,
    title: line.title,
    total_discount: print.shop(discount),
    total_discount_set: print.set(discount),
    variant_id: idOrNull(line.variantId),
    variant_inventory_management: 'shopify',
    variant_title: line.variantTitle,
    vendor: line.vendor,
    tax_lines: line.taxLines.map((tax) => taxBody(tax, print)),
    duties: [],
    discount_allocations: allocationBodies(line.allocations, print),
  };
}

export function taxBody(tax: TaxLine, print: MoneyPrinter): JsonObject {
  return {
    channel_liable: false,
    price: print.shop(tax.amount),
    price_set: print.set(tax.amount),
    rate: tax.basisPoints / 10_000,
    title: tax.title,
  };
}

export function allocationBodies(
  allocations: readonly DiscountAllocation[],
  print: MoneyPrinter,
): Json[] {
  return allocations.map((one) => ({
    amount: print.shop(one.amount),
    amount_set: print.set(one.amount),
    discount_application_index: one.applicationIndex,
  }));
}
