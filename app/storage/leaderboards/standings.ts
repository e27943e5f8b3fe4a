/** Who stands where on a board: its top, and a member among those around them. */
import type pg from 'pg';
import { bucketOf, bucketTop } from '../../domain/leaderboards/buckets.ts';

export interface BoardSeason {
  readonly board: string;
  readonly season: string;
}

export interface StandingRow {
  readonly memberId: string;
  readonly score: number;
  readonly reachedAt: number;
  /** Null of who has left, or whose name may not be shown. */
  readonly nickname: string | null;
  readonly finalRank: number | null;
}

type Reader = pg.Pool | pg.PoolClient;

interface Row {
  readonly member_id: string;
  readonly score: string;
  readonly reached_at: Date;
  readonly nickname: string | null;
  readonly final_rank: number | null;
}

const COLUMNS = `s.member_id, s.score, s.reached_at, s.final_rank,
  CASE WHEN n.state IN ('listed', 'reported') THEN n.nickname END AS nickname`;
const NAMED = `leaderboard_scores s LEFT JOIN leaderboard_names n ON n.shop_id = $1 AND n.member_id = s.member_id`;
const ON_BOARD = `s.shop_id = $1 AND s.board = $2 AND s.season = $3 AND s.listed`;

function readRow(row: Row): StandingRow {
  return {
    memberId: row.member_id,
    score: Number(row.score),
    reachedAt: row.reached_at.getTime(),
    nickname: row.nickname,
    finalRank: row.final_rank,
  };
}

/** Best first. */
export async function readTop(
  client: Reader,
  shopId: string,
  { board, season }: BoardSeason,
  most: number,
): Promise<readonly StandingRow[]> {
  const { rows } = await client.query<Row>({
    name: 'board-top',
    text: `SELECT ${COLUMNS} FROM ${NAMED} WHERE ${ON_BOARD} ORDER BY s.score DESC, s.member_id DESC LIMIT $4`,
    values: [shopId, board, season, most],
  });
  return rows.map(readRow);
}

/** Those after a place, best first: for whoever turns pages. */
export async function readAfter(
  client: Reader,
  shopId: string,
  { board, season }: BoardSeason,
  after: { readonly score: number; readonly memberId: string },
  most: number,
): Promise<readonly StandingRow[]> {
  const { rows } = await client.query<Row>({
    name: 'board-after',
    text: `SELECT ${COLUMNS} FROM ${NAMED} WHERE ${ON_BOARD} AND (s.score, s.member_id) < ($4, $5::uuid)
      ORDER BY s.score DESC, s.member_id DESC LIMIT $6`,
    values: [shopId, board, season, after.score, after.memberId, most],
  });
  return rows.map(readRow);
}

/** The nearest above, the farthest of them first. */
export async function readBefore(
  client: Reader,
  shopId: string,
  { board, season }: BoardSeason,
  before: { readonly score: number; readonly memberId: string },
  most: number,
): Promise<readonly StandingRow[]> {
  const { rows } = await client.query<Row>({
    name: 'board-before',
    text: `SELECT ${COLUMNS} FROM ${NAMED} WHERE ${ON_BOARD} AND (s.score, s.member_id) > ($4, $5::uuid)
      ORDER BY s.score, s.member_id LIMIT $6`,
    values: [shopId, board, season, before.score, before.memberId, most],
  });
  return rows.map(readRow).reverse();
}

/** @returns null of who has nothing in the season */
export async function readOwn(
  client: Reader,
  shopId: string,
  { board, season }: BoardSeason,
  memberId: string,
): Promise<(StandingRow & { readonly listed: boolean }) | null> {
  const { rows } = await client.query<Row & { readonly listed: boolean }>({
    name: 'board-own',
    text: `SELECT ${COLUMNS}, s.listed FROM ${NAMED}
      WHERE s.shop_id = $1 AND s.board = $2 AND s.season = $3 AND s.member_id = $4`,
    values: [shopId, board, season, memberId],
  });
  const [row] = rows;
  return row ? { ...readRow(row), listed: row.listed } : null;
}

/** How many are ranked. */
export async function countRanked(
  client: Reader,
  shopId: string,
  { board, season }: BoardSeason,
): Promise<number> {
  const { rows } = await client.query<{ members: string }>({
    name: 'board-of',
    text: `SELECT coalesce(sum(members), 0) AS members FROM leaderboard_counts
      WHERE shop_id = $1 AND board = $2 AND season = $3`,
    values: [shopId, board, season],
  });
  return Number(rows[0]?.members ?? 0);
}

/**
 * The rank of each of these scores while the season runs: 1 more than there are members with more. Whole
 * buckets above are summed up; within the score's own bucket the index is counted.
 */
export async function ranksOf(
  client: Reader,
  shopId: string,
  { board, season }: BoardSeason,
  scores: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  const asked = [...new Set(scores)].map((score) => {
    const bucket = bucketOf(score);
    return { score, bucket, top: bucketTop(bucket) };
  });
  const { rows } = await client.query<{ score: string; rank: string }>({
    name: 'board-ranks',
    text: `SELECT w.score, 1
        + (SELECT coalesce(sum(c.members), 0) FROM leaderboard_counts c
          WHERE c.shop_id = $1 AND c.board = $2 AND c.season = $3 AND c.bucket > w.bucket)
        + (SELECT count(*) FROM leaderboard_scores s WHERE ${ON_BOARD} AND s.score > w.score AND s.score <= w.top)
        AS rank
      FROM unnest($4::bigint[], $5::int[], $6::bigint[]) AS w (score, bucket, top)`,
    values: [
      ...[shopId, board, season],
      ...[asked.map(({ score }) => score), asked.map(({ bucket }) => bucket)],
      asked.map(({ top }) => top),
    ],
  });
  return new Map(rows.map(({ score, rank }) => [Number(score), Number(rank)]));
}
