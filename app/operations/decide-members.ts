/**
 * Decides about locked members by everything that is known of them, and writes what was decided.
 * A late fact can change the tier under which other orders were placed: those are decided again, in
 * the same transaction, until nothing changes any more.
 */
import type pg from 'pg';
import { decide } from '../domain/decide.ts';
import type { Decision } from '../domain/decide.ts';
import type { OrderFacts } from '../domain/orders/order-facts.ts';
import { standingOf } from '../domain/orders/standing.ts';
import type { Standing } from '../domain/orders/standing.ts';
import { awardKey } from '../domain/points/awards.ts';
import type { Award } from '../domain/points/awards.ts';
import { booksOf } from '../domain/points/books.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import type { CustomerTidings } from '../domain/tidings.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import type { WantedEffect } from '../storage/effects/effects.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { writeMemberEvents } from '../storage/members/member-events.ts';
import { readOrders, readStandings } from '../storage/orders/lock-orders.ts';
import type { ChangedOrder } from '../storage/orders/lock-orders.ts';
import { readAwards, readOpenLots, writeMemberChanges } from '../storage/points/member-books.ts';
import type { MemberChange } from '../storage/points/member-books.ts';
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
}

/** At most this many rounds of "a late fact changed the tier of another order". */
const MOST_ROUNDS = 50;

export async function decideMembers(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  { now, at }: { readonly now: number; readonly at: Date },
  concerned: Concerned,
): Promise<void> {
  const changes = await proposeChanges(client, shopId, shop, () => now, concerned);
  await writeMemberChanges(client, shopId, changes, at);
  const told = changes.flatMap(({ memberId, decision }) =>
    decision ? [{ memberId, events: decision.events }] : [],
  );
  await writeMemberEvents(client, shopId, told, at);
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
  { members, changed, customers, wholly }: Concerned,
): Promise<readonly MemberChange[]> {
  if (members.length === 0) return [];
  const ids = members.map(({ id }) => id);
  const standings = await readStandings(client, shopId, ids);
  const reviews = await readReviews(client, shopId, ids);
  const lots = await readOpenLots(client, shopId, ids);
  const toDecide = new Map<string, Map<string, OrderFacts>>();
  const look = (memberId: string, facts: OrderFacts): void => {
    toDecide.set(
      memberId,
      (toDecide.get(memberId) ?? new Map<string, OrderFacts>()).set(facts.id, facts),
    );
  };
  for (const { facts, memberId } of changed) if (memberId !== null) look(memberId, facts);
  const wholeIds = ids
    .filter((id) => wholly.has(id))
    .flatMap((id) => (standings.get(id) ?? []).map(({ orderId }) => orderId));
  for (const { facts, memberId } of (await readOrders(client, shopId, wholeIds)).values()) {
    if (memberId !== null) look(memberId, facts);
  }
  const awards = await readAwards(client, shopId, ids, [
    ...[...toDecide.values()].flatMap((orders) => [...orders.keys()]),
    ...changed.map(({ facts }) => facts.id),
  ]);

  const changes: MemberChange[] = [];
  for (const member of members) {
    const books = booksOf({ ...member, lots: lots.get(member.id) ?? [] });
    const orders = toDecide.get(member.id) ?? new Map<string, OrderFacts>();
    let known = awards.get(member.id) ?? [];
    let decision: Decision | null = null;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const next = decide(
        {
          memberId: member.id,
          customerCreatedAt:
            member.customerCreatedAt ?? customers.get(member.id)?.createdAt ?? null,
          books,
          standings: currentStandings(standings.get(member.id) ?? [], orders, shop),
          reviews: reviews.get(member.id) ?? [],
          awards: known,
          orders: [...orders.values()],
          leftOrderIds: changed
            .filter(({ leftMemberId }) => leftMemberId === member.id)
            .map(({ facts }) => facts.id),
        },
        shop,
        nowOf(member),
      );
      decision = decision ? { ...next, awards: merged(decision.awards, next.awards) } : next;
      const again = next.lookAgainAt.filter((id) => !orders.has(id));
      if (next.lookAgainAt.length === 0) break;
      for (const { facts } of (await readOrders(client, shopId, again)).values())
        orders.set(facts.id, facts);
      known = merged(known, next.awards);
    }
    if (decision) changes.push({ memberId: member.id, books, decision });
  }
  return changes;
}

export function mirrorMember(memberId: string): WantedEffect {
  return { key: `mirror-member:${memberId}`, kind: 'mirror-member', memberId, payload: {} };
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
