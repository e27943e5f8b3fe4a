/**
 * Counts of members by their scores grow by a row with every change: they are folded, and the storefront
 * is shown the new standing, at most once in five minutes.
 */
import { MIRROR_BOARDS, MIRRORED_EVERY_MS } from '../operations/mirror-boards.ts';
import { foldCounts, nextChangedBoard } from '../storage/leaderboards/counts.ts';
import type { ChangedBoard } from '../storage/leaderboards/counts.ts';
import { wantLater } from '../storage/effects/want-later.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const NOBODY = '0';
const MOST = 20_000;

/** Every board that changed. @returns how many rows were folded */
export async function foldBoards(world: World): Promise<number> {
  let folded = 0;
  let shopId: string | null = null;
  for (let after: ChangedBoard | null = null; ;) {
    const board = await nextChangedBoard(world.db(NOBODY), after);
    if (!board) return folded;
    for (let rows = MOST; rows === MOST;) {
      rows = await inTransaction(world.db(board.shopId), (client) =>
        foldCounts(client, board, MOST),
      );
      folded += rows;
    }
    if (board.shopId !== shopId) {
      shopId = board.shopId;
      const now = new Date(world.now());
      await wantLater(world.db(shopId), shopId, MIRROR_BOARDS, now, MIRRORED_EVERY_MS);
    }
    after = board;
  }
}
