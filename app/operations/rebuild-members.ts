/**
 * What follows from the ledger and the facts, written again from them: balances, lots, awards, tiers,
 * progress, dates. Entries and facts are the truth and are never touched. Members are looked at in
 * batches; only those with a difference are locked and written, so a rebuild may run beside the
 * worker, and one that was broken off is simply begun again.
 */
import type pg from 'pg';
import { awardsByEntries, isDecidedAbout, mendAwards } from './awards-by-entries.ts';
import { mirrorMember, proposeChanges } from './decide-members.ts';
import { planBoards } from './plan-seasons.ts';
import { cannotBeProved, memberDifferences, proveMembers } from './prove-members.ts';
import { proveWhole } from './prove-shop.ts';
import type { Difference } from '../domain/proof/difference.ts';
import { offersReferrals, usesReferrals } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { nextNight } from '../domain/time/night.ts';
import { budgetsInHand } from '../storage/campaigns/budgets.ts';
import type { OpenBudgets } from '../storage/campaigns/budgets.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { mendPots } from '../storage/games/prove-draws.ts';
import { mendCounts } from '../storage/leaderboards/counts.ts';
import { mendScores } from '../storage/leaderboards/scores.ts';
import { planNights } from '../storage/nights/night-jobs.ts';
import { readPlaces } from '../storage/memberships/places.ts';
import { lockMembers, readMembersAfter } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { writeMemberChanges } from '../storage/points/member-books.ts';
import type { MemberChange } from '../storage/points/member-books.ts';
import { makeTermsMemory, readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import type { TermsMemory } from '../storage/programme/shop-terms.ts';
import { forgetAllowances, mendAward } from '../storage/proof/mend-awards.ts';
import {
  dueWhenNeverDecided,
  mendBalances,
  mendBudgets,
  mendLots,
  mendOrders,
} from '../storage/proof/mend-rows.ts';
import { brokenLedgers, justThis, LATEST_NIGHT_MS } from '../storage/proof/prove-rows.ts';
import { readKeptOrders } from '../storage/proof/read-kept.ts';
import { refreshReferrals } from '../storage/referrals/refresh-referrals.ts';
import { inSnapshot, inTransaction, isPassing } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const BATCH = 100;
const FIRST = '00000000-0000-0000-0000-000000000000';

export interface Rebuilt {
  readonly members: number;
  /** Differences that are no more. */
  readonly mended: number;
  /** Differences that a rebuild cannot mend: the ledger itself, or facts that the ledger has not followed yet. */
  readonly left: number;
}

export interface RebuildWish {
  /** This member alone. */
  readonly memberId?: string;
  /** Members after this one: where a rebuild was broken off. */
  readonly after?: string;
  readonly told: (mended: readonly Difference[], left: readonly Difference[]) => void;
  /** After each batch, with the last member that was looked at. */
  readonly reached?: (memberId: string) => void;
}

export async function rebuildMembers(
  world: World,
  shopId: string,
  wish: RebuildWish,
): Promise<Rebuilt> {
  const memory = makeTermsMemory();
  const totals = { members: 0, mended: 0, left: 0 };
  const tell = ({ mended, left }: Mended): void => {
    totals.mended += mended.length;
    totals.left += left.length;
    if (mended.length + left.length > 0) wish.told(mended, left);
  };
  const only = wish.memberId === undefined ? null : justThis(wish.memberId);
  // First, so that awards that were lost find the room that they had.
  tell({ mended: await mendWhole(world, shopId), left: [] });
  for (let after = only?.after ?? wish.after ?? FIRST; ;) {
    const next = await inSnapshot(world.db(shopId), (client) =>
      readMembersAfter(client, shopId, after, only ? 1 : BATCH),
    );
    const upTo = next.filter(({ id }) => !only || id === only.upTo).at(-1)?.id;
    if (upTo === undefined) break;
    const { members, differences } = await proveMembers(world, shopId, memory, { after, upTo });
    totals.members += members.length;
    const hurt = new Set(differences.flatMap(({ memberId }) => memberId ?? []));
    if (hurt.size > 0) tell(await mendThese(world, shopId, memory, [...hurt], differences));
    wish.reached?.(upTo);
    if (only) break;
    after = upTo;
  }
  if (!only) tell({ mended: [], left: await proveWhole(world, shopId, memory) });
  return totals;
}

/** What members share. */
async function mendWhole(world: World, shopId: string): Promise<Difference[]> {
  const pool = world.db(shopId);
  const budgets = await inTransaction(pool, (client) => mendBudgets(client, shopId));
  await planBoards(world, shopId);
  const counts = await inTransaction(pool, (client) => mendCounts(client, shopId));
  const pots = await inTransaction(pool, (client) => mendPots(client, shopId));
  const nights = await mendNights(world, shopId);
  return [...budgets, ...counts, ...pots, ...nights];
}

async function mendNights(world: World, shopId: string): Promise<Difference[]> {
  const now = world.now();
  const pool = world.db(shopId);
  const shop = await readShopTerms(pool, shopId, termsMemoryOf(pool));
  const night = {
    at: new Date(nextNight(now, shop.timeZone, shopId)),
    latest: new Date(now + LATEST_NIGHT_MS),
  };
  const planned = await inTransaction(pool, (client) => planNights(client, shopId, night));
  return planned.map((job) => {
    const [kept, proved] = ['never', 'with the next night'];
    return { law: 'I10', memberId: null, figure: `night job ${job}`, kept, proved };
  });
}

/** All of them in one transaction; where that fails, each alone, so that one keeps nobody from being mended. */
async function mendThese(
  world: World,
  shopId: string,
  memory: TermsMemory,
  ids: readonly string[],
  found: readonly Difference[],
): Promise<Mended> {
  try {
    return await inTransaction(world.db(shopId), async (client) => {
      const members = [...(await lockMembers(client, shopId, ids)).values()];
      const shop = await readShopTerms(client, shopId, memory);
      const moment = { at: new Date(world.now()), newId: world.newId };
      return mend(client, shopId, shop, members, moment, found);
    });
  } catch (error) {
    const [only, ...others] = ids;
    if (only === undefined || isPassing(error)) throw error;
    if (others.length === 0) {
      const left = cannotBeProved(
        world,
        shopId,
        only,
        'what follows from entries and facts',
        error,
      );
      const own = found.filter(
        ({ memberId, figure }) => memberId === only && figure !== left.figure,
      );
      return { mended: [], left: [...own, left] };
    }
    const each: Mended[] = [];
    for (const id of ids) each.push(await mendThese(world, shopId, memory, [id], found));
    return {
      mended: each.flatMap(({ mended }) => mended),
      left: each.flatMap(({ left }) => left),
    };
  }
}

interface Mended {
  readonly mended: readonly Difference[];
  readonly left: readonly Difference[];
}

/**
 * From the ledger first, then what the engine says by facts: it sees books that are whole again. Whose
 * ledger is not as it was written is left as they are: what follows from it would be wrong, too.
 */
async function mend(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  locked: readonly StoredMember[],
  { at, newId }: { readonly at: Date; readonly newId: () => string },
  found: readonly Difference[],
): Promise<Mended> {
  const now = at.getTime();
  const look = (members: readonly StoredMember[]): Promise<Difference[]> => {
    const ranges = members.map(({ id }) => justThis(id));
    return memberDifferences(client, shopId, shop, { members, ranges, now });
  };
  const broken = await brokenLedgers(
    client,
    shopId,
    locked.map(({ id }) => id),
  );
  const untouched = await look(locked.filter(({ id }) => broken.has(id)));
  const members = locked.filter(({ id }) => !broken.has(id));
  const ids = members.map(({ id }) => id);
  const before = found.filter(({ memberId }) => ids.includes(memberId ?? ''));
  await mendLots(client, shopId, ids);
  await mendBalances(client, shopId, ids);
  await mendOrders(client, shopId, await readKeptOrders(client, shopId, ids), shop.currency);
  await mendReferrals(client, shopId, shop, ids, newId);
  await mendScores(client, shopId, ids);
  await mendAwards(client, shopId, members);
  await decideAgain(client, shopId, shop, ids);
  await dueWhenNeverDecided(client, shopId, ids, at);
  await wantEffects(client, shopId, ids.map(mirrorMember), at);
  const left = await look([...(await lockMembers(client, shopId, ids)).values()]);
  const still = new Set(left.map(({ memberId, figure }) => `${memberId} ${figure}`));
  return {
    mended: before.filter(({ memberId, figure }) => !still.has(`${memberId} ${figure}`)),
    left: [...untouched, ...left],
  };
}

/** From the facts of the friends among these members. */
async function mendReferrals(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  ids: readonly string[],
  newId: () => string,
): Promise<void> {
  if (!usesReferrals(shop)) return;
  const offeredAt = (moment: number): boolean => offersReferrals(shop, moment);
  await refreshReferrals(client, shopId, ids, { newId, offeredAt });
}

/**
 * Tier, progress and dates as of the moment by which each was last decided about. Where the engine would
 * post an entry, the steps of an award may be what is wrong; if they are not, nothing is written:
 * posting is the business of whoever takes facts in.
 */
async function decideAgain(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  memberIds: readonly string[],
): Promise<void> {
  for (const memberId of memberIds) {
    const member = (await lockMembers(client, shopId, [memberId])).get(memberId);
    if (!member || member.decidedAt === null || !isDecidedAbout(member.state)) continue;
    const decidedAt = new Date(member.decidedAt);
    const budgets = budgetsInHand();
    const propose = () => proposeAgain(client, shopId, shop, member, decidedAt, budgets.open);
    await client.query('SAVEPOINT steps');
    let proposal = await propose().catch(async (error: unknown) => {
      // Of what an award kept of limits something cannot be read: it is asked for anew.
      if (!(error instanceof TypeError)) throw error;
      await forgetAllowances(client, shopId, memberId);
      return propose();
    });
    if (proposal && proposal.books.entries.length > 0) {
      for (const { holder, award, expired } of await awardsByEntries(client, shopId, [member])) {
        if (award?.told) await mendAward(client, shopId, holder, award, expired);
      }
      proposal = await propose();
    }
    if (proposal && proposal.books.entries.length === 0) {
      await writeMemberChanges(client, shopId, [proposal], decidedAt);
      await budgets.write(client, shopId);
    } else await client.query('ROLLBACK TO SAVEPOINT steps');
    await client.query('RELEASE SAVEPOINT steps');
  }
}

async function proposeAgain(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  member: StoredMember,
  decidedAt: Date,
  openBudgets: OpenBudgets,
): Promise<MemberChange | undefined> {
  const about = {
    members: [member],
    changed: [],
    customers: new Map<string, never>(),
    wholly: new Set([member.id]),
  };
  const nowOf = (): number => decidedAt.getTime();
  const [proposal] = await proposeChanges(client, shopId, shop, nowOf, about, {
    budgets: openBudgets,
    places: readPlaces,
  });
  return proposal;
}
