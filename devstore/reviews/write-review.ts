import type { Customer } from '../state/customer.ts';
import type { Review } from '../state/review.ts';
import type { Store } from '../state/store.ts';
import { notFound, refuse } from '../state/refusal.ts';

export type ReviewInput = {
  customer: Customer;
  productId: string;
  rating: number;
  title: string;
  body: string;
  published: boolean;
  linked: boolean;
};

export function writeReview(store: Store, input: ReviewInput): Review {
  requireSecret(store);
  const { customer } = input;
  const { email } = customer;
  if (email === null) refuse(`Customer ${customer.id} has no e-mail address to review under.`);
  return store.act(() => {
    const now = store.timestamp();
    const bought = store
      .ordersOf(customer.id)
      .some((order) => order.lines.some((line) => line.productId === input.productId));
    const review: Review = {
      id: store.ids.next('Review'),
      customerId: input.linked ? customer.id : null,
      email,
      name: [customer.firstName, customer.lastName].filter(Boolean).join(' ') || email,
      productId: input.productId,
      rating: input.rating,
      title: input.title,
      body: input.body,
      published: input.published,
      verified: bought,
      createdAt: now,
      updatedAt: now,
    };
    store.reviews.push(review);
    return review;
  });
}

export type ReviewChange = {
  published?: boolean | undefined;
  rating?: number | undefined;
  body?: string | undefined;
};

export function changeReview(store: Store, id: string, change: ReviewChange): Review {
  requireSecret(store);
  const review = store.reviews.find((one) => one.id === id);
  if (!review) notFound(`${store.domain} has no review ${id}.`);
  return store.act(() => {
    if (change.published !== undefined) review.published = change.published;
    if (change.rating !== undefined) review.rating = change.rating;
    if (change.body !== undefined) review.body = change.body;
    review.updatedAt = store.timestamp();
    return review;
  });
}

export function requireSecret(store: Store): string {
  const secret = store.shop.judgemeSecret;
  return secret ?? refuse(`${store.domain} has no Judge.me secret yet; set one first.`);
}
