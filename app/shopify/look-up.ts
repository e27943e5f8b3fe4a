/** One order, or some products, read from Shopify as they are now. */
import { z } from 'zod';
import type { AdminClient } from './admin-client.ts';
import {
  READ_AGREEMENTS,
  READ_ORDER,
  READ_ORDER_LINES,
  READ_PRODUCTS,
  READ_REFUND,
} from './operations/history.graphql.ts';
import { agreementNode, lineNode, nodes, orderNode, refundLine, refundNode } from './order-node.ts';
import type { AgreementNode, RefundNode } from './order-node.ts';
import { orderTidings } from './order-tidings.ts';
import { gid, moment, text } from './payloads/parts.ts';
import type { FactTidings, ProductTidings } from '../domain/tidings.ts';

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
  const changed = order.edited || order.returnStatus !== 'NO_RETURN';
  const agreements = changed ? await lookUpAgreements(client, id) : null;
  return orderTidings(order, lines, refunds, agreements);
}

const readAgreementsAnswer = z.object({
  order: z.object({ agreements: page(agreementNode) }).nullable(),
});

async function lookUpAgreements(
  client: AdminClient,
  id: string,
): Promise<readonly AgreementNode[]> {
  const found: AgreementNode[] = [];
  for (let after: string | null = null; ;) {
    const { order }: z.infer<typeof readAgreementsAnswer> = await client.request(
      READ_AGREEMENTS,
      { id, after },
      readAgreementsAnswer,
    );
    if (!order) return found;
    found.push(...order.agreements.nodes);
    if (!order.agreements.pageInfo.hasNextPage) return found;
    after = order.agreements.pageInfo.endCursor;
  }
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

export const productNode = z.object({
  id: gid,
  title: text(255),
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

export function productTidings(
  node: z.infer<typeof productNode>,
  collectionIds: readonly string[],
): ProductTidings {
  return {
    productId: node.id,
    updatedAt: node.updatedAt,
    traits: {
      title: node.title,
      category: node.category?.name ?? null,
      type: node.productType || null,
      vendor: node.vendor || null,
      tags: node.tags,
      collectionIds,
    },
  };
}
