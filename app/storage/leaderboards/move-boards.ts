/** A merge: one nickname stays, final ranks follow, and scores that are open are worked out anew. */
import type pg from 'pg';
import { dropOpenScores } from './scores.ts';
import type { KeptRow } from '../members/merges.ts';

export interface MovedBoards {
  /** The nickname of who is gone, as it was; null where there was none. */
  readonly name: KeptRow | null;
  /** Whether the survivor bears it since. */
  readonly borne: boolean;
  /** Settled seasons in which only who is gone had a rank. */
  readonly ranks: readonly (readonly [board: string, season: string])[];
}

interface Way {
  readonly from: string;
  readonly to: string;
}

export async function moveBoards(
  client: pg.PoolClient,
  shopId: string,
  { from, to }: Way,
): Promise<MovedBoards> {
  await dropOpenScores(client, shopId, [from]);
  const { rows: ranks } = await client.query<{ board: string; season: string }>(
    `UPDATE leaderboard_scores s SET member_id = $3 FROM leaderboard_seasons n
      WHERE s.shop_id = $1 AND s.member_id = $2 AND n.shop_id = $1 AND n.board = s.board AND n.season = s.season
        AND n.state = 'settled' AND NOT EXISTS (SELECT FROM leaderboard_scores k WHERE k.shop_id = $1
          AND k.board = s.board AND k.season = s.season AND k.member_id = $3)
      RETURNING s.board, s.season`,
    [shopId, from, to],
  );
  const { rows } = await client.query<{ row: KeptRow }>(
    `DELETE FROM leaderboard_names n WHERE n.shop_id = $1 AND n.member_id = $2 RETURNING to_jsonb(n) - 'shop_id' AS row`,
    [shopId, from],
  );
  const name = rows[0]?.row ?? null;
  const borne = name !== null && (await restoreName(client, shopId, to, name));
  await client.query(
    `UPDATE leaderboard_reports r SET about_member_id = $3 WHERE r.shop_id = $1 AND r.about_member_id = $2
        AND r.member_id <> $3 AND NOT EXISTS (SELECT FROM leaderboard_reports k
          WHERE k.shop_id = $1 AND k.member_id = r.member_id AND k.about_member_id = $3)`,
    [shopId, from, to],
  );
  return { name, borne, ranks: ranks.map(({ board, season }) => [board, season] as const) };
}

/** @returns whether they have it now: not where they have one of their own, or somebody else has it by now */
async function restoreName(
  client: pg.PoolClient,
  shopId: string,
  memberId: string,
  name: KeptRow,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO leaderboard_names SELECT r.* FROM jsonb_populate_record(NULL::leaderboard_names,
        $3::jsonb || jsonb_build_object('shop_id', $1::bigint, 'member_id', $2::uuid)) AS r
      WHERE r.shop_id = $1 ON CONFLICT DO NOTHING`,
    [shopId, memberId, JSON.stringify(name)],
  );
  return rowCount === 1;
}

/** Each has their own again. */
export async function moveBoardsBack(
  client: pg.PoolClient,
  shopId: string,
  { kept, gone }: { readonly kept: string; readonly gone: string },
  { name, borne, ranks }: MovedBoards,
): Promise<void> {
  await client.query(
    `UPDATE leaderboard_scores s SET member_id = $3 FROM unnest($4::text[], $5::text[]) AS w (board, season)
      WHERE s.shop_id = $1 AND s.member_id = $2 AND s.board = w.board AND s.season = w.season`,
    [shopId, kept, gone, ranks.map(([board]) => board), ranks.map(([, season]) => season)],
  );
  if (name === null) return;
  if (borne) {
    await client.query(
      `DELETE FROM leaderboard_names WHERE shop_id = $1 AND member_id = $2 AND skeleton = $3`,
      [shopId, kept, name['skeleton']],
    );
    await dropOpenScores(client, shopId, [kept]);
  }
  await restoreName(client, shopId, gone, name);
}
