/** Everything that says who a member was. The ledger holds nothing of the kind. */
import type pg from 'pg';

export async function erasePerson(
  client: pg.PoolClient,
  shopId: string,
  {
    memberId,
    customerId,
    orderIds,
    at,
  }: {
    readonly memberId: string | null;
    readonly customerId: string;
    readonly orderIds: readonly string[];
    readonly at: Date;
  },
): Promise<void> {
  if (memberId !== null) {
    const mine = [shopId, memberId];
    await client.query(
      `UPDATE orders SET customer_id = NULL, facts = CASE WHEN facts ? 'snapshot' AND facts -> 'snapshot' <> 'null'
          THEN jsonb_set(facts, '{snapshot,customerId}', 'null') ELSE facts END
        WHERE shop_id = $1 AND member_id = $2`,
      mine,
    );
    await client.query(
      `UPDATE reviews SET facts = facts || '{"email": null, "customerId": null}' WHERE shop_id = $1 AND member_id = $2`,
      mine,
    );
    await client.query(`DELETE FROM member_aliases WHERE shop_id = $1 AND member_id = $2`, mine);
    await client.query(`DELETE FROM effects WHERE shop_id = $1 AND member_id = $2`, mine);
    await client.query(
      `UPDATE members SET state = 'redacted', customer_id = NULL, email = NULL, name = NULL, tier_key = NULL,
          tier_since = NULL, tier_due_at = NULL, customer_created_at = NULL WHERE shop_id = $1 AND id = $2`,
      mine,
    );
  }
  // The bodies of what Shopify and the review apps told about this person.
  await client.query(
    `UPDATE deliveries SET body = '', redacted_at = $4, detail = NULL,
        state = 'done',
        outcome = CASE WHEN state = 'done' THEN outcome ELSE 'redacted' END, done_at = coalesce(done_at, $4), run_after = NULL
      WHERE shop_id = $1 AND redacted_at IS NULL AND topic <> 'customers/redact'
        AND (subject = $2 OR subject = ANY($3::text[])
          OR (topic LIKE 'refunds/%' AND subject IN (SELECT 'order:' || o.order_id FROM orders o
            WHERE o.shop_id = $1 AND o.member_id = $5)))`,
    [shopId, `customer:${customerId}`, orderIds.map((id) => `order:${id}`), at, memberId],
  );
}
