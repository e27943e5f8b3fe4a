/**
 * What follows for referrals from their friends' facts: who claimed when, which claim was the first, what
 * was ordered since. Worked out anew from the facts whenever one of them changed; the friends are locked.
 */
import type pg from 'pg';
import { friendCourse } from '../../domain/referrals/friend-course.ts';
import { NOTHING_ORDERED } from '../../domain/referrals/referral.ts';
import type { FriendCourse } from '../../domain/referrals/referral.ts';
import { sameContent } from '../../domain/same-content.ts';
import { isoOrNull } from '../orders/lock-orders.ts';
import { aboutFriends, ordersOfFriends, ordersWithCodes } from './read-friends.ts';
import type { Ends } from './referrals.ts';

export interface Refreshed {
  /** Referrals of which something is another than before. */
  readonly changed: readonly Ends[];
  /** Those of which the claim is new, or from another moment. */
  readonly claimed: readonly (Ends & { readonly claimedAt: number })[];
  /** All of these friends'. */
  readonly all: readonly Ends[];
}

export interface KeptReferral extends Ends {
  readonly visitedAt: number | null;
  readonly orderedAt: number | null;
  readonly seenAt: number | null;
  readonly superseded: boolean;
  readonly course: FriendCourse;
  readonly code: string;
  /** Their codes are gone with them; what was claimed by them stays claimed. */
  readonly advocateErased: boolean;
}

export interface ReferralSources {
  readonly newId: () => string;
  /** Whether members could refer friends at that moment. */
  readonly offeredAt: (at: number) => boolean;
  /** Friends who said just now by whose code they came. */
  readonly visits?: readonly {
    readonly friendId: string;
    readonly advocateId: string;
    readonly code: string;
    readonly at: number;
  }[];
}

export async function refreshReferrals(
  client: pg.PoolClient,
  shopId: string,
  friendIds: readonly string[],
  by: ReferralSources,
): Promise<Refreshed> {
  const { before, after } = await referralsByFacts(client, shopId, friendIds, by);
  const known = new Map(before.map((one) => [one.id, one]));
  const changed = after.filter((one) => !sameContent(one, known.get(one.id) ?? null));
  const claimed = changed.flatMap((one) => {
    const claimedAt = claimOf(one);
    const isOld = claimedAt === null || claimedAt === claimOf(known.get(one.id) ?? null);
    return isOld ? [] : [{ ...one, claimedAt }];
  });
  await writeKept(client, shopId, changed);
  return { changed, claimed, all: after };
}

/** As they are kept, and as the facts say; writes nothing. */
export async function referralsByFacts(
  client: pg.PoolClient,
  shopId: string,
  friendIds: readonly string[],
  by: ReferralSources,
): Promise<{ readonly before: readonly KeptReferral[]; readonly after: readonly KeptReferral[] }> {
  const before = await readKept(client, shopId, friendIds);
  const orders = await ordersWithCodes(client, shopId, friendIds);
  const visits = by.visits ?? [];
  if (before.length + orders.length + visits.length === 0) return { before, after: [] };
  const wanted = new Map<string, KeptReferral>();
  // Of two of the same pair, which a merge brings together, the older takes the claims in.
  const twins: KeptReferral[] = [];
  for (const one of before) {
    const reset = one.advocateErased ? one : { ...one, orderedAt: null };
    if (wanted.has(pairOf(one))) twins.push(reset);
    else wanted.set(pairOf(one), reset);
  }
  const claim = (friendId: string, advocateId: string, code: string): KeptReferral => {
    const pair = pairOf({ friendId, advocateId });
    const known = wanted.get(pair) ?? fresh(by.newId(), friendId, advocateId, code);
    wanted.set(pair, known);
    return known;
  };
  for (const { friendId, advocateId, code, at } of visits) {
    const known = claim(friendId, advocateId, code);
    wanted.set(pairOf(known), { ...known, visitedAt: least(known.visitedAt, at) });
  }
  for (const { friendId, advocateId, code, placedAt } of orders) {
    if (friendId === advocateId || !by.offeredAt(placedAt)) continue;
    const known = claim(friendId, advocateId, code);
    wanted.set(pairOf(known), { ...known, orderedAt: least(known.orderedAt, placedAt) });
  }
  const after = await withCourses(client, shopId, [...wanted.values(), ...twins]);
  return { before, after };
}

function fresh(id: string, friendId: string, advocateId: string, code: string): KeptReferral {
  return {
    ...{ id, friendId, advocateId, code },
    ...{ visitedAt: null, orderedAt: null, seenAt: null, superseded: false },
    ...{ course: NOTHING_ORDERED, advocateErased: false },
  };
}

function pairOf({ friendId, advocateId }: Pick<Ends, 'friendId' | 'advocateId'>): string {
  return `${friendId} ${advocateId}`;
}

function claimOf(one: Pick<KeptReferral, 'visitedAt' | 'orderedAt'> | null): number | null {
  return one ? least(one.visitedAt, one.orderedAt) : null;
}

function least(...moments: readonly (number | null)[]): number | null {
  const known = moments.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

async function readKept(
  client: pg.PoolClient,
  shopId: string,
  friendIds: readonly string[],
): Promise<readonly KeptReferral[]> {
  const { rows } = await client.query<{
    id: string;
    advocate_member_id: string;
    friend_member_id: string;
    visited_at: Date | null;
    ordered_at: Date | null;
    seen_at: Date | null;
    superseded: boolean;
    course: string;
    code: string;
    advocate_erased: boolean;
  }>({
    name: 'read-kept-referrals',
    text: `SELECT r.id, r.advocate_member_id, r.friend_member_id, r.visited_at, r.ordered_at, r.seen_at, r.superseded,
        r.course::text AS course, r.code, a.state = 'redacted' AS advocate_erased
      FROM referrals r JOIN members a ON a.shop_id = $1 AND a.id = r.advocate_member_id
      WHERE r.shop_id = $1 AND r.friend_member_id = ANY($2::uuid[]) ORDER BY r.id`,
    values: [shopId, friendIds],
  });
  return rows.map((row) => ({
    id: row.id,
    advocateId: row.advocate_member_id,
    friendId: row.friend_member_id,
    visitedAt: row.visited_at?.getTime() ?? null,
    orderedAt: row.ordered_at?.getTime() ?? null,
    seenAt: row.seen_at?.getTime() ?? null,
    superseded: row.superseded,
    course: JSON.parse(row.course) as FriendCourse,
    code: row.code,
    advocateErased: row.advocate_erased,
  }));
}

/** With what their friends ordered, when they were first seen signed in, and which claim was the first. */
async function withCourses(
  client: pg.PoolClient,
  shopId: string,
  referrals: readonly KeptReferral[],
): Promise<readonly KeptReferral[]> {
  const friendIds = [...new Set(referrals.map(({ friendId }) => friendId))];
  const orders = await ordersOfFriends(client, shopId, friendIds);
  const about = await aboutFriends(client, shopId, friendIds);
  const first = new Map<string, KeptReferral>();
  for (const one of [...referrals].sort(byClaim)) {
    if (claimOf(one) !== null && !first.has(one.friendId)) first.set(one.friendId, one);
  }
  return referrals.map((one) => {
    const claimedAt = claimOf(one);
    // Who was erased tells nothing any more: what followed from it stays.
    const { accountSince, seenAt } = about.get(one.friendId) ?? {
      accountSince: one.course.accountSince,
      seenAt: one.seenAt,
    };
    return {
      ...one,
      seenAt: least(seenAt, one.visitedAt),
      superseded: first.get(one.friendId)?.id !== one.id,
      course:
        claimedAt === null
          ? NOTHING_ORDERED
          : friendCourse(orders.get(one.friendId) ?? [], claimedAt, accountSince),
    };
  });
}

function byClaim(a: KeptReferral, b: KeptReferral): number {
  return (
    (claimOf(a) ?? Infinity) - (claimOf(b) ?? Infinity) || (a.advocateId < b.advocateId ? -1 : 1)
  );
}

async function writeKept(
  client: pg.PoolClient,
  shopId: string,
  changed: readonly KeptReferral[],
): Promise<void> {
  if (changed.length === 0) return;
  const rows = [...changed]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map((one) => ({
      ...{ id: one.id, advocate_member_id: one.advocateId, friend_member_id: one.friendId },
      ...{ code: one.code, superseded: one.superseded, course: one.course },
      visited_at: isoOrNull(one.visitedAt),
      ordered_at: isoOrNull(one.orderedAt),
      claimed_at: isoOrNull(claimOf(one)),
      seen_at: isoOrNull(one.seenAt),
    }));
  await client.query({
    name: 'write-kept-referrals',
    text: `INSERT INTO referrals (shop_id, ${WRITTEN}) SELECT $1, ${WRITTEN}
      FROM jsonb_to_recordset($2::jsonb) AS w (id uuid, advocate_member_id uuid, friend_member_id uuid, code text,
        superseded boolean, course jsonb, visited_at timestamptz, ordered_at timestamptz, claimed_at timestamptz,
        seen_at timestamptz)
      ON CONFLICT (shop_id, id) DO UPDATE SET superseded = EXCLUDED.superseded, course = EXCLUDED.course,
        visited_at = EXCLUDED.visited_at, ordered_at = EXCLUDED.ordered_at, claimed_at = EXCLUDED.claimed_at,
        seen_at = EXCLUDED.seen_at`,
    values: [shopId, JSON.stringify(rows)],
  });
}

const WRITTEN =
  'id, advocate_member_id, friend_member_id, code, superseded, course, visited_at, ordered_at, claimed_at, seen_at';
