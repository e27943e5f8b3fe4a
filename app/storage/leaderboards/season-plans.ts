/** Seasons as they were planned, for the proof to compare with the programme. */
import type pg from 'pg';
import { seasonKey } from './scores.ts';
import type { SeasonState } from './seasons.ts';

export interface SeasonPlan {
  readonly startsAt: number;
  readonly endsAt: number;
  readonly settlesAt: number;
  readonly version: number;
  readonly state: SeasonState;
  /** Whether anybody will come to settle it. */
  readonly isDue: boolean;
}

/** Of all seasons that were ever planned, by "board@season". */
export async function readSeasonPlans(
  client: pg.PoolClient,
  shopId: string,
): Promise<ReadonlyMap<string, SeasonPlan>> {
  const { rows } = await client.query<{
    board: string;
    season: string;
    starts_at: Date;
    ends_at: Date;
    settles_at: Date;
    version: number;
    state: SeasonState;
    is_due: boolean;
  }>(
    `SELECT board, season, starts_at, ends_at, settles_at, version, state,
        state = 'settled' OR due_at IS NOT NULL AS is_due
      FROM leaderboard_seasons WHERE shop_id = $1`,
    [shopId],
  );
  return new Map(
    rows.map((row) => [
      seasonKey(row),
      {
        startsAt: row.starts_at.getTime(),
        endsAt: row.ends_at.getTime(),
        settlesAt: row.settles_at.getTime(),
        ...{ version: row.version, state: row.state, isDue: row.is_due },
      },
    ]),
  );
}
