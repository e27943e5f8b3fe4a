/** Small orders that a test bends: each has an id of its own, and the customer's is the next one. */
import type { QueryResultRow } from 'pg';
import type { EdgeSite } from './edge-site.ts';

let last = 5_800_000_000_000;

/** A small paid order of one line, 20.00 in the shop's currency. */
export function order(change: Record<string, unknown> = {}): Record<string, unknown> {
  last += 2;
  const at = '2026-11-20T05:00:00-05:00';
  return {
    id: last,
    name: `#${last}`,
    created_at: at,
    processed_at: at,
    updated_at: at,
    currency: 'USD',
    presentment_currency: 'USD',
    financial_status: 'paid',
    test: false,
    taxes_included: false,
    total_price: '20.00',
    customer: {
      id: last + 1,
      email: 'ann@example.com',
      first_name: 'Ann',
      last_name: 'Lee',
      updated_at: at,
    },
    line_items: [line()],
    ...change,
  };
}

export function line(change: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id: 700,
    product_id: null,
    title: 'Tea',
    quantity: 1,
    current_quantity: 1,
    price: '20.00',
    ...change,
  };
}

/** The customer of the order that was made last. */
export function lastCustomer(): number {
  return last + 1;
}

interface MemberRow extends QueryResultRow {
  readonly customer_id: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly available: string;
}

export function membersOf(site: EdgeSite, customerId: unknown): Promise<MemberRow[]> {
  return site.query<MemberRow>(
    `SELECT customer_id, email, name, available FROM members WHERE shop_id = $1 AND customer_id = $2`,
    [site.shop.id, String(customerId)],
  );
}

export async function storedOrder(
  site: EdgeSite,
  orderId: unknown,
): Promise<QueryResultRow | undefined> {
  const rows = await site.query(
    `SELECT order_id, customer_id, name, currency, total_minor, state FROM orders WHERE shop_id = $1 AND order_id = $2`,
    [site.shop.id, String(orderId)],
  );
  return rows[0];
}

export async function pointsOf(site: EdgeSite, orderId: unknown): Promise<number> {
  const [row] = await site.query<{ posted: string | null }>(
    `SELECT sum(posted) AS posted FROM awards
      WHERE shop_id = $1 AND source_kind = 'order' AND source_id = $2`,
    [site.shop.id, String(orderId)],
  );
  return Number(row?.posted ?? 0);
}
