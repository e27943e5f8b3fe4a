/**
 * The proof of a shop's books: every figure that is kept is worked out again from the entries and the
 * facts, and what differs is told. Writes nothing. Members come in batches, each in one snapshot of
 * the database, so a shop of a million of them needs no more memory than a small one, and a worker
 * that goes on meanwhile makes no difference.
 */
import type pg from 'pg';
import { proveBoards } from './prove-boards.ts';
import { cannotBeProved, proveMembers } from './prove-members.ts';
import type { Difference } from '../domain/proof/difference.ts';
import { proveDraws } from '../storage/games/prove-draws.ts';
import { readMembersAfter } from '../storage/members/lock-members.ts';
import { makeTermsMemory, readShopTerms } from '../storage/programme/shop-terms.ts';
import type { TermsMemory } from '../storage/programme/shop-terms.ts';
import { proveGuards, proveNothingIsLate, proveShopRows } from '../storage/proof/prove-rows.ts';
import { inSnapshot } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const BATCH = 200;
const NOBODY_YET = '00000000-0000-0000-0000-000000000000';
/** What is due is done within seconds; after an hour somebody should look. */
const LATE_MS = 3_600_000;

export interface ProofTotals {
  readonly members: number;
  readonly entries: number;
  /** Available and pending points less debt, of all members: what the shop owes (I9). */
  readonly outstanding: number;
  readonly differences: number;
}

export interface ProofListener {
  /** Differences as they are found; those of one member together. */
  readonly found: (differences: readonly Difference[]) => void;
  /** After each batch; whether to go on. */
  readonly proved?: (members: number) => Promise<boolean>;
  /** Whether what is due should have been done by now: not where nobody works. */
  readonly punctual: boolean;
}

/** @returns null when it was stopped before its end */
export async function proveShop(
  world: World,
  shopId: string,
  listener: ProofListener,
): Promise<ProofTotals | null> {
  const totals = { members: 0, entries: 0, outstanding: 0, differences: 0 };
  const tell = (differences: readonly Difference[]): void => {
    totals.differences += differences.length;
    if (differences.length > 0) listener.found(differences);
  };
  const memory = makeTermsMemory();
  tell(await proveWhole(world, shopId, memory));
  const before = new Date(world.now() - LATE_MS);
  if (listener.punctual) {
    tell(
      await inSnapshot(world.db(shopId), (client) => proveNothingIsLate(client, shopId, before)),
    );
  }
  for (let after = NOBODY_YET; ;) {
    const members = await inSnapshot(world.db(shopId), (client) =>
      readMembersAfter(client, shopId, after, BATCH),
    );
    const upTo = members.at(-1)?.id;
    if (upTo === undefined) return totals;
    const proved = await proveMembers(world, shopId, memory, { after, upTo });
    after = upTo;
    totals.members += proved.members.length;
    for (const { lastSeq, available, pending, debt } of proved.members) {
      totals.entries += lastSeq;
      totals.outstanding += available + pending - debt;
    }
    tell(proved.differences);
    if (listener.proved && !(await listener.proved(totals.members))) return null;
  }
}

/** What no single member's rows can tell. Where one part cannot be read, the others are proved all the same. */
export async function proveWhole(
  world: World,
  shopId: string,
  memory: TermsMemory,
): Promise<Difference[]> {
  const boards = async (client: pg.PoolClient): Promise<Difference[]> => {
    const shop = await readShopTerms(client, shopId, memory);
    return proveBoards(client, shopId, shop, world.now() - LATE_MS);
  };
  const parts: Readonly<Record<string, (client: pg.PoolClient) => Promise<Difference[]>>> = {
    'keys, triggers and privileges': proveGuards,
    'awards, redemptions and budgets': (client) => proveShopRows(client, shopId),
    'draws of games': (client) => proveDraws(client, shopId),
    leaderboards: boards,
  };
  const found: Difference[] = [];
  for (const [figure, prove] of Object.entries(parts)) {
    try {
      found.push(...(await inSnapshot(world.db(shopId), prove)));
    } catch (error) {
      found.push(cannotBeProved(world, shopId, null, figure, error));
    }
  }
  return found;
}
