/**
 * The road of a fact, for many at once: lock the orders, lock the members, take the tidings in,
 * decide about each member once, write what was decided. One transaction, whichever facts come
 * together; the deliveries that told them are marked done in it by the caller.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { OrderChange } from './decide-members.ts';
import {
  changedProducts,
  productLookUps,
  productsWithoutTraits,
  withTraits,
} from './product-traits.ts';
import { takeIn } from '../domain/orders/order-facts.ts';
import type { ReviewFacts } from '../domain/reviews/review-facts.ts';
import type { CustomerTidings, FactTidings } from '../domain/tidings.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { lockMembers, memberIdsOf, writeCustomerFacts } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { lockOrders, writeOrders } from '../storage/orders/lock-orders.ts';
import type { StoredOrder } from '../storage/orders/lock-orders.ts';
import { readProducts, writeProducts } from '../storage/products/products.ts';
import { readShopTerms } from '../storage/programme/shop-terms.ts';
import type { TermsMemory } from '../storage/programme/shop-terms.ts';
import {
  adoptReviews,
  lockReviews,
  membersByEmail,
  reviewKey,
  writeReviews,
} from '../storage/reviews/reviews.ts';
import type { StoredReview } from '../storage/reviews/reviews.ts';

/** What became of one piece of tidings. */
export type FactOutcome =
  'taken-in' | 'nothing-new' | 'no-customer' | 'waits-for-order' | 'nobody-known' | 'gone';

export interface FactMoment {
  readonly now: number;
  readonly newId: () => string;
  readonly termsMemory: TermsMemory;
}

/** @returns the outcome of each, in their order */
export async function takeInFacts(
  client: pg.PoolClient,
  shopId: string,
  tidings: readonly FactTidings[],
  { now, newId, termsMemory }: FactMoment,
): Promise<readonly FactOutcome[]> {
  const at = new Date(now);
  await writeProducts(
    client,
    shopId,
    tidings.flatMap((told) => (told.kind === 'product' ? [told.product] : [])),
  );

  const orders = await lockOrders(client, shopId, orderIdsOf(tidings));
  const reviews = newestReviews(tidings);
  const storedReviews = await lockReviews(client, shopId, reviews);
  const authors = await membersByEmail(client, shopId, emailsOf(reviews));
  const memberIds = await memberIdsOf(client, shopId, customerIdsOf(tidings, orders), {
    newId,
    at,
    told: newestCustomers(tidings, (customerId) => customerId),
  });
  const byReview = reviewMembers(reviews, storedReviews, memberIds, authors);
  const members = await lockMembers(client, shopId, [
    ...memberIds.values(),
    ...byReview.values(),
    ...[...orders.values()].flatMap(({ memberId }) => memberId ?? []),
    ...tidings.flatMap((told) => (told.kind === 'member-again' ? [told.memberId] : [])),
  ]);
  const shop = await readShopTerms(client, shopId, termsMemory);

  const before = new Map([...orders].map(([id, order]) => [id, JSON.stringify(order.facts)]));
  const outcomes = tidings.map((told): FactOutcome => {
    switch (told.kind) {
      case 'order': {
        const known = orders.get(told.order.orderId);
        if (!known) return 'nothing-new';
        const facts = takeIn(known.facts, told.order);
        const changed = JSON.stringify(facts) !== JSON.stringify(known.facts);
        orders.set(facts.id, { ...known, facts });
        if (!facts.snapshot) return 'waits-for-order';
        if (facts.snapshot.customerId === null) return 'no-customer';
        return changed ? 'taken-in' : 'nothing-new';
      }
      case 'review': {
        const stored = storedReviews.get(reviewKey(told.review));
        if (!byReview.has(reviewKey(told.review))) return 'nobody-known';
        return stored && !isNewer(told.review, stored.facts) ? 'nothing-new' : 'taken-in';
      }
      case 'member-again':
        return members.has(told.memberId) ? 'taken-in' : 'gone';
      case 'customer':
      case 'product':
      case 'order-again':
        return 'taken-in';
    }
  });

  const traits = await readProducts(client, shopId, productsWithoutTraits(orders.values()));
  for (const [id, order] of orders)
    orders.set(id, { ...order, facts: withTraits(order.facts, traits) });

  const told = newestCustomers(tidings, (customerId) => memberIds.get(customerId));
  const customers = [...told].map(([memberId, customer]) => ({ ...customer, memberId }));
  await writeCustomerFacts(
    client,
    shopId,
    customers.filter((customer) => isNews(customer, members.get(customer.memberId))),
  );
  const adopters = await adoptReviews(
    client,
    shopId,
    customers.flatMap(({ email }) => email ?? []),
  );

  const again = new Set(
    tidings.flatMap((told) => (told.kind === 'order-again' ? [told.orderId] : [])),
  );
  const changed = changedOrders(orders, before, again, memberIds, members);
  await writeOrders(
    client,
    shopId,
    shop.currency,
    changed.map(({ facts, memberId }) => ({
      facts,
      memberId,
      fresh: orders.get(facts.id)?.fresh ?? false,
    })),
  );
  const changedReviews = reviews
    .filter((review) => isNewer(review, storedReviews.get(reviewKey(review))?.facts))
    .map((facts) => ({ facts, memberId: byReview.get(reviewKey(facts)) ?? null }));
  await writeReviews(client, shopId, changedReviews);

  const concerned = new Set([
    ...changed.flatMap(({ memberId, leftMemberId }) => [memberId ?? [], leftMemberId ?? []].flat()),
    ...changedReviews.flatMap(({ memberId }) => memberId ?? []),
    ...adopters,
    ...customers
      .filter(({ memberId, createdAt }) => createdAt !== null && isYetToJoin(members.get(memberId)))
      .map(({ memberId }) => memberId),
    ...tidings.flatMap((told) => (told.kind === 'member-again' ? [told.memberId] : [])),
  ]);
  await decideMembers(
    client,
    shopId,
    shop,
    { now, at },
    {
      members: [...concerned].flatMap((id) => members.get(id) ?? []),
      changed,
      customers: told,
      wholly: new Set(
        tidings.flatMap((told) => (told.kind === 'member-again' ? [told.memberId] : [])),
      ),
    },
  );
  await wantEffects(client, shopId, [...productLookUps(changed), ...changedProducts(tidings)], at);
  return outcomes;
}

function orderIdsOf(tidings: readonly FactTidings[]): string[] {
  return tidings.flatMap((told) =>
    told.kind === 'order'
      ? [told.order.orderId]
      : told.kind === 'order-again'
        ? [told.orderId]
        : [],
  );
}

function customerIdsOf(
  tidings: readonly FactTidings[],
  orders: ReadonlyMap<string, StoredOrder>,
): string[] {
  return [
    ...tidings.flatMap((told) => {
      if (told.kind === 'customer') return [told.customer.customerId];
      if (told.kind === 'review') return told.review.customerId ?? [];
      return told.kind === 'order' ? (told.order.snapshot?.customerId ?? []) : [];
    }),
    ...[...orders.values()].flatMap(({ facts }) => facts.snapshot?.customerId ?? []),
  ];
}

function newestReviews(tidings: readonly FactTidings[]): ReviewFacts[] {
  const newest = new Map<string, ReviewFacts>();
  for (const told of tidings) {
    if (told.kind !== 'review') continue;
    if (isNewer(told.review, newest.get(reviewKey(told.review))))
      newest.set(reviewKey(told.review), told.review);
  }
  return [...newest.values()];
}

/** Equal times with another content are news too: review apps stamp seconds. */
function isNewer(review: ReviewFacts, known: ReviewFacts | undefined): boolean {
  if (!known) return true;
  if (review.updatedAt !== known.updatedAt) return review.updatedAt > known.updatedAt;
  return review.published !== known.published && !review.published;
}

function emailsOf(reviews: readonly ReviewFacts[]): string[] {
  return reviews.flatMap(({ email, customerId }) => (customerId === null && email ? [email] : []));
}

function reviewMembers(
  reviews: readonly ReviewFacts[],
  stored: ReadonlyMap<string, StoredReview>,
  memberIds: ReadonlyMap<string, string>,
  authors: ReadonlyMap<string, string>,
): Map<string, string> {
  const found = new Map<string, string>();
  for (const review of reviews) {
    const memberId =
      (review.customerId === null ? undefined : memberIds.get(review.customerId)) ??
      stored.get(reviewKey(review))?.memberId ??
      authors.get(review.email?.toLowerCase() ?? '');
    if (memberId) found.set(reviewKey(review), memberId);
  }
  return found;
}

/** The newest tidings of customers, by whatever their ids lead to. */
function newestCustomers(
  tidings: readonly FactTidings[],
  keyOf: (customerId: string) => string | undefined,
): Map<string, CustomerTidings> {
  const newest = new Map<string, CustomerTidings>();
  for (const told of tidings) {
    const customer = told.kind === 'customer' || told.kind === 'order' ? told.customer : undefined;
    const key = customer && keyOf(customer.customerId);
    if (!customer || !key) continue;
    const known = newest.get(key);
    const newer = !known || customer.updatedAt >= known.updatedAt ? customer : known;
    newest.set(key, { ...newer, createdAt: customer.createdAt ?? known?.createdAt ?? null });
  }
  return newest;
}

/** Joining is decided when the account's beginning is first known; a new member may just have been told it. */
function isYetToJoin(member: StoredMember | undefined): boolean {
  return member?.customerCreatedAt === null || member?.lastSeq === 0;
}

function isNews(told: CustomerTidings, member: StoredMember | undefined): boolean {
  if (!member || member.factsAt === null || told.updatedAt > member.factsAt) return true;
  if (told.createdAt !== null && member.customerCreatedAt === null) return true;
  const same = told.email === member.email && told.name === member.name;
  return told.updatedAt === member.factsAt && !same;
}

function changedOrders(
  orders: ReadonlyMap<string, StoredOrder>,
  before: ReadonlyMap<string, string>,
  again: ReadonlySet<string>,
  memberIds: ReadonlyMap<string, string>,
  members: ReadonlyMap<string, StoredMember>,
): OrderChange[] {
  return [...orders].flatMap(([id, { facts, memberId: was }]) => {
    const customerId = facts.snapshot?.customerId ?? null;
    const found = customerId === null ? null : (memberIds.get(customerId) ?? null);
    const memberId = found !== null && members.has(found) ? found : was;
    const moved = was !== memberId;
    if (!moved && !again.has(id) && JSON.stringify(facts) === before.get(id)) return [];
    return [{ facts, memberId, leftMemberId: moved ? was : null }];
  });
}
