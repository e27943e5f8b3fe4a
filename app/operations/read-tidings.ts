/** What a batch of tidings is about, and which of it is news: read from the tidings and what is stored, and no more. */
import type { OrderFacts } from '../domain/orders/order-facts.ts';
import { takeInReview } from '../domain/reviews/review-facts.ts';
import type { ReviewFacts } from '../domain/reviews/review-facts.ts';
import type { CustomerTidings, FactTidings } from '../domain/tidings.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import type { StoredOrder } from '../storage/orders/lock-orders.ts';
import { reviewKey } from '../storage/reviews/reviews.ts';
import type { StoredReview } from '../storage/reviews/reviews.ts';

export function orderIdsOf(tidings: readonly FactTidings[]): string[] {
  const told = tidings.flatMap((it) => (it.kind === 'order' ? [it.order.orderId] : []));
  return [...told, ...orderIdsAgain(tidings)];
}

/** Orders and members that are to be decided again, whatever is told of them. */
export function orderIdsAgain(tidings: readonly FactTidings[]): Set<string> {
  return new Set(tidings.flatMap((it) => (it.kind === 'order-again' ? [it.orderId] : [])));
}

export function memberIdsAgain(tidings: readonly FactTidings[]): Set<string> {
  return new Set(tidings.flatMap((it) => (it.kind === 'member-again' ? [it.memberId] : [])));
}

/** Members that are told of by our own id. */
export function memberIdsActive(tidings: readonly FactTidings[]): string[] {
  return tidings.flatMap((it) =>
    it.kind === 'activity' && 'memberId' in it.whose ? [it.whose.memberId] : [],
  );
}

export function customerIdsOf(
  tidings: readonly FactTidings[],
  orders: ReadonlyMap<string, StoredOrder>,
): string[] {
  return [
    ...tidings.flatMap((told) => {
      if (told.kind === 'customer') return [told.customer.customerId];
      if (told.kind === 'customer-tags' || told.kind === 'signed-in' || told.kind === 'referral')
        return [told.customerId];
      if (told.kind === 'review') return told.review.customerId ?? [];
      if (told.kind === 'activity')
        return 'customerId' in told.whose ? [told.whose.customerId] : [];
      return told.kind === 'order' ? (told.order.snapshot?.customerId ?? []) : [];
    }),
    ...[...orders.values()].flatMap(({ facts }) => facts.snapshot?.customerId ?? []),
  ];
}

export function newestReviews(tidings: readonly FactTidings[]): ReviewFacts[] {
  const newest = new Map<string, ReviewFacts>();
  for (const told of tidings) {
    if (told.kind !== 'review') continue;
    const key = reviewKey(told.review);
    newest.set(key, takeInReview(newest.get(key), told.review));
  }
  return [...newest.values()];
}

export function emailsOf(reviews: readonly ReviewFacts[]): string[] {
  return reviews.flatMap(({ email, customerId }) => (customerId === null && email ? [email] : []));
}

export function reviewMembers(
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
export function newestCustomers(
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
export function isYetToJoin(member: StoredMember | undefined): boolean {
  return member?.customerCreatedAt === null || member?.lastSeq === 0;
}

export function isNews(told: CustomerTidings, member: StoredMember | undefined): boolean {
  if (!member || member.factsAt === null || told.updatedAt > member.factsAt) return true;
  if (told.createdAt !== null && member.customerCreatedAt === null) return true;
  const verified = told.emailVerified ?? true;
  const same =
    told.email === member.email && told.name === member.name && verified === member.emailVerified;
  return told.updatedAt === member.factsAt && !same;
}

/** Its customer was taken off the order: by its newest state it is nobody's, whichever state was told first. */
export function isTakenOff({ snapshot }: OrderFacts, before: OrderFacts | undefined): boolean {
  const had = before?.snapshot?.customerId ?? null;
  return had !== null && snapshot !== null && snapshot.customerId === null;
}

/** Who was erased leaves nothing any more. */
export function isActive(
  members: ReadonlyMap<string, StoredMember>,
  memberId: string | null,
): boolean {
  return memberId !== null && members.get(memberId)?.state === 'active';
}
