/** Figures of large shops that somebody asked for, one at a time, so that no page waits for them. */
import { backOff, MOST_ATTEMPTS } from './drain-deliveries.ts';
import { figureAsks } from '../domain/figures/figure-asks.ts';
import { countFigures } from '../storage/figures/counters.ts';
import { claimFigures, keepFigures, putOffFigures } from '../storage/figures/kept-figures.ts';
import { inSnapshot } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const NOBODY = '0';
const LEASE_MS = 15 * 60_000;

/** @returns whether there were any to count */
export async function countFiguresDue(world: World): Promise<boolean> {
  const now = world.now();
  const times = { now: new Date(now), leaseUntil: new Date(now + LEASE_MS) };
  const claimed = await claimFigures(world.db(NOBODY), times);
  if (!claimed) return false;
  const { shopId, name } = claimed;
  const pool = world.db(shopId);
  try {
    const asks = figureAsks.parse(claimed.asks);
    // All of one moment, and longer than a worker's statements may take otherwise: nobody waits for them.
    const figures = await inSnapshot(pool, async (client) => {
      await client.query(`SET LOCAL statement_timeout = ${LEASE_MS / 2}`);
      return countFigures(client, shopId, asks, now);
    });
    await keepFigures(pool, claimed, figures, new Date(now));
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 500) : String(error);
    const attempts = claimed.attempts + 1;
    world.log.error({ shopId, name, attempts, reason }, 'figures could not be counted');
    const again = attempts < MOST_ATTEMPTS ? new Date(world.now() + backOff(attempts)) : null;
    await putOffFigures(pool, claimed, again);
  }
  return true;
}
