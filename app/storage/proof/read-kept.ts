/** What is kept of members and follows from facts, for the proof to compare. */
import type pg from 'pg';
import type { OrderFacts } from '../../domain/orders/order-facts.ts';
import type { KeptProgress } from '../../domain/proof/compare-decision.ts';
import { FACT_COLUMNS, readOrder } from '../orders/lock-orders.ts';
import type { OrderRow } from '../orders/lock-orders.ts';

export async function readProgress(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<Map<string, KeptProgress[]>> {
  const { rows } = await client.query<{
    member_id: string;
    key: string;
    have: string;
    need: string;
    counted: readonly string[];
    completed_at: Date | null;
    until: Date | null;
    details: unknown;
  }>({
    name: 'read-progress',
    text: `SELECT member_id, key, have, need, counted, completed_at, until, details FROM progress
      WHERE shop_id = $1 AND member_id = ANY($2::uuid[])`,
    values: [shopId, memberIds],
  });
  const found = new Map<string, KeptProgress[]>();
  for (const { member_id: memberId, key, counted, ...told } of rows) {
    const row = {
      ...{ key, counted, have: Number(told.have), need: Number(told.need) },
      completedAt: told.completed_at?.getTime() ?? null,
      until: told.until?.getTime() ?? null,
      details: told.details,
    };
    found.set(memberId, [...(found.get(memberId) ?? []), row]);
  }
  return found;
}

export interface KeptOrder {
  readonly memberId: string;
  readonly facts: OrderFacts;
  readonly standing: unknown;
  /** What stands beside the facts, by column: see `factColumns`. */
  readonly beside: Readonly<Record<string, string | null>>;
}

export async function readKeptOrders(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<readonly KeptOrder[]> {
  const { rows } = await client.query<
    OrderRow & { member_id: string; standing: unknown; beside: KeptOrder['beside'] }
  >({
    name: 'read-kept-orders',
    text: `SELECT order_id, member_id, facts, standing, jsonb_build_object(${BESIDE}) AS beside FROM orders
      WHERE shop_id = $1 AND member_id = ANY($2::uuid[]) ORDER BY order_id`,
    values: [shopId, memberIds],
  });
  return rows.map((row) => ({
    memberId: row.member_id,
    facts: readOrder(row).facts,
    standing: row.standing,
    beside: row.beside,
  }));
}

/** As `factColumns` writes them. */
const BESIDE = FACT_COLUMNS.map(([name, type]) => {
  const utc = `to_char(${name} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
  return `'${name}', ${type === 'timestamptz' ? utc : `${name}::text`}`;
}).join(', ');

/** Whether a publication has yet to make everyone due. */
export async function isLookingAtEveryone(client: pg.PoolClient, shopId: string): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM effects WHERE shop_id = $1 AND key = 'look-at-everyone' AND state = 'ready'`,
    [shopId],
  );
  return rows.length > 0;
}

/** Members whom a friend's change has yet to make due. */
export async function membersAboutToBeDue(
  client: pg.PoolClient,
  shopId: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ member_id: string }>({
    name: 'members-about-to-be-due',
    text: `SELECT member_id FROM effects
      WHERE shop_id = $1 AND state = 'ready' AND kind = 'member-is-due' AND member_id IS NOT NULL`,
    values: [shopId],
  });
  return new Set(rows.map((row) => row.member_id));
}
