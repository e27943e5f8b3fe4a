/**
 * What follows from the ledger and the facts, written again from them: balances, lots, awards, tiers,
 * progress, dates. Entries and facts are the truth and are never touched. Members are looked at in
 * batches; only those with a difference are locked and written, so a rebuild may run beside the
 * worker, and one that was broken off is simply begun again.
 */
import type pg from 'pg';
import { mirrorMember, proposeChanges } from './decide-members.ts';
import { planBoards } from './plan-seasons.ts';
import { isDecidedAbout, proveDecisions } from './prove-shop.ts';
import { standingOf } from '../domain/orders/standing.ts';
import { awardKey } from '../domain/points/awards.ts';
import type { Award } from '../domain/points/awards.ts';
import { awardByEntries } from '../domain/proof/award-by-entries.ts';
import type { AwardByEntries } from '../domain/proof/award-by-entries.ts';
import type { Difference } from '../domain/proof/difference.ts';
import { offersReferrals, usesReferrals } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { budgetsInHand } from '../storage/campaigns/budgets.ts';
import type { OpenBudgets } from '../storage/campaigns/budgets.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { mendCounts } from '../storage/leaderboards/counts.ts';
import { mendScores } from '../storage/leaderboards/scores.ts';
import { readPlaces } from '../storage/memberships/places.ts';
import { lockMembers, readMembersAfter } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readAwards, writeMemberChanges } from '../storage/points/member-books.ts';
import type { MemberChange } from '../storage/points/member-books.ts';
import { makeTermsMemory, readShopTerms } from '../storage/programme/shop-terms.ts';
import {
  mendAward,
  mendBalances,
  mendBudgets,
  mendLots,
  mendPosted,
  mendStandings,
  readPostings,
} from '../storage/proof/mend-rows.ts';
import { proveMemberRows } from '../storage/proof/prove-rows.ts';
import type { Range } from '../storage/proof/prove-rows.ts';
import { readKeptOrders } from '../storage/proof/read-kept.ts';
import { refreshReferrals } from '../storage/referrals/refresh-referrals.ts';
import { inTransaction } from '../storage/transaction.ts';
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
  const only = wish.memberId === undefined ? null : justThis(wish.memberId);
  // First, so that awards that were lost find the room that they had.
  const budgets = await inTransaction(world.db(shopId), (client) => mendBudgets(client, shopId));
  totals.mended += budgets.length;
  if (budgets.length > 0) wish.told(budgets, []);
  await planBoards(world, shopId);
  const counts = await inTransaction(world.db(shopId), (client) => mendCounts(client, shopId));
  totals.mended += counts.length;
  if (counts.length > 0) wish.told(counts, []);
  for (let after = only?.after ?? wish.after ?? FIRST; ;) {
    const found = await inTransaction(world.db(shopId), async (client) => {
      await client.query(`SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY`);
      const next = await readMembersAfter(client, shopId, after, only ? 1 : BATCH);
      const members = next.filter(({ id }) => !only || id === only.upTo);
      const upTo = members.at(-1)?.id;
      if (upTo === undefined) return null;
      const shop = await readShopTerms(client, shopId, memory);
      const looked = { members, ranges: [{ after, upTo }], now: world.now() };
      const differences = await differencesOf(client, shopId, shop, looked);
      return { members, upTo, differences };
    });
    if (!found) return totals;
    totals.members += found.members.length;
    const hurt = new Set(found.differences.flatMap(({ memberId }) => memberId ?? []));
    if (hurt.size > 0) {
      const { mended, left } = await inTransaction(world.db(shopId), async (client) => {
        const members = [...(await lockMembers(client, shopId, hurt)).values()];
        const shop = await readShopTerms(client, shopId, memory);
        return mend(client, shopId, shop, members, new Date(world.now()), world.newId);
      });
      totals.mended += mended.length;
      totals.left += left.length;
      wish.told(mended, left);
    }
    wish.reached?.(found.upTo);
    if (only) return totals;
    after = found.upTo;
  }
}

/** The range of ids that holds one member. */
function justThis(memberId: string): Range {
  const before = BigInt(`0x${memberId.replaceAll('-', '')}`) - 1n;
  const digits = before.toString(16).padStart(32, '0');
  return {
    after: digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
    upTo: memberId.toLowerCase(),
  };
}

interface Looked {
  readonly members: readonly StoredMember[];
  readonly ranges: readonly Range[];
  readonly now: number;
}

async function differencesOf(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  { members, ranges, now }: Looked,
): Promise<Difference[]> {
  const found: Difference[] = [];
  for (const range of ranges) found.push(...(await proveMemberRows(client, shopId, range)));
  for (const { holder, award, kept } of await awardsByEntries(client, shopId, members)) {
    if (kept?.posted === award.posted) continue;
    const figure = `award ${awardKey(award)} by entries`;
    const was = kept ? String(kept.posted) : 'none';
    found.push({ law: 'I8', memberId: holder, figure, kept: was, proved: String(award.posted) });
  }
  return [...found, ...(await proveDecisions(client, shopId, shop, members, now))];
}

interface HeldAward {
  readonly holder: string;
  readonly award: AwardByEntries;
  readonly kept: Award | null;
}

async function awardsByEntries(
  client: pg.PoolClient,
  shopId: string,
  members: readonly StoredMember[],
): Promise<readonly HeldAward[]> {
  const ids = members.filter(({ state }) => isDecidedAbout(state)).map(({ id }) => id);
  const kept = await readAwards(client, shopId, ids, []);
  const postings = await readPostings(client, shopId, ids);
  return ids.flatMap((holder) => {
    const known = new Map((kept.get(holder) ?? []).map((award) => [awardKey(award), award]));
    return [...Map.groupBy(postings.get(holder) ?? [], awardKey)].flatMap(
      ([key, [first, ...rest]]) =>
        first
          ? [
              {
                holder,
                award: awardByEntries(first, [first, ...rest]),
                kept: known.get(key) ?? null,
              },
            ]
          : [],
    );
  });
}

interface Mended {
  readonly mended: readonly Difference[];
  readonly left: readonly Difference[];
}

/** From the ledger first, then what the engine says by facts: it sees books that are whole again. */
async function mend(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  members: readonly StoredMember[],
  at: Date,
  newId: () => string,
): Promise<Mended> {
  const ids = members.map(({ id }) => id);
  const ranges = ids.map(justThis);
  const now = at.getTime();
  const before = await differencesOf(client, shopId, shop, { members, ranges, now });
  await mendLots(client, shopId, ids);
  await mendBalances(client, shopId, ids);
  const orders = await readKeptOrders(client, shopId, ids);
  await mendStandings(
    client,
    shopId,
    orders.map(({ facts }) => ({
      orderId: facts.id,
      standing: standingOf(facts, shop.currency) ?? {},
    })),
  );
  await mendReferrals(client, shopId, shop, ids, newId);
  await mendScores(client, shopId, ids);
  for (const { holder, award, kept } of await awardsByEntries(client, shopId, members)) {
    if (!kept) await mendAward(client, shopId, holder, award);
    else if (kept.posted !== award.posted) await mendPosted(client, shopId, holder, award);
  }
  await decideAgain(client, shopId, shop, ids);
  await wantEffects(client, shopId, ids.map(mirrorMember), at);
  const mendedNow = [...(await lockMembers(client, shopId, ids)).values()];
  const left = await differencesOf(client, shopId, shop, { members: mendedNow, ranges, now });
  const still = new Set(left.map(({ memberId, figure }) => `${memberId} ${figure}`));
  return {
    mended: before.filter(({ memberId, figure }) => !still.has(`${memberId} ${figure}`)),
    left,
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
    let proposal = await propose();
    if (proposal && proposal.books.entries.length > 0) {
      for (const { holder, award } of await awardsByEntries(client, shopId, [member])) {
        if (award.told) await mendAward(client, shopId, holder, award);
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
