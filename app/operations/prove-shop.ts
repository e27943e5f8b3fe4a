/**
 * The proof of a shop's books: every figure that is kept is worked out again from the entries and the
 * facts, and what differs is told. Writes nothing. Members come in batches, each in one snapshot of
 * the database, so a shop of a million of them needs no more memory than a small one, and a worker
 * that goes on meanwhile makes no difference.
 */
import type pg from 'pg';
import { proposeChanges } from './decide-members.ts';
import { proveBoards } from './prove-boards.ts';
import { compareDecision } from '../domain/proof/compare-decision.ts';
import type { KeptState } from '../domain/proof/compare-decision.ts';
import { inOneOrder } from '../domain/proof/difference.ts';
import type { Difference } from '../domain/proof/difference.ts';
import { standingOf } from '../domain/orders/standing.ts';
import { offersReferrals, usesReferrals } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { readMembersAfter } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { proveDraws } from '../storage/games/prove-draws.ts';
import { readClosedSeasons, readOpenScores } from '../storage/leaderboards/scores.ts';
import { readAwards } from '../storage/points/member-books.ts';
import { readRedemptions } from '../storage/points/redemptions.ts';
import { makeTermsMemory, readShopTerms } from '../storage/programme/shop-terms.ts';
import {
  proveGuards,
  proveMemberRows,
  proveNothingIsLate,
  proveShopRows,
} from '../storage/proof/prove-rows.ts';
import {
  isLookingAtEveryone,
  membersAboutToBeDue,
  readKeptOrders,
  readProgress,
} from '../storage/proof/read-kept.ts';
import { referralsByFacts } from '../storage/referrals/refresh-referrals.ts';
import type { KeptOrder } from '../storage/proof/read-kept.ts';
import { inTransaction } from '../storage/transaction.ts';
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
  await inSnapshot(world, shopId, async (client) => {
    tell(await proveGuards(client));
    tell(await proveShopRows(client, shopId));
    tell(await proveDraws(client, shopId));
    const before = new Date(world.now() - LATE_MS);
    const shop = await readShopTerms(client, shopId, memory);
    tell(await proveBoards(client, shopId, shop, before.getTime()));
    if (listener.punctual) tell(await proveNothingIsLate(client, shopId, before));
  });
  for (let after = NOBODY_YET; ;) {
    const proved = await inSnapshot(world, shopId, async (client) => {
      const members = await readMembersAfter(client, shopId, after, BATCH);
      const upTo = members.at(-1)?.id;
      if (upTo === undefined) return null;
      const shop = await readShopTerms(client, shopId, memory);
      const differences = [
        ...(await proveMemberRows(client, shopId, { after, upTo })),
        ...(await proveDecisions(client, shopId, shop, members, world.now())),
      ];
      return { members, upTo, differences };
    });
    if (!proved) return totals;
    after = proved.upTo;
    totals.members += proved.members.length;
    for (const { lastSeq, available, pending, debt } of proved.members) {
      totals.entries += lastSeq;
      totals.outstanding += available + pending - debt;
    }
    tell(proved.differences);
    if (listener.proved && !(await listener.proved(totals.members))) return null;
  }
}

function inSnapshot<T>(
  world: World,
  shopId: string,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  return inTransaction(world.db(shopId), async (client) => {
    await client.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
    return work(client);
  });
}

/** The engine decides again about everyone who is decided about at all: it must propose nothing. */
export async function proveDecisions(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  members: readonly StoredMember[],
  now: number,
): Promise<Difference[]> {
  const orders = await readKeptOrders(
    client,
    shopId,
    members.map(({ id }) => id),
  );
  const standings = orders.flatMap((order) => standingDifference(order, shop.currency));
  // What follows from a wrong standing is wrong with it.
  const unsure = new Set(standings.map(({ memberId }) => memberId));
  // Who is about to be decided again, by the clock or after a publication, is proved when that is done.
  const aboutToBeDue = await membersAboutToBeDue(client, shopId);
  const settled = (await isLookingAtEveryone(client, shopId))
    ? []
    : members.filter(({ id, dueAt }) => (dueAt === null || dueAt > now) && !aboutToBeDue.has(id));
  const decided = settled.filter(
    ({ id, state, decidedAt }) => isDecidedAbout(state) && decidedAt !== null && !unsure.has(id),
  );
  const kept = await readKept(client, shopId, decided, orders);
  const proposals = await proposeChanges(
    client,
    shopId,
    shop,
    ({ decidedAt }) => decidedAt ?? now,
    {
      members: decided,
      changed: [],
      customers: new Map(),
      wholly: new Set(decided.map(({ id }) => id)),
    },
  );
  const differences = proposals.flatMap(({ memberId, books, decision }) => {
    const state = kept.get(memberId);
    return state && decision ? compareDecision(state, { books, decision }) : [];
  });
  const referrals = await referralDifferences(client, shopId, shop, settled);
  return [...standings, ...referrals, ...differences];
}

/** What is kept of friends' orders for who referred them, worked out anew. */
async function referralDifferences(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  members: readonly StoredMember[],
): Promise<Difference[]> {
  if (!usesReferrals(shop)) return [];
  const offeredAt = (at: number): boolean => offersReferrals(shop, at);
  const ids = members.map(({ id }) => id);
  const sources = { newId: () => 'a referral that is missing', offeredAt };
  const { before, after } = await referralsByFacts(client, shopId, ids, sources);
  const known = new Map(before.map((one) => [one.id, inOneOrder(one)]));
  return after.flatMap((one) => {
    const [kept, proved] = [known.get(one.id) ?? 'none', inOneOrder(one)];
    if (kept === proved) return [];
    return [{ law: 'I12', memberId: one.friendId, figure: `referral ${one.id}`, kept, proved }];
  });
}

/** Who was merged away or redacted keeps a ledger, and nothing that follows from facts. */
export function isDecidedAbout(state: string): boolean {
  return state === 'active' || state === 'deleted';
}

function standingDifference(order: KeptOrder, currency: string): Difference[] {
  const { facts, memberId, standing } = order;
  const [kept, proved] = [inOneOrder(standing), inOneOrder(standingOf(facts, currency) ?? {})];
  if (kept === proved) return [];
  return [{ law: 'I8', memberId, figure: `standing of order ${facts.id}`, kept, proved }];
}

async function readKept(
  client: pg.PoolClient,
  shopId: string,
  members: readonly StoredMember[],
  orders: readonly KeptOrder[],
): Promise<Map<string, KeptState>> {
  const ids = members.map(({ id }) => id);
  const orderIds = orders.map(({ facts }) => facts.id);
  const awards = await readAwards(client, shopId, ids, orderIds);
  const progress = await readProgress(client, shopId, ids);
  const redemptions = await readRedemptions(client, shopId, ids);
  const scores = await readOpenScores(client, shopId, ids);
  const closed = await readClosedSeasons(client, shopId);
  return new Map(
    members.map(({ id, tierKey, tierSince, tierDueAt, dueAt, membership, joinedAt, joinedBy }) => [
      id,
      {
        ...{ memberId: id, tierKey, tierSince, tierDueAt, dueAt },
        membership: { state: membership, joinedAt, joinedBy },
        redemptions: redemptions.get(id) ?? [],
        awards: awards.get(id) ?? [],
        progress: progress.get(id) ?? [],
        scores: scores.get(id) ?? [],
        isClosed: (season) => closed.has(season),
      },
    ]),
  );
}
