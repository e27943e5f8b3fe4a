import type pg from 'pg';

export interface RewardFigures {
  readonly name: string;
  readonly given: number;
  readonly open: number;
  readonly used: number;
  readonly ended: number;
  readonly refused: number;
  readonly points: number;
  /**
   * What is kept of the goods of orders in the shop's currency that used one, without tax and shipping,
   * in its minor units.
   */
  readonly revenueMinor: number;
  /** What was taken off them, as far as its points did not come back, and what was paid out. */
  readonly costMinor: number;
}

/** What was given of each reward, by its key, and what became of it. */
export async function countRewards(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
  currency: string,
): Promise<Readonly<Record<string, RewardFigures>>> {
  const { rows } = await pool.query<{
    reward_key: string;
    name: string;
    given: string;
    open: string;
    used: string;
    ended: string;
    refused: string;
    points: string;
    revenue: string;
    cost: string;
  }>(
    `SELECT i.reward_key, (array_agg(i.name ORDER BY i.asked_at DESC))[1] AS name,
        count(*) FILTER (WHERE i.making <> 'refused') AS given,
        count(*) FILTER (WHERE r.state = 'reserved' AND i.making IN ('asked', 'made')) AS open,
        count(*) FILTER (WHERE r.state IN ('captured', 'returned')) AS used,
        count(*) FILTER (WHERE i.making = 'ended') AS ended,
        count(*) FILTER (WHERE i.making = 'refused') AS refused,
        coalesce(sum(r.held_points), 0) AS points,
        coalesce(sum(kept.minor) FILTER (WHERE kept.orders > 0), 0) AS revenue,
        coalesce(sum(CASE
          WHEN r.state = 'captured' AND i.terms ->> 'kind' IN ('gift-card', 'store-credit') THEN (i.terms ->> 'minor')::bigint
          WHEN kept.orders > 0 THEN round(taken.minor * CASE r.points WHEN 0 THEN 1 ELSE r.held_points::numeric / r.points END)
          ELSE 0 END), 0) AS cost
      FROM issued_rewards i
      JOIN redemptions r ON r.shop_id = i.shop_id AND r.id = i.id
      LEFT JOIN orders o ON o.shop_id = r.shop_id AND o.order_id = r.order_id AND o.currency = $2
      LEFT JOIN LATERAL (
        SELECT sum((change ->> 1)::bigint) AS minor, sum((change ->> 2)::int) AS orders
        FROM json_array_elements(o.standing -> 'changes') AS change
      ) kept ON true
      LEFT JOIN LATERAL (
        SELECT sum((line ->> 'minor')::bigint) AS minor
        FROM jsonb_array_elements((o.facts -> 'snapshot' -> 'discountCodes')::jsonb) AS use,
          jsonb_array_elements(CASE jsonb_typeof(use -> 'lines') WHEN 'array' THEN use -> 'lines' ELSE '[]' END) AS line
        WHERE lower(use ->> 'code') = lower(r.code)
      ) taken ON true
      WHERE i.shop_id = $1 GROUP BY i.reward_key ORDER BY i.reward_key`,
    [shopId, currency],
  );
  return Object.fromEntries(
    rows.map((row) => [
      row.reward_key,
      {
        ...{ name: row.name, given: Number(row.given), open: Number(row.open) },
        ...{ used: Number(row.used), ended: Number(row.ended), refused: Number(row.refused) },
        points: Number(row.points),
        revenueMinor: Number(row.revenue),
        costMinor: Number(row.cost),
      },
    ]),
  );
}
