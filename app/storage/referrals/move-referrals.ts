/** Referrals and codes follow their members through a merge, and back when it is undone. */
import type pg from 'pg';
import type { MovedReferrals } from '../members/merges.ts';

/** @param only these, where it goes back: the other member has their own */
export async function moveReferrals(
  client: pg.PoolClient,
  shopId: string,
  { from, to }: { readonly from: string; readonly to: string },
  only: MovedReferrals | null = null,
): Promise<MovedReferrals> {
  const ask = async (text: string, ids: readonly string[] | null): Promise<string[]> =>
    (await client.query<{ id: string }>(text, [shopId, from, to, ids])).rows.map(({ id }) => id);
  const made = await ask(
    `UPDATE referrals SET advocate_member_id = $3
      WHERE shop_id = $1 AND advocate_member_id = $2 AND ($4::uuid[] IS NULL OR id = ANY($4)) RETURNING id`,
    only?.made ?? null,
  );
  const came = await ask(
    `UPDATE referrals SET friend_member_id = $3
      WHERE shop_id = $1 AND friend_member_id = $2 AND ($4::uuid[] IS NULL OR id = ANY($4)) RETURNING id`,
    only?.came ?? null,
  );
  const codes = await ask(
    `UPDATE referral_codes SET member_id = $3
      WHERE shop_id = $1 AND member_id = $2 AND ($4::text[] IS NULL OR code_key = ANY($4)) RETURNING code_key AS id`,
    only?.codes ?? null,
  );
  return { made, came, codes };
}

/** Both ends of what these members made, and of what they came by. */
export async function endsOf(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>({
    name: 'ends-of-referrals',
    text: `SELECT unnest(ARRAY[advocate_member_id, friend_member_id])::text AS id FROM referrals
        WHERE shop_id = $1 AND advocate_member_id = ANY($2::uuid[])
      UNION SELECT unnest(ARRAY[advocate_member_id, friend_member_id])::text FROM referrals
        WHERE shop_id = $1 AND friend_member_id = ANY($2::uuid[])`,
    values: [shopId, memberIds],
  });
  return rows.map((row) => row.id);
}
