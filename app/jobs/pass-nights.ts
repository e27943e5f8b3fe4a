/**
 * What each shop's night brings: a comparison with Shopify, and the proof of its books. Found by an
 * index on what is due; a worker that slept does once what it missed, and waits for the next night.
 */
import { startSweep } from '../operations/start-sweep.ts';
import { proveShop } from '../operations/prove-shop.ts';
import type { Difference } from '../domain/proof/difference.ts';
import { NIGHTLY } from '../domain/sweeps/sweep.ts';
import { nextNight } from '../domain/time/night.ts';
import { claimNightJob, keepProof, nightJobDueAt } from '../storage/nights/night-jobs.ts';
import { forgetOldTraces } from '../storage/referrals/referral-traces.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const NOBODY = '0';
const LEASE_MS = 30 * 60_000;
/** As many differences are kept to be looked at; all of them are counted. */
const MOST_KEPT = 50;

/** One job of one shop's night; a proof that is stopped is begun again. @returns whether there was one */
export async function passNight(world: World, stopping?: AbortSignal): Promise<boolean> {
  const now = world.now();
  const times = { now: new Date(now), leaseUntil: new Date(now + LEASE_MS) };
  const due = await claimNightJob(world.db(NOBODY), times);
  if (!due) return false;
  const { shopId, job } = due;
  // Also of a shop that has left: what is kept of people has its time.
  if (job === 'sweep') await forgetOldTraces(world.db(shopId), shopId, now);
  if (due.installed) {
    if (job === 'sweep') await startSweep(world, { shopId, actor: NIGHTLY, daysBack: null });
    else if (!(await proveAndKeep(world, shopId, stopping))) return false;
  }
  const next = new Date(nextNight(world.now(), due.timeZone, shopId));
  await nightJobDueAt(world.db(shopId), shopId, job, next);
  return true;
}

/** @returns false when it was stopped */
async function proveAndKeep(
  world: World,
  shopId: string,
  stopping: AbortSignal | undefined,
): Promise<boolean> {
  const startedAt = new Date(world.now());
  const kept: Difference[] = [];
  const pool = world.db(shopId);
  const totals = await proveShop(world, shopId, {
    found: (differences) => void kept.push(...differences.slice(0, MOST_KEPT - kept.length)),
    // A large shop takes a while: the lease is kept as long as it goes on.
    proved: async () => {
      const leaseMs = stopping?.aborted ? 0 : LEASE_MS;
      await nightJobDueAt(pool, shopId, 'prove', new Date(world.now() + leaseMs));
      return !stopping?.aborted;
    },
    punctual: true,
  });
  if (!totals) return false;
  if (totals.differences > 0) {
    const laws = [...new Set(kept.map(({ law }) => law))];
    world.log.error({ shopId, differences: totals.differences, laws }, 'the books are not right');
  }
  const { members, entries, differences } = totals;
  const finishedAt = new Date(world.now());
  await inTransaction(pool, (client) =>
    keepProof(client, shopId, {
      ...{ id: world.newId(), startedAt, finishedAt },
      ...{ members, entries, differences, found: kept },
    }),
  );
  return true;
}
