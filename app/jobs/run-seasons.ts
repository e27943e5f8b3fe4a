/** Seasons of leaderboards by the moment at which something is to be done about them, a step at a time. */
import { backOff } from './drain-deliveries.ts';
import { settleSeason } from '../operations/settle-season.ts';
import type { Batches } from '../operations/settle-season.ts';
import { claimSeason, putOffSeason } from '../storage/leaderboards/seasons.ts';
import { termsMemoryOf } from '../storage/programme/shop-terms.ts';
import type { World } from '../world.ts';

const NOBODY = '0';
const LEASE_MS = 120_000;

/** One step of the season that has been due longest. @returns whether there was one */
export async function runSeasons(world: World, batches?: Batches): Promise<boolean> {
  const now = world.now();
  const times = { now: new Date(now), leaseUntil: new Date(now + LEASE_MS) };
  const season = await claimSeason(world.db(NOBODY), times);
  if (!season) return false;
  try {
    await settleSeason(world, season, termsMemoryOf(world.db(NOBODY)), batches);
  } catch (error) {
    const { shopId, board, season: name, attempts } = season;
    const reason = error instanceof Error ? error.message.slice(0, 500) : String(error);
    world.log.error({ shopId, board, season: name, attempts, reason }, 'a season cannot go on');
    const until = new Date(world.now() + backOff(attempts + 1));
    await putOffSeason(world.db(shopId), season, reason, until);
  }
  return true;
}
