import type pg from 'pg';
import type { TagTidings } from '../../domain/members/tags.ts';
import type { ReferralState } from '../../domain/referrals/referral.ts';
import { shownToAdvocate } from '../../domain/referrals/shown-state.ts';
import type {
  ExpiringPoints,
  KeptProgress,
  ReferringFigures,
} from '../../domain/storefront/figures.ts';

export interface MemberFigures {
  readonly id: string;
  /** The customer's, or one that was merged into the member: both see the same. */
  readonly customerId: string;
  readonly own: boolean;
  readonly membership: string;
  /** Nobody has seen them signed in yet: whatever waits for them is claimed then. */
  readonly unseen: boolean;
  readonly tags: readonly TagTidings[];
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  readonly tierKey: string | null;
  readonly progress: readonly KeptProgress[];
  readonly expiring: readonly ExpiringPoints[];
  /** Null until they have a code. */
  readonly referring: ReferringFigures | null;
}

type ReferringRow = Omit<ReferringFigures, 'list'> & {
  readonly list: readonly { readonly state: ReferralState; readonly name: string | null }[];
};

/** A metafield has its bounds: of who brings many friends, the newest are shown. */
const MOST_FRIENDS = 20;
const THEIR_FRIENDS = `r.shop_id = $1 AND r.advocate_member_id = m.id AND r.claimed_at IS NOT NULL
  AND NOT r.superseded AND r.friend_member_id <> m.id`;
/** Of whom buys daily, the soonest dates are shown. */
const MOST_DATES = 100;

/** Members that stand for a customer of the shop, with what the storefront shows of them. */
export async function readMemberFigures(
  pool: pg.Pool,
  shopId: string,
  memberIds: readonly string[],
): Promise<readonly MemberFigures[]> {
  const { rows } = await pool.query<{
    id: string;
    customer_id: string;
    own: boolean;
    membership: string;
    unseen: boolean;
    tag_tidings: TagTidings[];
    available: string;
    pending: string;
    debt: string;
    tier_key: string | null;
    expiring: { readonly expires_at: string; readonly points: number }[];
    referring: ReferringRow | null;
    progress: (Omit<KeptProgress, 'until' | 'completedAt'> & {
      readonly until: string | null;
      readonly completedAt: string | null;
    })[];
  }>({
    name: 'read-member-figures',
    text: `SELECT m.id, c.customer_id, c.customer_id = m.customer_id IS TRUE AS own, m.membership, m.tag_tidings, m.available, m.pending, m.debt, m.tier_key, coalesce(p.rows, '[]') AS progress,
        NOT EXISTS (SELECT FROM member_logins l WHERE l.shop_id = $1 AND l.member_id = m.id) AS unseen,
        coalesce(e.rows, '[]') AS expiring, f.row AS referring
      FROM members m
      JOIN LATERAL (SELECT m.customer_id UNION SELECT a.customer_id FROM member_aliases a
        WHERE a.shop_id = $1 AND a.member_id = m.id) c ON c.customer_id IS NOT NULL
      LEFT JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object('key', key, 'have', have, 'need', need, 'counted', counted,
          'completed', completed_at IS NOT NULL, 'until', until, 'completedAt', completed_at, 'details', details)) AS rows
        FROM progress WHERE shop_id = $1 AND member_id = m.id) p ON true
      LEFT JOIN LATERAL (SELECT jsonb_agg(due) AS rows FROM (
        SELECT expires_at, sum(remaining) AS points FROM lots
        WHERE shop_id = $1 AND member_id = m.id AND remaining > 0 AND state = 'available' AND expires_at IS NOT NULL
        GROUP BY expires_at ORDER BY expires_at LIMIT ${MOST_DATES}) due) e ON true
      LEFT JOIN LATERAL (SELECT jsonb_build_object('code', c.code,
          'friends', (SELECT count(*) FROM referrals r WHERE ${THEIR_FRIENDS} AND r.state <> 'refused'),
          'rewarded', (SELECT count(*) FROM referrals r WHERE ${THEIR_FRIENDS} AND r.state = 'rewarded'),
          'list', (SELECT coalesce(jsonb_agg(newest), '[]') FROM (SELECT r.state, coalesce(n.name, n.email) AS name
            FROM referrals r JOIN members n ON n.shop_id = $1 AND n.id = r.friend_member_id
            WHERE ${THEIR_FRIENDS} ORDER BY r.claimed_at DESC, r.id LIMIT ${MOST_FRIENDS}) newest)) AS row
        FROM referral_codes c WHERE c.shop_id = $1 AND c.member_id = m.id
        ORDER BY c.chosen DESC, c.made_at DESC, c.code_key LIMIT 1) f ON true
      WHERE m.shop_id = $1 AND m.id = ANY($2::uuid[]) AND m.state = 'active'`,
    values: [shopId, memberIds],
  });
  return rows.map((row) => ({
    id: row.id,
    customerId: row.customer_id,
    own: row.own,
    membership: row.membership,
    unseen: row.unseen,
    tags: row.tag_tidings,
    available: Number(row.available),
    pending: Number(row.pending),
    debt: Number(row.debt),
    tierKey: row.tier_key,
    referring: row.referring && {
      ...row.referring,
      list: row.referring.list.map(shownToAdvocate),
    },
    expiring: row.expiring.map((due) => ({
      expiresAt: Date.parse(due.expires_at),
      points: due.points,
    })),
    progress: row.progress.map((line) => ({
      ...line,
      until: line.until === null ? null : Date.parse(line.until),
      completedAt: line.completedAt === null ? null : Date.parse(line.completedAt),
    })),
  }));
}
