/** Nicknames that a person is to look at, or has looked at. */
import type { NameState } from '../domain/leaderboards/scores.ts';
import type { World } from '../world.ts';

export interface NameLine {
  readonly memberId: string;
  readonly nickname: string;
  readonly person: string | null;
  readonly state: NameState;
  readonly reports: number;
  readonly reportedAt: number | null;
}

const MOST_NAMES = 50;

/** Reported ones first, then those that a person hid or refused. */
export async function namesToLookAt(world: World, shopId: string): Promise<readonly NameLine[]> {
  const { rows } = await world.db(shopId).query<{
    member_id: string;
    nickname: string;
    person: string | null;
    state: NameState;
    reports: string;
    reported_at: Date | null;
  }>(
    `SELECT n.member_id, n.nickname, coalesce(m.name, m.email) AS person, n.state, n.reported_at,
        (SELECT count(*) FROM leaderboard_reports r WHERE r.shop_id = $1 AND r.about_member_id = n.member_id) AS reports
      FROM leaderboard_names n JOIN members m ON m.shop_id = $1 AND m.id = n.member_id
      WHERE n.shop_id = $1 AND n.state IN ('reported', 'hidden', 'refused')
      ORDER BY n.state = 'reported' DESC, n.reported_at, n.member_id LIMIT $2`,
    [shopId, MOST_NAMES],
  );
  return rows.map((row) => ({
    ...{ memberId: row.member_id, nickname: row.nickname, person: row.person, state: row.state },
    reports: Number(row.reports),
    reportedAt: row.reported_at?.getTime() ?? null,
  }));
}
