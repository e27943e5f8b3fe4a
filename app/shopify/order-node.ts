/**
 * An order as GraphQL tells it, turned into the shape of the webhook's body and read by the same
 * reader, so an imported order and a delivered one cannot differ.
 */
import { z } from 'zod';
import { readOrderPayload } from './payloads/order-payload.ts';
import { disputeState } from './payloads/dispute-payload.ts';
import { gid, moment } from './payloads/parts.ts';
import { parseMoney } from '../domain/money/money.ts';
import type { EditFacts } from '../domain/orders/edits.ts';
import type { OrderSnapshot } from '../domain/orders/order-facts.ts';
import { gatewayOf } from '../domain/orders/payments.ts';
import type { Gateway, PaymentFacts } from '../domain/orders/payments.ts';
import type { FactTidings } from '../domain/tidings.ts';

const amount = z.object({ amount: z.string(), currencyCode: z.string() });
const money = z.object({ shopMoney: amount });
const address = z.object({ countryCodeV2: z.string().nullable() });

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
  sellingPlan: z.object({ name: z.string() }).nullable(),
  discountAllocations: z.array(
    z.object({
      allocatedAmountSet: money,
      discountApplication: z.object({ index: z.int(), code: z.string().optional() }),
    }),
  ),
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
  discountCodes: z.array(z.string()),
  edited: z.boolean(),
  returnStatus: z.string(),
  displayFulfillmentStatus: z.string(),
  customer: z.object({ id: gid, tags: z.array(z.string()) }).nullable(),
  shippingAddress: address.nullable(),
  billingAddress: address.nullable(),
  fulfillments: z.array(z.object({ createdAt: z.string(), status: z.string() })),
  transactions: z.array(
    z.object({
      kind: z.string(),
      status: z.string(),
      gateway: z.string().nullable(),
      processedAt: z.string().nullable(),
      amountSet: money,
    }),
  ),
  disputes: z.array(z.object({ id: gid, status: z.string() })),
  totalPriceSet: money.extend({ presentmentMoney: amount }),
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

export const agreementNode = z.object({
  id: gid,
  happenedAt: moment,
  reason: z.string(),
  sales: z.object({
    nodes: z.array(
      z.object({
        actionType: z.string(),
        quantity: z.int().nullable(),
        lineItem: z.object({ id: gid }).optional(),
      }),
    ),
  }),
});

type OrderNode = z.infer<typeof orderNode>;
export type AgreementNode = z.infer<typeof agreementNode>;
type LineNode = z.infer<typeof lineNode>;
export type RefundNode = z.infer<typeof refundNode>;

export function orderTidings(
  node: OrderNode,
  lines: readonly LineNode[],
  refunds: readonly RefundNode[],
  /** Null where they were not read, because nothing was ever edited or returned. */
  agreements: readonly AgreementNode[] | null = null,
): FactTidings {
  const told = readOrderPayload({
    ...inWebhooksWords(node, lines),
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
    total_price_set: {
      ...restMoney(node.totalPriceSet),
      presentment_money: restAmount(node.totalPriceSet.presentmentMoney),
    },
    total_tip_received: node.totalTipReceivedSet?.shopMoney.amount ?? null,
    original_total_duties_set: restMoney(node.originalTotalDutiesSet),
    shipping_lines: [{ discounted_price_set: restMoney(node.totalShippingPriceSet) }],
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
        discount_application_index: part.discountApplication.index,
      })),
      selling_plan_allocation: line.sellingPlan,
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
  const asOf = snapshot?.updatedAt ?? 0;
  const payments = snapshot ? paymentsOf(node, snapshot) : null;
  const disputes = node.disputes.map(({ id, status }) => ({
    id,
    state: disputeState(status),
    at: asOf,
    money: null,
  }));
  return {
    kind: 'order',
    order: {
      ...told.order,
      paidAt,
      ...(agreements ? { agreements: { asOf, edits: editsIn(agreements) } } : {}),
      ...(payments ? { payments } : {}),
      ...(disputes.length > 0 ? { disputes } : {}),
    },
  };
}

/** What a webhook's body says beside lines, amounts and refunds. */
function inWebhooksWords(node: OrderNode, lines: readonly LineNode[]): object {
  const country = (told: OrderNode['shippingAddress']) =>
    told && { country_code: told.countryCodeV2 };
  const codes = new Map<number, string>();
  for (const { discountAllocations } of lines) {
    for (const { discountApplication: applied } of discountAllocations)
      if (applied.code !== undefined) codes.set(applied.index, applied.code);
  }
  return {
    customer: node.customer,
    shipping_address: country(node.shippingAddress),
    billing_address: country(node.billingAddress),
    payment_gateway_names: paymentsIn(node).map(({ gateway }) => gateway ?? ''),
    fulfillment_status: node.displayFulfillmentStatus.toLowerCase(),
    fulfillments: node.fulfillments.map((one) => ({
      created_at: one.createdAt,
      status: one.status.toLowerCase(),
    })),
    discount_applications: Array.from(
      { length: Math.max(-1, ...codes.keys()) + 1 },
      (_, index) => ({
        type: codes.has(index) ? 'discount_code' : 'other',
        code: codes.get(index) ?? null,
      }),
    ),
    discount_codes: node.discountCodes.map((code) => ({ code })),
    returns: node.returnStatus === 'NO_RETURN' ? [] : [node.returnStatus],
  };
}

function paymentsIn({ transactions }: OrderNode): OrderNode['transactions'] {
  return transactions.filter(
    ({ kind, status }) =>
      ['SALE', 'CAPTURE', 'AUTHORIZATION'].includes(kind) &&
      ['SUCCESS', 'PENDING'].includes(status),
  );
}

/** Only of an order that was paid in several ways: of others the webhook's words say it all. */
function paymentsOf(node: OrderNode, snapshot: OrderSnapshot): PaymentFacts | null {
  const { gateways, totalMinor, currency, updatedAt } = snapshot;
  if (gateways.length < 2) return null;
  const paidBy = (wanted: Gateway): number =>
    paymentsIn(node)
      .filter(({ kind, status }) => kind !== 'AUTHORIZATION' && status === 'SUCCESS')
      .filter(({ gateway }) => gatewayOf(gateway ?? '') === wanted)
      .reduce(
        (sum, { amountSet: { shopMoney } }) => sum + parseMoney(shopMoney.amount, currency),
        0,
      );
  return {
    asOf: updatedAt,
    gateways,
    totalMinor,
    giftCardMinor: paidBy('gift_card'),
    storeCreditMinor: paidBy('store_credit'),
  };
}

/** Pieces that came after the placement: with an edit, or in exchange for what was returned. */
function editsIn(agreements: readonly AgreementNode[]): readonly EditFacts[] {
  return agreements
    .filter(({ reason }) => reason !== 'ORDER')
    .flatMap(({ id, happenedAt, sales }) => {
      const added = sales.nodes.flatMap(({ actionType, quantity, lineItem }) =>
        actionType === 'ORDER' && lineItem && quantity !== null && quantity > 0
          ? [{ lineId: lineItem.id, quantity }]
          : [],
      );
      return added.length === 0 ? [] : [{ id, at: happenedAt, added }];
    });
}

/** An order is paid when the last of its payments went through. */
function lastPayment({ transactions }: OrderNode): number | null {
  const moments = transactions
    .filter(({ kind, status }) => (kind === 'SALE' || kind === 'CAPTURE') && status === 'SUCCESS')
    .flatMap(({ processedAt }) => (processedAt === null ? [] : Date.parse(processedAt)));
  return moments.length === 0 ? null : Math.max(...moments);
}

function restMoney(set: z.infer<typeof money> | null) {
  return set === null ? null : { shop_money: restAmount(set.shopMoney) };
}

function restAmount({ amount: written, currencyCode }: z.infer<typeof amount>) {
  return { amount: written, currency_code: currencyCode };
}
