/** What the door to referrals needs to know of members, without a lock. */
import type pg from 'pg';
import type { TagTidings } from '../../domain/members/tags.ts';
import type { WouldBeAdvocate } from '../../domain/referrals/may-refer.ts';

export async function readWouldBeAdvocate(
  pool: pg.Pool,
  shopId: string,
  memberId: string,
): Promise<WouldBeAdvocate | null> {
  const { rows } = await pool.query<{
    state: string;
    membership: string;
    tier_key: string | null;
    tag_tidings: readonly TagTidings[];
  }>({
    name: 'read-would-be-advocate',
    text: `SELECT state, membership, tier_key, tag_tidings FROM members WHERE shop_id = $1 AND id = $2`,
    values: [shopId, memberId],
  });
  const [row] = rows;
  return row
    ? {
        state: row.state,
        membership: row.membership,
        tierKey: row.tier_key,
        tags: row.tag_tidings,
      }
    : null;
}

export interface FriendSoFar {
  /** Whose code they came by first, if they did. */
  readonly advocateId: string | null;
  /** Whether they ever paid for an order that was no test. */
  readonly ordered: boolean;
}

export async function readFriendSoFar(
  pool: pg.Pool,
  shopId: string,
  memberId: string,
): Promise<FriendSoFar> {
  const { rows } = await pool.query<{ advocate: string | null; ordered: boolean }>({
    name: 'read-friend-so-far',
    text: `SELECT (SELECT r.advocate_member_id FROM referrals r
          WHERE r.shop_id = $1 AND r.friend_member_id = $2 AND NOT r.superseded LIMIT 1) AS advocate,
        EXISTS (SELECT 1 FROM orders o WHERE o.shop_id = $1 AND o.member_id = $2
          AND o.facts ->> 'paidAt' IS NOT NULL AND NOT coalesce((o.standing ->> 'test')::boolean, false)) AS ordered`,
    values: [shopId, memberId],
  });
  return { advocateId: rows[0]?.advocate ?? null, ordered: rows[0]?.ordered ?? false };
}
