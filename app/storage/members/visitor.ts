import type pg from 'pg';

/** What the storefront needs to know of a signed-in customer before anything is written. */
export interface Visitor {
  readonly memberId: string;
  readonly state: string;
  readonly membership: string;
  /** Their own, also where staff merged them into another. */
  readonly email: string | null;
  readonly optedIn: boolean;
  readonly lastLoginAt: number | null;
}

/** By the customer's id, also one that was merged into another. */
export async function readVisitor(
  pool: pg.Pool,
  shopId: string,
  customerId: string,
): Promise<Visitor | null> {
  const { rows } = await pool.query<{
    id: string;
    state: string;
    membership: string;
    email: string | null;
    opted_in: boolean;
    last_at: Date | null;
  }>({
    name: 'read-visitor',
    text: `SELECT m.id, m.state, m.membership, coalesce((SELECT g.email FROM member_aliases a
          JOIN members g ON g.shop_id = $1 AND g.id = a.merged_member_id
          WHERE a.shop_id = $1 AND a.customer_id = $2 AND g.state = 'merged'), m.email) AS email, m.opted_in_at IS NOT NULL AS opted_in,
        (SELECT max(l.last_at) FROM member_logins l WHERE l.shop_id = $1 AND l.member_id = m.id) AS last_at
      FROM members m WHERE m.shop_id = $1 AND m.id = coalesce(
        (SELECT a.member_id FROM member_aliases a WHERE a.shop_id = $1 AND a.customer_id = $2),
        (SELECT o.id FROM members o WHERE o.shop_id = $1 AND o.customer_id = $2))`,
    values: [shopId, customerId],
  });
  const row = rows[0];
  return row
    ? {
        memberId: row.id,
        state: row.state,
        membership: row.membership,
        email: row.email,
        optedIn: row.opted_in,
        lastLoginAt: row.last_at?.getTime() ?? null,
      }
    : null;
}
