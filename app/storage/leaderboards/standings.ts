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

export interface Around {
  readonly own: StandingRow & { readonly listed: boolean };
  /** The nearest above and below, best first. */
  readonly above: readonly StandingRow[];
  readonly below: readonly StandingRow[];
}

/** @returns null of who has nothing in the season; nobody is around who is not ranked */
export async function readAround(
  client: Reader,
  shopId: string,
  { board, season }: BoardSeason,
  memberId: string,
  most: number,
): Promise<Around | null> {
  const place = 's.member_id, s.score, s.reached_at, s.final_rank, s.listed';
  const beside = (sign: '<' | '>', order: string): string =>
    `SELECT b.*, '${sign}' FROM own o CROSS JOIN LATERAL (SELECT ${place} FROM leaderboard_scores s
      WHERE ${ON_BOARD} AND o.listed AND (s.score, s.member_id) ${sign} (o.score, o.member_id)
      ORDER BY s.score ${order}, s.member_id ${order} LIMIT $5) b`;
  const { rows } = await client.query<Row & { readonly listed: boolean; readonly side: string }>({
    name: 'board-around',
    text: `WITH own AS (SELECT ${place} FROM leaderboard_scores s
        WHERE s.shop_id = $1 AND s.board = $2 AND s.season = $3 AND s.member_id = $4)
      SELECT a.*, CASE WHEN n.state IN ('listed', 'reported') THEN n.nickname END AS nickname
      FROM (SELECT o.*, '=' AS side FROM own o UNION ALL ${beside('>', '')} UNION ALL ${beside('<', 'DESC')}) a
      LEFT JOIN leaderboard_names n ON n.shop_id = $1 AND n.member_id = a.member_id`,
    values: [shopId, board, season, memberId, most],
  });
  const own = rows.find(({ side }) => side === '=');
  if (!own) return null;
  const bestFirst = (side: string): StandingRow[] =>
    rows
      .filter((row) => row.side === side)
      .map(readRow)
      .sort((a, b) => b.score - a.score || (a.memberId < b.memberId ? 1 : -1));
  return {
    own: { ...readRow(own), listed: own.listed },
    above: bestFirst('>'),
    below: bestFirst('<'),
  };
}

/** @returns null of who has nothing in the season */
export async function readOwn(
  client: Reader,
  shopId: string,
  season: BoardSeason,
  memberId: string,
): Promise<Around['own'] | null> {
  return (await readAround(client, shopId, season, memberId, 0))?.own ?? null;
}

export interface Ranks {
  /** How many are ranked. */
  readonly ranked: number;
  /** The rank of each score. */
  readonly of: ReadonlyMap<number, number>;
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
): Promise<Ranks> {
  const asked = [...new Set(scores)].map((score) => {
    const bucket = bucketOf(score);
    return { score, bucket, top: bucketTop(bucket) };
  });
  const { rows } = await client.query<{ score: string; rank: string; ranked: string }>({
    name: 'board-ranks',
    // The counts are gone through once; between the highest of the scores and the others there are few.
    text: `SELECT w.score, c.ranked, 1 + c.above
        + (SELECT coalesce(sum(b.members), 0) FROM leaderboard_counts b WHERE b.shop_id = $1 AND b.board = $2
          AND b.season = $3 AND b.bucket > w.bucket AND b.bucket <= $7)
        + (SELECT count(*) FROM leaderboard_scores s WHERE ${ON_BOARD} AND s.score > w.score AND s.score <= w.top)
        AS rank
      FROM unnest($4::bigint[], $5::int[], $6::bigint[]) AS w (score, bucket, top),
        (SELECT coalesce(sum(members), 0) AS ranked, coalesce(sum(members) FILTER (WHERE bucket > $7), 0) AS above
          FROM leaderboard_counts WHERE shop_id = $1 AND board = $2 AND season = $3) c`,
    values: [
      ...[shopId, board, season],
      ...[asked.map(({ score }) => score), asked.map(({ bucket }) => bucket)],
      asked.map(({ top }) => top),
      Math.max(0, ...asked.map(({ bucket }) => bucket)),
    ],
  });
  return {
    ranked: Number(rows[0]?.ranked ?? 0),
    of: new Map(rows.map(({ score, rank }) => [Number(score), Number(rank)])),
  };
}
