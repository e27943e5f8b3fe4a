/**
 * Figures of the whole of a shop. While it is small they are counted as they are asked for. In a large one
 * nobody waits for that: a worker counts them, and a page shows what was counted last, and when. That
 * somebody asked is all that a page writes.
 */
import type pg from 'pg';
import { countFigures } from './counters.ts';
import type { FiguresOf } from './counters.ts';
import { figuresName } from '../../domain/figures/figure-asks.ts';
import type { AsksOf, FigureKind, FiguresAge } from '../../domain/figures/figure-asks.ts';

/** Of so many members everything is counted at once. */
export const FEW_MEMBERS = 5_000;
/** How old figures of a large shop may be before they are counted again. */
export const FRESH_MS = 15 * 60_000;

export interface Kept<Figures> {
  /** Null while they are counted for the first time. */
  readonly figures: Figures | null;
  /** Null: as of now. */
  readonly asOf: number | null;
}

export async function keptFigures<Kind extends FigureKind>(
  pool: pg.Pool,
  shopId: string,
  asks: AsksOf<Kind>,
  now: number,
): Promise<Kept<FiguresOf<Kind>>> {
  if (await isSmall(pool, shopId)) {
    return { figures: await countFigures<Kind>(pool, shopId, asks, now), asOf: null };
  }
  const [name, asked] = [figuresName(asks), JSON.stringify(asks)];
  const { rows } = await pool.query<{ figures: FiguresOf<Kind> | null; as_of: Date | null }>(
    `SELECT figures, as_of FROM kept_figures WHERE shop_id = $1 AND name = $2 AND asks = $3::jsonb`,
    [shopId, name, asked],
  );
  const [row] = rows;
  const asOf = row?.as_of?.getTime() ?? null;
  if (asOf === null || asOf <= now - FRESH_MS) await ask(pool, shopId, { name, asked, now });
  return { figures: row?.figures ?? null, asOf };
}

/** How old figures are that stand on one page. */
export function ageOf(...kept: readonly Kept<unknown>[]): FiguresAge {
  const moments = kept.flatMap(({ asOf }) => asOf ?? []);
  return {
    counting: kept.some(({ figures }) => figures === null),
    asOf: moments.length === 0 ? null : Math.min(...moments),
  };
}

/** Reads no more than it says, however many there are. */
async function isSmall(pool: pg.Pool, shopId: string): Promise<boolean> {
  const { rows } = await pool.query<{ members: number }>(
    `SELECT count(*)::int AS members FROM (SELECT FROM members WHERE shop_id = $1 LIMIT $2) AS m`,
    [shopId, FEW_MEMBERS + 1],
  );
  return (rows[0]?.members ?? 0) <= FEW_MEMBERS;
}

/** Asking for what is being counted, or waits to be, changes nothing. */
async function ask(
  pool: pg.Pool,
  shopId: string,
  { name, asked, now }: { readonly name: string; readonly asked: string; readonly now: number },
): Promise<void> {
  await pool.query(
    `INSERT INTO kept_figures AS k (shop_id, name, asks, run_after) VALUES ($1, $2, $3, $4)
      ON CONFLICT (shop_id, name) DO UPDATE SET asks = EXCLUDED.asks, run_after = EXCLUDED.run_after, attempts = 0,
        turn = k.turn + 1, figures = CASE WHEN k.asks = EXCLUDED.asks THEN k.figures END,
        as_of = CASE WHEN k.asks = EXCLUDED.asks THEN k.as_of END
      WHERE k.run_after IS NULL OR k.asks <> EXCLUDED.asks`,
    [shopId, name, asked, new Date(now)],
  );
}

export interface ClaimedFigures {
  readonly shopId: string;
  readonly name: string;
  readonly asks: unknown;
  readonly turn: number;
  readonly attempts: number;
}

/** A worker that dies leaves them to another when the lease is over. */
export async function claimFigures(
  pool: pg.Pool,
  times: { readonly now: Date; readonly leaseUntil: Date },
): Promise<ClaimedFigures | null> {
  const { rows } = await pool.query<Omit<ClaimedFigures, 'shopId'> & { shop_id: string }>({
    name: 'claim-figures',
    text: `/* cross-shop: due-figures */ UPDATE kept_figures k SET run_after = $2, turn = k.turn + 1
      FROM (SELECT w.shop_id, w.name FROM kept_figures w JOIN shops s ON s.id = w.shop_id
        WHERE w.run_after <= $1 AND s.state = 'installed' ORDER BY w.run_after LIMIT 1 FOR UPDATE OF w SKIP LOCKED) due
      WHERE k.shop_id = due.shop_id AND k.name = due.name RETURNING k.shop_id, k.name, k.asks, k.turn, k.attempts`,
    values: [times.now, times.leaseUntil],
  });
  const [row] = rows;
  if (!row) return null;
  const { shop_id: shopId, ...claimed } = row;
  return { shopId, ...claimed };
}

/** Writes nothing where something else was asked for meanwhile, or another worker has it now. */
export async function keepFigures(
  pool: pg.Pool,
  { shopId, name, turn }: ClaimedFigures,
  figures: object,
  asOf: Date,
): Promise<void> {
  await pool.query(
    `UPDATE kept_figures SET figures = $4, as_of = $5, run_after = NULL, attempts = 0
      WHERE shop_id = $1 AND name = $2 AND turn = $3`,
    [shopId, name, turn, JSON.stringify(figures), asOf],
  );
}

/** @param runAfter null: given up, until somebody asks again */
export async function putOffFigures(
  pool: pg.Pool,
  { shopId, name, turn }: ClaimedFigures,
  runAfter: Date | null,
): Promise<void> {
  await pool.query(
    `UPDATE kept_figures SET attempts = attempts + 1, run_after = $4 WHERE shop_id = $1 AND name = $2 AND turn = $3`,
    [shopId, name, turn, runAfter],
  );
}
