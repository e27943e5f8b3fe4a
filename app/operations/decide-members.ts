/**
 * Decides about locked members by everything that is known of them, and writes what was decided.
 * A late fact can change the tier under which other orders were placed, or what limits left to them:
 * those are decided again, in the same transaction, until nothing changes any more.
 */
import type pg from 'pg';
import { decide } from '../domain/decide.ts';
import type { Decision } from '../domain/decide.ts';
import type { MemberCase } from '../domain/deciding.ts';
import { budgetsConcerned } from '../domain/earning/budgets-concerned.ts';
import type { Membership } from '../domain/members/membership.ts';
import type { OrderFacts } from '../domain/orders/order-facts.ts';
import { standingOf } from '../domain/orders/standing.ts';
import type { Standing } from '../domain/orders/standing.ts';
import { awardKey } from '../domain/points/awards.ts';
import type { Award } from '../domain/points/awards.ts';
import { booksOf } from '../domain/points/books.ts';
import type { Books } from '../domain/points/books.ts';
import type { Grace, Redemption } from '../domain/points/redemption.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import type { CustomerTidings } from '../domain/tidings.ts';
import { readActivities } from '../storage/activities/activities.ts';
import { lockBudgets, readBudgets } from '../storage/campaigns/budgets.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import type { WantedEffect } from '../storage/effects/effects.ts';
import { writeMemberships } from '../storage/members/joining.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { writeMemberEvents } from '../storage/members/member-events.ts';
import { readTierGrants } from '../storage/members/tier-grants.ts';
import { readOrders, readStandings } from '../storage/orders/lock-orders.ts';
import type { ChangedOrder } from '../storage/orders/lock-orders.ts';
import { readAwards, writeMemberChanges } from '../storage/points/member-books.ts';
import type { MemberChange } from '../storage/points/member-books.ts';
import { readLots, readRedemptions } from '../storage/points/redemptions.ts';
import { readReviews } from '../storage/reviews/reviews.ts';

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
  /** As if nothing had ever been posted: what the facts alone come to. */
  readonly fromNothing?: boolean;
  /**
   * Moves points by hand, after the books were brought to date and before they are decided again. A
   * refusal moves nothing.
   */
  readonly act?: (books: Books, redemptions: readonly Redemption[], grace: Grace) => Acted;
}

export interface Acted {
  readonly awards?: readonly Award[];
  readonly redemptions?: readonly Redemption[];
}

const EMPTY = { available: 0, pending: 0, debt: 0, lastSeq: 0, earnedTotal: 0 };

/** At most this many rounds of "a late fact changed the tier or the limits of another order". */
const MOST_ROUNDS = 50;

export async function decideMembers(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  { now, at }: { readonly now: number; readonly at: Date },
  concerned: Concerned,
): Promise<void> {
  const changes = await proposeChanges(client, shopId, shop, () => now, concerned, lockBudgets);
  await writeMemberChanges(client, shopId, changes, at);
  const told = changes.flatMap(({ memberId, decision }) =>
    decision ? [{ memberId, events: decision.events }] : [],
  );
  await writeMemberEvents(client, shopId, told, at);
  await writeMemberships(client, shopId, newMemberships(changes, concerned.members));
  await wantEffects(
    client,
    shopId,
    changes.map(({ memberId }) => mirrorMember(memberId)),
    at,
  );
}

/** What is to be written about each member by all that is known; writes nothing. */
export async function proposeChanges(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  nowOf: (member: StoredMember) => number,
  { members, changed, customers, wholly, act, fromNothing = false }: Concerned,
  openBudgets: typeof readBudgets = readBudgets,
): Promise<readonly MemberChange[]> {
  if (members.length === 0) return [];
  const ids = members.map(({ id }) => id);
  const standings = await readStandings(client, shopId, ids);
  const reviews = await readReviews(client, shopId, ids);
  const activities = await readActivities(client, shopId, ids);
  const posted = fromNothing ? [] : ids;
  const redeemed = await readRedemptions(client, shopId, posted);
  const grants = await readTierGrants(client, shopId, ids);
  const lots = await readLots(client, shopId, posted, redeemed);
  const toDecide = new Map<string, Map<string, OrderFacts>>();
  const look = (memberId: string, facts: OrderFacts): void => {
    toDecide.set(
      memberId,
      (toDecide.get(memberId) ?? new Map<string, OrderFacts>()).set(facts.id, facts),
    );
  };
  for (const { facts, memberId } of changed) if (memberId !== null) look(memberId, facts);
  const wholeIds = members
    .filter((member) => wholly.has(member.id) || isOutdated(member, shop, nowOf(member)))
    .map(({ id }) => id)
    .flatMap((id) => (standings.get(id) ?? []).map(({ orderId }) => orderId));
  for (const { facts, memberId } of (await readOrders(client, shopId, wholeIds)).values()) {
    if (memberId !== null) look(memberId, facts);
  }
  const awards = await readAwards(client, shopId, posted, [
    ...[...toDecide.values()].flatMap((orders) => [...orders.keys()]),
    ...changed.map(({ facts }) => facts.id),
  ]);

  const concerned = [...standings.values()].flat();
  const budgets = await openBudgets(
    client,
    shopId,
    budgetsConcerned(shop, concerned, [...awards.values()].flat()),
  );

  const changes: MemberChange[] = [];
  for (const member of leaversFirst(members, changed)) {
    const held = fromNothing ? EMPTY : member;
    const books = booksOf({ ...held, lots: lots.get(member.id) ?? [] });
    const about: About = {
      case: {
        memberId: member.id,
        customerCreatedAt: member.customerCreatedAt ?? customers.get(member.id)?.createdAt ?? null,
        optedInAt: member.optedInAt,
        tags: member.tags,
        books,
        tierGrants: grants.get(member.id) ?? [],
        enrolledAt: member.enrolledAt,
        tierKey: fromNothing ? null : member.tierKey,
        reviews: reviews.get(member.id) ?? [],
        activities: activities.get(member.id) ?? [],
        leftOrderIds: changed
          .filter(({ leftMemberId }) => leftMemberId === member.id)
          .map(({ facts }) => facts.id),
        budgets,
      },
      standings: standings.get(member.id) ?? [],
      awards: awards.get(member.id) ?? [],
      redemptions: redeemed.get(member.id) ?? [],
      orders: toDecide.get(member.id) ?? new Map<string, OrderFacts>(),
      act,
      read: (orderIds) => readOrders(client, shopId, orderIds),
    };
    const decision = await comeToRest(about, shop, nowOf(member));
    changes.push({ memberId: member.id, books, decision });
  }
  return changes;
}

interface About {
  readonly case: Omit<MemberCase, 'standings' | 'awards' | 'redemptions' | 'orders'>;
  readonly standings: readonly Standing[];
  readonly awards: readonly Award[];
  readonly redemptions: readonly Redemption[];
  /** Grows by the orders that turn out to be concerned. */
  readonly orders: Map<string, OrderFacts>;
  readonly act: Concerned['act'];
  readonly read: (orderIds: readonly string[]) => Promise<ReadonlyMap<string, ChangedOrder>>;
}

/** Decides until nothing changes any more, lets the hand move its points, and decides again. */
async function comeToRest(about: About, shop: ShopTerms, now: number): Promise<Decision> {
  const { orders, standings } = about;
  let { awards, redemptions, act } = about;
  let decision: Decision | null = null;
  for (let round = 0; ; round += 1) {
    const next: Decision = decide(
      {
        ...about.case,
        standings: currentStandings(standings, orders, shop),
        awards,
        redemptions,
        orders: [...orders.values()],
      },
      shop,
      now,
    );
    decision = together(decision, next);
    awards = merged(awards, next.awards);
    redemptions = updated(redemptions, next.redemptions);
    const atRest = next.lookAgainAt.length === 0 || round >= MOST_ROUNDS;
    if (atRest && !act) return decision;
    if (atRest && act) {
      const acted = act(about.case.books, redemptions, next.grace);
      act = undefined;
      decision = together(decision, { ...next, awards: [], redemptions: [], ...acted });
      awards = merged(awards, acted.awards ?? []);
      redemptions = updated(redemptions, acted.redemptions ?? []);
    }
    const again = next.lookAgainAt.filter((id) => !orders.has(id));
    for (const { facts } of (await about.read(again)).values()) orders.set(facts.id, facts);
  }
}

/** Decided before the programme changed: it may say something else of any of their orders. */
function isOutdated({ decidedAt }: StoredMember, shop: ShopTerms, now: number): boolean {
  return (
    decidedAt !== null &&
    shop.versions.some(
      ({ version: { effectiveAt } }) => effectiveAt > decidedAt && effectiveAt <= now,
    )
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

/** Who turns out to be a member, or no longer one, or since another moment. */
export function newMemberships(
  changes: readonly MemberChange[],
  members: readonly StoredMember[],
): { memberId: string; membership: Membership }[] {
  const known = new Map(members.map((member) => [member.id, member]));
  return changes.flatMap(({ memberId, decision }) => {
    const before = known.get(memberId);
    if (!decision || !before) return [];
    const { membership } = decision;
    const same =
      before.membership === membership.state &&
      before.joinedAt === membership.joinedAt &&
      before.joinedBy === membership.joinedBy;
    return same ? [] : [{ memberId, membership }];
  });
}

export function mirrorMember(memberId: string): WantedEffect {
  return { key: `mirror-member:${memberId}`, kind: 'mirror-member', memberId, payload: {} };
}

/** What several rounds decided, the last word last. */
function together(before: Decision | null, next: Decision): Decision {
  if (!before) return next;
  const awards = merged(before.awards, next.awards);
  return { ...next, awards, redemptions: updated(before.redemptions, next.redemptions) };
}

function updated(
  known: readonly Redemption[],
  newer: readonly Redemption[],
): readonly Redemption[] {
  const byId = new Map(known.map((redemption) => [redemption.id, redemption]));
  for (const redemption of newer) byId.set(redemption.id, redemption);
  return [...byId.values()];
}

function merged(known: readonly Award[], newer: readonly Award[]): Award[] {
  const byKey = new Map(known.map((award) => [awardKey(award), award]));
  for (const award of newer) byKey.set(awardKey(award), award);
  return [...byKey.values()];
}

function currentStandings(
  stored: readonly Standing[],
  orders: ReadonlyMap<string, OrderFacts>,
  shop: ShopTerms,
): Standing[] {
  const standings = new Map(stored.map((standing) => [standing.orderId, standing]));
  for (const facts of orders.values()) {
    const standing = standingOf(facts, shop.currency);
    if (standing) standings.set(facts.id, standing);
  }
  return [...standings.values()];
}
