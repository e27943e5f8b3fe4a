/** Games whose day, or whose giveaway, is over: drawn, and their seeds shown. One step at a time. */
import { backOff } from './drain-deliveries.ts';
import { closeEpoch } from '../operations/close-epoch.ts';
import { claimEpoch, putOffEpoch } from '../storage/games/epochs.ts';
import type { StoredEpoch } from '../storage/games/epochs.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const NOBODY = '0';

/** @returns whether there was something to do */
export async function runGames(world: World): Promise<boolean> {
  const now = world.now();
  const held: { epoch: StoredEpoch | null } = { epoch: null };
  try {
    return await inTransaction(world.db(NOBODY), async (client) => {
      held.epoch = await claimEpoch(client, new Date(now));
      if (!held.epoch) return false;
      await closeEpoch(client, world, held.epoch);
      return true;
    });
  } catch (error) {
    const { epoch } = held;
    if (!epoch) throw error;
    const reason = error instanceof Error ? error.message.slice(0, 500) : String(error);
    const { shopId, attempts } = epoch;
    world.log.error({ shopId, attempts: attempts + 1, reason }, 'a game could not be closed');
    const runAfter = new Date(now + backOff(attempts + 1));
    await putOffEpoch(world.db(shopId), epoch, reason, runAfter);
    return true;
  }
}
