/** The shop uninstalled: its tokens are worth nothing, its books stay for the case that it returns. */
import type pg from 'pg';

export async function leaveShop(client: pg.PoolClient, shopId: string, at: Date): Promise<void> {
  const { rows } = await client.query<{ domain: string }>(
    `UPDATE shops SET state = 'uninstalled', uninstalled_at = $2 WHERE id = $1 RETURNING domain`,
    [shopId, at],
  );
  const domain = rows[0]?.domain;
  if (domain) await client.query(`DELETE FROM sessions WHERE shop = $1`, [domain]);
  await client.query(
    `UPDATE imports SET state = 'failed', detail = 'The app was uninstalled.' WHERE shop_id = $1 AND state <> 'finished'`,
    [shopId],
  );
}
