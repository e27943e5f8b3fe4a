/** Seasons of boards: open while scores change, then closed, ranked, given prizes, and settled for good. */
import type pg from 'pg';
import type { Season } from '../../domain/leaderboards/seasons.ts';

export const SEASON_STATES = [
  'open',
  'closing',
  'ranking',
  'giving',
  'settled',
  /** Of a board that is held no more. */
  'dropped',
] as const;
export type SeasonState = (typeof SEASON_STATES)[number];

export interface StoredSeason {
  readonly shopId: string;
  readonly board: string;
  readonly season: string;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly settlesAt: number;
  readonly version: number;
  readonly state: SeasonState;
  readonly attempts: number;
  /** What was under way when it was closed. */
  readonly mark: string | null;
  /** How many are ranked, once that is known. */
  readonly total: number | null;
  readonly place: Place;
}

/** How far ranking, or giving, has come. */
export interface Place {
  readonly done: number;
  readonly rank: number | null;
  readonly score: number | null;
  readonly memberId: string | null;
}

export const AT_THE_TOP: Place = { done: 0, rank: null, score: null, memberId: null };

const COLUMNS = `n.shop_id, n.board, n.season, n.starts_at, n.ends_at, n.settles_at, n.version, n.state, n.attempts,
  n.mark, n.total, n.done, n.last_rank, n.last_score, n.last_member`;

interface SeasonRow {
  readonly shop_id: string;
  readonly board: string;
  readonly season: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly settles_at: Date;
  readonly version: number;
  readonly state: SeasonState;
  readonly attempts: number;
  readonly mark: string | null;
  readonly total: number | null;
  readonly done: number;
  readonly last_rank: number | null;
  readonly last_score: string | null;
  readonly last_member: string | null;
}

function readSeason(row: SeasonRow): StoredSeason {
  return {
    ...{ shopId: row.shop_id, board: row.board, season: row.season, version: row.version },
    startsAt: row.starts_at.getTime(),
    endsAt: row.ends_at.getTime(),
    settlesAt: row.settles_at.getTime(),
    ...{ state: row.state, attempts: row.attempts, mark: row.mark, total: row.total },
    place: {
      ...{ done: row.done, rank: row.last_rank, memberId: row.last_member },
      score: row.last_score === null ? null : Number(row.last_score),
    },
  };
}

/** The season that has been due longest, leased: a worker that dies leaves it to the next. */
export async function claimSeason(
  pool: pg.Pool,
  times: { readonly now: Date; readonly leaseUntil: Date },
): Promise<StoredSeason | null> {
  const { rows } = await pool.query<SeasonRow>({
    name: 'claim-season',
    text: `/* cross-shop: due-seasons */ UPDATE leaderboard_seasons n SET due_at = $2
      FROM (SELECT d.shop_id, d.board, d.season FROM leaderboard_seasons d JOIN shops s ON s.id = d.shop_id
        WHERE d.due_at <= $1 AND s.state = 'installed' ORDER BY d.due_at LIMIT 1 FOR UPDATE OF d SKIP LOCKED) due
      WHERE n.shop_id = due.shop_id AND n.board = due.board AND n.season = due.season RETURNING ${COLUMNS}`,
    values: [times.now, times.leaseUntil],
  });
  return rows[0] ? readSeason(rows[0]) : null;
}

/** The season as it is, held to the end of the transaction; null when it is another step's by now. */
export async function lockSeason(
  client: pg.PoolClient,
  { shopId, board, season, state, place }: StoredSeason,
): Promise<StoredSeason | null> {
  const { rows } = await client.query<SeasonRow>(
    `SELECT ${COLUMNS} FROM leaderboard_seasons n
      WHERE n.shop_id = $1 AND n.board = $2 AND n.season = $3 AND n.state = $4 AND n.done = $5
        AND n.last_member IS NOT DISTINCT FROM $6::uuid FOR UPDATE`,
    [shopId, board, season, state, place.done, place.memberId],
  );
  return rows[0] ? readSeason(rows[0]) : null;
}

export interface SeasonStep {
  readonly state: SeasonState;
  /** Null when nothing is left to do. */
  readonly dueAt: Date | null;
  readonly mark?: string | null;
  readonly total?: number | null;
  readonly place?: Place;
}

export async function writeStep(
  client: pg.Pool | pg.PoolClient,
  season: StoredSeason,
  step: SeasonStep,
): Promise<void> {
  const { place = season.place, mark = season.mark, total = season.total } = step;
  await client.query(
    `UPDATE leaderboard_seasons SET state = $4, due_at = $5, mark = $6, total = $7, done = $8, last_rank = $9,
        last_score = $10, last_member = $11, attempts = 0, problem = NULL
      WHERE shop_id = $1 AND board = $2 AND season = $3`,
    [
      ...[season.shopId, season.board, season.season, step.state, step.dueAt, mark, total],
      ...[place.done, place.rank, place.score, place.memberId],
    ],
  );
}

export async function putOffSeason(
  pool: pg.Pool,
  { shopId, board, season }: StoredSeason,
  problem: string,
  until: Date,
): Promise<void> {
  await pool.query(
    `UPDATE leaderboard_seasons SET attempts = attempts + 1, problem = $4, due_at = $5
      WHERE shop_id = $1 AND board = $2 AND season = $3`,
    [shopId, board, season, problem, until],
  );
}

/** What the programme says of seasons; those that are closed go on as they are. */
export async function planSeasons(
  client: pg.PoolClient,
  shopId: string,
  seasons: readonly Season[],
  now: number,
): Promise<void> {
  const rows = seasons
    .map(({ board, season, startsAt, endsAt, settlesAt, version }) => ({
      ...{ board, season, version },
      starts_at: new Date(startsAt).toISOString(),
      ends_at: new Date(endsAt).toISOString(),
      settles_at: new Date(settlesAt).toISOString(),
      due_at: new Date(endsAt > now ? endsAt : settlesAt).toISOString(),
    }))
    .sort((a, b) => (`${a.board} ${a.season}` < `${b.board} ${b.season}` ? -1 : 1));
  await client.query(
    `INSERT INTO leaderboard_seasons AS n (shop_id, board, season, starts_at, ends_at, settles_at, version, due_at)
      SELECT $1, w.board, w.season, w.starts_at, w.ends_at, w.settles_at, w.version, w.due_at
      FROM jsonb_to_recordset($2::jsonb) AS w (board text, season text, starts_at timestamptz, ends_at timestamptz,
        settles_at timestamptz, version int, due_at timestamptz)
      ON CONFLICT (shop_id, board, season) DO UPDATE SET starts_at = EXCLUDED.starts_at, ends_at = EXCLUDED.ends_at,
        settles_at = EXCLUDED.settles_at, version = EXCLUDED.version, due_at = EXCLUDED.due_at, state = 'open'
      WHERE n.state IN ('open', 'dropped')`,
    [shopId, JSON.stringify(rows)],
  );
  await client.query(
    `UPDATE leaderboard_seasons n SET state = 'dropped', due_at = NULL WHERE n.shop_id = $1 AND n.state = 'open'
        AND NOT EXISTS (SELECT FROM jsonb_to_recordset($2::jsonb) AS w (board text, season text)
          WHERE w.board = n.board AND w.season = n.season)`,
    [shopId, JSON.stringify(rows)],
  );
}

/** Gives the next of the standing their ranks: who has as much as the one before has the same. @returns how far that is */
export async function rankNext(
  client: pg.PoolClient,
  { shopId, board, season, place }: StoredSeason,
  most: number,
): Promise<Place | null> {
  const { rows } = await client.query<{
    member_id: string;
    score: string;
    rank: number;
    place: string;
  }>({
    name: 'rank-next',
    text: `WITH next AS (SELECT member_id, score FROM leaderboard_scores
        WHERE shop_id = $1 AND board = $2 AND season = $3 AND listed AND (score, member_id) < ($4::bigint, $5::uuid)
        ORDER BY score DESC, member_id DESC LIMIT $6),
      placed AS (SELECT member_id, score, $7::bigint + row_number() OVER (ORDER BY score DESC, member_id DESC) AS place
        FROM next),
      ranked AS (SELECT member_id, score, place, CASE WHEN score = $4 THEN $8::int
          ELSE (min(place) OVER (PARTITION BY score))::int END AS rank FROM placed),
      written AS (UPDATE leaderboard_scores s SET final_rank = r.rank FROM ranked r
        WHERE s.shop_id = $1 AND s.board = $2 AND s.season = $3 AND s.member_id = r.member_id)
      SELECT member_id, score, rank, place FROM ranked ORDER BY place DESC LIMIT 1`,
    values: [
      ...[shopId, board, season, place.score ?? HIGHEST, place.memberId ?? LAST_ID, most],
      ...[place.done, place.rank],
    ],
  });
  const [last] = rows;
  if (!last) return null;
  const { member_id: memberId, score, rank } = last;
  return { done: Number(last.place), rank, score: Number(score), memberId };
}

const HIGHEST = '9223372036854775807';
const LAST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

export interface FinalRank {
  readonly memberId: string;
  readonly score: number;
  readonly rank: number;
}

/** The next of the ranked, best first, down to a rank. */
export async function readRanked(
  client: pg.PoolClient,
  { shopId, board, season, place }: StoredSeason,
  lastRank: number,
  most: number,
): Promise<readonly FinalRank[]> {
  const { rows } = await client.query<{
    member_id: string;
    score: string;
    final_rank: number | null;
  }>({
    name: 'read-ranked',
    text: `SELECT member_id, score, final_rank FROM leaderboard_scores
      WHERE shop_id = $1 AND board = $2 AND season = $3 AND listed AND (score, member_id) < ($4::bigint, $5::uuid)
      ORDER BY score DESC, member_id DESC LIMIT $6`,
    values: [shopId, board, season, place.score ?? HIGHEST, place.memberId ?? LAST_ID, most],
  });
  return rows.flatMap(({ member_id: memberId, score, final_rank: rank }) =>
    rank !== null && rank <= lastRank ? [{ memberId, score: Number(score), rank }] : [],
  );
}

/** Whether something was told before a season was to be closed that is not taken in yet. */
export async function isToldAndNotTakenIn(
  client: pg.PoolClient,
  { shopId, settlesAt }: StoredSeason,
): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT FROM deliveries WHERE shop_id = $1 AND state = 'ready' AND received_at < $2
      UNION ALL SELECT FROM deliveries WHERE shop_id = $1 AND state = 'waiting' AND received_at < $2 LIMIT 1`,
    [shopId, new Date(settlesAt)],
  );
  return rows.length > 0;
}

/** Who these are now who were merged into others since. */
export async function readSurvivors(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (memberIds.length === 0) return new Map();
  const { rows } = await client.query<{ gone: string; kept: string }>(
    `SELECT merged_member_id AS gone, member_id AS kept FROM member_aliases
      WHERE shop_id = $1 AND merged_member_id = ANY($2::uuid[])`,
    [shopId, memberIds],
  );
  return new Map(rows.map(({ gone, kept }) => [gone, kept]));
}
