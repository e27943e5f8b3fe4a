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
import { claimGuestOrders, lockWaiting, takeInJoining, withoutEmails } from './join-and-claim.ts';
import type { Hashes } from './join-and-claim.ts';
import { flaggedOrders, toFlag } from './flag-orders.ts';
import { ordersToRead } from './read-orders-anew.ts';
import {
  customerIdsOf,
  emailsOf,
  isActive,
  isNews,
  isTakenOff,
  isYetToJoin,
  memberIdsActive,
  memberIdsAgain,
  newestCustomers,
  newestReviews,
  orderIdsAgain,
  orderIdsOf,
  reviewMembers,
} from './read-tidings.ts';
import { birthdayLookUps, takeInActivities } from './take-in-activities.ts';
import { takeInReferrals, wantReferralEffects } from './take-in-referrals.ts';
import { takeIn } from '../domain/orders/order-facts.ts';
import type { OrderFacts } from '../domain/orders/order-facts.ts';
import { isNewer, takeInReview } from '../domain/reviews/review-facts.ts';
import type { ReviewFacts } from '../domain/reviews/review-facts.ts';
import { sameContent } from '../domain/same-content.ts';
import type { CustomerTidings, FactTidings } from '../domain/tidings.ts';
import { writeOrderFlags } from '../storage/orders/order-flags.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import type { HistoryMemory } from '../storage/members/history-memory.ts';
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
import { MetOthers, planByKeys } from '../storage/transaction.ts';

/** What became of one piece of tidings. */
export type FactOutcome =
  | 'taken-in'
  | 'nothing-new'
  | 'no-customer'
  | 'waits-for-order'
  | 'nobody-known'
  | 'not-offered'
  | 'gone';

export interface FactMoment {
  readonly now: number;
  readonly newId: () => string;
  readonly hashes: Hashes;
  readonly termsMemory: TermsMemory;
  /** Of a worker, which meets the same members again. */
  readonly historyMemory?: HistoryMemory;
}

/** @returns the outcome of each, in their order */
export async function takeInFacts(
  client: pg.PoolClient,
  shopId: string,
  told: readonly FactTidings[],
  moment: FactMoment,
): Promise<readonly FactOutcome[]> {
  planByKeys(client);
  const at = new Date(moment.now);
  const tidings = withoutEmails(told, shopId, moment.hashes);
  await writeProducts(
    client,
    shopId,
    tidings.flatMap((told) => (told.kind === 'product' ? [told.product] : [])),
  );
  const locked = await lockConcerned(client, shopId, tidings, moment);
  const { orders, memberIds } = locked;
  const shop = await readShopTerms(client, shopId, moment.termsMemory);
  const joined = await takeInJoining(client, shopId, tidings, { ...moment, ...locked, shop });
  const { members } = joined;

  const before = new Map([...orders].map(([id, { facts }]) => [id, facts]));
  const flagged = new Set(flaggedOrders(orders));
  const outcomes = tidings.map((told) => takeInOne(told, locked));
  const traits = await readProducts(client, shopId, productsWithoutTraits(orders.values()));
  for (const [id, order] of orders)
    orders.set(id, { ...order, facts: withTraits(order.facts, traits) });

  // A customer who was merged into another says nothing about who the other is.
  const customers = newestCustomers(tidings, (customerId) => {
    const member = members.get(memberIds.get(customerId) ?? '');
    return member?.customerId === customerId ? member.id : undefined;
  });
  const adopters = await writeCustomers(client, shopId, customers, members);
  const claimed = await claimGuestOrders(client, shopId, shop, orders);
  const changed = changedOrders(locked, claimed, before, orderIdsAgain(tidings));
  await writeOrders(client, shopId, shop.currency, changed);
  await writeOrderFlags(client, shopId, toFlag(changed, flagged), at);
  const reviewers = await writeNewReviews(client, shopId, locked);
  const memberIdOf = (customerId: string): string | undefined => memberIds.get(customerId);
  const active = await takeInActivities(client, shopId, tidings, memberIdOf, members, shop);

  const movers = changed.flatMap(({ memberId, leftMemberId }) => [memberId, leftMemberId]);
  const referred = await takeInReferrals(client, shopId, shop, tidings, {
    ...{ ...moment, members, memberIdOf },
    concerned: [...movers.flatMap((id) => id ?? []), ...customers.keys(), ...joined.seen],
  });

  const wholly = new Set([...memberIdsAgain(tidings), ...joined.wholly]);
  const concerned = new Set([
    ...movers.flatMap((id) => id ?? []),
    ...referred.memberIds,
    ...reviewers,
    ...adopters,
    ...active.memberIds,
    ...[...customers].flatMap(([memberId, { createdAt }]) =>
      createdAt !== null && isYetToJoin(members.get(memberId)) ? [memberId] : [],
    ),
    ...wholly,
  ]);
  await decideMembers(
    client,
    shopId,
    shop,
    { now: moment.now, at },
    {
      members: [...concerned].flatMap((id) => members.get(id) ?? []),
      ...{ changed, customers, wholly },
      ...(moment.historyMemory ? { memory: moment.historyMemory } : {}),
    },
  );
  const wanted = [
    ...productLookUps(changed),
    ...changedProducts(tidings),
    ...ordersToRead(changed, shop),
    ...birthdayLookUps(tidings, shop, moment.now),
  ];
  await wantEffects(client, shopId, wanted, at);
  await wantReferralEffects(client, shopId, referred, moment.now);
  const ownOutcomes = new Map([...active.outcomes, ...referred.outcomes]);
  return outcomes.map((outcome, index) => ownOutcomes.get(index) ?? outcome);
}

interface Locked {
  /** As they become known: each piece of tidings is taken in here. */
  readonly orders: Map<string, StoredOrder>;
  readonly reviews: readonly ReviewFacts[];
  readonly storedReviews: ReadonlyMap<string, StoredReview>;
  /** Member ids by customer id, and by the review's key. */
  readonly memberIds: ReadonlyMap<string, string>;
  readonly byReview: ReadonlyMap<string, string>;
  readonly members: ReadonlyMap<string, StoredMember>;
}

/** E-mails of guests, orders, reviews, members: always in this order, and each sorted, so that two batches never wait for each other. */
async function lockConcerned(
  client: pg.PoolClient,
  shopId: string,
  tidings: readonly FactTidings[],
  { now, newId, hashes }: FactMoment,
): Promise<Locked> {
  const waiting = await lockWaiting(client, shopId, tidings, hashes);
  const orders = await lockOrders(client, shopId, [...orderIdsOf(tidings), ...waiting.orderIds]);
  const reviews = newestReviews(tidings);
  const storedReviews = await lockReviews(client, shopId, reviews);
  const authors = await membersByEmail(client, shopId, emailsOf(reviews));
  const memberIds = await memberIdsOf(client, shopId, customerIdsOf(tidings, orders), {
    newId,
    at: new Date(now),
    told: newestCustomers(tidings, (customerId) => customerId),
  });
  const byReview = reviewMembers(reviews, storedReviews, memberIds, authors);
  const members = await lockMembers(client, shopId, [
    ...memberIds.values(),
    ...byReview.values(),
    ...waiting.logins.map(({ memberId }) => memberId),
    ...[...storedReviews.values()].flatMap(({ memberId }) => memberId ?? []),
    ...[...orders.values()].flatMap(({ memberId }) => memberId ?? []),
    ...memberIdsAgain(tidings),
    ...memberIdsActive(tidings),
  ]);
  // Whoever was merged away or erased while their row was waited for: their customer is found anew.
  const gone = [...memberIds.values()].filter((id) => isOver(members.get(id)));
  if (gone.length > 0) throw new MetOthers('a member went away meanwhile');
  return { orders, reviews, storedReviews, memberIds, byReview, members };
}

function isOver(member: StoredMember | undefined): boolean {
  return member?.state === 'merged' || member?.state === 'redacted';
}

function takeInOne(told: FactTidings, locked: Locked): FactOutcome {
  switch (told.kind) {
    case 'order': {
      const known = locked.orders.get(told.order.orderId);
      if (!known) return 'nothing-new';
      const facts = takeIn(known.facts, told.order);
      const changed = !sameContent(facts, known.facts);
      locked.orders.set(facts.id, { ...known, facts });
      if (!facts.snapshot) return 'waits-for-order';
      if (facts.snapshot.customerId === null) return 'no-customer';
      return changed ? 'taken-in' : 'nothing-new';
    }
    case 'review': {
      const stored = locked.storedReviews.get(reviewKey(told.review));
      if (!locked.byReview.has(reviewKey(told.review))) return 'nobody-known';
      return stored && sameContent(takeInReview(stored.facts, told.review), stored.facts)
        ? 'nothing-new'
        : 'taken-in';
    }
    case 'member-again':
      return locked.members.has(told.memberId) ? 'taken-in' : 'gone';
    case 'customer-tags':
    case 'signed-in':
    case 'customer':
    case 'product':
    case 'order-again':
    case 'activity':
    case 'referral':
      return 'taken-in';
  }
}

/** @returns members who turn out to have written reviews that were nobody's */
async function writeCustomers(
  client: pg.PoolClient,
  shopId: string,
  customers: ReadonlyMap<string, CustomerTidings>,
  members: ReadonlyMap<string, StoredMember>,
): Promise<readonly string[]> {
  const news = [...customers].flatMap(([memberId, customer]) =>
    isNews(customer, members.get(memberId)) ? [{ ...customer, memberId }] : [],
  );
  await writeCustomerFacts(client, shopId, news);
  return adoptReviews(
    client,
    shopId,
    [...customers.values()].flatMap(({ email }) => email ?? []),
  );
}

/** @returns their members */
async function writeNewReviews(
  client: pg.PoolClient,
  shopId: string,
  { reviews, storedReviews, byReview }: Locked,
): Promise<readonly string[]> {
  const changed = reviews.flatMap((told) => {
    const stored = storedReviews.get(reviewKey(told));
    const facts = takeInReview(stored?.facts, told);
    if (sameContent(facts, stored?.facts)) return [];
    // What is older says nothing of whose it is.
    const whose = isNewer(told, stored?.facts) ? byReview.get(reviewKey(told)) : stored?.memberId;
    return [{ facts, memberId: whose ?? null }];
  });
  await writeReviews(client, shopId, changed);
  // A review that turns out to be somebody else's concerns both.
  return changed.flatMap(({ facts, memberId }) => {
    const before = storedReviews.get(reviewKey(facts))?.memberId;
    return [memberId ?? [], before ?? []].flat();
  });
}

function changedOrders(
  { orders, memberIds, members }: Locked,
  claimed: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, OrderFacts>,
  again: ReadonlySet<string>,
): (OrderChange & { readonly fresh: boolean })[] {
  return [...orders].flatMap(([id, { facts, fresh, pinned, memberId: was }]) => {
    const customerId = facts.snapshot?.customerId ?? null;
    const theirs = pinned || customerId === null ? undefined : memberIds.get(customerId);
    const found = theirs ?? claimed.get(id) ?? null;
    const leaves = !pinned && isTakenOff(facts, before.get(id)) && isActive(members, was);
    const memberId = found !== null && members.has(found) ? found : leaves ? null : was;
    const moved = was !== memberId;
    if (!moved && !again.has(id) && sameContent(facts, before.get(id))) return [];
    return [{ facts, fresh, memberId, leftMemberId: moved ? was : null }];
  });
}
