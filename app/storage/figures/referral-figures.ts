import type pg from 'pg';

export interface ReferralFigures {
  readonly opened: number;
  readonly joined: number;
  readonly ordered: number;
  readonly rewarded: number;
  readonly refused: number;
  /** Goods that friends kept, in minor units of the shop's currency. */
  readonly revenueMinor: number;
}

/** Friends who came, and what became of it. */
export async function countReferrals(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
): Promise<ReferralFigures> {
  const { rows } = await pool.query<Record<keyof ReferralFigures, string>>({
    name: 'referral-figures',
    text: `SELECT (SELECT coalesce(sum(opens), 0) FROM referral_opens WHERE shop_id = $1) AS opened,
        count(*) FILTER (WHERE state <> 'refused') AS joined,
        count(*) FILTER (WHERE state <> 'refused' AND (course ->> 'spentMinor')::bigint > 0) AS ordered,
        count(*) FILTER (WHERE state = 'rewarded') AS rewarded,
        count(*) FILTER (WHERE state = 'refused') AS refused,
        coalesce(sum((course ->> 'spentMinor')::bigint) FILTER (WHERE state <> 'refused'), 0) AS "revenueMinor"
      FROM referrals WHERE shop_id = $1 AND claimed_at IS NOT NULL`,
    values: [shopId],
  });
  const [row] = rows;
  const figure = (name: keyof ReferralFigures): number => Number(row?.[name] ?? 0);
  return {
    opened: figure('opened'),
    joined: figure('joined'),
    ordered: figure('ordered'),
    rewarded: figure('rewarded'),
    refused: figure('refused'),
    revenueMinor: figure('revenueMinor'),
  };
}
