/** The outbox. Asking twice for the same effect makes one row; a performer that saw fewer asks again. */
import type pg from 'pg';

export interface WantedEffect {
  readonly key: string;
  readonly kind: string;
  readonly memberId: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
}

export async function wantEffects(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  effects: readonly WantedEffect[],
  at: Date,
): Promise<void> {
  if (effects.length === 0) return;
  const unique = new Map(effects.map((effect) => [effect.key, effect]));
  const rows = [...unique.values()]
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ key, kind, memberId, payload }) => ({ key, kind, member_id: memberId, payload }));
  await client.query({
    name: 'want-effects',
    text: `INSERT INTO effects AS e (shop_id, key, kind, member_id, payload, run_after, requested_at)
      SELECT $1, w.key, w.kind, w.member_id, w.payload, $3, $3
      FROM jsonb_to_recordset($2::jsonb) AS w (key text, kind text, member_id uuid, payload jsonb)
      ON CONFLICT (shop_id, key) DO UPDATE SET state = 'ready', wanted = e.wanted + 1, payload = EXCLUDED.payload,
        attempts = 0, run_after = EXCLUDED.run_after, requested_at = EXCLUDED.requested_at, done_at = NULL, detail = NULL`,
    values: [shopId, JSON.stringify(rows), at],
  });
}

export interface ClaimedEffect extends WantedEffect {
  readonly shopId: string;
  readonly wanted: number;
  readonly attempts: number;
}

/** Installed shops that have effects to perform now; the others' wait for the shop to return. */
export async function shopsWithEffects(
  pool: pg.Pool,
  now: Date,
  most: number,
): Promise<readonly string[]> {
  const { rows } = await pool.query<{ shop_id: string }>({
    name: 'shops-with-effects',
    text: `/* cross-shop: shops-with-effects */ SELECT DISTINCT shop_id FROM (
        SELECT e.shop_id FROM effects e JOIN shops s ON s.id = e.shop_id
        WHERE e.state = 'ready' AND e.run_after <= $1 AND s.state = 'installed'
        ORDER BY e.run_after LIMIT 1000) due
      LIMIT $2`,
    values: [now, most],
  });
  return rows.map((row) => row.shop_id);
}

/** Leases effects until `leaseUntil`: a performer that dies leaves them to the next one. */
export async function leaseEffects(
  pool: pg.Pool,
  shopId: string,
  times: { readonly now: Date; readonly leaseUntil: Date },
  most: number,
): Promise<readonly ClaimedEffect[]> {
  const { rows } = await pool.query<{
    key: string;
    kind: string;
    member_id: string | null;
    payload: Record<string, unknown>;
    wanted: number;
    attempts: number;
  }>({
    name: 'lease-effects',
    text: `UPDATE effects e SET run_after = $3, attempts = e.attempts + 1
      FROM (SELECT key FROM effects WHERE shop_id = $1 AND state = 'ready' AND run_after <= $2
        ORDER BY run_after LIMIT $4 FOR UPDATE SKIP LOCKED) due
      WHERE e.shop_id = $1 AND e.key = due.key
      RETURNING e.key, e.kind, e.member_id, e.payload, e.wanted, e.attempts`,
    values: [shopId, times.now, times.leaseUntil, most],
  });
  return rows.map((row) => ({
    shopId,
    key: row.key,
    kind: row.kind,
    memberId: row.member_id,
    payload: row.payload,
    wanted: row.wanted,
    attempts: row.attempts,
  }));
}

/** Done, unless it was asked for again meanwhile: then it is ready at once. */
export async function effectsDone(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
  done: readonly {
    readonly key: string;
    readonly wanted: number;
    readonly detail: string | null;
  }[],
  at: Date,
): Promise<void> {
  if (done.length === 0) return;
  await pool.query({
    name: 'effects-done',
    text: `UPDATE effects e SET attempts = 0, detail = d.detail,
        state = CASE WHEN e.wanted = d.wanted THEN 'done' ELSE 'ready' END,
        done_at = CASE WHEN e.wanted = d.wanted THEN $5::timestamptz END,
        run_after = CASE WHEN e.wanted = d.wanted THEN e.run_after ELSE $5 END
      FROM unnest($2::text[], $3::int[], $4::text[]) AS d (key, wanted, detail)
      WHERE e.shop_id = $1 AND e.key = d.key`,
    values: [
      shopId,
      done.map(({ key }) => key),
      done.map(({ wanted }) => wanted),
      done.map(({ detail }) => detail),
      at,
    ],
  });
}

/** @param runAfter null: given up, a person must look */
export async function effectFailed(
  pool: pg.Pool,
  shopId: string,
  failed: { readonly key: string; readonly wanted: number; readonly detail: string },
  runAfter: Date | null,
): Promise<void> {
  await pool.query({
    name: 'effect-failed',
    text: `UPDATE effects SET detail = $4, run_after = coalesce($5, run_after),
        state = CASE WHEN $5::timestamptz IS NULL AND wanted = $3 THEN 'dead' ELSE 'ready' END
      WHERE shop_id = $1 AND key = $2`,
    values: [shopId, failed.key, failed.wanted, failed.detail.slice(0, 1000), runAfter],
  });
}
