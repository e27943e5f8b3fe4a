import type pg from 'pg';

export interface CampaignFigures {
  /** What it added, less what refunds took back. */
  readonly points: number;
  readonly orders: number;
  readonly members: number;
  /** What awards hold of its budget. */
  readonly held: number;
}

/** By what awards say that campaigns added to them: an index knows those that were touched. */
export async function countCampaigns(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
): Promise<Readonly<Record<string, CampaignFigures>>> {
  const { rows } = await pool.query<{
    key: string;
    points: string;
    orders: string;
    members: string;
    held: string;
  }>(
    `SELECT coalesce(a.key, b.campaign_key) AS key, coalesce(a.points, 0) AS points,
        coalesce(a.orders, 0) AS orders, coalesce(a.members, 0) AS members, coalesce(b.held, 0) AS held
      FROM (
        SELECT added.key, sum(added.value::bigint) AS points, count(DISTINCT w.member_id) AS members,
          count(DISTINCT w.source_id) FILTER (WHERE w.source_kind = 'order') AS orders
        FROM awards w, jsonb_each_text(w.allowance -> 'adds') AS added
        WHERE w.shop_id = $1 AND w.allowance ? 'adds' GROUP BY added.key
      ) a FULL JOIN (SELECT campaign_key, held FROM campaign_budgets WHERE shop_id = $1) b
        ON b.campaign_key = a.key`,
    [shopId],
  );
  return Object.fromEntries(
    rows.map(({ key, points, orders, members, held }) => [
      key,
      {
        ...{ points: Number(points), orders: Number(orders) },
        ...{ members: Number(members), held: Number(held) },
      },
    ]),
  );
}
