/** Everything that says who a member was. The ledger holds nothing of the kind. */
import type pg from 'pg';
import { eraseActivities } from '../activities/activities.ts';
import { forgetWrittenBy } from '../gifts/gift-lines.ts';
import { eraseBoards } from '../leaderboards/names.ts';
import { eraseReferrals } from '../referrals/erase-referrals.ts';

export async function erasePerson(
  client: pg.PoolClient,
  shopId: string,
  {
    memberId,
    email,
    customerId,
    orderIds,
    guestKeys,
    mergedIds,
    at,
  }: {
    readonly memberId: string | null;
    readonly email: string | null;
    /** Keyed hashes of their e-mails: orders of a guest wait under them. */
    readonly guestKeys: readonly string[];
    /** Members who were merged into them. */
    readonly mergedIds: readonly string[];
    readonly customerId: string;
    readonly orderIds: readonly string[];
    readonly at: Date;
  },
): Promise<void> {
  await eraseDeliveries(client, shopId, { memberId, email, customerId, orderIds, guestKeys, at });
  await client.query(
    `UPDATE orders SET guest_key = NULL, facts = facts::jsonb #- '{snapshot,guestKey}'
      WHERE shop_id = $1 AND (guest_key = ANY($2::text[]) OR member_id = $3 OR order_id = ANY($4::bigint[]))
        AND (guest_key IS NOT NULL OR facts #> '{snapshot,guestKey}' IS NOT NULL)`,
    [shopId, guestKeys, memberId, orderIds],
  );
  await forgetWrittenBy(client, shopId, [customerId, ...(email === null ? [] : [email])]);
  if (email !== null) {
    await client.query(
      `UPDATE reviews SET facts = facts || '{"email": null}'
        WHERE shop_id = $1 AND member_id IS NULL AND lower(facts ->> 'email') = lower($2)`,
      [shopId, email],
    );
  }
  await client.query(`DELETE FROM request_counts WHERE shop_id = $1 AND caller = ANY($2::text[])`, [
    shopId,
    [`shopper:${customerId}`, `guess:${customerId}`],
  ]);
  await forgetId(client, shopId, customerId);
  if (memberId === null) return;
  await eraseMerged(client, shopId, memberId, mergedIds);
  const mine = [shopId, memberId];
  await client.query(
    `UPDATE orders SET customer_id = NULL, facts = CASE WHEN json_typeof(facts -> 'snapshot') = 'object'
        THEN jsonb_set(facts::jsonb, '{snapshot,customerId}', 'null') ELSE facts::jsonb END || '{"customerTags": null}'
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
  await client.query(`DELETE FROM staff_words WHERE shop_id = $1 AND member_id = ANY($2::uuid[])`, [
    shopId,
    [memberId, ...mergedIds],
  ]);
  await client.query(
    `UPDATE issued_rewards i SET note = NULL FROM redemptions r
      WHERE i.shop_id = $1 AND i.note IS NOT NULL AND r.shop_id = $1 AND r.id = i.id AND r.member_id = $2`,
    mine,
  );
  await eraseReferrals(client, shopId, [memberId, ...mergedIds]);
  await eraseBoards(client, shopId, [memberId, ...mergedIds]);
  await client.query(`DELETE FROM member_aliases WHERE shop_id = $1 AND member_id = $2`, mine);
  await client.query(`DELETE FROM effects WHERE shop_id = $1 AND member_id = $2`, mine);
  await client.query(
    `UPDATE members SET state = 'redacted', customer_id = NULL, email = NULL, name = NULL, tier_key = NULL,
        tier_since = NULL, tier_due_at = NULL, due_at = NULL, customer_created_at = NULL, opted_in_at = NULL, tag_tidings = '[]',
        joined_with = '[]'
      WHERE shop_id = $1 AND id = $2`,
    mine,
  );
}

/** Who was merged into them is the same person; without what moved, no merge can be undone any more. */
async function eraseMerged(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  mergedIds: readonly string[],
): Promise<void> {
  const all = [memberId, ...mergedIds];
  await client.query(
    `UPDATE merges SET record = '{}', reason = ''
      WHERE shop_id = $1 AND (kept_member_id = ANY($2::uuid[]) OR gone_member_id = ANY($2::uuid[]))`,
    [shopId, all],
  );
  await client.query(
    `DELETE FROM member_logins WHERE shop_id = $1 AND member_id = ANY($2::uuid[])`,
    [shopId, all],
  );
  await client.query(
    `UPDATE data_requests SET content = NULL WHERE shop_id = $1 AND member_id = ANY($2::uuid[])`,
    [shopId, all],
  );
  await client.query(
    `UPDATE members SET email = NULL, name = NULL, customer_created_at = NULL, opted_in_at = NULL, tag_tidings = '[]', joined_with = '[]'
      WHERE shop_id = $1 AND id = ANY($2::uuid[])`,
    [shopId, mergedIds],
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
    readonly guestKeys: readonly string[];
    readonly at: Date;
  },
): Promise<void> {
  await client.query(
    `UPDATE deliveries SET body = '', redacted_at = $4, detail = NULL, state = 'done', run_after = NULL,
        outcome = CASE WHEN state = 'done' THEN outcome ELSE 'redacted' END, done_at = coalesce(done_at, $4)
      WHERE shop_id = $1 AND redacted_at IS NULL AND (subject = $2 OR subject = ANY($3::text[])
        OR subject IN (SELECT 'order:' || o.order_id FROM orders o WHERE o.shop_id = $1
          AND (o.member_id = $5 OR o.guest_key = ANY($7::text[])))
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
      person.guestKeys,
    ],
  );
}

/**
 * Shopify's id of the person, where it only names what was about them. It stays with the request to forget
 * them alone, so that no sweep brings them back.
 */
async function forgetId(client: pg.PoolClient, shopId: string, customerId: string): Promise<void> {
  const values = [shopId, `customer:${customerId}`];
  await client.query(
    `UPDATE deliveries SET subject = 'customer:erased',
        webhook_id = CASE WHEN webhook_id LIKE 'laurel:%' THEN 'laurel:erased:' || id ELSE webhook_id END
      WHERE shop_id = $1 AND subject = $2 AND redacted_at IS NOT NULL AND topic <> 'customers/redact'`,
    values,
  );
  await client.query(
    `DELETE FROM effects WHERE shop_id = $1 AND member_id IS NULL AND payload ->> 'customerId' = $2`,
    [shopId, customerId],
  );
}

export async function emailsOf(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<readonly (string | null)[]> {
  const { rows } = await client.query<{ email: string | null }>(
    `SELECT email FROM members WHERE shop_id = $1 AND id = ANY($2::uuid[])`,
    [shopId, memberIds],
  );
  return rows.map((row) => row.email);
}

/** A customer who was merged into another, and nobody else: who they were goes, what they brought stays. */
export async function eraseAlias(
  client: pg.PoolClient,
  shopId: string,
  customerId: string,
): Promise<void> {
  const theirs = `SELECT a.merged_member_id FROM member_aliases a WHERE a.shop_id = $1 AND a.customer_id = $2`;
  const values = [shopId, customerId];
  await client.query(
    `UPDATE members SET email = NULL, name = NULL, tag_tidings = '[]' WHERE shop_id = $1 AND id IN (${theirs})`,
    values,
  );
  await client.query(
    `UPDATE merges SET record = '{}', reason = '' WHERE shop_id = $1 AND gone_member_id IN (${theirs})`,
    values,
  );
  await client.query(
    `UPDATE orders SET customer_id = NULL, facts = jsonb_set(facts::jsonb, '{snapshot,customerId}', 'null')
      WHERE shop_id = $1 AND customer_id = $2`,
    values,
  );
  await client.query(
    `WITH RECURSIVE survivors AS (
        SELECT g.kept_member_id AS id FROM merges g WHERE g.shop_id = $1 AND g.gone_member_id IN (${theirs})
        UNION
        SELECT g.kept_member_id FROM merges g JOIN survivors s ON g.gone_member_id = s.id WHERE g.shop_id = $1
      ) UPDATE members m SET joined_with = (SELECT jsonb_agg(CASE WHEN w.one ->> 'customerId' = $2::text
          THEN w.one || '{"customerId": null}' ELSE w.one END ORDER BY w.place)
        FROM jsonb_array_elements(m.joined_with) WITH ORDINALITY AS w (one, place))
      WHERE m.shop_id = $1 AND m.joined_with <> '[]' AND m.id IN (SELECT id FROM survivors)`,
    values,
  );
  await client.query(`DELETE FROM member_aliases WHERE shop_id = $1 AND customer_id = $2`, values);
}
