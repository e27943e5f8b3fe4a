/** What members hold of rewards, and what a shopper's standing says they can have. */
import type pg from 'pg';
import type { TagTidings } from '../../domain/members/tags.ts';
import type { RedemptionState } from '../../domain/points/redemption.ts';
import type { Spent } from '../../domain/rewards/limits.ts';
import type { KeptReward } from '../../domain/storefront/rewards.ts';

/** The newest of each member: whoever was given more sees these. */
const MOST_READ = 60;

export interface MemberReward extends KeptReward {
  /** Sealed: of a gift card, or of a partner's list. */
  readonly secret: string | null;
}

interface RewardRow extends Omit<KeptReward, 'memberId' | 'points' | 'validUntil' | 'since'> {
  readonly member_id: string;
  readonly points: string;
  readonly order_id: string | null;
  readonly valid_until: Date | null;
  readonly since: Date;
  readonly secret: string | null;
}

const COLUMNS = `r.id, r.member_id, i.reward_key AS key, i.name, i.terms, i.making, r.points, r.state, r.ending, r.code,
  r.order_id, r.returns, r.valid_until, greatest(r.reserved_at, r.captured_at, r.released_at) AS since,
  coalesce(i.secret, (SELECT c.code FROM partner_codes c WHERE c.shop_id = $1 AND c.redemption_id = i.id)) AS secret`;

/** Also of a customer who was merged into another. */
const MEMBER_OF_CUSTOMER = `coalesce((SELECT a.member_id FROM member_aliases a WHERE a.shop_id = $1 AND a.customer_id = $2),
  (SELECT o.id FROM members o WHERE o.shop_id = $1 AND o.customer_id = $2))`;

export async function readMemberRewards(
  pool: pg.Pool,
  shopId: string,
  memberIds: readonly string[],
): Promise<readonly MemberReward[]> {
  const { rows } = await pool.query<RewardRow>({
    name: 'read-member-rewards',
    text: `SELECT ${COLUMNS} FROM unnest($2::uuid[]) AS w (member_id)
      CROSS JOIN LATERAL (SELECT * FROM redemptions o WHERE o.shop_id = $1 AND o.member_id = w.member_id
        ORDER BY o.state = 'reserved' DESC, o.reserved_at DESC LIMIT ${MOST_READ}) r
      JOIN issued_rewards i ON i.shop_id = $1 AND i.id = r.id`,
    values: [shopId, memberIds],
  });
  return rows.map(rewardOf);
}

/** One that a shopper holds who is a member; null where it is none of theirs. */
export async function readShopperReward(
  pool: pg.Pool,
  shopId: string,
  customerId: string,
  redemptionId: string,
): Promise<MemberReward | null> {
  const { rows } = await pool.query<RewardRow>({
    name: 'read-shopper-reward',
    text: `SELECT ${COLUMNS} FROM redemptions r JOIN issued_rewards i ON i.shop_id = $1 AND i.id = r.id
        JOIN members m ON m.shop_id = $1 AND m.id = r.member_id AND m.state = 'active'
      WHERE r.shop_id = $1 AND r.id = $3 AND m.id = ${MEMBER_OF_CUSTOMER}`,
    values: [shopId, customerId, redemptionId],
  });
  return rows[0] ? rewardOf(rows[0]) : null;
}

function rewardOf(row: RewardRow): MemberReward {
  const { id, key, name, terms, making, state, ending, code, returns, secret } = row;
  return {
    ...{ id, key, name, terms, making, state, ending, code, returns, secret },
    memberId: row.member_id,
    points: Number(row.points),
    orderId: row.order_id,
    validUntil: row.valid_until?.getTime() ?? null,
    since: row.since.getTime(),
  };
}

export interface Shopper {
  readonly memberId: string;
  readonly state: string;
  readonly membership: string;
  readonly available: number;
  readonly debt: number;
  readonly tierKey: string | null;
  readonly tags: readonly TagTidings[];
  readonly spent: readonly Spent[];
}

/** By the customer's id, also one that was merged into another. */
export async function readShopper(
  pool: pg.Pool,
  shopId: string,
  customerId: string,
): Promise<Shopper | null> {
  const { rows } = await pool.query<{
    id: string;
    state: string;
    membership: string;
    available: string;
    debt: string;
    tier_key: string | null;
    tag_tidings: TagTidings[];
    spent: { purpose: string; points: number; state: RedemptionState; at: string }[];
  }>({
    name: 'read-shopper',
    text: `SELECT m.id, m.state, m.membership, m.available, m.debt, m.tier_key, m.tag_tidings,
        coalesce((SELECT jsonb_agg(jsonb_build_object('purpose', r.purpose, 'points', r.points, 'state', r.state, 'at', r.reserved_at))
          FROM redemptions r WHERE r.shop_id = $1 AND r.member_id = m.id AND r.points > 0 AND r.state <> 'released'), '[]') AS spent
      FROM members m WHERE m.shop_id = $1 AND m.id = ${MEMBER_OF_CUSTOMER}`,
    values: [shopId, customerId],
  });
  const [row] = rows;
  if (!row) return null;
  return {
    memberId: row.id,
    state: row.state,
    membership: row.membership,
    available: Number(row.available),
    debt: Number(row.debt),
    tierKey: row.tier_key,
    tags: row.tag_tidings,
    spent: row.spent.map(({ at, ...one }) => ({ ...one, reservedAt: Date.parse(at) })),
  };
}
