/**
 * What the calendar does. Members are due by a date of their own, found by an index, in bounded batches
 * and shop by shop in turn: so a worker that slept for a week catches up, and a shop of a million
 * members does not keep the others waiting.
 */
import { letTimePass } from '../operations/let-time-pass.ts';
import { findShopsDue } from '../storage/members/due-members.ts';
import { makeTermsMemory } from '../storage/programme/shop-terms.ts';
import { isContention } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const NOBODY = '0';
const BATCH = 500;

/** @returns how many times a member was due */
export async function passTime(world: World, batch = BATCH): Promise<number> {
  const memory = makeTermsMemory();
  let passed = 0;
  let due = await findShopsDue(world.db(NOBODY), new Date(world.now()));
  while (due.length > 0) {
    const again: string[] = [];
    for (const shopId of due) {
      const members = await oneBatch(world, shopId, memory, batch);
      passed += members;
      if (members === batch) again.push(shopId);
    }
    due = again;
  }
  return passed;
}

/** Whoever met others at the same rows comes again with the next turn. */
async function oneBatch(...of: Parameters<typeof letTimePass>): Promise<number> {
  try {
    return await letTimePass(...of);
  } catch (error) {
    if (isContention(error)) return 0;
    throw error;
  }
}
