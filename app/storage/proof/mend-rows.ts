/** Rows that follow from the entries, written again from them. The members are locked by the caller. */
import type pg from 'pg';
import type { AwardByEntries, Posting } from '../../domain/proof/award-by-entries.ts';
import type { Difference } from '../../domain/proof/difference.ts';
import { lockBudgets } from '../campaigns/budgets.ts';

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
        state = CASE WHEN EXCLUDED.remaining = 0 THEN l.state ELSE EXCLUDED.state END
      WHERE (l.original, l.remaining) IS DISTINCT FROM (EXCLUDED.original, EXCLUDED.remaining)
        OR (EXCLUDED.remaining > 0 AND l.state <> EXCLUDED.state)`,
    [shopId, memberIds],
  );
}

/** Balances, the last seq and the chain's head by the member's entries; what was ever earned also by those merged in. */
export async function mendBalances(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<void> {
  await client.query(
    `UPDATE members m SET available = b.available, pending = b.pending, debt = b.debt, last_seq = b.last_seq,
        earned_total = CASE m.state WHEN 'merged' THEN 0 WHEN 'redacted' THEN m.earned_total ELSE b.earned + b.merged END,
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
            WHERE a.shop_id = $1 AND a.member_id = w.id) AS merged
        FROM unnest($2::uuid[]) AS w (id) LEFT JOIN entries e ON e.shop_id = $1 AND e.member_id = w.id
        GROUP BY w.id
      ) b WHERE m.shop_id = $1 AND m.id = b.id`,
    [shopId, memberIds],
  );
}

/** What entries posted for awards, by who holds the award now: those merged in brought theirs along. */
export async function readPostings(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<Map<string, Posting[]>> {
  const { rows } = await client.query<{
    holder: string;
    source_kind: string;
    source_id: string;
    rule_key: string;
    key: string;
    points: string;
    programme_version: number | null;
    occurred_at: Date;
  }>(
    `SELECT h.holder, e.source_kind, e.source_id, e.rule_key, e.key, e.programme_version, e.occurred_at,
        CASE WHEN e.from_account = 'issued' THEN e.points ELSE -e.points END AS points
      FROM (
        SELECT id AS holder, id AS writer FROM unnest($2::uuid[]) AS w (id)
        UNION SELECT a.member_id, a.merged_member_id FROM member_aliases a
          WHERE a.shop_id = $1 AND a.member_id = ANY($2::uuid[]) AND a.merged_member_id IS NOT NULL
      ) h JOIN entries e ON e.shop_id = $1 AND e.member_id = h.writer
      WHERE e.kind IN ('earn', 'reverse') AND 'issued' IN (e.from_account, e.to_account)
      ORDER BY h.holder, e.recorded_at, e.member_id, e.seq`,
    [shopId, memberIds],
  );
  const found = new Map<string, Posting[]>();
  for (const row of rows) {
    const posting = {
      sourceKind: row.source_kind,
      sourceId: row.source_id,
      ruleKey: row.rule_key,
      key: row.key,
      points: Number(row.points),
      programmeVersion: row.programme_version,
      occurredAt: row.occurred_at.getTime(),
    };
    const list = found.get(row.holder);
    if (list) list.push(posting);
    else found.set(row.holder, [posting]);
  }
  return found;
}

/** The explanation, the tier and the version are written by whoever decides next. */
export async function mendAward(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  award: AwardByEntries,
): Promise<void> {
  const { sourceKind, sourceId, ruleKey, programmeVersion, posted, steps, corrections } = award;
  await client.query(
    `INSERT INTO awards (shop_id, member_id, source_kind, source_id, rule_key, programme_version, posted, steps,
        corrections, qualifies, explanation, occurred_at, expired)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, true, '{"rule": "step", "step": "not-read"}', $10, coalesce((
        SELECT sum(CASE WHEN e.kind = 'expire' THEN e.points ELSE -e.points END) FROM entries e
        WHERE e.shop_id = $1 AND e.member_id = $2 AND e.kind IN ('expire', 'revive') AND e.to_account <> 'debt'
          AND e.source_kind = $3 AND e.source_id = $4 AND e.rule_key = $5), 0))
      ON CONFLICT (shop_id, member_id, source_kind, source_id, rule_key) DO UPDATE SET posted = EXCLUDED.posted,
        steps = EXCLUDED.steps, corrections = EXCLUDED.corrections`,
    [
      ...[shopId, memberId, sourceKind, sourceId, ruleKey, programmeVersion, posted],
      ...[JSON.stringify(steps), corrections, new Date(award.occurredAt)],
    ],
  );
}

export async function mendPosted(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  { sourceKind, sourceId, ruleKey, posted }: AwardByEntries,
): Promise<void> {
  await client.query(
    `UPDATE awards SET posted = $6 WHERE shop_id = $1 AND member_id = $2 AND source_kind = $3 AND source_id = $4
        AND rule_key = $5`,
    [shopId, memberId, sourceKind, sourceId, ruleKey, posted],
  );
}

export async function mendStandings(
  client: pg.PoolClient,
  shopId: string,
  standings: readonly { readonly orderId: string; readonly standing: unknown }[],
): Promise<void> {
  const rows = standings.map(({ orderId, standing }) => ({ order_id: orderId, standing }));
  await client.query(
    `UPDATE orders o SET standing = w.standing FROM jsonb_to_recordset($2::jsonb) AS w (order_id bigint, standing jsonb)
      WHERE o.shop_id = $1 AND o.order_id = w.order_id AND o.standing::jsonb <> w.standing`,
    [shopId, JSON.stringify(rows)],
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
