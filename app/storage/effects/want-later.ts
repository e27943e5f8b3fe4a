import type pg from 'pg';
import type { WantedEffect } from './effects.ts';

/** Asks for an effect that is performed at most once in so long: one that waits already waits on. */
export async function wantLater(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  { key, kind, memberId, payload }: WantedEffect,
  now: Date,
  everyMs: number,
): Promise<void> {
  await client.query({
    name: 'want-later',
    text: `INSERT INTO effects AS e (shop_id, key, kind, member_id, payload, run_after, requested_at)
      VALUES ($1, $2, $3, $4, $5, $6, $6)
      ON CONFLICT (shop_id, key) DO UPDATE SET wanted = e.wanted + 1, attempts = 0, requested_at = $6,
        run_after = CASE WHEN e.state = 'ready' THEN e.run_after
          ELSE greatest($6, coalesce(e.done_at, $6) + $7 * interval '1 millisecond') END,
        state = 'ready', done_at = CASE WHEN e.state = 'ready' THEN e.done_at END, detail = NULL`,
    values: [shopId, key, kind, memberId, payload, now, everyMs],
  });
}
