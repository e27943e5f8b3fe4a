/** What a signed-in member may see of whom they referred: a state and the first letter of a name. */
import type { ReferralState } from '../domain/referrals/referral.ts';
import { shownToAdvocate } from '../domain/referrals/shown-state.ts';
import type { ShownState } from '../domain/referrals/shown-state.ts';
import type { World } from '../world.ts';

export interface StorefrontReferral {
  readonly state: ShownState;
  readonly name: string | null;
  /** ISO days would tell less than friends know of each other anyway. */
  readonly since: string;
  /** When the prize is due, while that is to come. */
  readonly due: string | null;
}

const MOST = 50;

export async function storefrontReferrals(
  world: World,
  shopId: string,
  memberId: string,
): Promise<readonly StorefrontReferral[]> {
  const { rows } = await world.db(shopId).query<{
    state: ReferralState;
    claimed_at: Date;
    due_at: Date | null;
    name: string | null;
  }>({
    name: 'storefront-referrals',
    text: `SELECT r.state, r.claimed_at, r.due_at, coalesce(f.name, f.email) AS name FROM referrals r
      JOIN members f ON f.shop_id = r.shop_id AND f.id = r.friend_member_id
      WHERE r.shop_id = $1 AND r.advocate_member_id = $2 AND r.claimed_at IS NOT NULL AND NOT r.superseded
        AND r.friend_member_id <> r.advocate_member_id
      ORDER BY r.claimed_at DESC, r.id LIMIT $3`,
    values: [shopId, memberId, MOST],
  });
  return rows.map((row) => ({
    ...shownToAdvocate(row),
    since: row.claimed_at.toISOString().slice(0, 10),
    due: row.state === 'ordered' ? (row.due_at?.toISOString().slice(0, 10) ?? null) : null,
  }));
}
