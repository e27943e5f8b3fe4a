/**
 * What the calendar does. Members are due by a date of their own, found by an index, in bounded batches
 * and shop by shop in turn: so a worker that slept for a week catches up, and a shop of a million
 * members does not keep the others waiting.
 */
import { letTimePass } from '../operations/let-time-pass.ts';
import type { Passed } from '../operations/let-time-pass.ts';
import { findShopsDue } from '../storage/members/due-members.ts';
import type { DuePlace } from '../storage/members/due-members.ts';
import { termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { isContention } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const NOBODY = '0';
const BATCH = 500;

/** @returns how many times a member was due */
export async function passTime(world: World, batch = BATCH): Promise<number> {
  const memory = termsMemoryOf(world.db(NOBODY));
  let passed = 0;
  const shops = await findShopsDue(world.db(NOBODY), new Date(world.now()));
  let due = shops.map((shopId): Turn => ({ shopId, after: null }));
  while (due.length > 0) {
    const again: Turn[] = [];
    for (const { shopId, after } of due) {
      const { members, last } = await oneBatch(world, shopId, memory, batch, after);
      passed += members;
      if (members === batch) again.push({ shopId, after: last });
    }
    due = again;
  }
  return passed;
}

interface Turn {
  readonly shopId: string;
  readonly after: DuePlace | null;
}

/** Whoever met others at the same rows comes again with the next turn. */
async function oneBatch(...of: Parameters<typeof letTimePass>): Promise<Passed> {
  try {
    return await letTimePass(...of);
  } catch (error) {
    if (isContention(error)) return { members: 0, last: null };
    throw error;
  }
}
