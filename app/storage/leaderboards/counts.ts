/**
 * How many ranked members there are in each bucket of scores. Rows are only added, by the database
 * itself with every score that changes, so decisions never wait for each other; they are folded into
 * one row a bucket here.
 */
import type pg from 'pg';
import type { Difference } from '../../domain/proof/difference.ts';

export interface ChangedBoard {
  readonly shopId: string;
  readonly board: string;
  readonly season: string;
}

/** The next board, after that one, of which something changed since it was folded last. */
export async function nextChangedBoard(
  pool: pg.Pool,
  after: ChangedBoard | null,
): Promise<ChangedBoard | null> {
  const { rows } = await pool.query<{ shop_id: string; board: string; season: string }>({
    name: 'next-changed-board',
    text: `/* cross-shop: changed-boards */ SELECT shop_id, board, season FROM leaderboard_counts
      WHERE NOT folded AND (shop_id, board, season) > ($1::bigint, $2::text, $3::text)
      ORDER BY shop_id, board, season LIMIT 1`,
    values: [after?.shopId ?? '0', after?.board ?? '', after?.season ?? ''],
  });
  const [row] = rows;
  return row ? { shopId: row.shop_id, board: row.board, season: row.season } : null;
}

/**
 * Rows of a bucket become one; what comes meanwhile is folded the next time. Of two who fold the same
 * board the second finds nothing.
 * @returns how many rows were folded; fewer than `most` when nothing is left
 */
export async function foldCounts(
  client: pg.PoolClient,
  { shopId, board, season }: ChangedBoard,
  most: number,
): Promise<number> {
  const key = `leaderboard ${shopId} ${board} ${season}`;
  await client.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`, [key]);
  const { rows } = await client.query<{ rows: string }>({
    name: 'fold-counts',
    text: `WITH news AS (SELECT id, bucket FROM leaderboard_counts
        WHERE shop_id = $1 AND board = $2 AND season = $3 AND NOT folded LIMIT $4),
      gone AS (DELETE FROM leaderboard_counts c WHERE c.shop_id = $1 AND (c.id IN (SELECT id FROM news) OR (
          c.folded AND c.board = $2 AND c.season = $3 AND c.bucket IN (SELECT bucket FROM news)))
        RETURNING c.bucket, c.members),
      kept AS (INSERT INTO leaderboard_counts (shop_id, board, season, bucket, members, folded)
        SELECT $1, $2, $3, bucket, sum(members), true FROM gone GROUP BY bucket HAVING sum(members) <> 0)
      SELECT count(*) AS rows FROM news`,
    values: [shopId, board, season, most],
  });
  return Number(rows[0]?.rows ?? 0);
}

const COUNTED = `SELECT board, season, score_bucket(score) AS bucket, count(*) AS members FROM leaderboard_scores
    WHERE shop_id = $1 AND listed AND final_rank IS NULL GROUP BY 1, 2, 3`;
const KEPT = `SELECT board, season, bucket, sum(members) AS members FROM leaderboard_counts
    WHERE shop_id = $1 GROUP BY 1, 2, 3`;
const DIFFERING = `(${KEPT}) k FULL JOIN (${COUNTED}) c USING (board, season, bucket)
    WHERE coalesce(k.members, 0) <> coalesce(c.members, 0)`;

/** Counts that are not what the scores come to. */
export async function proveCounts(client: pg.PoolClient, shopId: string): Promise<Difference[]> {
  const { rows } = await slowly(
    client,
    `SELECT board, season, bucket, coalesce(k.members, 0)::text AS kept, coalesce(c.members, 0)::text AS proved
      FROM ${DIFFERING} ORDER BY 1, 2, 3`,
    shopId,
  );
  return rows.map(differenceOf);
}

/** Final ranks go with the scores, though whoever was erased left a gap. */
export async function proveRanks(client: pg.PoolClient, shopId: string): Promise<Difference[]> {
  const { rows } = await slowly<RankRow>(
    client,
    `SELECT member_id, board, season, final_rank::text AS kept, above::text FROM (
        SELECT *, lag(score) OVER w AS more, lag(final_rank) OVER w AS above FROM leaderboard_scores
        WHERE shop_id = $1 AND final_rank IS NOT NULL
        WINDOW w AS (PARTITION BY board, season ORDER BY score DESC, final_rank, member_id)
      ) r WHERE (score = more AND final_rank <> above) OR (score < more AND final_rank <= above) ORDER BY 2, 3, 1`,
    shopId,
  );
  return rows.map(({ member_id: memberId, board, season, kept, above }) => {
    const figure = `final rank in ${board}@${season}`;
    return { law: 'I12', memberId, figure, kept, proved: `by the score, beside rank ${above}` };
  });
}

interface RankRow {
  readonly member_id: string;
  readonly board: string;
  readonly season: string;
  readonly kept: string;
  readonly above: string;
}

/** The difference is added, in one snapshot with what it is worked out from. */
export async function mendCounts(client: pg.PoolClient, shopId: string): Promise<Difference[]> {
  const { rows } = await slowly(
    client,
    `WITH wrong AS (SELECT board, season, bucket, coalesce(k.members, 0) AS kept, coalesce(c.members, 0) AS proved
        FROM ${DIFFERING}),
      mended AS (INSERT INTO leaderboard_counts (shop_id, board, season, bucket, members)
        SELECT $1, board, season, bucket, proved - kept FROM wrong)
      SELECT board, season, bucket, kept::text, proved::text FROM wrong ORDER BY 1, 2, 3`,
    shopId,
  );
  return rows.map(differenceOf);
}

const LONGEST_MS = 30 * 60_000;

/** All scores of a large shop take longer than a statement may take elsewhere. */
async function slowly<Row extends pg.QueryResultRow = CountRow>(
  client: pg.PoolClient,
  text: string,
  shopId: string,
): Promise<pg.QueryResult<Row>> {
  await client.query(`SET LOCAL statement_timeout = ${LONGEST_MS}`);
  const question: pg.QueryConfig & { readonly query_timeout: number } = {
    ...{ text, values: [shopId], query_timeout: LONGEST_MS },
  };
  return client.query<Row>(question);
}

interface CountRow {
  readonly board: string;
  readonly season: string;
  readonly bucket: number;
  readonly kept: string;
  readonly proved: string;
}

function differenceOf({ board, season, bucket, kept, proved }: CountRow): Difference {
  const figure = `members ranked in ${board}@${season}, bucket ${bucket}`;
  return { law: 'I12', memberId: null, figure, kept, proved };
}
