/** The shop uninstalled: its tokens are worth nothing, its books stay for the case that it returns. */
import type pg from 'pg';

/** What happened within so long after it may have been on its way already. */
const UNDER_WAY_MS = 60_000;
/** Shopify sends these also to who is not installed. */
const ALWAYS_SENT = [
  ...['app/uninstalled', 'customers/data_request', 'customers/redact', 'shop/redact'],
];

/**
 * Told late, it may be about an installation before the present one: a shop of which Shopify has told
 * something that happened since is installed.
 * @returns whether it has left
 */
export async function leaveShop(
  client: pg.PoolClient,
  shopId: string,
  { left, at }: { readonly left: Date; readonly at: Date },
): Promise<boolean> {
  const { rows } = await client.query<{ domain: string }>(
    `UPDATE shops SET state = 'uninstalled', uninstalled_at = $2 WHERE id = $1 AND NOT EXISTS (
        SELECT FROM deliveries d WHERE d.shop_id = $1 AND d.received_at > $3 AND d.triggered_at > $3 AND d.topic <> ALL($4::text[]))
      RETURNING domain`,
    [shopId, at, new Date(left.getTime() + UNDER_WAY_MS), ALWAYS_SENT],
  );
  const domain = rows[0]?.domain;
  if (domain === undefined) return false;
  await client.query(`DELETE FROM sessions WHERE shop = $1`, [domain]);
  await client.query(
    `UPDATE imports SET state = 'failed', detail = 'The app was uninstalled.' WHERE shop_id = $1 AND state <> 'finished'`,
    [shopId],
  );
  return true;
}
