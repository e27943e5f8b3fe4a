/** What we know of the orders and customers that a page of a sweep shows. */
import type pg from 'pg';
import type { DisputeFacts } from '../../domain/orders/disputes.ts';
import type { TagTidings } from '../../domain/members/tags.ts';
import type { PaymentState } from '../../domain/orders/order-facts.ts';

export interface KnownOrder {
  readonly updatedAt: number | null;
  readonly cancelled: boolean;
  readonly payment: PaymentState | null;
  readonly customerId: string | null;
  readonly refundIds: readonly string[];
  /** Whether Shopify was asked what came with which edit. */
  readonly editsRead: boolean;
  readonly disputes: readonly DisputeFacts[];
  /** Deleted, or of a person who was forgotten: Shopify's word on it is no news. */
  readonly closed: boolean;
}

export async function knownOrders(
  pool: pg.Pool,
  shopId: string,
  orderIds: readonly string[],
): Promise<Map<string, KnownOrder>> {
  const { rows } = await pool.query<{
    order_id: string;
    facts_at: Date | null;
    cancelled: boolean;
    payment: PaymentState | null;
    customer_id: string | null;
    refund_ids: string[];
    edits_read: boolean;
    disputes: DisputeFacts[];
    closed: boolean;
  }>({
    name: 'known-orders',
    text: `SELECT o.order_id, o.facts_at, o.facts #>> '{snapshot,cancelledAt}' IS NOT NULL AS cancelled,
        o.facts #>> '{snapshot,payment}' AS payment, o.facts #>> '{snapshot,customerId}' AS customer_id,
        ARRAY(SELECT r ->> 'id' FROM json_array_elements(coalesce(o.facts -> 'refunds', '[]')) AS r) AS refund_ids,
        o.facts #>> '{agreements,asOf}' IS NOT NULL AS edits_read, coalesce(o.facts -> 'disputes', '[]') AS disputes,
        o.state = 'deleted' OR coalesce(m.state = 'redacted', false) AS closed
      FROM orders o LEFT JOIN members m ON m.shop_id = $1 AND m.id = o.member_id
      WHERE o.shop_id = $1 AND o.order_id = ANY($2::bigint[])`,
    values: [shopId, orderIds],
  });
  return new Map(
    rows.map((row) => [
      row.order_id,
      {
        updatedAt: row.facts_at?.getTime() ?? null,
        ...{ cancelled: row.cancelled, payment: row.payment, customerId: row.customer_id },
        ...{ refundIds: row.refund_ids, editsRead: row.edits_read, disputes: row.disputes },
        closed: row.closed,
      },
    ]),
  );
}

/** Shopify's ids grow by multiples of a power of two. */
const SPREAD = 32;
/** Of the orders that did not change lately as many are asked for each night: in a week all of them. */
const NIGHTS_FOR_ALL = 7;

/** Orders that we know of and that were placed since and changed since, or are of this night's share; by their ids. */
export async function ordersKnownSince(
  pool: pg.Pool,
  shopId: string,
  since: { readonly placed: Date; readonly changed: Date; readonly night: number },
  after: string,
  most: number,
): Promise<readonly { readonly orderId: string; readonly customerId: string | null }[]> {
  const { rows } = await pool.query<{ order_id: string; customer_id: string | null }>({
    name: 'orders-known-since',
    text: `SELECT o.order_id, o.facts #>> '{snapshot,customerId}' AS customer_id FROM orders o
      WHERE o.shop_id = $1 AND o.placed_at >= $2 AND o.state <> 'deleted' AND o.order_id > $4
        AND (o.facts_at >= $3 OR o.order_id / ${SPREAD} % ${NIGHTS_FOR_ALL} = $6 % ${NIGHTS_FOR_ALL})
      ORDER BY o.order_id LIMIT $5`,
    values: [shopId, since.placed, since.changed, after, most, since.night],
  });
  return rows.map(({ order_id: orderId, customer_id: customerId }) => ({ orderId, customerId }));
}

/** Customers whom Shopify asked us to forget: it goes on listing them, and nothing of them may come back. */
export async function forgottenAmong(
  pool: pg.Pool,
  shopId: string,
  customerIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ customer_id: string }>({
    name: 'forgotten-among',
    text: `SELECT DISTINCT substr(subject, 10) AS customer_id FROM deliveries
      WHERE shop_id = $1 AND subject = ANY($2::text[]) AND topic = 'customers/redact'`,
    values: [shopId, customerIds.map((id) => `customer:${id}`)],
  });
  return new Set(rows.map((row) => row.customer_id));
}

/** What the entries of this very transaction moved, by member: only they carry its number. */
export async function movedHere(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<{ readonly given: number; readonly taken: number }> {
  const { rows } = await client.query<{ given: string; taken: string }>(
    `SELECT coalesce(sum(net) FILTER (WHERE net > 0), 0) AS given, coalesce(-sum(net) FILTER (WHERE net < 0), 0) AS taken
      FROM (SELECT sum(CASE WHEN e.from_account = 'issued' THEN e.points WHEN e.to_account = 'issued' THEN -e.points
            ELSE 0 END) AS net
        FROM entries e WHERE e.shop_id = $1 AND e.member_id = ANY($2::uuid[])
          AND e.xmin = pg_current_xact_id()::xid GROUP BY e.member_id) moved`,
    [shopId, memberIds],
  );
  return { given: Number(rows[0]?.given ?? 0), taken: Number(rows[0]?.taken ?? 0) };
}

export interface KnownCustomer {
  readonly updatedAt: number | null;
  readonly createdAt: number | null;
  readonly email: string | null;
  readonly name: string | null;
  readonly tags: readonly TagTidings[];
  /** Consents to the newsletter, and withdrawals, that are known: by the id of their activity. */
  readonly consents: readonly string[];
}

/** Who was merged away stands for the survivor, of whom Shopify tells under another id: nothing is to be compared. */
export async function knownCustomers(
  pool: pg.Pool,
  shopId: string,
  customerIds: readonly string[],
): Promise<Map<string, KnownCustomer | 'merged'>> {
  const { rows } = await pool.query<{
    customer_id: string;
    facts_at: Date | null;
    customer_created_at: Date | null;
    email: string | null;
    name: string | null;
    tags: readonly TagTidings[];
    consents: readonly string[];
    merged: boolean;
  }>({
    name: 'known-customers',
    text: `SELECT customer_id, facts_at, customer_created_at, email, name, tag_tidings AS tags, ARRAY(
          SELECT a.activity_id FROM activities a
          WHERE a.shop_id = $1 AND a.member_id = m.id AND a.kind = 'newsletter') AS consents, false AS merged
        FROM members m WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])
      UNION ALL SELECT customer_id, NULL, NULL, NULL, NULL, '[]', '{}', true FROM member_aliases
        WHERE shop_id = $1 AND customer_id = ANY($2::bigint[])`,
    values: [shopId, customerIds],
  });
  return new Map(
    rows.map(({ customer_id: id, facts_at: factsAt, customer_created_at: createdAt, ...row }) => [
      id,
      row.merged
        ? 'merged'
        : {
            ...{ email: row.email, name: row.name, tags: row.tags, consents: row.consents },
            updatedAt: factsAt?.getTime() ?? null,
            createdAt: createdAt?.getTime() ?? null,
          },
    ]),
  );
}
