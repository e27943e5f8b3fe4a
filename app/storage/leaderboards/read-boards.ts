/** What decisions about members need to know of leaderboards: who takes part, and which seasons wait to be closed. */
import type pg from 'pg';
import type { NameState } from '../../domain/leaderboards/scores.ts';
import type { OverdueSeason } from '../../domain/leaderboards/seasons.ts';
import { together } from '../transaction.ts';

export interface Boards {
  /** How the nicknames of members stand; who takes no part is left out. */
  readonly names: ReadonlyMap<string, NameState>;
  readonly overdue: readonly OverdueSeason[];
}

export const NO_BOARDS: Boards = { names: new Map(), overdue: [] };

export async function readBoards(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
  now: number,
): Promise<Boards> {
  const [names, overdue] = await together([
    readNameStates(client, shopId, memberIds),
    readOverdueSeasons(client, shopId, new Date(now)),
  ]);
  return { names, overdue };
}

async function readNameStates(
  client: pg.PoolClient,
  shopId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, NameState>> {
  const { rows } = await client.query<{ member_id: string; state: NameState }>({
    name: 'read-board-names',
    text: `SELECT member_id, state FROM leaderboard_names WHERE shop_id = $1 AND member_id = ANY($2::uuid[])`,
    values: [shopId, memberIds],
  });
  return new Map(rows.map(({ member_id: memberId, state }) => [memberId, state]));
}

/** Over by the calendar, though nobody has closed them yet: whoever is to do it slept. */
async function readOverdueSeasons(
  client: pg.PoolClient,
  shopId: string,
  now: Date,
): Promise<readonly OverdueSeason[]> {
  const { rows } = await client.query<{ board: string; season: string; starts_at: Date }>({
    name: 'read-overdue-seasons',
    text: `SELECT board, season, starts_at FROM leaderboard_seasons
      WHERE shop_id = $1 AND state = 'open' AND settles_at <= $2`,
    values: [shopId, now],
  });
  return rows.map(({ starts_at: startsAt, ...row }) => ({ ...row, startsAt: startsAt.getTime() }));
}
