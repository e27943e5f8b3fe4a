/** How often somebody called in a window of time, counted where every web process can see it. */
import type pg from 'pg';

export interface Counted {
  readonly count: number;
  readonly windowEnds: Date;
}

/** One new row of so many lets old ones go, and lets go of more than are made until the next does. */
const FORGETS_EVERY = 16;
const FORGOTTEN_AT_ONCE = 50;

/**
 * Counts the call, whatever becomes of it. Rows whose window is long over go, some at a time. Nobody waits
 * for the disk: what a crash of PostgreSQL forgets are some calls of the last second.
 */
export async function countRequest(
  pool: pg.Pool,
  shopId: string,
  caller: string,
  now: Date,
  windowMs: number,
): Promise<Counted> {
  const { rows } = await pool.query<{ count: number; window_ends: Date }>({
    name: 'count-request',
    text: `INSERT INTO request_counts AS c (shop_id, caller, window_ends, count)
      SELECT $1::bigint, $2::text, $4::timestamptz, 1
        FROM (SELECT set_config('synchronous_commit', 'off', true) AS is) AS waiting WHERE waiting.is = 'off'
      ON CONFLICT (shop_id, caller) DO UPDATE SET
        count = CASE WHEN c.window_ends <= $3 THEN 1 ELSE c.count + 1 END,
        window_ends = CASE WHEN c.window_ends <= $3 THEN EXCLUDED.window_ends ELSE c.window_ends END
      RETURNING count, window_ends`,
    values: [shopId, caller, now, new Date(now.getTime() + windowMs)],
  });
  const row = rows[0];
  if (!row) throw new Error('a request was not counted');
  if (row.count === 1 && now.getTime() % FORGETS_EVERY === 0) await forgetSome(pool, shopId, now);
  return { count: row.count, windowEnds: row.window_ends };
}

async function forgetSome(pool: pg.Pool, shopId: string, now: Date): Promise<void> {
  await pool.query({
    name: 'forget-request-counts',
    text: `DELETE FROM request_counts WHERE shop_id = $1 AND caller IN (SELECT caller FROM request_counts
        WHERE shop_id = $1 AND window_ends < $2::timestamptz - interval '1 hour'
        ORDER BY window_ends LIMIT ${FORGOTTEN_AT_ONCE} FOR UPDATE SKIP LOCKED)`,
    values: [shopId, now],
  });
}
