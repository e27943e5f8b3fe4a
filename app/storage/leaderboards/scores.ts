/** Scores of members. Their members are locked, so nobody else writes them meanwhile. */
import type pg from 'pg';
import type { Decision } from '../../domain/decide.ts';
import type { ScoreRow } from '../../domain/leaderboards/scores.ts';
import { isoOrNull } from '../orders/lock-orders.ts';

/** A season that is being closed, or is settled, is written by nobody but the job that does so. */
const IS_OPEN = (
  row: string,
): string => `NOT EXISTS (SELECT FROM leaderboard_seasons c WHERE c.shop_id = $1
  AND c.board = ${row}.board AND c.season = ${row}.season AND c.state NOT IN ('open', 'dropped'))`;

/** Only what is another than it was. */
export async function writeScores(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly { readonly memberId: string; readonly decision: Decision | null }[],
): Promise<void> {
  const decided = changes.flatMap(({ memberId, decision }) =>
    decision?.scores ? [{ memberId, scores: decision.scores }] : [],
  );
  if (decided.length === 0) return;
  const rows = decided.flatMap(({ memberId, scores }) =>
    scores.map(({ board, season, score, reachedAt, listed }) => ({
      ...{ member_id: memberId, board, season, score, listed },
      reached_at: isoOrNull(reachedAt),
    })),
  );
  const wanted = JSON.stringify(rows);
  await client.query({
    name: 'drop-scores',
    text: `DELETE FROM leaderboard_scores s WHERE s.shop_id = $1 AND s.member_id = ANY($2::uuid[]) AND ${IS_OPEN('s')}
        AND NOT EXISTS (SELECT FROM jsonb_to_recordset($3::jsonb) AS w (member_id uuid, board text, season text)
          WHERE w.member_id = s.member_id AND w.board = s.board AND w.season = s.season)`,
    values: [shopId, decided.map(({ memberId }) => memberId), wanted],
  });
  if (rows.length === 0) return;
  await client.query({
    name: 'write-scores',
    text: `INSERT INTO leaderboard_scores (shop_id, board, season, member_id, score, reached_at, listed)
      SELECT $1, w.board, w.season, w.member_id, w.score, w.reached_at, w.listed
      FROM jsonb_to_recordset($2::jsonb) AS w (board text, season text, member_id uuid, score bigint,
        reached_at timestamptz, listed boolean)
      WHERE ${IS_OPEN('w')} AND NOT EXISTS (SELECT FROM leaderboard_scores s WHERE s.shop_id = $1 AND s.board = w.board
        AND s.season = w.season AND s.member_id = w.member_id
        AND (s.score, s.reached_at, s.listed) = (w.score, w.reached_at, w.listed))
      ORDER BY w.board, w.season, w.member_id
      ON CONFLICT (shop_id, board, season, member_id) DO UPDATE SET score = EXCLUDED.score,
        reached_at = EXCLUDED.reached_at, listed = EXCLUDED.listed`,
    values: [shopId, wanted],
  });
}

/** Whoever leaves is in no season any more that is still open. */
export async function dropOpenScores(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<void> {
  await client.query(
    `DELETE FROM leaderboard_scores s WHERE s.shop_id = $1 AND s.member_id = ANY($2::uuid[]) AND ${IS_OPEN('s')}`,
    [shopId, memberIds],
  );
}

/** Of who has no nickname nothing is kept. The members are locked. */
export async function mendScores(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<void> {
  const nameless = await client.query<{ id: string }>(
    `SELECT id FROM unnest($2::uuid[]) AS w (id)
      WHERE NOT EXISTS (SELECT FROM leaderboard_names n WHERE n.shop_id = $1 AND n.member_id = w.id)`,
    [shopId, memberIds],
  );
  await dropOpenScores(
    client,
    shopId,
    nameless.rows.map(({ id }) => id),
  );
}

/** Scores of these members in seasons that are still open; by member. */
export async function readOpenScores(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ScoreRow[]>> {
  const { rows } = await client.query<ScoreColumns>(
    `SELECT member_id, board, season, score, reached_at, listed FROM leaderboard_scores s
      WHERE s.shop_id = $1 AND s.member_id = ANY($2::uuid[]) AND ${IS_OPEN('s')}`,
    [shopId, memberIds],
  );
  const found = new Map<string, ScoreRow[]>();
  for (const { member_id: memberId, score, reached_at: reachedAt, ...row } of rows) {
    const read = { ...row, score: Number(score), reachedAt: reachedAt.getTime() };
    found.set(memberId, [...(found.get(memberId) ?? []), read]);
  }
  return found;
}

interface ScoreColumns {
  readonly member_id: string;
  readonly board: string;
  readonly season: string;
  readonly score: string;
  readonly reached_at: Date;
  readonly listed: boolean;
}

/** Seasons that are written by nobody any more, as "board@season". */
export async function readClosedSeasons(
  client: pg.PoolClient,
  shopId: string,
): Promise<ReadonlySet<string>> {
  const { rows } = await client.query<{ board: string; season: string }>(
    `SELECT board, season FROM leaderboard_seasons WHERE shop_id = $1 AND state NOT IN ('open', 'dropped')`,
    [shopId],
  );
  return new Set(rows.map(({ board, season }) => seasonKey({ board, season })));
}

export function seasonKey({
  board,
  season,
}: {
  readonly board: string;
  readonly season: string;
}): string {
  return `${board}@${season}`;
}
