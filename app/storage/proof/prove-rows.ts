/** What the database can prove by itself, for a range of members or for the shop. */
import type pg from 'pg';
import type { Difference } from '../../domain/proof/difference.ts';
import { DAY } from '../../domain/time/shop-time.ts';
import { NIGHT_JOBS } from '../nights/night-jobs.ts';
import { proveLotOrigins, ROWS_OF_ALL } from './prove-follows.ts';

export interface Range {
  /** Members after this id … */
  readonly after: string;
  /** … up to this one. */
  readonly upTo: string;
}

/** The range of ids that holds one member. */
export function justThis(memberId: string): Range {
  const before = BigInt(`0x${memberId.replaceAll('-', '')}`) - 1n;
  const digits = before.toString(16).padStart(32, '0');
  return {
    after: digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    upTo: memberId.toLowerCase(),
  };
}

/** Balances, lots, entries without a gap, keys, the chain of hashes: I1 to I7 and I11. */
export async function proveMemberRows(
  client: pg.PoolClient,
  shopId: string,
  { after, upTo }: Range,
): Promise<Difference[]> {
  const books = await client.query<FigureRow>({
    name: 'prove-members',
    text: `SELECT member_id, law, figure, kept::text, proved::text FROM prove_members($1, $2, $3)
      ORDER BY member_id, law, figure`,
    values: [shopId, after, upTo],
  });
  const chains = await client.query<FigureRow>({
    name: 'prove-chains',
    text: `SELECT member_id, 'I11' AS law, 'hash of ' || figure AS figure, encode(kept, 'hex') AS kept,
        encode(proved, 'hex') AS proved
      FROM prove_chains($1, $2, $3) ORDER BY member_id, figure`,
    values: [shopId, after, upTo],
  });
  const found = [...books.rows, ...chains.rows].map(differenceOf);
  return [...found, ...(await proveLotOrigins(client, shopId, { after, upTo }))];
}

/** Whose entries are not as they were written, or not all there. */
export async function brokenLedgers(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const broken = new Set<string>();
  for (const id of memberIds) {
    const { after, upTo } = justThis(id);
    const { rows } = await client.query(
      `SELECT FROM prove_chains($1, $2, $3) c WHERE c.figure <> 'head'
        UNION ALL
        SELECT FROM members m LEFT JOIN LATERAL (SELECT e.hash FROM entries e
          WHERE e.shop_id = $1 AND e.member_id = m.id ORDER BY e.seq DESC LIMIT 1) e ON true
        WHERE m.shop_id = $1 AND m.id = $3 AND m.chain_head <> coalesce(e.hash, '\\x') LIMIT 1`,
      [shopId, after, upTo],
    );
    if (rows.length > 0) broken.add(id);
  }
  return broken;
}

interface FigureRow {
  readonly member_id: string | null;
  readonly law: string;
  readonly figure: string;
  readonly kept: string;
  readonly proved: string;
}

function differenceOf({ member_id: memberId, law, figure, kept, proved }: FigureRow): Difference {
  return { law, memberId, figure, kept, proved };
}

/** Awards by entries, orders that pay somebody else, the audit's chain. */
export async function proveShopRows(client: pg.PoolClient, shopId: string): Promise<Difference[]> {
  // One pass over all entries of the shop: of ten million that takes longer than a statement may take elsewhere.
  await client.query(`SET LOCAL statement_timeout = ${LONGEST_MS}`);
  const question: pg.QueryConfig & { readonly query_timeout: number } = {
    query_timeout: LONGEST_MS,
    text: `SELECT NULL AS member_id, law, figure, kept::text, proved::text FROM prove_awards($1)
      UNION ALL
      SELECT NULL, law, figure, kept::text, proved::text FROM prove_redemptions($1)
      UNION ALL
      ${ROWS_OF_ALL}
      UNION ALL
      SELECT a.member_id::text, 'I8', 'order ' || a.source_id || ' of somebody else', a.posted::text, '0'
      FROM awards a JOIN orders o ON o.shop_id = $1 AND o.order_id::text = a.source_id
      WHERE a.shop_id = $1 AND a.source_kind = 'order' AND a.posted <> 0 AND o.member_id IS DISTINCT FROM a.member_id
      UNION ALL
      SELECT NULL, 'I11', 'hash of ' || figure, 'another', 'by its content' FROM prove_audit($1)
      ORDER BY 2, 3`,
    values: [shopId],
  };
  const { rows } = await client.query<FigureRow>(question);
  return rows.map(differenceOf);
}

const LONGEST_MS = 30 * 60_000;

/** Whether the keys, triggers and privileges that keep wrong rows out are there: I7 and I11. */
export async function proveGuards(client: pg.PoolClient): Promise<Difference[]> {
  const { rows } = await client.query<{ law: string; figure: string }>(
    `SELECT 'I7' AS law, wanted.name AS figure FROM unnest($1::text[]) AS wanted (name)
      WHERE NOT EXISTS (SELECT 1 FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE c.relname = wanted.name AND c.relnamespace = 'public'::regnamespace AND i.indisunique AND i.indisvalid)
      UNION ALL
      SELECT 'I11', 'trigger ' || wanted.name FROM unnest($2::text[]) AS wanted (name)
      WHERE NOT EXISTS (SELECT 1 FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
        WHERE t.tgname = wanted.name AND c.relnamespace = 'public'::regnamespace AND t.tgenabled IN ('O', 'A'))
      UNION ALL
      SELECT 'I11', 'privilege to change ' || c.relname FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relname IN ('entries', 'audit') AND (c.relacl IS NULL
        OR EXISTS (SELECT 1 FROM aclexplode(c.relacl) g WHERE g.privilege_type IN ('UPDATE', 'TRUNCATE')))
      ORDER BY 1, 2`,
    [UNIQUE_KEYS, TRIGGERS],
  );
  return rows.map(({ law, figure }) => {
    const [kept, proved] = figure.startsWith('privilege')
      ? ['granted', 'revoked']
      : ['missing', 'there'];
    return { law, memberId: null, figure, kept, proved };
  });
}

const UNIQUE_KEYS = [
  'audit_shop_id_request_key_key',
  'audit_shop_id_seq_key',
  'deliveries_shop_id_webhook_id_key',
  'entries_pkey',
  'entries_shop_id_member_id_key_key',
  'activities_pkey',
  'awards_pkey',
  'draws_shop_id_game_key_epoch_serial_key',
  'lots_pkey',
  'members_shop_id_customer_id_key',
  'merges_standing_key',
  'redemptions_code_key',
  'redemptions_shop_id_member_id_request_key_key',
];
const TRIGGERS = [
  'audit_append_only',
  'audit_never_truncated',
  'draws_append_only',
  'entries_append_only',
  'entries_never_truncated',
  'game_epochs_keep_commitment',
  'game_odds_append_only',
  'leaderboard_scores_come',
  'leaderboard_scores_go',
  'leaderboard_scores_move',
  'programme_versions_append_only',
];

/** What should have been done by `before` and was not: deliveries, and whom time alone changes. */
export async function proveNothingIsLate(
  client: pg.PoolClient,
  shopId: string,
  before: Date,
): Promise<Difference[]> {
  const { rows } = await client.query<FigureRow>(
    `SELECT NULL AS member_id, 'I10' AS law, 'delivery ' || id AS figure, state AS kept, 'done or dead' AS proved
      FROM deliveries WHERE shop_id = $1 AND state IN ('ready', 'waiting') AND received_at < $2
        AND (run_after IS NULL OR run_after < $2)
      UNION ALL
      SELECT id::text, 'I12', 'next due', due_at::text, 'decided again' FROM members
      WHERE shop_id = $1 AND due_at < $2
      UNION ALL
      SELECT NULL, 'I10', 'night job ' || w.job, 'never', 'with the next night' FROM unnest($4::text[]) AS w (job)
      WHERE NOT EXISTS (SELECT FROM night_jobs n WHERE n.shop_id = $1 AND n.job = w.job AND n.due_at < $5)
      ORDER BY 2, 3 LIMIT $3`,
    [shopId, before, MOST_LATE, NIGHT_JOBS, new Date(before.getTime() + LATEST_NIGHT_MS)],
  );
  return rows.map(differenceOf);
}

/** Nights are a day apart, also where the clocks change or a day is left out. */
export const LATEST_NIGHT_MS = 3 * DAY;
/** A worker that stands still is late with everything: this many tell it as well as all of them. */
const MOST_LATE = 1_000;
