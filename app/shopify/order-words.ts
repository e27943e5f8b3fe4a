/**
 * An order as GraphQL tells it, in the words of a webhook's body: one reader reads both, so an imported
 * order and a delivered one cannot differ.
 */
import type { z } from 'zod';
import type { amount, LineNode, money, OrderNode, RefundNode } from './order-node.ts';

export function inWebhooksWords(
  node: OrderNode,
  lines: readonly LineNode[],
  refunds: readonly RefundNode[],
): object {
  return {
    ...amountsInWords(node),
    id: node.id,
    name: node.name,
    created_at: node.createdAt,
    processed_at: node.processedAt,
    updated_at: node.updatedAt,
    cancelled_at: node.cancelledAt,
    financial_status: node.displayFinancialStatus?.toLowerCase() ?? null,
    test: node.test,
    source_name: node.sourceName,
    email: node.email ?? null,
    customer: node.customer,
    note_attributes: node.customAttributes.map(({ key, value }) => ({ name: key, value })),
    shipping_address: addressInWords(node.shippingAddress),
    billing_address: addressInWords(node.billingAddress),
    payment_gateway_names: paymentsIn(node).map(({ gateway }) => gateway ?? ''),
    fulfillment_status: node.displayFulfillmentStatus.toLowerCase(),
    fulfillments: node.fulfillments.map((one) => ({
      created_at: one.createdAt,
      status: one.status.toLowerCase(),
    })),
    discount_applications: applicationsInWords(lines),
    discount_codes: node.discountCodes.map((code) => ({ code })),
    returns: node.returnStatus === 'NO_RETURN' ? [] : [node.returnStatus],
    line_items: lines.map((line) => lineInWords(line, isTip(line, node))),
    refunds: refunds.map(refundInWords),
  };
}

/** Attempts to pay, whether they went through or not: webhooks name the gateways of all. */
export function paymentsIn({ transactions }: OrderNode): OrderNode['transactions'] {
  return transactions.filter(({ kind }) => ['SALE', 'CAPTURE', 'AUTHORIZATION'].includes(kind));
}

function amountsInWords(node: OrderNode): object {
  return {
    currency: node.currencyCode,
    presentment_currency: node.presentmentCurrencyCode,
    taxes_included: node.taxesIncluded,
    duties_included: node.dutiesIncluded,
    total_price_set: {
      ...restMoney(node.totalPriceSet),
      presentment_money: restAmount(node.totalPriceSet.presentmentMoney),
    },
    total_outstanding: node.totalOutstandingSet?.shopMoney.amount ?? null,
    total_tip_received: node.totalTipReceivedSet?.shopMoney.amount ?? null,
    original_total_duties_set: restMoney(node.originalTotalDutiesSet),
    shipping_lines: [
      {
        discounted_price_set: restMoney(node.totalShippingPriceSet),
        tax_lines: taxesInWords(node.shippingLine?.taxLines ?? []),
      },
    ],
  };
}

function addressInWords(told: OrderNode['shippingAddress']): object | null {
  return told && { country_code: told.countryCodeV2 };
}

/** Only codes are told by name; what else was applied keeps its place. */
function applicationsInWords(lines: readonly LineNode[]): object[] {
  const codes = new Map<number, string>();
  for (const { discountApplication: applied } of lines.flatMap(
    (line) => line.discountAllocations,
  )) {
    if (applied.code !== undefined) codes.set(applied.index, applied.code);
  }
  return Array.from({ length: Math.max(-1, ...codes.keys()) + 1 }, (_, index) => ({
    type: codes.has(index) ? 'discount_code' : 'other',
    code: codes.get(index) ?? null,
  }));
}

/** Webhooks mark the line of a tip; here it is the one called so, of no product, of that amount. */
function isTip(line: LineNode, { totalTipReceivedSet: tip }: OrderNode): boolean {
  return (
    line.title === 'Tip' &&
    line.product === null &&
    Number(tip?.shopMoney.amount ?? 0) > 0 &&
    Number(line.originalUnitPriceSet.shopMoney.amount) === Number(tip?.shopMoney.amount)
  );
}

function lineInWords(line: LineNode, tip: boolean): object {
  return {
    id: line.id,
    product_id: line.product?.id ?? null,
    variant_id: line.variant?.id ?? null,
    title: line.title,
    vendor: line.vendor,
    gift_card: line.isGiftCard,
    quantity: line.quantity,
    current_quantity: line.currentQuantity,
    price: line.originalUnitPriceSet.shopMoney.amount,
    price_set: restMoney(line.originalUnitPriceSet),
    tax_lines: taxesInWords(line.taxLines),
    discount_allocations: line.discountAllocations.map((part) => ({
      amount: part.allocatedAmountSet.shopMoney.amount,
      amount_set: restMoney(part.allocatedAmountSet),
      discount_application_index: part.discountApplication.index,
    })),
    selling_plan_allocation: line.sellingPlan,
    duties: line.duties.map((duty) => restMoney(duty.price)),
    ...(tip && { tip_payment_gateway: null }),
  };
}

function taxesInWords(taxes: LineNode['taxLines']): object[] {
  return taxes.map((tax) => ({
    price: tax.priceSet.shopMoney.amount,
    price_set: restMoney(tax.priceSet),
  }));
}

/** Its adjustments are all discrepancies, whatever reason is given: shipping has a place of its own. */
function refundInWords(refund: RefundNode): object {
  return {
    id: refund.id,
    created_at: refund.createdAt,
    refund_line_items: refund.refundLineItems.nodes.map((part) => ({
      line_item_id: part.lineItem.id,
      quantity: part.quantity,
      subtotal_set: restMoney(part.subtotalSet),
      total_tax_set: restMoney(part.totalTaxSet),
    })),
    refund_shipping_lines: refund.refundShippingLines.nodes.map((part) => ({
      subtotal_amount_set: restMoney(part.subtotalAmountSet),
      tax_amount_set: restMoney(part.taxAmountSet),
    })),
    duties: (refund.duties ?? []).map((part) => ({ amount_set: restMoney(part.amountSet) })),
    order_adjustments: refund.orderAdjustments.nodes.map((part) => ({
      kind: 'refund_discrepancy',
      amount_set: restMoney(part.amountSet),
      tax_amount_set: restMoney(part.taxAmountSet),
    })),
    transactions: [
      {
        kind: 'refund',
        status: 'success',
        amount: refund.totalRefundedSet.presentmentMoney.amount,
        currency: refund.totalRefundedSet.presentmentMoney.currencyCode,
      },
    ],
  };
}

function restMoney(set: z.infer<typeof money> | null) {
  return set === null ? null : { shop_money: restAmount(set.shopMoney) };
}

function restAmount({ amount: written, currencyCode }: z.infer<typeof amount>) {
  return { amount: written, currency_code: currencyCode };
}
