/**
 * Makes a reward while the shopper waits, instead of leaving it to the outbox. Whoever asked for it is
 * alone with it for a while (PROMPT_MS); what does not come to an end here the outbox goes on with.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { AdminAccess } from './admin-access.ts';
import { makeReserved } from './effects/make-reward.ts';
import type { Stage } from './effects/performer.ts';
import { rewardEffect } from '../operations/issue-rewards.ts';
import type { AskedReward } from '../operations/redeem-reward.ts';
import { ShopLeft, Throttled } from '../shopify/admin-client.ts';
import { effectFailed, effectsDone } from '../storage/effects/effects.ts';
import type { World } from '../world.ts';

/** Shopify closes a proxied request after a while, and a shopper loses patience before. */
const PATIENCE_MS = 8_000;
const TRY_AGAIN_MS = 1_000;
/** Nobody has asked for it a second time. */
const FIRST = 1;

/** Resolves when it is made or refused, or has taken too long; never rejects. */
export type MakeAtOnce = (shopId: string, asked: AskedReward) => Promise<void>;

export function makeAtOnce(
  world: World,
  access: AdminAccess,
  patienceMs: number = PATIENCE_MS,
): MakeAtOnce {
  return async (shopId, asked) => {
    const stage: Stage = { world, shopId, admin: () => access.of(shopId) };
    const impatience = new AbortController();
    const late = sleep(patienceMs, undefined, { signal: impatience.signal }).catch(() => undefined);
    await Promise.race([attempt(stage, access, asked), late]);
    impatience.abort();
  };
}

/** It and its effect are done together. @throws what is left to the outbox */
export async function makeNow(stage: Stage, asked: AskedReward): Promise<void> {
  const { world, shopId } = stage;
  const done = (detail: string | null) => [{ key: keyOf(asked), wanted: FIRST, detail }];
  const note = await makeReserved(stage, asked, {
    isLast: false,
    conclude: (client, at) => effectsDone(client, shopId, done(null), at),
  });
  if (note === null) return;
  await effectsDone(world.db(shopId), shopId, done(note), new Date(world.now()));
}

function keyOf({ reward }: AskedReward): string {
  return rewardEffect('make-reward', reward.id, null).key;
}

async function attempt(stage: Stage, access: AdminAccess, asked: AskedReward): Promise<void> {
  const { world, shopId } = stage;
  const redemptionId = asked.reward.id;
  try {
    try {
      await makeNow(stage, asked);
    } catch (error) {
      if (error instanceof ShopLeft) access.forget(shopId);
      const waitMs = error instanceof Throttled ? error.waitMs : TRY_AGAIN_MS;
      const detail = error instanceof Error ? error.message : String(error);
      world.log.info({ shopId, redemptionId, reason: detail }, 'a reward is left to the outbox');
      const runAfter = new Date(world.now() + waitMs);
      const failed = { key: keyOf(asked), wanted: FIRST, detail };
      await effectFailed(world.db(shopId), shopId, failed, runAfter);
    }
  } catch (error) {
    // The database is away: the outbox takes over when the time is up.
    world.log.warn(
      { shopId, redemptionId, reason: String(error) },
      'a reward was not made at once',
    );
  }
}
