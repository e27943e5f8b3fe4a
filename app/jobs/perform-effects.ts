/**
 * Performs the outbox. Effects are leased, so a performer that dies leaves them to the next; what
 * Shopify asks to wait for waits; what fails is tried again with a bound, then put before a person.
 */
import { backOff } from './drain-deliveries.ts';
import type { AdminAccess } from './admin-access.ts';
import { NotYet } from './effects/performer.ts';
import type { Performer, Stage } from './effects/performer.ts';
import { performers } from './effects/registry.ts';
import { patiently } from './patiently.ts';
import { Refused, ShopLeft, Throttled } from '../shopify/admin-client.ts';
import {
  effectFailed,
  effectsDone,
  leaseEffects,
  shopsWithEffects,
} from '../storage/effects/effects.ts';
import type { ClaimedEffect } from '../storage/effects/effects.ts';
import { isPassing } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const NOBODY = '0';
const MOST_SHOPS = 20;
const SHOPS_AT_ONCE = 3;
const MOST_AT_ONCE = 50;
const MOST_ATTEMPTS = 10;
const LEASE_MS = 300_000;
/** A shop without a usable token gets one at the merchant's next visit. */
const NO_TOKEN_WAIT_MS = 15 * 60_000;

export interface Outbox {
  /** @returns how many effects were done or put off */
  readonly once: () => Promise<number>;
}

export function makeOutbox(world: World, access: AdminAccess): Outbox {
  return {
    once: async () => {
      const queue = [
        ...(await shopsWithEffects(world.db(NOBODY), new Date(world.now()), MOST_SHOPS)),
      ];
      let handled = 0;
      const work = async (): Promise<void> => {
        for (let shopId = queue.shift(); shopId; shopId = queue.shift()) {
          handled += await performFor(world, access, shopId);
        }
      };
      await Promise.all(Array.from({ length: Math.min(SHOPS_AT_ONCE, queue.length) }, work));
      return handled;
    },
  };
}

async function performFor(world: World, access: AdminAccess, shopId: string): Promise<number> {
  const now = world.now();
  const leased = await leaseEffects(
    world.db(shopId),
    shopId,
    { now: new Date(now), leaseUntil: new Date(now + LEASE_MS) },
    MOST_AT_ONCE,
  );
  const stage: Stage = { world, shopId, admin: () => access.of(shopId) };
  const byKind = Map.groupBy(leased, ({ kind }) => kind);
  for (const [kind, effects] of byKind) {
    const performer = performers.find(kind);
    for (const group of groupsOf(effects, performer?.together ?? 1)) {
      await performGroup(stage, access, performer, group);
    }
  }
  return leased.length;
}

async function performGroup(
  stage: Stage,
  access: AdminAccess,
  performer: Performer | null,
  effects: readonly ClaimedEffect[],
): Promise<void> {
  const { world, shopId } = stage;
  try {
    if (!performer)
      throw new Refused(`This Laurel performs no effect of the kind "${effects[0]?.kind}"`);
    const notes = await patiently(() => performer.perform(stage, effects));
    const done = effects.map(({ key, wanted }) => ({
      key,
      wanted,
      detail: notes.get(key) ?? null,
    }));
    await effectsDone(world.db(shopId), shopId, done, new Date(world.now()));
  } catch (error) {
    if (error instanceof ShopLeft) access.forget(shopId);
    // One refusal among several says nothing of the others: each is performed by itself.
    if (error instanceof Refused && effects.length > 1) {
      for (const effect of effects) await performGroup(stage, access, performer, [effect]);
      return;
    }
    for (const effect of effects) await putOff(world, shopId, effect, performer, error);
  }
}

async function putOff(
  world: World,
  shopId: string,
  effect: ClaimedEffect,
  performer: Performer | null,
  error: unknown,
): Promise<void> {
  const reason = error instanceof Error ? error.message : String(error);
  const waitMs = waitBefore(effect, performer?.tries ?? MOST_ATTEMPTS, error);
  const runAfter = waitMs === null ? null : new Date(world.now() + waitMs);
  const about = { shopId, kind: effect.kind, attempts: effect.attempts, reason };
  if (waitMs === null) world.log.error(about, 'an effect was given up');
  else world.log.info(about, 'an effect is tried again later');
  await effectFailed(
    world.db(shopId),
    shopId,
    { key: effect.key, wanted: effect.wanted, detail: reason },
    runAfter,
  );
}

/** @returns how long to wait, or null: given up */
function waitBefore(effect: ClaimedEffect, tries: number, error: unknown): number | null {
  if (error instanceof Throttled || error instanceof NotYet) return error.waitMs;
  if (error instanceof ShopLeft) return NO_TOKEN_WAIT_MS;
  if (isPassing(error)) return backOff(Math.min(effect.attempts, 5));
  if (error instanceof Refused && effect.attempts >= 3) return null;
  return effect.attempts >= tries ? null : backOff(Math.min(effect.attempts, MOST_ATTEMPTS));
}

function groupsOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
