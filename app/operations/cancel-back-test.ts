import { cancelBackTest as cancel } from '../storage/back-tests/back-tests.ts';
import type { World } from '../world.ts';

/** Ends the back-test that runs, if one does: the worker notices before its next batch is kept. */
export async function cancelBackTest(
  world: World,
  shopId: string,
  campaignKey: string | null = null,
): Promise<boolean> {
  return cancel(world.db(shopId), shopId, campaignKey, new Date(world.now()));
}
