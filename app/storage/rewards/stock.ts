/** Stocks of rewards. A row is locked after the members, sorted by its key, until the transaction ends. */
import type pg from 'pg';

/** All of the pieces, or none. @returns whether there were so many left */
export async function takeFromStock(
  client: pg.PoolClient,
  shopId: string,
  rewardKey: string,
  { stock, pieces }: { readonly stock: number; readonly pieces: number },
): Promise<boolean> {
  await client.query({
    name: 'open-stock',
    text: `INSERT INTO reward_stocks (shop_id, reward_key) VALUES ($1, $2) ON CONFLICT DO NOTHING`,
    values: [shopId, rewardKey],
  });
  const { rowCount } = await client.query({
    name: 'take-from-stock',
    text: `UPDATE reward_stocks SET given = given + $4
      WHERE shop_id = $1 AND reward_key = $2 AND given + $4 <= $3`,
    values: [shopId, rewardKey, stock, pieces],
  });
  return rowCount === 1;
}

export async function putBackInStock(
  client: pg.PoolClient,
  shopId: string,
  rewardKey: string,
  pieces = 1,
): Promise<void> {
  await client.query({
    name: 'put-back-in-stock',
    text: `UPDATE reward_stocks SET given = given - $3 WHERE shop_id = $1 AND reward_key = $2 AND given >= $3`,
    values: [shopId, rewardKey, pieces],
  });
}

/** How many of each are given. */
export async function readStocks(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
  rewardKeys: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (rewardKeys.length === 0) return new Map();
  const { rows } = await pool.query<{ reward_key: string; given: string }>({
    name: 'read-stocks',
    text: `SELECT reward_key, given FROM reward_stocks WHERE shop_id = $1 AND reward_key = ANY($2::text[])`,
    values: [shopId, rewardKeys],
  });
  return new Map(rows.map((row) => [row.reward_key, Number(row.given)]));
}
