/**
 * Decides about locked members by everything that is known of them, and writes what was decided.
 * A late fact can change the tier under which other orders were placed, or what limits left to them:
 * those are decided again, in the same transaction, until nothing changes any more.
 */
import type pg from 'pg';
import { v7 as uuidv7 } from 'uuid';
import { comeToRest } from './come-to-rest.ts';
import type { About, Act } from './come-to-rest.ts';
import { flagDeposits } from './flag-deposits.ts';
import { flagUsedPrizes } from './flag-used-prizes.ts';
import { flagPlays } from './flag-plays.ts';
import { issueGifts, rewardEffects } from './issue-rewards.ts';
import { ordersAndAwards } from './orders-to-decide.ts';
import { budgetsConcerned } from '../domain/earning/budgets-concerned.ts';
import { noBudgets } from '../domain/earning/budgets.ts';
import type { MemberEvent } from '../domain/events.ts';
import type { OrderFacts } from '../domain/orders/order-facts.ts';
import type { Standing } from '../domain/orders/standing.ts';
import { booksOf } from '../domain/points/books.ts';
import { endsByInactivity } from '../domain/points/expiry.ts';
import { forfeit } from '../domain/points/forfeit.ts';
import { usesLeaderboards, usesReferrals } from '../domain/programme/terms.ts';
import type { Redemption } from '../domain/points/redemption.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import type { CustomerTidings } from '../domain/tidings.ts';
import { readActivities } from '../storage/activities/activities.ts';
import { budgetsInHand, readBudgets } from '../storage/campaigns/budgets.ts';
import type { OpenBudgets } from '../storage/campaigns/budgets.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import type { WantedEffect } from '../storage/effects/effects.ts';
import { NO_BOARDS, readBoards } from '../storage/leaderboards/read-boards.ts';
import type { History, HistoryMemory } from '../storage/members/history-memory.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { writeMemberEvents } from '../storage/members/member-events.ts';
import { historyAfter, recallHistories } from '../storage/members/recall-histories.ts';
import { placesInHand, readPlaces } from '../storage/memberships/places.ts';
import type { OpenPlaces } from '../storage/memberships/places.ts';
import { readTierGrants } from '../storage/members/tier-grants.ts';
import { readOrders, readStandings } from '../storage/orders/lock-orders.ts';
import type { ChangedOrder } from '../storage/orders/lock-orders.ts';
import { writeMemberChanges } from '../storage/points/member-books.ts';
import type { MemberChange } from '../storage/points/member-books.ts';
import { readLots, readRedemptions } from '../storage/points/redemptions.ts';
import { insertIssued } from '../storage/rewards/issued-rewards.ts';
import { readReferrals } from '../storage/referrals/referrals.ts';
import type { MembersReferrals } from '../storage/referrals/referrals.ts';
import { readReviews } from '../storage/reviews/reviews.ts';
import { together } from '../storage/transaction.ts';

export type { Act, Acted } from './come-to-rest.ts';

export interface OrderChange extends ChangedOrder {
  /** The member it belonged to before, if that is another one. */
  readonly leftMemberId: string | null;
}

export interface Concerned {
  readonly members: readonly StoredMember[];
  readonly changed: readonly OrderChange[];
  readonly customers: ReadonlyMap<string, CustomerTidings>;
  /** Members of whom every order is to be decided again. */
  readonly wholly: ReadonlySet<string>;
  /** Only where this transaction has changed nothing of these members yet but the changed orders. */
  readonly memory?: HistoryMemory;
  /** As if nothing had ever been posted: what the facts alone come to. */
  readonly fromNothing?: boolean;
  readonly act?: Act;
  /** Written last, with what was decided: whatever is locked for it is locked after members and budgets. */
  readonly also?: () => Promise<void>;
  /** Of these members, where they were read under the lock, and nothing of theirs was changed since. */
  readonly redemptions?: ReadonlyMap<string, readonly Redemption[]>;
  /** What this transaction has moved of budgets already, by their key: awards that it put back or deleted. */
  readonly drawn?: ReadonlyMap<string, number>;
}

const EMPTY = { available: 0, pending: 0, debt: 0, lastSeq: 0, earnedTotal: 0 };

export async function decideMembers(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  { now, at }: { readonly now: number; readonly at: Date },
  concerned: Concerned,
): Promise<void> {
  const budgets = budgetsInHand(concerned.drawn);
  const places = placesInHand();
  const opening = { budgets: budgets.open, places: places.open };
  const proposed = await proposeChanges(client, shopId, shop, () => now, concerned, opening);
  const { changes, issued } = await issueGifts(client, shopId, shop, proposed);
  const told = changes.flatMap(({ memberId, decision }) =>
    decision ? [{ memberId, events: decision.events }] : [],
  );
  const rest = async (): Promise<void> => {
    const placesMoved = await places.write(client, shopId, at);
    await flagDeposits(client, shopId, changes, at);
    await flagUsedPrizes(client, shopId, changes, at);
    await flagPlays(client, shopId, changes, at);
    const isFull = placesMoved || told.some(({ events }) => events.some(movesPlaces));
    const redemptions = changes.flatMap(({ decision }) => decision?.redemptions ?? []);
    const effects = [
      ...changes.map(({ memberId }) => mirrorMember(memberId)),
      ...(isFull ? [MIRROR_PROGRAMME] : []),
      ...rewardEffects(issued, redemptions),
    ];
    await together([wantEffects(client, shopId, effects, at), concerned.also?.()]);
  };
  const [versions] = await together([
    writeMemberChanges(client, shopId, changes, at),
    insertIssued(client, shopId, issued, at),
    budgets.write(client, shopId),
    writeMemberEvents(client, shopId, told, at),
    rest(),
  ]);
  for (const { memberId, history } of concerned.memory ? changes : []) {
    concerned.memory?.keep(shopId, memberId, versions.get(memberId) ?? '', history());
  }
}

/** What only so many can have: how it is looked at before members are decided. */
export interface Opening {
  readonly budgets: OpenBudgets;
  readonly places: OpenPlaces;
}

export interface ProposedChange extends MemberChange {
  /** All that is known of the member, once the change is written. */
  readonly history: () => History;
}

/** What is to be written about each member by all that is known; writes nothing. */
export async function proposeChanges(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  nowOf: (member: StoredMember) => number,
  { members, changed, customers, wholly, act, memory, redemptions, fromNothing = false }: Concerned,
  opening: Opening = { budgets: fromNothing ? wholeBudgets : readBudgets, places: readPlaces },
): Promise<readonly ProposedChange[]> {
  if (members.length === 0) return [];
  const ids = members.map(({ id }) => id);
  const left = new Set(changed.flatMap((order) => (order.leftMemberId ? order.facts.id : [])));
  const partly = members.filter(({ id }) => !wholly.has(id));
  const recalled = recallHistories(client, shopId, memory, partly, left);
  const unknown = recalled.unknown(ids);
  const [posted, toRead] = fromNothing ? [[], []] : [ids, unknown];
  const whole = members.filter(
    (member) => wholly.has(member.id) || isOutdated(member, shop, nowOf(member)),
  );
  const placed = readStandings(client, shopId, unknown).then(recalled.withStandings);
  const wholeIds = whole.length === 0 ? [] : placed.then((known) => ordersOf(whole, known));
  const spent = redemptions ?? readRedemptions(client, shopId, posted);
  const now = Math.max(...members.map(nowOf));
  const [standings, reviews, activities, referrals, boards, redeemed, grants, read, looked] =
    await together([
      placed,
      readReviews(client, shopId, ids),
      readActivities(client, shopId, ids),
      referralsOf(client, shopId, shop, ids),
      usesLeaderboards(shop) ? readBoards(client, shopId, ids, now) : NO_BOARDS,
      spent,
      readTierGrants(client, shopId, ids),
      readLots(client, shopId, toRead, spent, endsByInactivity(shop)),
      ordersAndAwards(client, shopId, { changed, wholeIds, toRead, recalled }),
    ]);
  const lots = recalled.withLots(read);
  const { toDecide, awards } = looked;

  const concerned = [...standings.values()].flat();
  const drawing = budgetsConcerned(shop, concerned, [...awards.values()].flat());
  const budgets = await opening.budgets(client, shopId, drawing);
  const places = await opening.places(client, shopId, shop, { concerned, toDecide, now });

  const changes: ProposedChange[] = [];
  for (const member of leaversFirst(members, changed)) {
    const held = fromNothing ? EMPTY : member;
    const books = booksOf({ ...held, lots: lots.get(member.id) ?? [] });
    const about: About = {
      case: {
        memberId: member.id,
        erased: member.state === 'redacted',
        customerCreatedAt: member.customerCreatedAt ?? customers.get(member.id)?.createdAt ?? null,
        optedInAt: member.optedInAt,
        ...{ tags: member.tags, joinedWith: member.joinedWith },
        books,
        tierGrants: grants.get(member.id) ?? [],
        enrolledAt: member.enrolledAt,
        tierKey: fromNothing ? null : member.tierKey,
        reviews: reviews.get(member.id) ?? [],
        activities: activities.get(member.id) ?? [],
        referrals: referrals.get(member.id)?.made ?? [],
        referredBy: referrals.get(member.id)?.came ?? [],
        ...{ boardName: boards.names.get(member.id) ?? null, overdueSeasons: boards.overdue },
        leftOrderIds: leftBy(member.id, changed),
        ...{ budgets, places },
        newId: uuidv7,
      },
      standings: standings.get(member.id) ?? [],
      awards: awards.get(member.id) ?? [],
      redemptions: redeemed.get(member.id) ?? [],
      orders: toDecide.get(member.id) ?? new Map<string, OrderFacts>(),
      act,
      read: (orderIds) => readOrders(client, shopId, orderIds),
    };
    const rest = await comeToRest(about, shop, nowOf(member));
    // A redemption can still give points back to whoever was erased.
    if (about.case.erased) {
      forfeit(books, `forfeit:redaction:${books.lastSeq}`, nowOf(member));
    }
    const history = (): History => historyAfter(rest, books);
    changes.push({ memberId: member.id, books, decision: rest.decision, history });
  }
  return changes;
}

function ordersOf(
  members: readonly StoredMember[],
  standings: ReadonlyMap<string, readonly Standing[]>,
): readonly string[] {
  return members.flatMap(({ id }) => (standings.get(id) ?? []).map(({ orderId }) => orderId));
}

function leftBy(memberId: string, changed: readonly OrderChange[]): readonly string[] {
  return changed.flatMap(({ leftMemberId, facts }) => (leftMemberId === memberId ? facts.id : []));
}

async function referralsOf(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, MembersReferrals>> {
  return usesReferrals(shop) ? readReferrals(client, shopId, memberIds) : new Map();
}

const wholeBudgets: OpenBudgets = () => Promise.resolve(noBudgets());

/**
 * A version is in force from before its publication is committed: what was decided in between did not see
 * it. No publication takes longer than this, and whoever is decided once more for nothing loses nothing.
 */
const LONGEST_PUBLICATION_MS = 5_000;

/** Decided before the programme, or the shop's zone, changed: it may say something else of any of their orders. */
function isOutdated({ decidedAt }: StoredMember, shop: ShopTerms, now: number): boolean {
  if (decidedAt === null) return false;
  const changes = shop.versions.map(({ version }) => version.effectiveAt);
  return [...changes, shop.zoneSince ?? -Infinity].some(
    (at) => at + LONGEST_PUBLICATION_MS > decidedAt && at <= now,
  );
}

/** What they give back to budgets, the new owner of the order can have. */
function leaversFirst(
  members: readonly StoredMember[],
  changed: readonly OrderChange[],
): readonly StoredMember[] {
  const leavers = new Set(changed.map(({ leftMemberId }) => leftMemberId));
  return [
    ...members.filter(({ id }) => leavers.has(id)),
    ...members.filter(({ id }) => !leavers.has(id)),
  ];
}

/** The storefront says when a membership is sold out, and which rewards there are. */
export const MIRROR_PROGRAMME: WantedEffect = {
  ...{ key: 'mirror-programme', kind: 'mirror-programme', memberId: null, payload: {} },
};

/** What is said of everybody may be another now. */
export const LOOK_AT_EVERYONE: WantedEffect = {
  ...{ key: 'look-at-everyone', kind: 'look-at-everyone', memberId: null, payload: {} },
};

function movesPlaces({ kind }: MemberEvent): boolean {
  return kind === 'membership-lapsed';
}

export function mirrorMember(memberId: string): WantedEffect {
  return { key: `mirror-member:${memberId}`, kind: 'mirror-member', memberId, payload: {} };
}
