/** Who has logged in with which e-mail, and the orders of guests that wait for it: both by keyed hashes. */
import type pg from 'pg';
import type { Login } from '../../domain/members/guests.ts';

/**
 * Whoever writes a login and whoever writes a guest's order take the e-mail's lock first: one of them
 * sees the other.
 */
export async function lockGuestKeys(
  client: pg.PoolClient,
  shopId: string,
  keys: Iterable<string>,
): Promise<void> {
  const sorted = [...new Set(keys)].sort();
  if (sorted.length === 0) return;
  await client.query({
    name: 'lock-guest-keys',
    text: `SELECT pg_advisory_xact_lock(hashtextextended(w.key, $1::bigint))
      FROM (SELECT key FROM unnest($2::text[]) WITH ORDINALITY AS k (key, place) ORDER BY place) w`,
    values: [shopId, sorted],
  });
}

/** Orders of guests with these keys that are nobody's yet. */
export async function waitingOrderIds(
  client: pg.Pool | pg.PoolClient,
  shopId: string,
  keys: readonly string[],
): Promise<readonly string[]> {
  if (keys.length === 0) return [];
  const { rows } = await client.query<{ order_id: string }>({
    name: 'waiting-order-ids',
    text: `SELECT order_id FROM orders WHERE shop_id = $1 AND guest_key = ANY($2::text[]) AND member_id IS NULL`,
    values: [shopId, keys],
  });
  return rows.map((row) => row.order_id);
}

/** E-mails of customers whom staff merged into others, and who can still sign in; by the customer's id. */
export async function emailsOfMerged(
  client: pg.PoolClient,
  shopId: string,
  customerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (customerIds.length === 0) return new Map();
  const { rows } = await client.query<{ customer_id: string; email: string }>({
    name: 'emails-of-merged',
    text: `SELECT a.customer_id, g.email FROM member_aliases a
      JOIN members g ON g.shop_id = $1 AND g.id = a.merged_member_id
      WHERE a.shop_id = $1 AND a.customer_id = ANY($2::bigint[]) AND g.state = 'merged'
        AND g.email IS NOT NULL AND g.email_verified`,
    values: [shopId, customerIds],
  });
  return new Map(rows.map((row) => [row.customer_id, row.email]));
}

export interface KeyedLogin extends Login {
  readonly key: string;
}

export async function readLogins(
  client: pg.PoolClient,
  shopId: string,
  keys: readonly string[],
): Promise<readonly KeyedLogin[]> {
  if (keys.length === 0) return [];
  const { rows } = await client.query<{
    member_id: string;
    email_key: string;
    first_at: Date;
    last_at: Date;
  }>({
    name: 'read-logins',
    text: `SELECT member_id, email_key, first_at, last_at FROM member_logins
      WHERE shop_id = $1 AND email_key = ANY($2::text[])`,
    values: [shopId, keys],
  });
  return rows.map((row) => ({
    key: row.email_key,
    memberId: row.member_id,
    firstAt: row.first_at.getTime(),
    lastAt: row.last_at.getTime(),
  }));
}

export async function writeLogins(
  client: pg.PoolClient,
  shopId: string,
  logins: readonly { readonly memberId: string; readonly key: string; readonly at: number }[],
): Promise<void> {
  if (logins.length === 0) return;
  const rows = logins.map(({ memberId, key, at }) => ({
    member_id: memberId,
    email_key: key,
    at: new Date(at).toISOString(),
  }));
  await client.query({
    name: 'write-logins',
    text: `INSERT INTO member_logins AS l (shop_id, member_id, email_key, first_at, last_at)
      SELECT $1, w.member_id, w.email_key, min(w.at), max(w.at)
      FROM jsonb_to_recordset($2::jsonb) AS w (member_id uuid, email_key text, at timestamptz)
      GROUP BY w.member_id, w.email_key ORDER BY w.member_id, w.email_key
      ON CONFLICT (shop_id, member_id, email_key) DO UPDATE SET
        first_at = least(l.first_at, EXCLUDED.first_at), last_at = greatest(l.last_at, EXCLUDED.last_at)`,
    values: [shopId, JSON.stringify(rows)],
  });
}
