/** Which market members are of: that of their last order. */
import type pg from 'pg';
import { marketOf } from '../../domain/earning/markets.ts';
import type { Market } from '../../domain/earning/markets.ts';

/** @returns the market's key by member; who is of none is left out */
export async function marketsOfMembers(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  markets: readonly Market[],
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (markets.length === 0) return new Map();
  const { rows } = await client.query<{
    member_id: string;
    country: string | null;
    presentment: string | null;
    currency: string | null;
  }>({
    name: 'last-market',
    text: `SELECT DISTINCT ON (member_id) member_id, facts -> 'snapshot' ->> 'countryCode' AS country,
        facts -> 'snapshot' ->> 'presentmentCurrency' AS presentment, facts -> 'snapshot' ->> 'currency' AS currency
      FROM orders WHERE shop_id = $1 AND member_id = ANY($2::uuid[]) AND placed_at IS NOT NULL
      ORDER BY member_id, placed_at DESC, order_id DESC`,
    values: [shopId, memberIds],
  });
  return new Map(
    rows.flatMap(({ member_id, country, presentment, currency }) => {
      const order = {
        countryCode: country,
        presentmentCurrency: presentment,
        currency: currency ?? '',
      };
      const market = marketOf(markets, order);
      return market ? [[member_id, market.key] as const] : [];
    }),
  );
}
