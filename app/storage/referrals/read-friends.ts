/** What is known of friends that matters to who referred them: orders, account, sign-ins. */
import type pg from 'pg';
import { codeKey } from '../../domain/referrals/codes.ts';
import type { OrderOfFriend } from '../../domain/referrals/friend-course.ts';
import type { Standing } from '../../domain/orders/standing.ts';
import { ownersOf } from './referral-codes.ts';

export interface OrderWithCode {
  readonly friendId: string;
  readonly advocateId: string;
  readonly code: string;
  readonly placedAt: number;
}

export async function ordersWithCodes(
  client: pg.PoolClient,
  shopId: string,
  friendIds: readonly string[],
): Promise<readonly OrderWithCode[]> {
  const { rows } = await client.query<{ member_id: string; placed_at: Date; code: string }>({
    name: 'orders-with-codes',
    text: `SELECT member_id, placed_at, referral_code AS code FROM orders
      WHERE shop_id = $1 AND member_id = ANY($2::uuid[]) AND referral_code IS NOT NULL AND placed_at IS NOT NULL
      ORDER BY placed_at, order_id`,
    values: [shopId, friendIds],
  });
  const owners = await ownersOf(client, shopId, [...new Set(rows.map(({ code }) => code))]);
  return rows.flatMap(({ member_id: friendId, placed_at: placedAt, code }) => {
    const owner = owners.get(codeKey(code));
    return owner
      ? [{ friendId, advocateId: owner.memberId, code: owner.code, placedAt: placedAt.getTime() }]
      : [];
  });
}

export async function ordersOfFriends(
  client: pg.PoolClient,
  shopId: string,
  friendIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OrderOfFriend[]>> {
  const { rows } = await client.query<{
    member_id: string;
    standing: Standing;
    paid_at: string | null;
    fulfilled_at: string | null;
  }>({
    name: 'orders-of-friends',
    text: `SELECT member_id, standing, facts ->> 'paidAt' AS paid_at, facts ->> 'fulfilledAt' AS fulfilled_at
      FROM orders WHERE shop_id = $1 AND member_id = ANY($2::uuid[]) AND placed_at IS NOT NULL`,
    values: [shopId, friendIds],
  });
  const read = rows.map((row) => ({
    memberId: row.member_id,
    standing: row.standing,
    paidAt: row.paid_at === null ? null : Number(row.paid_at),
    fulfilledAt: row.fulfilled_at === null ? null : Number(row.fulfilled_at),
  }));
  return Map.groupBy(read, ({ memberId }) => memberId);
}

export async function aboutFriends(
  client: pg.PoolClient,
  shopId: string,
  friendIds: readonly string[],
): Promise<ReadonlyMap<string, { accountSince: number | null; seenAt: number | null }>> {
  const { rows } = await client.query<{
    id: string;
    customer_created_at: Date | null;
    seen_at: Date | null;
  }>({
    name: 'about-friends',
    text: `SELECT m.id, m.customer_created_at,
        (SELECT min(l.first_at) FROM member_logins l WHERE l.shop_id = $1 AND l.member_id = m.id) AS seen_at
      FROM members m WHERE m.shop_id = $1 AND m.id = ANY($2::uuid[]) AND m.state <> 'redacted'`,
    values: [shopId, friendIds],
  });
  return new Map(
    rows.map((row) => [
      row.id,
      {
        accountSince: row.customer_created_at?.getTime() ?? null,
        seenAt: row.seen_at?.getTime() ?? null,
      },
    ]),
  );
}
