/** What is played, in figures: who began and completed it, and what it cost. By the rows as they are. */
import type pg from 'pg';

/** Sources of awards and of prizes, by what they are of. */
export const PLAYED_SOURCES = [
  'challenge',
  'badge',
  'streak',
  'leaderboard',
  'game',
  'quiz',
] as const;
export type PlayedSource = (typeof PLAYED_SOURCES)[number];

export interface PlayFigures {
  /** Members who have begun it, or taken part. */
  readonly begun: number;
  /** Members who have completed it: earned, or answered. */
  readonly done: number;
  /** Points that were given, less what went back. */
  readonly points: number;
  readonly rewards: number;
  readonly rewardsUsed: number;
}

export const NO_FIGURES: PlayFigures = { begun: 0, done: 0, points: 0, rewards: 0, rewardsUsed: 0 };

/** @returns by "challenge:explorer"; what nobody has anything to do with is left out */
export async function playFigures(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
): Promise<ReadonlyMap<string, PlayFigures>> {
  const [progress, points, rewards, done] = await Promise.all([
    progressFigures(pool, shopId),
    pointsGiven(pool, shopId),
    rewardsGiven(pool, shopId),
    deedsDone(pool, shopId),
  ]);
  const found = new Map<string, PlayFigures>();
  for (const [name, part] of [...progress, ...points, ...rewards, ...done]) {
    found.set(name, { ...(found.get(name) ?? NO_FIGURES), ...part });
  }
  return found;
}

type Parts = readonly (readonly [name: string, part: Partial<PlayFigures>])[];

/** Of what comes again, members are counted once. */
async function progressFigures(pool: pg.Pool | pg.PoolClient, shopId: string): Promise<Parts> {
  const { rows } = await pool.query<{ name: string; begun: string; done: string }>(
    `SELECT split_part(key, '@', 1) AS name, count(DISTINCT member_id) AS begun,
        count(DISTINCT member_id) FILTER (WHERE completed_at IS NOT NULL) AS done
      FROM progress WHERE shop_id = $1 AND kind IN ('challenge', 'badge', 'streak') GROUP BY 1`,
    [shopId],
  );
  // Of a streak the row says since when it runs.
  return rows.map(({ name, begun, done }) => [
    name,
    { begun: Number(begun), done: name.startsWith('streak:') ? 0 : Number(done) },
  ]);
}

async function pointsGiven(pool: pg.Pool | pg.PoolClient, shopId: string): Promise<Parts> {
  const { rows } = await pool.query<{ name: string; points: string }>(
    `SELECT source_kind || ':' || split_part(source_id, '@', 1) AS name, sum(posted) AS points
      FROM awards WHERE shop_id = $1 AND source_kind IN ('challenge', 'badge', 'streak', 'leaderboard', 'game', 'quiz')
      GROUP BY 1`,
    [shopId],
  );
  return rows.map(({ name, points }) => [name, { points: Number(points) }]);
}

/** A prize's key is "prize:challenge:explorer@2026-11/silver~2". What was withdrawn unused was not given. */
async function rewardsGiven(pool: pg.Pool | pg.PoolClient, shopId: string): Promise<Parts> {
  const { rows } = await pool.query<{ name: string; rewards: string; used: string }>(
    `SELECT split_part(request_key, ':', 2) || ':' || (regexp_split_to_array(split_part(request_key, ':', 3), '[@/~]'))[1] AS name,
        count(*) FILTER (WHERE state <> 'released') AS rewards,
        count(*) FILTER (WHERE state IN ('captured', 'returned')) AS used
      FROM redemptions WHERE shop_id = $1 AND request_key LIKE 'prize:%' GROUP BY 1`,
    [shopId],
  );
  return rows.map(({ name, rewards, used }) => [
    name,
    { rewards: Number(rewards), rewardsUsed: Number(used) },
  ]);
}

/** Who answered, who played, and who is ranked. */
async function deedsDone(pool: pg.Pool | pg.PoolClient, shopId: string): Promise<Parts> {
  const { rows } = await pool.query<{ name: string; members: string }>(
    `SELECT 'quiz:' || activity_id AS name, count(*) AS members FROM activities
        WHERE shop_id = $1 AND kind = 'answers' AND occurred_at IS NOT NULL AND withdrawn_at IS NULL GROUP BY 1
      UNION ALL
      SELECT 'game:' || (content ->> 'game'), count(DISTINCT member_id) FROM activities
        WHERE shop_id = $1 AND kind = 'draw' AND content ->> 'game' IS NOT NULL AND withdrawn_at IS NULL GROUP BY 1
      UNION ALL
      SELECT 'leaderboard:' || board, count(DISTINCT member_id) FROM leaderboard_scores
        WHERE shop_id = $1 AND listed GROUP BY 1`,
    [shopId],
  );
  return rows.map(({ name, members }) => [name, { begun: Number(members), done: Number(members) }]);
}
