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
  for (const table of ['referral_codes', 'referral_traces', 'referral_opens']) {
    await client.query(
      `DELETE FROM ${table} WHERE shop_id = $1 AND member_id = ANY($2::uuid[])`,
      theirs,
    );
  }
}
