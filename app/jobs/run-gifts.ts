/**
 * Gifts to many: found out, given and taken back, a batch at a time. Each batch is a transaction that
 * says which lines it dealt with, so a worker that dies leaves the rest to the next one, and between
 * batches everything else gets its turn.
 */
import { backOff, MOST_ATTEMPTS } from './drain-deliveries.ts';
import type { GiftState } from '../domain/gifts/gift.ts';
import { DAY } from '../domain/time/shop-time.ts';
import { giveGift } from '../operations/give-gift.ts';
import { prepareGift } from '../operations/prepare-gift.ts';
import { undoGift } from '../operations/undo-gift.ts';
import { forgetWritten } from '../storage/gifts/gift-lines.ts';
import { claimGift, isStillOurs, putOffGift } from '../storage/gifts/gifts.ts';
import type { StoredGift } from '../storage/gifts/gifts.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const NOBODY = '0';
const LEASE_MS = 120_000;
/** What was written of whom nobody found is of no use for longer. */
const KEPT_DAYS = 30;

/** Where a gift goes that cannot be gone on with: what was given of it stays given. */
const GIVEN_UP: Readonly<Partial<Record<GiftState, GiftState>>> = {
  preparing: 'failed',
  running: 'paused',
  undoing: 'given',
};

/** One batch of the gift that has waited longest. @returns whether there was one */
export async function runGifts(world: World, batch?: number): Promise<boolean> {
  const now = world.now();
  const times = { now: new Date(now), leaseUntil: new Date(now + LEASE_MS) };
  const gift = await claimGift(world.db(NOBODY), times);
  if (!gift) return false;
  try {
    await doBatch(world, gift, batch);
  } catch (error) {
    await putOff(world, gift, error);
  }
  return true;
}

async function doBatch(world: World, gift: StoredGift, batch?: number): Promise<void> {
  if (gift.state === 'running') await giveGift(world, gift);
  else if (gift.state === 'undoing') await undoGift(world, gift);
  else {
    await inTransaction(world.db(gift.shopId), async (client) => {
      if (!(await isStillOurs(client, gift))) return;
      await prepareGift(client, gift, new Date(world.now()), batch);
    });
  }
}

async function putOff(world: World, gift: StoredGift, error: unknown): Promise<void> {
  const reason = error instanceof Error ? error.message.slice(0, 500) : String(error);
  const now = world.now();
  const attempts = gift.attempts + 1;
  const givenUp = attempts >= MOST_ATTEMPTS;
  world.log.error({ shopId: gift.shopId, attempts, reason }, 'a batch of a gift failed');
  await putOffGift(world.db(gift.shopId), gift, reason, {
    runAfter: new Date(now + backOff(attempts)),
    state: givenUp ? (GIVEN_UP[gift.state] ?? null) : null,
  });
}

export async function forgetOldGiftLines(world: World): Promise<void> {
  await forgetWritten(world.db(NOBODY), new Date(world.now() - KEPT_DAYS * DAY));
}
