/** What of an order a person is to see: what contradicts itself in its facts, and what it bought in vain. */
import type pg from 'pg';
import { sortIds } from './lock-orders.ts';
import { CONTRADICTIONS } from '../../domain/orders/contradictions.ts';
import type { Contradiction } from '../../domain/orders/contradictions.ts';
import type { OrderFlagContent, OTHER_FLAGS } from '../../domain/orders/flag-kinds.ts';

export interface FlaggedOrder {
  readonly orderId: string;
  readonly contradictions: readonly Contradiction[];
}

/**
 * Keeps the flags of these orders as their facts are now. One that a person put away stays away until
 * its figures change.
 */
export async function writeOrderFlags(
  client: pg.PoolClient,
  shopId: string,
  orders: readonly FlaggedOrder[],
  at: Date,
): Promise<void> {
  if (orders.length === 0) return;
  const ids = sortIds(orders.map(({ orderId }) => orderId));
  const rows = orders.flatMap(({ orderId, contradictions }) =>
    contradictions.map(({ kind, ...figures }) => ({ order_id: orderId, kind, figures })),
  );
  await client.query(
    `DELETE FROM order_flags f WHERE f.shop_id = $1 AND f.order_id = ANY($2::bigint[])
      AND f.kind = ANY($4::text[]) AND NOT EXISTS (
      SELECT 1 FROM jsonb_to_recordset($3::jsonb) AS w (order_id bigint, kind text)
      WHERE w.order_id = f.order_id AND w.kind = f.kind)`,
    [shopId, ids, JSON.stringify(rows), CONTRADICTIONS],
  );
  await insertFlags(client, shopId, rows, at);
}

/** Keeps the flags of one other kind: of the orders that were looked at, these are to be shown. */
export async function raiseFlags(
  client: pg.PoolClient,
  shopId: string,
  flags: {
    readonly kind: (typeof OTHER_FLAGS)[number];
    readonly lookedAt: readonly string[];
    readonly raised: readonly {
      readonly orderId: string;
      readonly figures: Omit<OrderFlagContent, 'kind'>;
    }[];
  },
  at: Date,
): Promise<void> {
  const { kind, lookedAt, raised } = flags;
  await client.query(
    `DELETE FROM order_flags f WHERE f.shop_id = $1 AND f.kind = $2 AND f.order_id = ANY($3::bigint[])
      AND f.order_id <> ALL($4::bigint[])`,
    [shopId, kind, sortIds(lookedAt), raised.map(({ orderId }) => orderId)],
  );
  const rows = raised.map(({ orderId, figures }) => ({ order_id: orderId, kind, figures }));
  await insertFlags(client, shopId, rows, at);
}

async function insertFlags(
  client: pg.PoolClient,
  shopId: string,
  rows: readonly { readonly order_id: string; readonly kind: string; readonly figures: object }[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO order_flags AS f (shop_id, order_id, kind, figures, raised_at)
      SELECT $1, w.order_id, w.kind, w.figures, $3
      FROM jsonb_to_recordset($2::jsonb) AS w (order_id bigint, kind text, figures jsonb)
      ORDER BY w.order_id, w.kind
      ON CONFLICT (shop_id, order_id, kind) DO UPDATE
      SET figures = excluded.figures, raised_at = excluded.raised_at, dismissed_at = NULL, dismissed_by = NULL
      WHERE f.figures <> excluded.figures`,
    [shopId, JSON.stringify(rows), at],
  );
}

/** @returns whether there was such a flag to put away */
export async function dismissOrderFlag(
  client: pg.PoolClient,
  shopId: string,
  flag: { readonly orderId: string; readonly kind: string },
  { actor, at }: { readonly actor: string; readonly at: Date },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE order_flags SET dismissed_at = $4, dismissed_by = $5
      WHERE shop_id = $1 AND order_id = $2 AND kind = $3 AND dismissed_at IS NULL`,
    [shopId, flag.orderId, flag.kind, at, actor],
  );
  return rowCount === 1;
}
