/** What only a person can do, from all pages of the admin: staff find it where they begin. */
import type { World } from '../world.ts';

export interface WaitingForStaff {
  /** Customers who asked for what is held of them, and whose answer nobody has fetched; due first. */
  readonly requests: readonly WaitingRequest[];
  readonly flags: number;
  readonly rewards: number;
  readonly claims: number;
  readonly referrals: number;
  readonly names: number;
  readonly deliveries: number;
  readonly effects: number;
}

export interface WaitingRequest {
  readonly requestId: string;
  /** Null where the customer is no member. */
  readonly memberId: string | null;
  readonly member: string | null;
  readonly dueAt: number;
}

/** More are not counted one by one. */
const MOST_COUNTED = 1_000;
const MOST_REQUESTS = 5;

/** How many rows of each kind wait, each by an index that holds what is open. */
const OPEN = {
  flags: 'order_flags WHERE shop_id = $1 AND dismissed_at IS NULL',
  rewards: `issued_rewards i JOIN redemptions r ON r.shop_id = i.shop_id AND r.id = i.id
    WHERE i.shop_id = $1 AND i.making = 'made' AND r.state = 'reserved' AND r.ending IS NULL
      AND i.terms ->> 'kind' = 'by-hand'`,
  claims: `activities a JOIN members m ON m.shop_id = a.shop_id AND m.id = a.member_id
    WHERE a.shop_id = $1 AND a.state = 'pending' AND m.state = 'active'`,
  referrals: "referrals WHERE shop_id = $1 AND state = 'flagged' AND claimed_at IS NOT NULL",
  names: "leaderboard_names WHERE shop_id = $1 AND state = 'reported'",
  deliveries: "deliveries WHERE shop_id = $1 AND state = 'dead'",
  effects: "effects WHERE shop_id = $1 AND state = 'dead'",
} as const;

type Kind = keyof typeof OPEN;
const KINDS = Object.keys(OPEN) as readonly Kind[];

const COUNT = `SELECT ${KINDS.map(
  (kind) => `(SELECT count(*)::int FROM (SELECT 1 FROM ${OPEN[kind]} LIMIT $2) x) AS ${kind}`,
).join(',\n')}`;

export async function waitingForStaff(world: World, shopId: string): Promise<WaitingForStaff> {
  const pool = world.db(shopId);
  const [counted, requests] = await Promise.all([
    pool.query<Record<Kind, number>>(COUNT, [shopId, MOST_COUNTED]),
    pool.query<{
      request_id: string;
      member_id: string | null;
      member: string | null;
      due_at: Date;
    }>(
      `SELECT d.request_id, d.member_id, coalesce(m.name, m.email) AS member, d.due_at
        FROM data_requests d LEFT JOIN members m ON m.shop_id = d.shop_id AND m.id = d.member_id
        WHERE d.shop_id = $1 AND d.content IS NOT NULL AND d.downloaded_at IS NULL AND d.keep_until >= $2
        ORDER BY d.due_at, d.request_id LIMIT $3`,
      [shopId, new Date(world.now()), MOST_REQUESTS],
    ),
  ]);
  const [counts] = counted.rows;
  if (!counts) throw new Error('A count has one row.');
  return {
    ...counts,
    requests: requests.rows.map((row) => ({
      requestId: row.request_id,
      memberId: row.member_id,
      member: row.member,
      dueAt: row.due_at.getTime(),
    })),
  };
}
