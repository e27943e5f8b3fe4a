import type pg from 'pg';

/** Ids of customers who were merged into the member: what is theirs is the member's. */
export async function aliasIdsOf(
  pool: pg.Pool,
  shopId: string,
  memberId: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await pool.query<{ customer_id: string }>(
    `SELECT customer_id FROM member_aliases WHERE shop_id = $1 AND member_id = $2`,
    [shopId, memberId],
  );
  return new Set(rows.map((row) => row.customer_id));
}
