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
const BATCH = 250;
/** While PostgreSQL writes one, the other is decided. Each leaves out whom the other holds. */
const AT_ONCE = 2;

/** @returns how many times a member was due */
export async function passTime(world: World, batch = BATCH): Promise<number> {
  const memory = termsMemoryOf(world.db(NOBODY));
  let passed = 0;
  const shops = await findShopsDue(world.db(NOBODY), new Date(world.now()));
  let due = shops.map((shopId): Turn => ({ shopId, after: null }));
  while (due.length > 0) {
    const again: Turn[] = [];
    for (const { shopId, after } of due) {
      const batches = Array.from({ length: AT_ONCE }, () =>
        oneBatch(world, shopId, memory, batch, after),
      );
      const done = await allOf(batches);
      passed += done.reduce((sum, { members }) => sum + members, 0);
      if (done.some(({ members }) => members === batch)) {
        again.push({ shopId, after: done.map(({ last }) => last).reduce(later) });
      }
    }
    due = again;
  }
  return passed;
}

interface Turn {
  readonly shopId: string;
  readonly after: DuePlace | null;
}

/** None goes on when one has failed. */
async function allOf(batches: readonly Promise<Passed>[]): Promise<readonly Passed[]> {
  await Promise.allSettled(batches);
  return Promise.all(batches);
}

function later(a: DuePlace | null, b: DuePlace | null): DuePlace | null {
  if (!a || !b) return a ?? b;
  const apart = a.dueAt.getTime() - b.dueAt.getTime();
  return apart > 0 || (apart === 0 && a.id > b.id) ? a : b;
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
