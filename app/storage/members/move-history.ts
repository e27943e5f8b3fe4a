/** Facts and awards of a member that was merged away become the survivor's. */
import type pg from 'pg';
import { takeOverActivities } from '../activities/activities.ts';

export async function moveHistory(
  client: pg.PoolClient,
  shopId: string,
  {
    kept,
    gone,
    goneCustomerId,
    at,
  }: {
    readonly kept: string;
    readonly gone: string;
    readonly goneCustomerId: string;
    readonly at: Date;
  },
): Promise<void> {
  const both = [shopId, gone, kept];
  await client.query(
    `UPDATE orders SET member_id = $3 WHERE shop_id = $1 AND member_id = $2`,
    both,
  );
  await client.query(
    `UPDATE reviews SET member_id = $3 WHERE shop_id = $1 AND member_id = $2`,
    both,
  );
  await client.query(
    `UPDATE tier_grants SET member_id = $3 WHERE shop_id = $1 AND member_id = $2`,
    both,
  );
  await takeOverActivities(client, shopId, { kept, gone });
  // What had expired of a bonus that both had was not taken back by the merge: it stays booked with the one kept.
  await client.query(
    `UPDATE awards k SET posted = k.posted + g.expired, expired = k.expired + g.expired FROM awards g
      WHERE k.shop_id = $1 AND g.shop_id = $1 AND g.member_id = $2 AND k.member_id = $3 AND g.expired > 0
        AND k.source_kind = g.source_kind AND k.source_id = g.source_id AND k.rule_key = g.rule_key`,
    both,
  );
  await client.query(
    `UPDATE redemptions r SET member_id = $3, request_key = CASE WHEN EXISTS (SELECT 1 FROM redemptions k
        WHERE k.shop_id = $1 AND k.member_id = $3 AND k.request_key = r.request_key)
        THEN r.request_key || ' of ' || $2::text ELSE r.request_key END
      WHERE r.shop_id = $1 AND r.member_id = $2`,
    both,
  );
  await client.query(
    `DELETE FROM awards g USING awards k WHERE g.shop_id = $1 AND k.shop_id = $1 AND g.member_id = $2 AND k.member_id = $3
        AND k.source_kind = g.source_kind AND k.source_id = g.source_id AND k.rule_key = g.rule_key`,
    both,
  );
  await client.query(
    `UPDATE awards SET member_id = $3 WHERE shop_id = $1 AND member_id = $2`,
    both,
  );
  await client.query(`DELETE FROM progress WHERE shop_id = $1 AND member_id = $2`, [shopId, gone]);
  await client.query(
    `UPDATE member_aliases SET member_id = $3 WHERE shop_id = $1 AND member_id = $2`,
    both,
  );
  await client.query(
    `UPDATE members SET state = 'merged', customer_id = NULL, email = NULL, name = NULL, tier_key = NULL,
        tier_since = NULL, tier_due_at = NULL, due_at = NULL WHERE shop_id = $1 AND id = $2`,
    [shopId, gone],
  );
  await client.query(
    `INSERT INTO member_aliases (shop_id, customer_id, member_id, merged_member_id, merged_at)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (shop_id, customer_id) DO UPDATE SET member_id = EXCLUDED.member_id`,
    [shopId, goneCustomerId, kept, gone, at],
  );
}
