/** Where one member stands on the boards, and stood. */
import { heldBoards } from '../domain/leaderboards/held-boards.ts';
import type { NameState } from '../domain/leaderboards/scores.ts';
import { ranksOf } from '../storage/leaderboards/standings.ts';
import { makeTermsMemory, readShopTerms } from '../storage/programme/shop-terms.ts';
import type { World } from '../world.ts';

export interface MembersRank {
  readonly board: string;
  readonly name: string;
  readonly season: string;
  readonly unit: string;
  readonly score: number;
  /** Null of who is not ranked. */
  readonly rank: number | null;
  /** Whether it stays as it is. */
  readonly fixed: boolean;
}

export interface MembersBoards {
  readonly nickname: string | null;
  readonly state: NameState | null;
  readonly ranks: readonly MembersRank[];
}

const MOST_RANKS = 12;
const memory = makeTermsMemory();

/** For the member's own page: where they stand, and stood. */
export async function memberBoards(
  world: World,
  shopId: string,
  memberId: string,
): Promise<MembersBoards> {
  const pool = world.db(shopId);
  const names = await pool.query<{ nickname: string; state: NameState }>(
    `SELECT nickname, state FROM leaderboard_names WHERE shop_id = $1 AND member_id = $2`,
    [shopId, memberId],
  );
  const { rows } = await pool.query<{
    board: string;
    season: string;
    score: string;
    listed: boolean;
    final_rank: number | null;
  }>(
    `SELECT board, season, score, listed, final_rank FROM leaderboard_scores
      WHERE shop_id = $1 AND member_id = $2 ORDER BY reached_at DESC, board, season LIMIT $3`,
    [shopId, memberId, MOST_RANKS],
  );
  const boards = heldBoards(await readShopTerms(pool, shopId, memory), world.now());
  const ranks: MembersRank[] = [];
  for (const { board, season, listed, final_rank: fixed, ...row } of rows) {
    const score = Number(row.score);
    const running = fixed === null && listed;
    const now = running ? await ranksOf(pool, shopId, { board, season }, [score]) : null;
    const held = boards.find(({ key }) => key === board);
    ranks.push({
      ...{ board, name: held?.name ?? board, season, unit: held?.unit ?? 'points', score },
      ...{ rank: fixed ?? now?.of.get(score) ?? null, fixed: fixed !== null },
    });
  }
  const [name] = names.rows;
  return { nickname: name?.nickname ?? null, state: name?.state ?? null, ranks };
}
