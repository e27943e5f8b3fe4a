/**
 * An order as GraphQL tells it, turned into the shape of the webhook's body and read by the same
 * reader, so an imported order and a delivered one cannot differ.
 */
import { z } from 'zod';
import { readOrderPayload } from './payloads/order-payload.ts';
import { gid } from './payloads/parts.ts';
import type { FactTidings } from '../domain/tidings.ts';

const money = z.object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) });

export const lineNode = z.object({
  id: gid,
  title: z.string(),
  quantity: z.int(),
  currentQuantity: z.int(),
  isGiftCard: z.boolean(),
  vendor: z.string().nullable(),
  product: z.object({ id: gid }).nullable(),
  variant: z.object({ id: gid }).nullable(),
  originalUnitPriceSet: money,
  discountAllocations: z.array(z.object({ allocatedAmountSet: money })),
  taxLines: z.array(z.object({ priceSet: money })),
});

export const orderNode = z.object({
  id: gid,
  name: z.string(),
  createdAt: z.string(),
  processedAt: z.string(),
  updatedAt: z.string(),
  cancelledAt: z.string().nullable(),
  displayFinancialStatus: z.string().nullable(),
  test: z.boolean(),
  taxesIncluded: z.boolean(),
  sourceName: z.string().nullable(),
  currencyCode: z.string(),
  presentmentCurrencyCode: z.string(),
  customer: z.object({ id: gid }).nullable(),
  transactions: z.array(
    z.object({ kind: z.string(), status: z.string(), processedAt: z.string().nullable() }),
  ),
  totalPriceSet: money,
  totalShippingPriceSet: money,
  totalTipReceivedSet: money.nullable(),
  originalTotalDutiesSet: money.nullable(),
});

export const nodes = <T extends z.ZodType>(node: T) => z.object({ nodes: z.array(node) });

export const refundLine = z.object({
  quantity: z.int(),
  lineItem: z.object({ id: gid }),
  subtotalSet: money,
  totalTaxSet: money,
});

export const refundNode = z.object({
  id: gid,
  createdAt: z.string(),
  refundLineItems: nodes(refundLine),
  refundShippingLines: nodes(z.object({ subtotalAmountSet: money })),
  orderAdjustments: nodes(z.object({ reason: z.string(), amountSet: money, taxAmountSet: money })),
  totalRefundedSet: money,
});

type OrderNode = z.infer<typeof orderNode>;
type LineNode = z.infer<typeof lineNode>;
export type RefundNode = z.infer<typeof refundNode>;

export function orderTidings(
  node: OrderNode,
  lines: readonly LineNode[],
  refunds: readonly RefundNode[],
): FactTidings {
  const told = readOrderPayload({
    id: node.id,
    name: node.name,
    created_at: node.createdAt,
    processed_at: node.processedAt,
    updated_at: node.updatedAt,
    cancelled_at: node.cancelledAt,
    currency: node.currencyCode,
    presentment_currency: node.presentmentCurrencyCode,
    financial_status: node.displayFinancialStatus?.toLowerCase() ?? null,
    test: node.test,
    taxes_included: node.taxesIncluded,
    source_name: node.sourceName,
    total_price_set: restMoney(node.totalPriceSet),
    total_tip_received: node.totalTipReceivedSet?.shopMoney.amount ?? null,
    original_total_duties_set: restMoney(node.originalTotalDutiesSet),
    shipping_lines: [{ discounted_price_set: restMoney(node.totalShippingPriceSet) }],
    customer: node.customer,
    line_items: lines.map((line) => ({
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
      tax_lines: line.taxLines.map((tax) => ({
        price: tax.priceSet.shopMoney.amount,
        price_set: restMoney(tax.priceSet),
      })),
      discount_allocations: line.discountAllocations.map((part) => ({
        amount: part.allocatedAmountSet.shopMoney.amount,
        amount_set: restMoney(part.allocatedAmountSet),
      })),
    })),
    refunds: refunds.map((refund) => ({
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
      })),
      order_adjustments: refund.orderAdjustments.nodes.map((part) => ({
        kind: part.reason.toLowerCase(),
        amount_set: restMoney(part.amountSet),
        tax_amount_set: restMoney(part.taxAmountSet),
      })),
      transactions: [
        {
          kind: 'refund',
          status: 'success',
          amount: refund.totalRefundedSet.shopMoney.amount,
          currency: refund.totalRefundedSet.shopMoney.currencyCode,
        },
      ],
    })),
  });
  const { snapshot } = told.order;
  const paidAt =
    told.order.paidAt === null || !snapshot ? null : (lastPayment(node) ?? snapshot.placedAt);
  return { kind: 'order', order: { ...told.order, paidAt } };
}

/** An order is paid when the last of its payments went through. */
function lastPayment({ transactions }: OrderNode): number | null {
  const moments = transactions
    .filter(({ kind, status }) => (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS')
    .flatMap(({ processedAt }) => (processedAt === null ? [] : Date.parse(processedAt)));
  return moments.length === 0 ? null : Math.max(...moments);
}

function restMoney(set: z.infer<typeof money> | null) {
  return set === null
    ? null
    : { shop_money: { amount: set.shopMoney.amount, currency_code: set.shopMoney.currencyCode } };
}
