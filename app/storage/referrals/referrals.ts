/**
 * Referrals of members. What a friend's facts say of one is written under the friend's lock, what the
 * engine says of it under the advocate's; findings only grow. So nobody locks two members for it.
 */
import type pg from 'pg';
import type { ReferralChange } from '../../domain/decide-referrals.ts';
import type {
  FriendCourse,
  ReferralFacts,
  ReferralReason,
  ReferralState,
} from '../../domain/referrals/referral.ts';
import { isoOrNull } from '../orders/lock-orders.ts';

export interface MembersReferrals {
  /** Of friends who came by their codes. */
  readonly made: readonly ReferralFacts[];
  /** Of codes by which they came themselves. */
  readonly came: readonly ReferralFacts[];
}

/** By member; members without any are left out. */
export async function readReferrals(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, MembersReferrals>> {
  const { rows } = await client.query<ReferralRow>({
    name: 'read-referrals',
    text: `SELECT ${COLUMNS} FROM referrals WHERE shop_id = $1 AND advocate_member_id = ANY($2::uuid[])
      UNION SELECT ${COLUMNS} FROM referrals WHERE shop_id = $1 AND friend_member_id = ANY($2::uuid[])`,
    values: [shopId, memberIds],
  });
  const all = rows.map(readReferral).sort((a, b) => (a.id < b.id ? -1 : 1));
  const made = Map.groupBy(all, ({ advocateId }) => advocateId);
  const came = Map.groupBy(all, ({ friendId }) => friendId);
  return new Map(
    memberIds.flatMap((id) => {
      const theirs = { made: made.get(id) ?? [], came: came.get(id) ?? [] };
      return theirs.made.length + theirs.came.length === 0 ? [] : [[id, theirs] as const];
    }),
  );
}

const COLUMNS = `id, advocate_member_id, friend_member_id, claimed_at, seen_at, superseded, nearby, course::text AS course,
  findings::text AS findings, ruling, ruled_at, state, because, score, signals::text AS signals, due_at, order_id`;

export interface ReferralRow {
  readonly id: string;
  readonly advocate_member_id: string;
  readonly friend_member_id: string;
  readonly claimed_at: Date | null;
  readonly seen_at: Date | null;
  readonly superseded: boolean;
  readonly nearby: number;
  readonly course: string;
  readonly findings: string;
  readonly ruling: 'approved' | 'refused' | null;
  readonly ruled_at: Date | null;
  readonly state: ReferralState;
  readonly because: ReferralReason | null;
  readonly score: number;
  readonly signals: string;
  readonly due_at: Date | null;
  readonly order_id: string | null;
}

function readReferral(row: ReferralRow): ReferralFacts {
  return {
    id: row.id,
    advocateId: row.advocate_member_id,
    friendId: row.friend_member_id,
    claimedAt: row.claimed_at?.getTime() ?? null,
    seenAt: row.seen_at?.getTime() ?? null,
    superseded: row.superseded,
    nearby: row.nearby,
    course: JSON.parse(row.course) as FriendCourse,
    findings: JSON.parse(row.findings) as Record<string, number>,
    ruling: row.ruling && row.ruled_at ? { says: row.ruling, at: row.ruled_at.getTime() } : null,
    kept: {
      state: row.state,
      because: row.because,
      score: row.score,
      signals: JSON.parse(row.signals) as string[],
      dueAt: row.due_at?.getTime() ?? null,
      orderId: row.order_id,
    },
  };
}

/** How they stand, as the advocate's decision says. */
export async function writeReferralStandings(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly ReferralChange[],
): Promise<void> {
  if (changes.length === 0) return;
  const rows = [...changes]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, standing }) => ({
      ...{ id, state: standing.state, because: standing.because, score: standing.score },
      signals: standing.signals,
      due_at: isoOrNull(standing.dueAt),
      order_id: standing.orderId,
    }));
  await client.query({
    name: 'write-referral-standings',
    text: `UPDATE referrals r SET state = w.state, because = w.because, score = w.score, signals = w.signals,
        due_at = w.due_at, order_id = w.order_id
      FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, state text, because text, score int, signals jsonb,
        due_at timestamptz, order_id bigint)
      WHERE r.shop_id = $1 AND r.id = w.id`,
    values: [shopId, JSON.stringify(rows)],
  });
}

export interface Ends {
  readonly id: string;
  readonly advocateId: string;
  readonly friendId: string;
}

/** A person's word. The later one stands. @returns null where there is no such referral */
export async function writeRuling(
  client: pg.PoolClient,
  shopId: string,
  id: string,
  ruling: {
    readonly says: 'approved' | 'refused';
    readonly at: Date;
    readonly by: string;
    readonly reason: string;
  },
): Promise<Ends | null> {
  const { rows } = await client.query<{ advocate_member_id: string; friend_member_id: string }>({
    name: 'write-ruling',
    text: `UPDATE referrals SET ruling = $3, ruled_at = $4, ruled_by = $5, ruling_reason = $6
      WHERE shop_id = $1 AND id = $2 RETURNING advocate_member_id, friend_member_id`,
    values: [shopId, id, ruling.says, ruling.at, ruling.by, ruling.reason],
  });
  const [row] = rows;
  return row ? { id, advocateId: row.advocate_member_id, friendId: row.friend_member_id } : null;
}
