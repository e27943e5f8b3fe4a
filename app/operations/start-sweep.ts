/** Begins a comparison with Shopify. One runs for a shop at a time. */
import { NIGHTLY } from '../domain/sweeps/sweep.ts';
import { DAY } from '../domain/time/shop-time.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

/** What is updated while Shopify's search still learns of what came before is seen by the next sweep. */
const OVERLAP_MS = 6 * 3_600_000;
/** A nightly sweep leaves alone what may still be on its way to us. */
const ON_ITS_WAY_MS = 15 * 60_000;
export const MOST_DAYS_BACK = 60;

export type SweepStarted =
  | { readonly ok: true; readonly id: string }
  | {
      readonly ok: false;
      readonly refusal: { readonly kind: 'already-checking' } | { readonly kind: 'unknown-shop' };
    };

export interface SweepWish {
  readonly shopId: string;
  readonly actor: string;
  /** How far back at least; null: from where the last one ended. */
  readonly daysBack: number | null;
}

export async function startSweep(
  world: World,
  { shopId, actor, daysBack }: SweepWish,
): Promise<SweepStarted> {
  const now = world.now();
  const at = new Date(now);
  const id = world.newId();
  return inTransaction(world.db(shopId), async (client): Promise<SweepStarted> => {
    const { rows } = await client.query<{ from: Date }>(
      `SELECT coalesce(max(w.until_at), s.installed_at) AS from FROM shops s
        LEFT JOIN sweeps w ON w.shop_id = $1 AND w.state = 'finished'
        WHERE s.id = $1 AND s.state = 'installed' GROUP BY s.id`,
      [shopId],
    );
    const [shop] = rows;
    if (!shop) return { ok: false, refusal: { kind: 'unknown-shop' } };
    // Never later than where the last one ended: nothing may fall between two sweeps.
    const since = Math.min(
      shop.from.getTime() - OVERLAP_MS,
      now - Math.min(daysBack ?? 0, MOST_DAYS_BACK) * DAY,
    );
    const until = actor === NIGHTLY ? now - ON_ITS_WAY_MS : now;
    const { rowCount } = await client.query(
      `INSERT INTO sweeps (shop_id, id, asked_by, state, subject, since_at, until_at, run_after, started_at)
        VALUES ($1, $2, $3, 'running', 'customers', $4, $5, $6, $6)
        ON CONFLICT (shop_id) WHERE state = 'running' DO NOTHING`,
      [shopId, id, actor, new Date(since), new Date(Math.max(since, until)), at],
    );
    if (rowCount !== 1) return { ok: false, refusal: { kind: 'already-checking' } };
    if (actor !== NIGHTLY) {
      await writeAudit(client, shopId, {
        ...{ id: world.newId(), at, actor, action: 'sweep-started', subject: 'sweeps' },
        requestKey: null,
        content: { daysBack },
      });
    }
    return { ok: true, id };
  });
}
