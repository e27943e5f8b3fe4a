/** Discounts of ours that somebody edited or deleted in Shopify. */
import type pg from 'pg';

/** Rewards of this discount that their members can still use. */
export async function heldByDiscount(
  client: pg.PoolClient,
  shopId: string,
  shopifyId: string,
): Promise<readonly { readonly id: string; readonly memberId: string }[]> {
  const { rows } = await client.query<{ id: string; member_id: string }>({
    name: 'held-by-discount',
    text: `SELECT i.id, r.member_id FROM issued_rewards i JOIN redemptions r ON r.shop_id = i.shop_id AND r.id = i.id
      WHERE i.shop_id = $1 AND i.shopify_id = $2 AND i.making = 'made' AND r.state = 'reserved' AND r.ending IS NULL`,
    values: [shopId, shopifyId],
  });
  return rows.map((row) => ({ id: row.id, memberId: row.member_id }));
}

/** What was given and what Shopify has instead; nothing where it is as it was given. */
export async function writeChanges(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  id: string,
  changes: readonly object[],
): Promise<void> {
  await client.query({
    name: 'write-changes',
    text: `UPDATE issued_rewards SET changes = $3 WHERE shop_id = $1 AND id = $2`,
    values: [shopId, id, changes.length === 0 ? null : JSON.stringify(changes)],
  });
}

/** A code that its member can still use. */
export interface HeldCode {
  readonly id: string;
  readonly memberId: string;
  readonly shopifyId: string;
  readonly madeAt: number;
}

/** Some of them at a time, by their ids; what is over by now ends by itself. */
export async function heldCodes(
  pool: pg.Pool,
  shopId: string,
  now: Date,
  after: string | null,
  most: number,
): Promise<readonly HeldCode[]> {
  const { rows } = await pool.query<{
    id: string;
    member_id: string;
    shopify_id: string;
    made_at: Date;
  }>({
    name: 'held-codes',
    text: `SELECT i.id, r.member_id, i.shopify_id, i.made_at
      FROM redemptions r JOIN issued_rewards i ON i.shop_id = r.shop_id AND i.id = r.id
      WHERE r.shop_id = $1 AND r.state = 'reserved' AND r.ending IS NULL AND (r.valid_until IS NULL OR r.valid_until > $2)
        AND ($3::uuid IS NULL OR r.id > $3::uuid) AND i.making = 'made' AND i.made_at IS NOT NULL
        AND i.shopify_id LIKE 'gid://shopify/Discount%'
      ORDER BY r.id LIMIT $4`,
    values: [shopId, now, after, most],
  });
  return rows.map((row) => ({
    ...{ id: row.id, memberId: row.member_id, shopifyId: row.shopify_id },
    madeAt: row.made_at.getTime(),
  }));
}
