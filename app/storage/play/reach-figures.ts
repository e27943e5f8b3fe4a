/** One badge, challenge or streak: how far members are with it, where they stop, and what they bought meanwhile. */
import type pg from 'pg';
import type { AsksOf } from '../../domain/figures/figure-asks.ts';

export interface StepFigures {
  readonly name: string;
  readonly begun: number;
  readonly done: number;
}

export interface ReachFigures {
  /** Of what was begun and not completed: members by tenths of the way. */
  readonly underWay: readonly number[];
  readonly completed: number;
  /** Of one that is made of several, in their order. */
  readonly steps: readonly StepFigures[];
  /** Of a badge with levels: members by the level's key. */
  readonly levels: Readonly<Record<string, number>>;
}

const TENTHS = 10;

/** @param name "challenge:explorer"; of what comes again, every round that is kept counts */
export async function reachFigures(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
  name: string,
): Promise<ReachFigures> {
  const own = `p.shop_id = $1 AND split_part(p.key, '@', 1) = $2 AND p.kind IN ('challenge', 'badge')`;
  const [ways, steps, levels] = await Promise.all([
    pool.query<{ tenth: number | null; members: string }>(
      `SELECT CASE WHEN p.completed_at IS NULL
          THEN least(${TENTHS - 1}, p.have * ${TENTHS} / greatest(p.need, 1))::int END AS tenth, count(*) AS members
        FROM progress p WHERE ${own} GROUP BY 1`,
      [shopId, name],
    ),
    pool.query<{ name: string; begun: string; done: string }>(
      `SELECT max(s.step ->> 'name') AS name,
          count(*) FILTER (WHERE (s.step ->> 'have')::bigint > 0 OR s.step ->> 'completedAt' IS NOT NULL) AS begun,
          count(*) FILTER (WHERE s.step ->> 'completedAt' IS NOT NULL) AS done
        FROM progress p CROSS JOIN LATERAL jsonb_array_elements(p.details -> 'steps') WITH ORDINALITY AS s (step, place)
        WHERE ${own} AND jsonb_typeof(p.details -> 'steps') = 'array' GROUP BY s.place ORDER BY s.place`,
      [shopId, name],
    ),
    pool.query<{ level: string; members: string }>(
      `SELECT l.level, count(*) AS members
        FROM progress p CROSS JOIN LATERAL jsonb_object_keys(p.details -> 'levels') AS l (level)
        WHERE ${own} AND jsonb_typeof(p.details -> 'levels') = 'object' GROUP BY 1`,
      [shopId, name],
    ),
  ]);
  const found = new Map(ways.rows.map(({ tenth, members }) => [tenth, Number(members)]));
  return {
    underWay: Array.from({ length: TENTHS }, (_, tenth) => found.get(tenth) ?? 0),
    completed: found.get(null) ?? 0,
    steps: steps.rows.map((row) => ({
      ...{ name: row.name, begun: Number(row.begun), done: Number(row.done) },
    })),
    levels: Object.fromEntries(levels.rows.map(({ level, members }) => [level, Number(members)])),
  };
}

export interface MilestoneFigures {
  readonly at: number;
  readonly now: number;
  readonly ever: number;
}

/** Members whose streak is that long at least, and members who were given a milestone's prize. */
export async function streakFigures(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
  key: string,
  lengths: readonly number[],
): Promise<readonly MilestoneFigures[]> {
  if (lengths.length === 0) return [];
  const { rows } = await pool.query<{ at: number; now: string; ever: string }>(
    `SELECT w.at, count(*) FILTER (WHERE p.have >= w.at) AS now,
        count(*) FILTER (WHERE (p.counted ->> 0)::bigint >= w.at) AS ever
      FROM unnest($3::int[]) AS w (at) LEFT JOIN progress p ON p.shop_id = $1 AND p.key = $2 AND p.kind = 'streak'
      GROUP BY 1 ORDER BY 1`,
    [shopId, `streak:${key}`, lengths],
  );
  return rows.map(({ at, now, ever }) => ({ at, now: Number(now), ever: Number(ever) }));
}

export interface OrdersMeanwhile {
  readonly orders: number;
  readonly members: number;
  /** Goods that were kept, in minor units of the shop's currency. */
  readonly spendMinor: number;
}

/**
 * Paid orders that those who take part placed from when their time began (or they joined) until they completed it:
 * with goods that the challenge is about. What members would have bought anyway is among them.
 */
export async function ordersMeanwhile(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
  { name, from, until, goods }: AsksOf<'orders'>,
  now: number,
): Promise<OrdersMeanwhile> {
  const { rows } = await pool.query<{ orders: string; members: string; spend: string }>(
    `WITH taking AS (
        SELECT p.member_id, greatest($3::timestamptz, to_timestamp(coalesce((p.details ->> 'joinedAt')::numeric,
          (p.details ->> 'from')::numeric, 0) / 1000)) AS since, p.completed_at
        FROM progress p WHERE p.shop_id = $1 AND split_part(p.key, '@', 1) = $2 AND p.kind IN ('challenge', 'badge'))
      SELECT count(*) AS orders, count(DISTINCT o.member_id) AS members,
        coalesce(sum((SELECT sum((c.change ->> 1)::bigint) FROM json_array_elements(o.standing -> 'changes') AS c (change))), 0) AS spend
      FROM orders o WHERE o.shop_id = $1 AND o.placed_at < $4 AND o.standing ->> 'counts' = 'true'
        AND EXISTS (SELECT FROM taking t WHERE t.member_id = o.member_id AND o.placed_at >= t.since
          AND o.placed_at <= coalesce(t.completed_at, 'infinity'))
        AND ($5 OR EXISTS (SELECT FROM json_array_elements(o.standing -> 'kept') AS k (line)
          WHERE k.line ->> 'product' = ANY($6::text[]) OR (k.line -> 'collections')::jsonb ?| $7::text[]
            OR lower(k.line ->> 'type') = ANY($8::text[]) OR lower(k.line ->> 'vendor') = ANY($9::text[])
            OR EXISTS (SELECT FROM json_array_elements_text(coalesce(k.line -> 'tags', '[]')) AS g (tag)
              WHERE lower(g.tag) = ANY($10::text[]))))`,
    [
      ...[shopId, name, new Date(from), new Date(until ?? now)],
      Object.values(goods).every((named) => named.length === 0),
      ...[goods.product, goods.collection, goods.type, goods.vendor, goods.tag],
    ],
  );
  const [row] = rows;
  return {
    orders: Number(row?.orders ?? 0),
    members: Number(row?.members ?? 0),
    spendMinor: Number(row?.spend ?? 0),
  };
}
