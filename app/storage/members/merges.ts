/** Merges of members, each with what it moved: so that it can be shown, and undone. */
import type pg from 'pg';
import type { MovedBoards } from '../leaderboards/move-boards.ts';

/** Rows as the database writes them, without the shop's id. */
export type KeptRow = Readonly<Record<string, unknown>>;

export interface Moved {
  readonly orders: readonly string[];
  readonly reviews: readonly (readonly [provider: string, id: string])[];
  readonly grants: readonly string[];
  readonly redemptions: readonly {
    readonly id: string;
    readonly requestKey: string;
    readonly heldPoints: number;
  }[];
  readonly activities: { readonly gone: readonly KeptRow[]; readonly kept: readonly KeptRow[] };
  readonly awards: readonly MovedAward[];
  /** Awards that both had: the survivor's is the one that stays. With what the clawback policy left, as `waived`. */
  readonly once: readonly KeptRow[];
  /** Customers that led to the member who is gone. */
  readonly aliases: readonly string[];
  readonly logins: { readonly gone: readonly KeptRow[]; readonly kept: readonly KeptRow[] };
  /** Left out where none moved. */
  readonly referrals?: MovedReferrals;
  readonly boards?: MovedBoards;
}

export interface MovedReferrals {
  /** Ids of referrals that the one who is gone had made, and by which they came. */
  readonly made: readonly string[];
  readonly came: readonly string[];
  readonly codes: readonly string[];
}

export interface MovedAward {
  readonly kind: string;
  readonly id: string;
  readonly rule: string;
  readonly posted: number;
  readonly expired: number;
}

export interface MergeRecord extends Moved {
  /** The customer whose member is gone. */
  readonly customerId: string | null;
  /** What the gone member brought: available and pending points less debt. */
  readonly net: number;
  readonly earned: number;
  /** What was taken back of awards that both had. */
  readonly twice: number;
  /** The survivor's last entry when all had moved, and the lots that were opened for it. */
  readonly keptSeq: number;
  readonly lots: readonly number[];
  /** Of merges by which the survivor took over when the other had opted in. */
  readonly keptOptedInAt?: number | null;
}

export interface Merge {
  readonly id: string;
  readonly kept: string;
  readonly gone: string;
  readonly at: number;
  readonly by: string;
  readonly undoneAt: number | null;
  /** Null once the person was erased. */
  readonly record: MergeRecord | null;
}

export async function writeMerge(
  client: pg.PoolClient,
  shopId: string,
  merge: Pick<Merge, 'id' | 'kept' | 'gone' | 'at' | 'by'> & { readonly reason: string },
  record: MergeRecord,
): Promise<void> {
  await client.query({
    name: 'write-merge',
    text: `INSERT INTO merges (shop_id, id, kept_member_id, gone_member_id, merged_at, merged_by, reason, record)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      shopId,
      merge.id,
      merge.kept,
      merge.gone,
      new Date(merge.at),
      merge.by,
      merge.reason,
      JSON.stringify(record),
    ],
  });
}

/** The merge, kept from others who would undo it at the same time. */
export async function lockMerge(
  client: pg.PoolClient,
  shopId: string,
  mergeId: string,
): Promise<Merge | null> {
  const { rows } = await client.query<{
    id: string;
    kept_member_id: string;
    gone_member_id: string;
    merged_at: Date;
    merged_by: string;
    undone_at: Date | null;
    record: MergeRecord | Record<string, never>;
  }>({
    name: 'lock-merge',
    text: `SELECT id, kept_member_id, gone_member_id, merged_at, merged_by, undone_at, record FROM merges
      WHERE shop_id = $1 AND id = $2 FOR UPDATE`,
    values: [shopId, mergeId],
  });
  const row = rows[0];
  return row
    ? {
        id: row.id,
        kept: row.kept_member_id,
        gone: row.gone_member_id,
        at: row.merged_at.getTime(),
        by: row.merged_by,
        undoneAt: row.undone_at?.getTime() ?? null,
        record: 'net' in row.record ? (row.record as MergeRecord) : null,
      }
    : null;
}

export async function markUndone(
  client: pg.PoolClient,
  shopId: string,
  mergeId: string,
  at: Date,
  by: string,
): Promise<void> {
  await client.query({
    name: 'mark-undone',
    text: `UPDATE merges SET undone_at = $3, undone_by = $4 WHERE shop_id = $1 AND id = $2`,
    values: [shopId, mergeId, at, by],
  });
}

/** Points that the survivor spent, or was taken by hand, after an entry: less all that came back. */
export async function spentSince(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  seq: number,
): Promise<number> {
  const { rows } = await client.query<{ spent: string }>({
    name: 'spent-since',
    text: `SELECT coalesce(sum(CASE WHEN to_account IN ('redeemed', 'adjusted') THEN points
        WHEN from_account = 'redeemed' THEN -points ELSE 0 END), 0) AS spent
      FROM entries WHERE shop_id = $1 AND member_id = $2 AND seq > $3 AND kind IN ('redeem', 'return', 'adjust')`,
    values: [shopId, memberId, seq],
  });
  return Number(rows[0]?.spent ?? 0);
}

/**
 * The member is another customer from now on, who led to them until now; the one they were leads to them.
 * Who that customer is was kept when staff merged them, and whatever is told of them next is news.
 */
export async function becomeCustomer(
  client: pg.PoolClient,
  shopId: string,
  {
    memberId,
    keptId,
    goneId,
  }: { readonly memberId: string; readonly keptId: string; readonly goneId: string },
): Promise<void> {
  await client.query(
    `UPDATE members m SET customer_id = $3, facts_at = NULL, email = coalesce(g.email, m.email),
        name = coalesce(g.name, m.name),
        email_verified = CASE WHEN g.email IS NULL THEN m.email_verified ELSE g.email_verified END
      FROM member_aliases a LEFT JOIN members g ON g.shop_id = $1 AND g.id = a.merged_member_id
      WHERE m.shop_id = $1 AND m.id = $2 AND a.shop_id = $1 AND a.customer_id = $3`,
    [shopId, memberId, keptId],
  );
  await client.query(
    `UPDATE member_aliases SET customer_id = $4 WHERE shop_id = $1 AND member_id = $2 AND customer_id = $3`,
    [shopId, memberId, keptId, goneId],
  );
}

/** Orders before members, as everywhere: so that a merge never waits for who waits for it. */
export async function lockOrdersOf(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<void> {
  await client.query({
    name: 'lock-orders-of',
    text: `SELECT order_id FROM orders WHERE shop_id = $1 AND member_id = ANY($2::uuid[]) ORDER BY order_id FOR UPDATE`,
    values: [shopId, memberIds],
  });
}

/** Members that were merged into this one, and those merged into them; undone merges left out. */
export async function mergedInto(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ gone: string }>({
    name: 'merged-into',
    text: `WITH RECURSIVE into_them AS (
        SELECT g.gone_member_id AS gone FROM merges g
        WHERE g.shop_id = $1 AND g.kept_member_id = $2 AND g.undone_at IS NULL
        UNION
        SELECT m.gone_member_id FROM merges m JOIN into_them i ON m.kept_member_id = i.gone
        WHERE m.shop_id = $1 AND m.undone_at IS NULL
      ) SELECT gone FROM into_them`,
    values: [shopId, memberId],
  });
  return rows.map((row) => row.gone);
}
