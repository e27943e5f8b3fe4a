/** How many claims there were of a member's codes within a day up to each. */
import type pg from 'pg';
import type { Ends } from './referrals.ts';

/**
 * Counts claims of these members' codes within a day of each other. Two who claim at the same time wait
 * for each other here, so that each is counted. @returns those of which the count is another
 */
export async function countNearby(
  client: pg.PoolClient,
  shopId: string,
  advocateIds: readonly string[],
): Promise<readonly Ends[]> {
  if (advocateIds.length === 0) return [];
  await client.query({
    name: 'lock-advocates-claims',
    text: `SELECT pg_advisory_xact_lock(hashtextextended('claims ' || a.id, $1::bigint))
      FROM (SELECT id FROM unnest($2::text[]) AS id ORDER BY id) a`,
    values: [shopId, [...new Set(advocateIds)]],
  });
  const { rows } = await client.query<{
    id: string;
    advocate_member_id: string;
    friend_member_id: string;
  }>({
    name: 'count-nearby-claims',
    text: `WITH counted AS (
        SELECT r.id, count(*) OVER (PARTITION BY r.advocate_member_id ORDER BY r.claimed_at
          RANGE BETWEEN interval '1 day' PRECEDING AND CURRENT ROW)::int AS nearby
        FROM referrals r WHERE r.shop_id = $1 AND r.advocate_member_id = ANY($2::uuid[]) AND r.claimed_at IS NOT NULL
      ), news AS (SELECT c.id, c.nearby FROM counted c JOIN referrals r ON r.shop_id = $1 AND r.id = c.id
        WHERE r.nearby <> c.nearby ORDER BY c.id)
      UPDATE referrals r SET nearby = n.nearby FROM news n WHERE r.shop_id = $1 AND r.id = n.id
      RETURNING r.id, r.advocate_member_id, r.friend_member_id`,
    values: [shopId, advocateIds],
  });
  return rows.map((row) => ({
    id: row.id,
    advocateId: row.advocate_member_id,
    friendId: row.friend_member_id,
  }));
}
