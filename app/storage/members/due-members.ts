/** Members for whom time alone changes something, by the date that is kept with them. */
import type pg from 'pg';

/** Whoever somebody else holds is left out: who holds them decides by now, too, or they are due again. */
export async function lockDueMembers(
  client: pg.PoolClient,
  shopId: string,
  now: Date,
  most: number,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>({
    name: 'lock-due-members',
    text: `SELECT id FROM members WHERE shop_id = $1 AND due_at <= $2
      ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED`,
    values: [shopId, now, most],
  });
  return rows.map(({ id }) => id);
}

export async function postpone(
  pool: pg.Pool,
  shopId: string,
  memberId: string,
  until: Date,
): Promise<void> {
  await pool.query(`UPDATE members SET due_at = $3 WHERE shop_id = $1 AND id = $2`, [
    shopId,
    memberId,
    until,
  ]);
}

/** Installed shops that have somebody due; an uninstalled one catches up when it comes back. */
export async function findShopsDue(pool: pg.Pool, now: Date): Promise<readonly string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `/* cross-shop: members-due */ SELECT s.id FROM shops s WHERE s.state = 'installed'
      AND EXISTS (SELECT 1 FROM members m WHERE m.shop_id = s.id AND m.due_at <= $1) ORDER BY s.id`,
    [now],
  );
  return rows.map(({ id }) => id);
}
