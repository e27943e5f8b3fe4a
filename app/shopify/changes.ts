/** What changed in Shopify in a while, oldest change first, a page at a time. */
import { z } from 'zod';
import type { AdminClient } from './admin-client.ts';
import { readHistoryItem } from './history.ts';
import {
  CHANGED_CUSTOMERS,
  CHANGED_ORDERS,
  ORDERS_STILL_THERE,
} from './operations/history.graphql.ts';
import { disputeState } from './payloads/dispute-payload.ts';
import { paymentState } from './payloads/order-payload.ts';
import { gid, moment } from './payloads/parts.ts';
import type { DisputeState } from '../domain/orders/disputes.ts';
import type { PaymentState } from '../domain/orders/order-facts.ts';
import type { CustomerTidings } from '../domain/tidings.ts';

export interface ChangesAsked {
  readonly since: number;
  readonly until: number;
  /** Where the last page ended. */
  readonly after: string | null;
}

export interface ChangesPage<T> {
  readonly items: readonly T[];
  /** Null after the last page. */
  readonly next: string | null;
}

/** As much of an order as tells whether what is known of it is its newest state. */
export interface ChangedOrder {
  readonly orderId: string;
  readonly updatedAt: number;
  readonly cancelled: boolean;
  readonly payment: PaymentState;
  readonly customerId: string | null;
  readonly refundIds: readonly string[];
  readonly edited: boolean;
  readonly disputes: readonly { readonly id: string; readonly state: DisputeState }[];
}

const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

const ordersAnswer = z.object({
  orders: z.object({
    nodes: z.array(
      z.object({
        id: gid,
        updatedAt: moment,
        cancelledAt: z.string().nullable(),
        displayFinancialStatus: z.string().nullable(),
        customer: z.object({ id: gid }).nullable(),
        refunds: z.array(z.object({ id: gid })),
        edited: z.boolean(),
        disputes: z.array(z.object({ id: gid, status: z.string() })),
      }),
    ),
    pageInfo,
  }),
});

export async function changedOrders(
  client: AdminClient,
  asked: ChangesAsked,
): Promise<ChangesPage<ChangedOrder>> {
  const variables = { query: `${between(asked)} status:any`, after: asked.after };
  const { orders } = await client.request(CHANGED_ORDERS, variables, ordersAnswer);
  return {
    items: orders.nodes.map((order) => ({
      orderId: order.id,
      updatedAt: order.updatedAt,
      cancelled: order.cancelledAt !== null,
      payment: paymentState(order.displayFinancialStatus?.toLowerCase() ?? null),
      customerId: order.customer?.id ?? null,
      refundIds: order.refunds.map(({ id }) => id),
      edited: order.edited,
      disputes: order.disputes.map(({ id, status }) => ({ id, state: disputeState(status) })),
    })),
    next: orders.pageInfo.hasNextPage ? orders.pageInfo.endCursor : null,
  };
}

const customersAnswer = z.object({
  customers: z.object({ nodes: z.array(z.record(z.string(), z.unknown())), pageInfo }),
});

export async function changedCustomers(
  client: AdminClient,
  asked: ChangesAsked,
): Promise<ChangesPage<CustomerTidings>> {
  const variables = { query: between(asked), after: asked.after };
  const { customers } = await client.request(CHANGED_CUSTOMERS, variables, customersAnswer);
  return {
    items: customers.nodes.flatMap((root) => {
      const told = readHistoryItem('customers', { root, children: [] });
      return told.kind === 'facts' && told.facts.kind === 'customer' ? [told.facts.customer] : [];
    }),
    next: customers.pageInfo.hasNextPage ? customers.pageInfo.endCursor : null,
  };
}

/** Shopify compares whole seconds. */
function between({ since, until }: ChangesAsked): string {
  return `updated_at:>='${second(since)}' updated_at:<='${second(until)}'`;
}

function second(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

const stillThereAnswer = z.object({ nodes: z.array(z.object({ id: gid }).nullable()) });

/** At most 250. @returns those that Shopify no longer has */
export async function deletedAmong(
  client: AdminClient,
  orderIds: readonly string[],
): Promise<readonly string[]> {
  const ids = orderIds.map((id) => `gid://shopify/Order/${id}`);
  const { nodes } = await client.request(ORDERS_STILL_THERE, { ids }, stillThereAnswer);
  const there = new Set(nodes.flatMap((node) => node?.id ?? []));
  return orderIds.filter((id) => !there.has(id));
}
