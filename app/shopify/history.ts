/**
 * Shopify's history in our words. GraphQL's orders are turned into the shape of the webhook's body
 * and read by the same reader, so an imported order and a delivered one cannot differ.
 */
import { z } from 'zod';
import type { AdminClient } from './admin-client.ts';
import { Refused, refuseUserErrors, userErrors } from './admin-client.ts';
import {
  BULK_CUSTOMERS,
  BULK_ORDERS,
  BULK_PRODUCTS,
  READ_BULK,
  READ_ORDER,
  READ_ORDER_LINES,
  READ_PRODUCTS,
  READ_REFUND,
  RUN_BULK,
} from './operations/history.graphql.ts';
import { readOrderPayload } from './payloads/order-payload.ts';
import { gid, moment } from './payloads/parts.ts';
import type { CustomerTidings, FactTidings, ProductTidings } from '../domain/tidings.ts';

export const HISTORY_SUBJECTS = ['products', 'customers', 'orders'] as const;
export type HistorySubject = (typeof HISTORY_SUBJECTS)[number];

const documents: Readonly<Record<HistorySubject, string>> = {
  products: BULK_PRODUCTS,
  customers: BULK_CUSTOMERS,
  orders: BULK_ORDERS,
};

const runAnswer = z.object({
  bulkOperationRunQuery: z.object({
    bulkOperation: z.object({ id: z.string() }).nullable(),
    userErrors,
  }),
});

/** @returns the operation's gid, or null when another one is under way */
export async function askForHistory(
  client: AdminClient,
  subject: HistorySubject,
): Promise<string | null> {
  const { bulkOperationRunQuery: told } = await client.request(
    RUN_BULK,
    { query: documents[subject] },
    runAnswer,
  );
  if (told.userErrors.some(({ message }) => /already in progress/i.test(message))) return null;
  refuseUserErrors(told.userErrors);
  if (!told.bulkOperation) throw new Refused('Shopify started no bulk operation');
  return told.bulkOperation.id;
}

const bulkAnswer = z.object({
  bulkOperation: z
    .object({
      status: z.string(),
      errorCode: z.string().nullable(),
      rootObjectCount: z.union([z.string(), z.number()]).transform(Number),
      url: z.string().nullable(),
      partialDataUrl: z.string().nullable(),
    })
    .nullable(),
});

export type HistoryState =
  | { readonly state: 'running'; readonly found: number }
  | { readonly state: 'ready'; readonly found: number; readonly url: string | null }
  | { readonly state: 'failed'; readonly because: string };

export async function historyState(client: AdminClient, bulkGid: string): Promise<HistoryState> {
  const { bulkOperation: told } = await client.request(READ_BULK, { id: bulkGid }, bulkAnswer);
  if (!told) return { state: 'failed', because: 'Shopify no longer knows the operation.' };
  switch (told.status) {
    case 'CREATED':
    case 'RUNNING':
    case 'CANCELING':
      return { state: 'running', found: told.rootObjectCount };
    case 'COMPLETED':
      return { state: 'ready', found: told.rootObjectCount, url: told.url };
    default:
      return { state: 'failed', because: `Shopify says ${told.errorCode ?? told.status}.` };
  }
}

const money = z.object({ shopMoney: z.object({ amount: z.string(), currencyCode: z.string() }) });

const lineNode = z.object({
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

const orderNode = z.object({
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
  totalPriceSet: money,
  totalShippingPriceSet: money,
  totalTipReceivedSet: money.nullable(),
  originalTotalDutiesSet: money.nullable(),
});

const nodes = <T extends z.ZodType>(node: T) => z.object({ nodes: z.array(node) });

const refundLine = z.object({
  quantity: z.int(),
  lineItem: z.object({ id: gid }),
  subtotalSet: money,
  totalTaxSet: money,
});

const refundNode = z.object({
  id: gid,
  createdAt: z.string(),
  refundLineItems: nodes(refundLine),
  refundShippingLines: nodes(z.object({ subtotalAmountSet: money })),
  orderAdjustments: nodes(z.object({ reason: z.string(), amountSet: money, taxAmountSet: money })),
  totalRefundedSet: money,
});

type OrderNode = z.infer<typeof orderNode>;
type LineNode = z.infer<typeof lineNode>;
type RefundNode = z.infer<typeof refundNode>;

function orderTidings(
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
  // When it was paid is not told; an old order was paid when it was placed, near enough.
  const { snapshot } = told.order;
  const paidAt = told.order.paidAt === null || !snapshot ? null : snapshot.placedAt;
  return { kind: 'order', order: { ...told.order, paidAt } };
}

function restMoney(set: z.infer<typeof money> | null) {
  return set === null
    ? null
    : { shop_money: { amount: set.shopMoney.amount, currency_code: set.shopMoney.currencyCode } };
}

const page = <T extends z.ZodType>(node: T) =>
  z.object({
    nodes: z.array(node),
    pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() }),
  });

const readOrderAnswer = z.object({
  order: orderNode
    .extend({ lineItems: page(lineNode), refunds: z.array(z.object({ id: z.string() })) })
    .nullable(),
});

const readLinesAnswer = z.object({ order: z.object({ lineItems: page(lineNode) }).nullable() });

const readRefundAnswer = z.object({
  node: refundNode.extend({ refundLineItems: page(refundLine) }).nullable(),
});

/** The order as it is now, all its pages. @returns null when Shopify no longer knows it */
export async function lookUpOrder(
  client: AdminClient,
  orderId: string,
): Promise<FactTidings | null> {
  const id = `gid://shopify/Order/${orderId}`;
  const { order } = await client.request(READ_ORDER, { id }, readOrderAnswer);
  if (!order) return null;
  const lines = [...order.lineItems.nodes];
  for (let at = order.lineItems.pageInfo; at.hasNextPage;) {
    const more = await client.request(
      READ_ORDER_LINES,
      { id, after: at.endCursor },
      readLinesAnswer,
    );
    if (!more.order) return null;
    lines.push(...more.order.lineItems.nodes);
    at = more.order.lineItems.pageInfo;
  }
  const refunds: RefundNode[] = [];
  for (const refund of order.refunds) {
    const found = await lookUpRefund(client, refund.id);
    if (found) refunds.push(found);
  }
  return orderTidings(order, lines, refunds);
}

async function lookUpRefund(client: AdminClient, id: string): Promise<RefundNode | null> {
  let found: RefundNode | null = null;
  for (let after: string | null = null; ;) {
    const { node }: z.infer<typeof readRefundAnswer> = await client.request(
      READ_REFUND,
      { id, after },
      readRefundAnswer,
    );
    if (!node) return found;
    const before: RefundNode['refundLineItems']['nodes'] = found?.refundLineItems.nodes ?? [];
    found = { ...node, refundLineItems: { nodes: [...before, ...node.refundLineItems.nodes] } };
    if (!node.refundLineItems.pageInfo.hasNextPage) return found;
    after = node.refundLineItems.pageInfo.endCursor;
  }
}

const productNode = z.object({
  id: gid,
  title: z.string(),
  productType: z.string(),
  vendor: z.string(),
  tags: z.array(z.string()),
  updatedAt: moment,
  category: z.object({ name: z.string() }).nullable(),
});

const readProductsAnswer = z.object({ nodes: z.array(z.unknown()) });

const foundProduct = productNode.extend({ collections: nodes(z.object({ id: gid })) });

/** Products that Shopify no longer knows are told as having no traits, so that nobody asks again. */
export async function lookUpProducts(
  client: AdminClient,
  productIds: readonly string[],
  now: number,
): Promise<readonly ProductTidings[]> {
  const ids = productIds.map((id) => `gid://shopify/Product/${id}`);
  const { nodes: told } = await client.request(READ_PRODUCTS, { ids }, readProductsAnswer);
  const known = new Map(
    told.flatMap((node) => {
      const found = foundProduct.safeParse(node);
      return found.success
        ? [
            [
              found.data.id,
              productTidings(
                found.data,
                found.data.collections.nodes.map(({ id }) => id),
              ),
            ] as const,
          ]
        : [];
    }),
  );
  return productIds.map((productId) => known.get(productId) ?? goneProduct(productId, now));
}

function goneProduct(productId: string, updatedAt: number): ProductTidings {
  const traits = {
    title: '',
    category: null,
    type: null,
    vendor: null,
    tags: [],
    collectionIds: [],
  };
  return { productId, updatedAt, traits };
}

function productTidings(
  node: z.infer<typeof productNode>,
  collectionIds: readonly string[],
): ProductTidings {
  return {
    productId: node.id,
    updatedAt: node.updatedAt,
    traits: {
      title: node.title.slice(0, 255),
      category: node.category?.name ?? null,
      type: node.productType || null,
      vendor: node.vendor || null,
      tags: node.tags,
      collectionIds,
    },
  };
}

const customerNode = z.object({
  id: gid,
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  createdAt: moment,
  updatedAt: moment,
  defaultEmailAddress: z.object({ emailAddress: z.string() }).nullable(),
});

/** One object of a bulk result with the objects that follow it and name it as their parent. */
export interface HistoryItem {
  readonly root: Readonly<Record<string, unknown>>;
  readonly children: readonly Readonly<Record<string, unknown>>[];
}

export type HistoryTidings =
  | { readonly kind: 'facts'; readonly facts: FactTidings; readonly subject: string }
  /** An order with refunds, whose details a bulk operation cannot tell. */
  | { readonly kind: 'look-up-order'; readonly orderId: string };

/** @throws ZodError for an item in another shape than was asked for */
export function readHistoryItem(subject: HistorySubject, item: HistoryItem): HistoryTidings {
  switch (subject) {
    case 'products': {
      const product = productNode.parse(item.root);
      const collections = item.children.map((child) => gid.parse(child['id']));
      const tidings = productTidings(product, collections);
      return {
        kind: 'facts',
        subject: `product:${product.id}`,
        facts: { kind: 'product', product: tidings },
      };
    }
    case 'customers': {
      const told = customerNode.parse(item.root);
      const customer: CustomerTidings = {
        customerId: told.id,
        createdAt: told.createdAt,
        updatedAt: told.updatedAt,
        email: told.defaultEmailAddress?.emailAddress ?? null,
        name: [told.firstName, told.lastName].filter(Boolean).join(' ').slice(0, 255) || null,
      };
      return {
        kind: 'facts',
        subject: `customer:${told.id}`,
        facts: { kind: 'customer', customer },
      };
    }
    case 'orders': {
      const order = orderNode.extend({ refunds: z.array(z.object({ id: gid })) }).parse(item.root);
      if (order.refunds.length > 0) return { kind: 'look-up-order', orderId: order.id };
      const lines = item.children.map((child) => lineNode.parse(child));
      const subjectName = order.customer ? `customer:${order.customer.id}` : `order:${order.id}`;
      return { kind: 'facts', subject: subjectName, facts: orderTidings(order, lines, []) };
    }
  }
}
