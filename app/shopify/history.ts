/** Shopify's history, asked for in bulk, in our words. */
import { z } from 'zod';
import type { AdminClient } from './admin-client.ts';
import { Refused, refuseUserErrors, userErrors } from './admin-client.ts';
import {
  BULK_CUSTOMERS,
  BULK_ORDERS,
  BULK_PRODUCTS,
  READ_BULK,
  RUN_BULK,
} from './operations/history.graphql.ts';
import { productNode, productTidings } from './look-up.ts';
import { lineNode, orderNode } from './order-node.ts';
import { orderTidings } from './order-tidings.ts';
import { filledIn } from './payloads/filled-in.ts';
import { gid, moment, text } from './payloads/parts.ts';
import type { CustomerTidings, FactTidings } from '../domain/tidings.ts';

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

const customerNode = z.object({
  id: gid,
  firstName: text(255).nullable(),
  lastName: text(255).nullable(),
  createdAt: moment,
  updatedAt: moment,
  defaultEmailAddress: z
    .object({
      emailAddress: z.string(),
      marketingState: z.string().optional(),
      marketingUpdatedAt: moment.nullable().optional(),
    })
    .nullable(),
  verifiedEmail: z.boolean().optional(),
  tags: z.array(text(255)).optional(),
});

/** When nobody can say since when, it says nothing: it would be another moment each time. */
function newsletterOf(
  email: z.infer<typeof customerNode>['defaultEmailAddress'],
): Pick<CustomerTidings, 'newsletter'> {
  const { marketingState: state, marketingUpdatedAt: at } = email ?? {};
  if (at == null || (state !== 'SUBSCRIBED' && state !== 'UNSUBSCRIBED')) return {};
  return { newsletter: { given: state === 'SUBSCRIBED', at } };
}

/** One object of a bulk result with the objects that follow it and name it as their parent. */
export interface HistoryItem {
  readonly root: Readonly<Record<string, unknown>>;
  readonly children: readonly Readonly<Record<string, unknown>>[];
}

export type HistoryTidings =
  | { readonly kind: 'facts'; readonly facts: FactTidings; readonly subject: string }
  /** An order with refunds, edits or returns, whose details a bulk operation cannot tell. */
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
        name: [told.firstName, told.lastName].filter(Boolean).join(' ') || null,
        // What was there before is no news later. Telephone and address are asked of nobody for it.
        filledIn: filledIn({
          first_name: told.firstName,
          last_name: told.lastName,
          email: told.defaultEmailAddress?.emailAddress,
        }),
        ...(told.verifiedEmail === false && { emailVerified: false }),
        ...(told.tags && { tags: told.tags }),
        ...newsletterOf(told.defaultEmailAddress),
      };
      return {
        kind: 'facts',
        subject: `customer:${told.id}`,
        facts: { kind: 'customer', customer },
      };
    }
    case 'orders': {
      const order = orderNode.extend({ refunds: z.array(z.object({ id: gid })) }).parse(item.root);
      if (order.refunds.length > 0 || order.edited || order.returnStatus !== 'NO_RETURN')
        return { kind: 'look-up-order', orderId: order.id };
      const lines = item.children.map((child) => lineNode.parse(child));
      const subjectName = order.customer ? `customer:${order.customer.id}` : `order:${order.id}`;
      return { kind: 'facts', subject: subjectName, facts: orderTidings(order, lines, []) };
    }
  }
}
