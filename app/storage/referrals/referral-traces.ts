/** What customers can have in common, as keyed hashes: written as it is seen, compared, forgotten. */
import type pg from 'pg';
import type { Ends } from './referrals.ts';
import { TRACE_DAYS } from '../../domain/referrals/traces.ts';
import { DAY } from '../../domain/time/shop-time.ts';

export interface KeyedTrace {
  readonly memberId: string;
  readonly kind: string;
  readonly hash: string;
  readonly at: number;
}

/** Their members are locked. */
export async function writeTraces(
  client: pg.PoolClient,
  shopId: string,
  traces: readonly KeyedTrace[],
): Promise<void> {
  if (traces.length === 0) return;
  await client.query({
    name: 'write-traces',
    text: `INSERT INTO referral_traces AS t (shop_id, member_id, kind, hash, first_at, last_at)
      SELECT $1, w.member_id, w.kind, w.hash, min(w.at), max(w.at)
      FROM jsonb_to_recordset($2::jsonb) AS w (member_id uuid, kind text, hash text, at timestamptz)
      GROUP BY 2, 3, 4 ORDER BY 2, 3, 4
      ON CONFLICT (shop_id, member_id, kind, hash) DO UPDATE SET
        first_at = least(t.first_at, EXCLUDED.first_at), last_at = greatest(t.last_at, EXCLUDED.last_at)`,
    values: [shopId, rowsOf(traces)],
  });
}

function rowsOf(traces: readonly KeyedTrace[]): string {
  return JSON.stringify(
    traces.map(({ memberId, kind, hash, at }) => ({
      ...{ member_id: memberId, kind, hash },
      at: new Date(at).toISOString(),
    })),
  );
}

/** Referrals that these traces may concern: of the member, of a friend's advocate, of another friend. */
export async function referralsWith(
  client: pg.PoolClient,
  shopId: string,
  traces: readonly KeyedTrace[],
): Promise<readonly string[]> {
  if (traces.length === 0) return [];
  const { rows } = await client.query<{ id: string }>({
    name: 'referrals-with-traces',
    text: `WITH same AS (
        SELECT DISTINCT w.member_id AS one, t.member_id AS other
        FROM jsonb_to_recordset($2::jsonb) AS w (member_id uuid, kind text, hash text)
        JOIN referral_traces t ON t.shop_id = $1 AND t.kind = w.kind AND t.hash = w.hash
      )
      SELECT r.id FROM same s JOIN referrals r ON r.shop_id = $1 AND r.friend_member_id = s.one
        AND (r.advocate_member_id = s.other OR s.other = s.one)
      UNION SELECT r.id FROM same s JOIN referrals r ON r.shop_id = $1 AND r.friend_member_id = s.other
        AND r.advocate_member_id = s.one
      UNION SELECT unnest(ARRAY[r.id, o.id]) FROM same s
        JOIN referrals r ON r.shop_id = $1 AND r.friend_member_id = s.one
        JOIN referrals o ON o.shop_id = $1 AND o.friend_member_id = s.other
          AND o.advocate_member_id = r.advocate_member_id
        WHERE s.one <> s.other`,
    values: [shopId, rowsOf(traces)],
  });
  return rows.map((row) => row.id);
}

/** Two sightings of one thing say something of each other within so many milliseconds. */
const WITHIN = `interval '${TRACE_DAYS} days'`;
const NEAR = `f.first_at <= t.last_at + ${WITHIN} AND t.first_at <= f.last_at + ${WITHIN}`;

/**
 * Compares traces of these referrals' friends with the advocate's, and with those of the friends who
 * came before; what was found once stays found. @returns those of which something new was found
 */
export async function findInCommon(
  client: pg.PoolClient,
  shopId: string,
  referralIds: readonly string[],
): Promise<readonly Ends[]> {
  if (referralIds.length === 0) return [];
  const { rows } = await client.query<{
    id: string;
    advocate_member_id: string;
    friend_member_id: string;
  }>({
    name: 'find-in-common',
    text: `WITH asked AS (SELECT * FROM referrals WHERE shop_id = $1 AND id = ANY($2::uuid[])),
      found AS (
        SELECT r.id, 'same-' || f.kind AS kind, greatest(f.first_at, t.first_at) AS at FROM asked r
          JOIN referral_traces f ON f.shop_id = $1 AND f.member_id = r.friend_member_id AND f.kind <> 'disposable'
          JOIN referral_traces t ON t.shop_id = $1 AND t.member_id = r.advocate_member_id
            AND t.kind = f.kind AND t.hash = f.hash AND ${NEAR}
          WHERE r.advocate_member_id <> r.friend_member_id
        UNION ALL
        SELECT r.id, 'shared-' || f.kind, greatest(f.first_at, t.first_at) FROM asked r
          JOIN referral_traces f ON f.shop_id = $1 AND f.member_id = r.friend_member_id AND f.kind <> 'disposable'
          JOIN referral_traces t ON t.shop_id = $1 AND t.kind = f.kind AND t.hash = f.hash
            AND t.member_id <> f.member_id AND ${NEAR}
          JOIN referrals o ON o.shop_id = $1 AND o.friend_member_id = t.member_id
            AND o.advocate_member_id = r.advocate_member_id AND (o.claimed_at, o.id) < (r.claimed_at, r.id)
        UNION ALL
        SELECT r.id, f.kind, f.first_at FROM asked r
          JOIN referral_traces f ON f.shop_id = $1 AND f.member_id = r.friend_member_id AND f.kind = 'disposable'
      ),
      first AS (SELECT id, kind, floor(extract(epoch FROM min(at)) * 1000)::bigint AS at FROM found GROUP BY id, kind),
      news AS (SELECT f.id, jsonb_object_agg(f.kind, f.at) AS more FROM first f JOIN asked r ON r.id = f.id
        WHERE r.findings -> f.kind IS NULL OR (r.findings ->> f.kind)::bigint > f.at GROUP BY f.id ORDER BY f.id)
      UPDATE referrals r SET findings = r.findings || n.more FROM news n WHERE r.shop_id = $1 AND r.id = n.id
      RETURNING r.id, r.advocate_member_id, r.friend_member_id`,
    values: [shopId, referralIds],
  });
  return rows.map((row) => ({
    id: row.id,
    advocateId: row.advocate_member_id,
    friendId: row.friend_member_id,
  }));
}

/** E-mails of active members, by member. */
export async function emailsBy(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (memberIds.length === 0) return new Map();
  const { rows } = await client.query<{ id: string; email: string }>({
    name: 'emails-by-member',
    text: `SELECT id, email FROM members
      WHERE shop_id = $1 AND id = ANY($2::uuid[]) AND email IS NOT NULL AND state = 'active'`,
    values: [shopId, memberIds],
  });
  return new Map(rows.map(({ id, email }) => [id, email]));
}

/** Of a member whom staff or Shopify merged into another: what is known of the one is known of both. */
export async function copyTraces(
  client: pg.PoolClient,
  shopId: string,
  { kept, gone }: { readonly kept: string; readonly gone: string },
): Promise<void> {
  await client.query({
    name: 'copy-traces',
    text: `INSERT INTO referral_traces AS t (shop_id, member_id, kind, hash, first_at, last_at)
      SELECT $1, $2, kind, hash, first_at, last_at FROM referral_traces WHERE shop_id = $1 AND member_id = $3
      ON CONFLICT (shop_id, member_id, kind, hash) DO UPDATE SET
        first_at = least(t.first_at, EXCLUDED.first_at), last_at = greatest(t.last_at, EXCLUDED.last_at)`,
    values: [shopId, kept, gone],
  });
}

/** The merge is undone: what both have by now may be the other's alone. */
export async function dropCopiedTraces(
  client: pg.PoolClient,
  shopId: string,
  { kept, gone }: { readonly kept: string; readonly gone: string },
): Promise<void> {
  await client.query({
    name: 'drop-copied-traces',
    text: `DELETE FROM referral_traces t USING referral_traces g WHERE t.shop_id = $1 AND t.member_id = $2
        AND g.shop_id = $1 AND g.member_id = $3 AND g.kind = t.kind AND g.hash = t.hash`,
    values: [shopId, kept, gone],
  });
}

/** Traces that nobody has seen for so long are gone. @returns how many */
export async function forgetOldTraces(pool: pg.Pool, shopId: string, now: number): Promise<number> {
  const { rowCount } = await pool.query({
    name: 'forget-old-traces',
    text: `DELETE FROM referral_traces WHERE shop_id = $1 AND last_at < $2`,
    values: [shopId, new Date(now - TRACE_DAYS * DAY)],
  });
  return rowCount ?? 0;
}
