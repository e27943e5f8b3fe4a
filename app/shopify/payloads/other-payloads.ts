/** The rest of Shopify's topics, and Judge.me's reviews. */
import { z } from 'zod';
import { id, moment, nullable, text, yesOrNo } from './parts.ts';
import { isTimeZone } from '../../domain/time/shop-time.ts';
import type { ReviewFacts } from '../../domain/reviews/review-facts.ts';
import type { ProductTidings, SingleTidings } from '../../domain/tidings.ts';

const product = z.object({
  id,
  title: nullable(text(255)),
  updated_at: moment,
  product_type: nullable(text(255)),
  vendor: nullable(text(255)),
  tags: nullable(z.union([text(20_000), z.array(text(255))])),
  category: nullable(z.object({ name: nullable(text(255)) })),
});

/** Collections are not in the payload; they are left out, so that what is known of them stays. */
export function readProductPayload(body: unknown): ProductTidings {
  const told = product.parse(body);
  const tags = Array.isArray(told.tags) ? told.tags : (told.tags ?? '').split(',');
  const traits = {
    title: told.title ?? '',
    category: told.category?.name || null,
    type: told.product_type || null,
    vendor: told.vendor || null,
    tags: tags.map((tag) => tag.trim()).filter(Boolean),
  };
  return {
    productId: told.id,
    updatedAt: told.updated_at,
    traits,
  };
}

const onlyId = z.object({ id });

export function readId(body: unknown): string {
  return onlyId.parse(body).id;
}

const discount = z.object({ admin_graphql_api_id: text(255) });

/** Of a discount the payload says little: which one it is. */
export function readDiscountChanged(body: unknown): SingleTidings {
  return { kind: 'discount-changed', gid: discount.parse(body).admin_graphql_api_id };
}

const compliance = z.object({
  customer: z.object({ id, email: nullable(text(320)) }),
  orders_to_redact: nullable(z.array(id)),
  orders_requested: nullable(z.array(id)),
  data_request: nullable(z.object({ id })),
});

export function readCompliancePayload(body: unknown): {
  readonly customerId: string;
  readonly orderIds: readonly string[];
  readonly requestId: string;
  readonly email: string | null;
} {
  const told = compliance.parse(body);
  return {
    customerId: told.customer.id,
    orderIds: told.orders_to_redact ?? told.orders_requested ?? [],
    email: told.customer.email || null,
    requestId: told.data_request?.id ?? '',
  };
}

const bulk = z.object({ admin_graphql_api_id: z.string(), status: z.string() });

export function readBulkFinished(body: unknown): SingleTidings {
  const told = bulk.parse(body);
  return { kind: 'bulk-finished', operationGid: told.admin_graphql_api_id, status: told.status };
}

const scopes = z.object({ current: z.array(z.string()) });

export function readScopes(body: unknown): SingleTidings {
  return { kind: 'scopes', scopes: scopes.parse(body).current };
}

const shop = z.object({
  name: nullable(text(255)),
  currency: z.string().regex(/^[A-Z]{3}$/),
  iana_timezone: z.string().refine(isTimeZone),
  taxes_included: nullable(z.boolean()),
  updated_at: moment,
});

export function readShopPayload(body: unknown): SingleTidings {
  const told = shop.parse(body);
  return {
    kind: 'shop',
    name: told.name ?? '',
    currency: told.currency,
    timeZone: told.iana_timezone,
    taxesIncluded: told.taxes_included ?? false,
    updatedAt: told.updated_at,
  };
}

const GONE = ['review/destroyed', 'review/deleted'];

const judgeMe = z
  .object({
    event: nullable(z.string()),
    review: z.object({
      id,
      product_external_id: nullable(z.union([z.int(), z.string()])),
      curated: nullable(z.string()),
      published: nullable(yesOrNo),
      hidden: nullable(yesOrNo),
      created_at: moment,
      updated_at: moment,
      has_published_pictures: nullable(yesOrNo),
      has_published_videos: nullable(yesOrNo),
      // Of one that was deleted the app may no longer tell by whom it was.
      reviewer: nullable(
        z.object({
          external_id: nullable(z.union([z.int(), z.string()])),
          email: nullable(text(320)),
        }),
      ),
    }),
  })
  .refine(({ event, review }) => review.reviewer || GONE.includes(event ?? ''), {
    path: ['review', 'reviewer'],
  });

/** A review counts once it is approved and shown; taken down or deleted, it no longer does. */
export function readJudgeMe(body: unknown): ReviewFacts {
  const { review, event } = judgeMe.parse(body);
  const deleted = GONE.includes(event ?? '');
  return {
    provider: 'judgeme',
    id: review.id,
    productId: idOrNull(review.product_external_id),
    customerId: idOrNull(review.reviewer?.external_id),
    email: review.reviewer?.email || null,
    published:
      review.published === true && review.hidden !== true && review.curated === 'ok' && !deleted,
    withPhoto: review.has_published_pictures ?? false,
    withVideo: review.has_published_videos ?? false,
    createdAt: review.created_at,
    updatedAt: review.updated_at,
  };
}

function idOrNull(value: string | number | null | undefined): string | null {
  const found = id.safeParse(value);
  return found.success ? found.data : null;
}
