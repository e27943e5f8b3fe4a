/** Judge.me's webhook: its own signature, hexadecimal, with the secret that the merchant gave it. */
import { createHmac, randomUUID } from 'node:crypto';
import type { Devstore } from '../start.ts';
import type { Review } from '../state/review.ts';
import type { Store } from '../state/store.ts';
import { requireSecret } from './write-review.ts';

export type ReviewEvent = 'review/created' | 'review/updated';

export function sendReview(
  { world, courier }: Pick<Devstore, 'world' | 'courier'>,
  store: Store,
  review: Review,
  event: ReviewEvent,
): void {
  const body = JSON.stringify(reviewBody(store, review, event));
  const signature = createHmac('sha256', requireSecret(store)).update(body).digest('hex');
  courier.take({
    id: randomUUID(),
    shop: store.domain,
    topic: `judgeme:${event}`,
    eventId: randomUUID(),
    url: `${world.appUrl}/webhooks/judgeme/${store.domain}`,
    headers: { 'content-type': 'application/json', 'judgeme-hmac-sha256': signature },
    body,
    triggeredAt: store.now().toISOString(),
    state: 'waiting',
    attempts: [],
  });
}

export function reviewBody(store: Store, review: Review, event: ReviewEvent): object {
  const product = store.products.get(review.productId);
  const customer = review.customerId === null ? undefined : store.customers.get(review.customerId);
  const offset = (moment: string): string => moment.replace('Z', '+00:00');
  return {
    review: {
      id: Number(review.id),
      title: review.title,
      body: review.body,
      rating: review.rating,
      product_external_id: Number(review.productId),
      reviewer: {
        id: Number(review.id) + 1,
        external_id: review.customerId === null ? null : Number(review.customerId),
        email: review.email,
        name: review.name,
        phone: customer?.phone ?? null,
        accepts_marketing: customer?.emailConsent.state === 'subscribed',
        unsubscribed_at: null,
        tags: null,
      },
      source: 'web',
      curated: review.published ? 'ok' : 'spam',
      published: review.published,
      hidden: !review.published,
      verified: review.verified ? 'verified-purchase' : 'not-yet',
      featured: false,
      created_at: offset(review.createdAt),
      updated_at: offset(review.updatedAt),
      has_published_pictures: false,
      has_published_videos: false,
      pictures: [],
      ip_address: null,
      product_title: product?.title ?? null,
      product_handle: product?.handle ?? null,
    },
    event,
    shop_domain: store.domain,
    platform: 'shopify',
  };
}
