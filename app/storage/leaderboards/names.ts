/** Nicknames under which members take part in leaderboards, and what others said of them. */
import type pg from 'pg';
import type { NameState } from '../../domain/leaderboards/scores.ts';

export interface BoardName {
  readonly memberId: string;
  readonly nickname: string;
  readonly skeleton: string;
  readonly state: NameState;
}

type Reader = pg.Pool | pg.PoolClient;

export async function readName(
  client: Reader,
  shopId: string,
  memberId: string,
): Promise<BoardName | null> {
  const { rows } = await client.query<NameRow>({
    name: 'read-board-name',
    text: `SELECT member_id, nickname, skeleton, state FROM leaderboard_names WHERE shop_id = $1 AND member_id = $2`,
    values: [shopId, memberId],
  });
  return rows[0] ? readRow(rows[0]) : null;
}

export async function findName(
  client: Reader,
  shopId: string,
  skeleton: string,
): Promise<BoardName | null> {
  const { rows } = await client.query<NameRow>(
    `SELECT member_id, nickname, skeleton, state FROM leaderboard_names WHERE shop_id = $1 AND skeleton = $2`,
    [shopId, skeleton],
  );
  return rows[0] ? readRow(rows[0]) : null;
}

interface NameRow {
  readonly member_id: string;
  readonly nickname: string;
  readonly skeleton: string;
  readonly state: NameState;
}

function readRow({ member_id: memberId, nickname, skeleton, state }: NameRow): BoardName {
  return { memberId, nickname, skeleton, state };
}

/** The member is locked. @throws a unique violation where somebody else has it */
export async function writeName(
  client: pg.PoolClient,
  shopId: string,
  { memberId, nickname, skeleton }: Omit<BoardName, 'state'>,
  at: Date,
): Promise<void> {
  await client.query(
    `INSERT INTO leaderboard_names AS n (shop_id, member_id, nickname, skeleton, joined_at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (shop_id, member_id) DO UPDATE SET nickname = EXCLUDED.nickname, skeleton = EXCLUDED.skeleton,
        state = 'listed', reported_at = NULL, approved_at = NULL
      WHERE n.nickname <> EXCLUDED.nickname`,
    [shopId, memberId, nickname, skeleton, at],
  );
}

/** What a person hid or refused is kept, so that leaving and coming back does not undo it. @returns whether it went */
export async function dropName(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `DELETE FROM leaderboard_names WHERE shop_id = $1 AND member_id = $2 AND state IN ('listed', 'reported')`,
    [shopId, memberId],
  );
  return rowCount === 1;
}

/** How many names the member reported since. */
export async function countReports(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  since: Date,
): Promise<number> {
  const { rows } = await client.query<{ count: string }>(
    `SELECT count(*) FROM leaderboard_reports WHERE shop_id = $1 AND member_id = $2 AND at > $3`,
    [shopId, memberId, since],
  );
  return Number(rows[0]?.count ?? 0);
}

/** Once for each two; a name that a person approved stays so. */
export async function writeReport(
  client: pg.PoolClient,
  shopId: string,
  report: {
    readonly by: string;
    readonly about: string;
    readonly board: string;
    readonly at: Date;
  },
): Promise<void> {
  const { by, about, board, at } = report;
  const { rowCount } = await client.query(
    `INSERT INTO leaderboard_reports (shop_id, member_id, about_member_id, board, at) VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (shop_id, member_id, about_member_id) DO NOTHING`,
    [shopId, by, about, board, at],
  );
  if (rowCount === 0) return;
  await client.query(
    `UPDATE leaderboard_names SET state = 'reported', reported_at = coalesce(reported_at, $3)
      WHERE shop_id = $1 AND member_id = $2 AND state = 'listed' AND approved_at IS NULL`,
    [shopId, about, at],
  );
}

/** A person's word about a name. @returns the name, or null where there is none */
export async function writeNameState(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  state: Exclude<NameState, 'reported'>,
  at: Date,
): Promise<string | null> {
  const { rows } = await client.query<{ nickname: string }>(
    `UPDATE leaderboard_names SET state = $3, reported_at = NULL,
        approved_at = CASE WHEN $3 = 'listed' THEN $4::timestamptz END
      WHERE shop_id = $1 AND member_id = $2 RETURNING nickname`,
    [shopId, memberId, state, at],
  );
  await client.query(
    `DELETE FROM leaderboard_reports WHERE shop_id = $1 AND about_member_id = $2`,
    [shopId, memberId],
  );
  return rows[0]?.nickname ?? null;
}

/** Name, scores and reports of who is erased, and of who was merged into them. */
export async function eraseBoards(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<void> {
  const values = [shopId, memberIds];
  for (const table of ['leaderboard_names', 'leaderboard_scores', 'leaderboard_reports']) {
    await client.query(
      `DELETE FROM ${table} WHERE shop_id = $1 AND member_id = ANY($2::uuid[])`,
      values,
    );
  }
  await client.query(
    `DELETE FROM leaderboard_reports WHERE shop_id = $1 AND about_member_id = ANY($2::uuid[])`,
    values,
  );
}
