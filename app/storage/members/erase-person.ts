/** Everything that says who a member was. The ledger holds nothing of the kind. */
import type pg from 'pg';
import { eraseActivities } from '../activities/activities.ts';

export async function erasePerson(
  client: pg.PoolClient,
  shopId: string,
  {
    memberId,
    email,
    customerId,
    orderIds,
    at,
  }: {
    readonly memberId: string | null;
    readonly email: string | null;
    readonly customerId: string;
    readonly orderIds: readonly string[];
    readonly at: Date;
  },
): Promise<void> {
  await eraseDeliveries(client, shopId, { memberId, email, customerId, orderIds, at });
  if (email !== null) {
    await client.query(
      `UPDATE reviews SET facts = facts || '{"email": null}'
        WHERE shop_id = $1 AND member_id IS NULL AND lower(facts ->> 'email') = lower($2)`,
      [shopId, email],
    );
  }
  if (memberId === null) return;
  const mine = [shopId, memberId];
  await client.query(
    `UPDATE orders SET customer_id = NULL, facts = CASE WHEN facts ? 'snapshot' AND facts -> 'snapshot' <> 'null'
        THEN jsonb_set(facts, '{snapshot,customerId}', 'null') ELSE facts END || '{"customerTags": null}'
      WHERE shop_id = $1 AND member_id = $2`,
    mine,
  );
  await client.query(
    `UPDATE reviews SET facts = facts || '{"email": null, "customerId": null}' WHERE shop_id = $1 AND member_id = $2`,
    mine,
  );
  await eraseActivities(client, shopId, memberId);
  await client.query(
    `UPDATE tier_grants SET note = '' WHERE shop_id = $1 AND member_id = $2 AND note <> ''`,
    mine,
  );
  await client.query(`DELETE FROM member_aliases WHERE shop_id = $1 AND member_id = $2`, mine);
  await client.query(`DELETE FROM effects WHERE shop_id = $1 AND member_id = $2`, mine);
  await client.query(
    `UPDATE members SET state = 'redacted', customer_id = NULL, email = NULL, name = NULL, tier_key = NULL,
        tier_since = NULL, tier_due_at = NULL, due_at = NULL, customer_created_at = NULL WHERE shop_id = $1 AND id = $2`,
    mine,
  );
}

/** The bodies of what Shopify and the review apps told about this person, this request's own too. */
async function eraseDeliveries(
  client: pg.PoolClient,
  shopId: string,
  person: {
    readonly memberId: string | null;
    readonly email: string | null;
    readonly customerId: string;
    readonly orderIds: readonly string[];
    readonly at: Date;
  },
): Promise<void> {
  await client.query(
    `UPDATE deliveries SET body = '', redacted_at = $4, detail = NULL, state = 'done', run_after = NULL,
        outcome = CASE WHEN state = 'done' THEN outcome ELSE 'redacted' END, done_at = coalesce(done_at, $4)
      WHERE shop_id = $1 AND redacted_at IS NULL AND (subject = $2 OR subject = ANY($3::text[])
        OR subject IN (SELECT 'order:' || o.order_id FROM orders o WHERE o.shop_id = $1 AND o.member_id = $5)
        OR subject IN (SELECT 'customer:' || a.customer_id FROM member_aliases a WHERE a.shop_id = $1 AND a.member_id = $5)
        OR subject IN (SELECT 'review:' || r.review_id FROM reviews r WHERE r.shop_id = $1
          AND (r.member_id = $5 OR lower(r.facts ->> 'email') = lower($6))))`,
    [
      shopId,
      `customer:${person.customerId}`,
      person.orderIds.map((id) => `order:${id}`),
      person.at,
      person.memberId,
      person.email,
    ],
  );
}
