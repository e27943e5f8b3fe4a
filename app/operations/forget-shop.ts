/** shop/redact: no row of the shop stays. A shop that came back meanwhile is not erased. */
import type pg from 'pg';

export async function forgetShop(
  client: pg.PoolClient,
  shopId: string,
): Promise<'forgotten' | 'shop-is-back'> {
  const { rows } = await client.query<{ state: string; domain: string }>(
    `SELECT state, domain FROM shops WHERE id = $1 FOR UPDATE`,
    [shopId],
  );
  const shop = rows[0];
  if (!shop || shop.state !== 'uninstalled') return 'shop-is-back';
  await client.query(`SELECT set_config('laurel.forget_shop', $1, true)`, [shopId]);
  await client.query(`DELETE FROM sessions WHERE shop = $1`, [shop.domain]);
  for (const table of [
    'awards',
    'lots',
    'progress',
    'entries',
    'member_aliases',
    'orders',
    'reviews',
    'members',
    'deliveries',
  ]) {
    await client.query(`DELETE FROM ${table} WHERE shop_id = $1`, [shopId]);
  }
  await client.query(`DELETE FROM shops WHERE id = $1`, [shopId]);
  return 'forgotten';
}
