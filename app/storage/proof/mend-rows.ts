/** Rows that follow from the entries, written again from them. The members are locked by the caller. */
import type pg from 'pg';
import { standingOf } from '../../domain/orders/standing.ts';
import type { Difference } from '../../domain/proof/difference.ts';
import { lockBudgets } from '../campaigns/budgets.ts';
import { FACT_COLUMNS, factColumns } from '../orders/lock-orders.ts';
import type { KeptOrder } from './read-kept.ts';

/** Lots as the entries left them: lost ones come back, invented ones go. */
export async function mendLots(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<void> {
  await client.query(
    `DELETE FROM lots l WHERE l.shop_id = $1 AND l.member_id = ANY($2::uuid[]) AND NOT EXISTS (
        SELECT 1 FROM entries e WHERE e.shop_id = $1 AND e.member_id = l.member_id AND e.seq = l.lot AND e.lot = l.lot)`,
    [shopId, memberIds],
  );
  await client.query(
    `WITH moves AS (
        SELECT e.member_id, e.lot, bool_or(e.kind = 'mature') AS matured,
          sum(CASE WHEN e.kind = 'mature' AND e.to_account = 'available' THEN 0
                   WHEN e.to_account IN ('available', 'pending') THEN e.points ELSE -e.points END)::bigint AS remaining
        FROM entries e WHERE e.shop_id = $1 AND e.member_id = ANY($2::uuid[]) AND e.lot IS NOT NULL
        GROUP BY e.member_id, e.lot
      )
      INSERT INTO lots AS l (shop_id, member_id, lot, state, original, remaining, source_kind, source_id, rule_key,
        occurred_at, available_at)
      SELECT $1, o.member_id, o.lot, CASE WHEN o.to_account = 'pending' AND NOT m.matured THEN 'pending' ELSE 'available' END,
        o.points, m.remaining, o.source_kind, o.source_id, o.rule_key, o.occurred_at,
        CASE WHEN o.to_account = 'available' THEN o.occurred_at END
      FROM moves m JOIN entries o ON o.shop_id = $1 AND o.member_id = m.member_id AND o.seq = m.lot AND o.lot = m.lot
      ORDER BY o.member_id, o.lot
      ON CONFLICT (shop_id, member_id, lot) DO UPDATE SET original = EXCLUDED.original, remaining = EXCLUDED.remaining,
        state = CASE WHEN EXCLUDED.remaining = 0 THEN l.state ELSE EXCLUDED.state END, source_kind = EXCLUDED.source_kind,
        source_id = EXCLUDED.source_id, rule_key = EXCLUDED.rule_key, occurred_at = EXCLUDED.occurred_at
      WHERE (l.original, l.remaining, l.source_kind, l.source_id, l.rule_key, l.occurred_at) IS DISTINCT FROM
          (EXCLUDED.original, EXCLUDED.remaining, EXCLUDED.source_kind, EXCLUDED.source_id, EXCLUDED.rule_key, EXCLUDED.occurred_at)
        OR (EXCLUDED.remaining > 0 AND l.state <> EXCLUDED.state)`,
    [shopId, memberIds],
  );
}

/**
 * Balances, the last seq and the chain's head by the member's entries; what was ever earned also by those merged in,
 * and not of who was parted again: it went with the awards.
 */
export async function mendBalances(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<void> {
  await client.query(
    `UPDATE members m SET available = b.available, pending = b.pending, debt = b.debt, last_seq = b.last_seq,
        earned_total = CASE WHEN m.state = 'merged' THEN 0 WHEN m.state = 'redacted' OR b.parted THEN m.earned_total
          ELSE b.earned + b.merged END,
        chain_head = b.head
      FROM (
        SELECT w.id,
          coalesce(sum(CASE WHEN e.to_account = 'available' THEN e.points WHEN e.from_account = 'available' THEN -e.points ELSE 0 END), 0)
            AS available,
          coalesce(sum(CASE WHEN e.to_account = 'pending' THEN e.points WHEN e.from_account = 'pending' THEN -e.points ELSE 0 END), 0)
            AS pending,
          coalesce(sum(CASE WHEN e.from_account = 'debt' THEN e.points WHEN e.to_account = 'debt' THEN -e.points ELSE 0 END), 0) AS debt,
          coalesce(sum(CASE WHEN e.from_account = 'issued' THEN e.points WHEN e.to_account = 'issued' THEN -e.points ELSE 0 END), 0)
            AS earned,
          coalesce(max(e.seq), 0) AS last_seq, coalesce((array_agg(e.hash ORDER BY e.seq DESC))[1], '\\x') AS head,
          (SELECT coalesce(sum(CASE WHEN g.from_account = 'issued' THEN g.points WHEN g.to_account = 'issued' THEN -g.points ELSE 0 END), 0)
            FROM member_aliases a JOIN entries g ON g.shop_id = $1 AND g.member_id = a.merged_member_id
            WHERE a.shop_id = $1 AND a.member_id = w.id) AS merged,
          EXISTS (SELECT FROM merges p WHERE p.shop_id = $1 AND p.undone_at IS NOT NULL AND (
            w.id IN (p.kept_member_id, p.gone_member_id) OR EXISTS (SELECT FROM member_aliases a WHERE a.shop_id = $1
              AND a.member_id = w.id AND a.merged_member_id IN (p.kept_member_id, p.gone_member_id)))) AS parted
        FROM unnest($2::uuid[]) AS w (id) LEFT JOIN entries e ON e.shop_id = $1 AND e.member_id = w.id
        GROUP BY w.id
      ) b WHERE m.shop_id = $1 AND m.id = b.id`,
    [shopId, memberIds],
  );
}

/** Standings and columns of orders, by their facts; not where it is the facts that were lost. */
export async function mendOrders(
  client: pg.PoolClient,
  shopId: string,
  orders: readonly KeptOrder[],
  currency: string,
): Promise<void> {
  const rows = orders.map(({ facts }) => ({
    ...{ order_id: facts.id, standing: standingOf(facts, currency) ?? {}, ...factColumns(facts) },
  }));
  const names = FACT_COLUMNS.map(([name]) => name);
  const list = (of: string): string => names.map((name) => `${of}.${name}`).join(', ');
  await client.query(
    `UPDATE orders o SET standing = w.standing, ${names.map((name) => `${name} = w.${name}`).join(', ')}
      FROM jsonb_to_recordset($2::jsonb) AS w (order_id bigint, standing jsonb,
        ${FACT_COLUMNS.map((column) => column.join(' ')).join(', ')})
      WHERE o.shop_id = $1 AND o.order_id = w.order_id AND (o.placed_at IS NULL OR w.placed_at IS NOT NULL)
        AND (o.standing::jsonb <> w.standing OR (${list('o')}) IS DISTINCT FROM (${list('w')}))`,
    [shopId, JSON.stringify(rows)],
  );
}

/** Nobody would ever look at them. */
export async function dueWhenNeverDecided(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
  at: Date,
): Promise<void> {
  await client.query(
    `UPDATE members SET due_at = least(due_at, $3) WHERE shop_id = $1 AND id = ANY($2::uuid[])
        AND decided_at IS NULL AND last_seq > 0`,
    [shopId, memberIds, at],
  );
}

/** What awards hold of each budget; whoever draws waits meanwhile. @returns what was wrong */
export async function mendBudgets(client: pg.PoolClient, shopId: string): Promise<Difference[]> {
  const draws = `SELECT draw.key, (draw.value ->> 'held')::bigint AS held FROM awards a,
      jsonb_each(a.allowance -> 'draws') AS draw WHERE a.shop_id = $1 AND a.allowance IS NOT NULL`;
  const { rows: known } = await client.query<{ key: string }>(
    `SELECT campaign_key AS key FROM campaign_budgets WHERE shop_id = $1 UNION SELECT d.key FROM (${draws}) d`,
    [shopId],
  );
  const keys = known.map(({ key }) => key);
  const { held } = await lockBudgets(client, shopId, keys);
  const { rows } = await client.query<{ key: string; held: string }>(
    `WITH drawn AS (
        SELECT b.campaign_key AS key, coalesce(sum(d.held), 0) AS held FROM campaign_budgets b
        LEFT JOIN (${draws}) d ON d.key = b.campaign_key
        WHERE b.shop_id = $1 AND b.campaign_key = ANY($2::text[]) GROUP BY b.campaign_key
      )
      UPDATE campaign_budgets b SET held = drawn.held FROM drawn
      WHERE b.shop_id = $1 AND b.campaign_key = drawn.key AND b.held <> drawn.held RETURNING drawn.key, drawn.held`,
    [shopId, keys],
  );
  return rows.map(({ key, held: proved }) => {
    const kept = String(held.get(key) ?? 0);
    return { law: 'I8', memberId: null, figure: `drawn on the budget of ${key}`, kept, proved };
  });
}
