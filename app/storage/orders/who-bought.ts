import type pg from 'pg';

/** Those of the members who placed an order since. */
export async function membersWhoBought(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
  since: Date,
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ member_id: string }>({
    name: 'members-who-bought',
    text: `SELECT DISTINCT member_id FROM orders
      WHERE shop_id = $1 AND member_id = ANY($2::uuid[]) AND placed_at >= $3`,
    values: [shopId, memberIds, since],
  });
  return new Set(rows.map((row) => row.member_id));
}
