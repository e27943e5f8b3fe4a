/**
 * Codes, traces and what staff wrote of these members' referrals go; that somebody came by somebody stays
 * under random ids, because the other one's points follow from it.
 */
import type pg from 'pg';

export async function eraseReferrals(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<void> {
  const theirs = [shopId, memberIds];
  await eraseCodesTold(client, theirs);
  await client.query(
    `UPDATE orders o SET referral_code = NULL, facts = o.facts::jsonb - 'referral' FROM referral_codes c
      WHERE o.shop_id = $1 AND o.referral_code = c.code_key AND c.shop_id = $1 AND c.member_id = ANY($2::uuid[])`,
    theirs,
  );
  await client.query(
    `UPDATE referrals SET ruling_reason = '',
        code = CASE WHEN advocate_member_id = ANY($2::uuid[]) THEN '' ELSE code END
      WHERE shop_id = $1 AND (advocate_member_id = ANY($2::uuid[]) OR friend_member_id = ANY($2::uuid[]))`,
    theirs,
  );
  // What was written of both of them stands with both.
  await client.query(
    `DELETE FROM staff_words w USING audit a, referrals r
      WHERE w.shop_id = $1 AND a.shop_id = $1 AND a.id = w.audit_id AND a.action LIKE 'referral-%' AND r.shop_id = $1
        AND r.id::text = a.content ->> 'referral'
        AND (r.advocate_member_id = ANY($2::uuid[]) OR r.friend_member_id = ANY($2::uuid[]))`,
    theirs,
  );
  for (const table of ['referral_codes', 'referral_traces', 'referral_opens']) {
    await client.query(
      `DELETE FROM ${table} WHERE shop_id = $1 AND member_id = ANY($2::uuid[])`,
      theirs,
    );
  }
}

/**
 * A code can be a name. It stands in what friends' orders told, as the cart's attribute and in the link by which
 * they came; nothing else of their bodies changes, which are bytes that need not be readable text.
 */
async function eraseCodesTold(client: pg.PoolClient, theirs: readonly unknown[]): Promise<void> {
  await client.query(
    `WITH codes AS (
        SELECT string_agg(DISTINCT regexp_replace(c.code_key, '[^A-Za-z0-9-]', '.', 'g'), '|') AS any_of
        FROM referral_codes c WHERE c.shop_id = $1 AND c.member_id = ANY($2::uuid[])
      ), friends AS (
        SELECT r.friend_member_id AS id FROM referrals r WHERE r.shop_id = $1 AND r.advocate_member_id = ANY($2::uuid[])
      ), told AS (
        SELECT 'customer:' || m.customer_id AS subject FROM members m JOIN friends f ON f.id = m.id WHERE m.shop_id = $1
        UNION SELECT 'customer:' || a.customer_id FROM member_aliases a JOIN friends f ON f.id = a.member_id
          WHERE a.shop_id = $1
        UNION SELECT 'order:' || o.order_id FROM orders o JOIN referral_codes c ON c.shop_id = $1
          AND c.member_id = ANY($2::uuid[]) AND c.code_key = o.referral_code WHERE o.shop_id = $1
      )
      UPDATE deliveries d SET body = decode(regexp_replace(encode(d.body, 'escape'),
          '("value" *: *"|/r/)(' || codes.any_of || ')(?![A-Za-z0-9-])', '\\1', 'gi'), 'escape')
      FROM codes WHERE d.shop_id = $1 AND d.redacted_at IS NULL AND d.state IN ('done', 'dead') AND codes.any_of IS NOT NULL
        AND d.subject IN (SELECT subject FROM told)`,
    [...theirs],
  );
}
