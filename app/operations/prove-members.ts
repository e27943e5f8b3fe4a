/** The proof of members' books: what is kept of each is worked out again from entries and facts. */
import type pg from 'pg';
import { awardDifferences, isDecidedAbout } from './awards-by-entries.ts';
import { proposeChanges } from './decide-members.ts';
import { compareDecision } from '../domain/proof/compare-decision.ts';
import type { KeptState } from '../domain/proof/compare-decision.ts';
import { inOneOrder } from '../domain/proof/difference.ts';
import type { Difference } from '../domain/proof/difference.ts';
import { standingOf } from '../domain/orders/standing.ts';
import { offersReferrals, usesReferrals } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { readMembersBetween } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readClosedSeasons, readOpenScores } from '../storage/leaderboards/scores.ts';
import { factColumns } from '../storage/orders/lock-orders.ts';
import { readAwards } from '../storage/points/member-books.ts';
import { readRedemptions } from '../storage/points/redemptions.ts';
import { readShopTerms } from '../storage/programme/shop-terms.ts';
import type { TermsMemory } from '../storage/programme/shop-terms.ts';
import { justThis, proveMemberRows } from '../storage/proof/prove-rows.ts';
import type { Range } from '../storage/proof/prove-rows.ts';
import {
  isLookingAtEveryone,
  membersAboutToBeDue,
  readKeptOrders,
  readProgress,
} from '../storage/proof/read-kept.ts';
import { referralsByFacts } from '../storage/referrals/refresh-referrals.ts';
import type { KeptOrder } from '../storage/proof/read-kept.ts';
import { inSnapshot, isPassing } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export interface ProvedMembers {
  readonly members: readonly StoredMember[];
  readonly differences: readonly Difference[];
}

/** Members of a range in one snapshot; where one of them makes it fail, each by itself, so that the others are proved. */
export async function proveMembers(
  world: World,
  shopId: string,
  memory: TermsMemory,
  range: Range,
): Promise<ProvedMembers> {
  try {
    return await inSnapshot(world.db(shopId), async (client) => {
      const members = await readMembersBetween(client, shopId, range);
      const shop = await readShopTerms(client, shopId, memory);
      const looked = { members, ranges: [range], now: world.now() };
      return { members, differences: await memberDifferences(client, shopId, shop, looked) };
    });
  } catch (error) {
    if (isPassing(error)) throw error;
    const members = await inSnapshot(world.db(shopId), (client) =>
      readMembersBetween(client, shopId, range),
    );
    const [only, ...others] = members;
    if (!only) throw error;
    if (others.length === 0) {
      const differences = [cannotBeProved(world, shopId, only.id, EVERYTHING, error)];
      return { members, differences };
    }
    const each: Difference[] = [];
    for (const { id } of members) {
      each.push(...(await proveMembers(world, shopId, memory, justThis(id))).differences);
    }
    return { members, differences: each };
  }
}

const EVERYTHING = 'what follows from entries and facts';

/** @throws what is nobody's fault and passes */
export function cannotBeProved(
  world: World,
  shopId: string,
  memberId: string | null,
  figure: string,
  error: unknown,
): Difference {
  if (isPassing(error)) throw error;
  const reason = error instanceof Error ? error.message.slice(0, 500) : String(error);
  world.log.error({ shopId, memberId, figure, reason }, 'the books cannot be read');
  // What stands there may be personal: the reason is for the log alone.
  const kept = 'something that cannot be read';
  return { law: 'I12', memberId, figure, kept, proved: 'something else' };
}

export interface Looked {
  readonly members: readonly StoredMember[];
  readonly ranges: readonly Range[];
  readonly now: number;
}

export async function memberDifferences(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  { members, ranges, now }: Looked,
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const range of ranges) found.push(...(await proveMemberRows(client, shopId, range)));
  return [
    ...found,
    ...(await awardDifferences(client, shopId, members)),
    ...(await proveDecisions(client, shopId, shop, members, now)),
  ];
}

/** The engine decides again about everyone who is decided about at all: it must propose nothing. */
async function proveDecisions(
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
  const standings = orders.flatMap((order) => orderDifferences(order, shop.currency));
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
  return [...standings, ...settled.flatMap(neverDecided), ...referrals, ...differences];
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

/** The standing, and the columns by which an order is found: the nightly comparison goes by them, too. */
function orderDifferences(order: KeptOrder, currency: string): Difference[] {
  const { facts, memberId, standing, beside } = order;
  const differ = (figure: string, was: unknown, is: unknown): Difference[] => {
    const [kept, proved] = [inOneOrder(was), inOneOrder(is)];
    return kept === proved ? [] : [{ law: 'I8', memberId, figure, kept, proved }];
  };
  return [
    ...differ(`standing of order ${facts.id}`, standing, standingOf(facts, currency) ?? {}),
    ...differ(`columns of order ${facts.id}`, beside, factColumns(facts)),
  ];
}

/** Who has entries was decided about, and will be again: or nobody ever looks at them. */
function neverDecided({ id, state, lastSeq, decidedAt }: StoredMember): Difference[] {
  if (!isDecidedAbout(state) || lastSeq === 0 || decidedAt !== null) return [];
  return [
    { law: 'I12', memberId: id, figure: 'decided about', kept: 'never', proved: 'with each entry' },
  ];
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
