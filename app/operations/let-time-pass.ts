/**
 * Time alone changed something for these members: points mature or expire, reminders are due, terms
 * of tiers end. They are found by their date and decided again; a member whom somebody else holds is
 * left to the next turn, so nobody waits and nothing happens twice.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import { lockDueMembers, postpone } from '../storage/members/due-members.ts';
import type { DuePlace } from '../storage/members/due-members.ts';
import { readShopTerms } from '../storage/programme/shop-terms.ts';
import type { TermsMemory } from '../storage/programme/shop-terms.ts';
import { inTransaction, isContention, isOutage } from '../storage/transaction.ts';
import type { World } from '../world.ts';

/** How long a member is left alone whom the engine could not decide about. */
const AFTER_FAILURE_MS = 3_600_000;

export interface Passed {
  /** How many members it was about; fewer than asked for when nobody else is due. */
  readonly members: number;
  /** Where the next batch begins. */
  readonly last: DuePlace | null;
}

/** One batch of those who come after that place. */
export async function letTimePass(
  world: World,
  shopId: string,
  memory: TermsMemory,
  most: number,
  after: DuePlace | null,
): Promise<Passed> {
  try {
    return await decideDue(world, shopId, memory, most, after);
  } catch (error) {
    if (isOutage(error) || isContention(error) || most === 1) throw error;
    // One of them fails: it is found one by one, and must not hold up the others.
    return { members: await oneByOne(world, shopId, memory, most), last: after };
  }
}

async function decideDue(
  world: World,
  shopId: string,
  memory: TermsMemory,
  most: number,
  after: DuePlace | null,
): Promise<Passed> {
  const now = world.now();
  return inTransaction(world.db(shopId), async (client) => {
    const due = await lockDueMembers(client, shopId, new Date(now), most, after);
    const ids = due.map(({ id }) => id);
    await decideAbout(client, shopId, memory, ids, now);
    return { members: due.length, last: due.at(-1) ?? after };
  });
}

async function decideAbout(
  client: pg.PoolClient,
  shopId: string,
  memory: TermsMemory,
  ids: readonly string[],
  now: number,
): Promise<void> {
  if (ids.length === 0) return;
  const members = [...(await lockMembers(client, shopId, ids)).values()];
  const shop = await readShopTerms(client, shopId, memory);
  const nothing = { changed: [], customers: new Map(), wholly: new Set<string>() };
  const moment = { now, at: new Date(now) };
  await decideMembers(client, shopId, shop, moment, { ...nothing, members });
}

async function oneByOne(
  world: World,
  shopId: string,
  memory: TermsMemory,
  most: number,
): Promise<number> {
  let done = 0;
  for (let turn = 0; turn < most; turn += 1) {
    let memberId: string | undefined;
    try {
      const now = world.now();
      await inTransaction(world.db(shopId), async (client) => {
        const [due] = await lockDueMembers(client, shopId, new Date(now), 1, null);
        memberId = due?.id;
        if (memberId) await decideAbout(client, shopId, memory, [memberId], now);
      });
    } catch (error) {
      if (isOutage(error) || isContention(error) || !memberId) throw error;
      const reason = error instanceof Error ? error.message.slice(0, 500) : String(error);
      world.log.error({ shopId, memberId, reason }, 'time could not pass for a member');
      await postpone(world.db(shopId), shopId, memberId, new Date(world.now() + AFTER_FAILURE_MS));
    }
    if (!memberId) return done;
    done += 1;
  }
  return done;
}
