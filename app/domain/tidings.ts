/** What a delivery, an import line or a look-up tells us, in our own words. */
import type { Activity } from './activities/activity.ts';
import type { ProfileField } from './activities/profile-fields.ts';
import type { TagTidings } from './members/tags.ts';
import type { EditFacts } from './orders/edits.ts';
import type { OrderTidings, ProductTraits } from './orders/order-facts.ts';
import type { Sighting, Trace } from './referrals/traces.ts';
import type { ReviewFacts } from './reviews/review-facts.ts';
import type { Moment } from './time/shop-time.ts';

export interface CustomerTidings {
  readonly customerId: string;
  readonly createdAt: Moment | null;
  readonly updatedAt: Moment;
  readonly email: string | null;
  /** False where Shopify says that nobody has shown it to be theirs. */
  readonly emailVerified?: boolean;
  readonly name: string | null;
  /** Consent to marketing e-mails, where that is told. */
  readonly newsletter?: { readonly given: boolean; readonly at: Moment };
  /** What of the profile is filled in, where that is told. */
  readonly filledIn?: readonly ProfileField[];
  /** All of them as of `updatedAt`, where they are told. */
  readonly tags?: readonly string[];
}

export interface ProductTidings {
  readonly productId: string;
  readonly updatedAt: Moment;
  /** Null when the product was deleted. Collections are left out where the teller does not know them. */
  readonly traits:
    | (Omit<ProductTraits, 'collectionIds'> & {
        readonly title: string;
        readonly collectionIds?: readonly string[];
      })
    | null;
}

/** A member, by Shopify's id or by ours. */
export type Whose = { readonly customerId: string } | { readonly memberId: string };

/** Facts about members: many can be taken in at once. */
export type FactTidings =
  | {
      readonly kind: 'order';
      readonly order: OrderTidings;
      readonly customer?: CustomerTidings;
      readonly traces?: readonly Trace[];
    }
  | {
      readonly kind: 'customer';
      readonly customer: CustomerTidings;
      readonly traces?: readonly Trace[];
    }
  /** A friend who is signed in says by whose code they came. */
  | {
      readonly kind: 'referral';
      readonly customerId: string;
      readonly code: string;
      readonly sighting: Sighting;
    }
  | { readonly kind: 'customer-tags'; readonly customerId: string; readonly told: TagTidings }
  /** Seen signed in at the storefront; and asked to join, where it says so. */
  | {
      readonly kind: 'signed-in';
      readonly customerId: string;
      readonly at: Moment;
      readonly joins: boolean;
    }
  | { readonly kind: 'activity'; readonly whose: Whose; readonly activity: Activity }
  | { readonly kind: 'review'; readonly review: ReviewFacts }
  | { readonly kind: 'product'; readonly product: ProductTidings }
  | { readonly kind: 'order-again'; readonly orderId: string }
  | { readonly kind: 'member-again'; readonly memberId: string };

/** Tidings that are a matter of their own: each has its operation. */
export type SingleTidings =
  | { readonly kind: 'order-edited'; readonly orderId: string; readonly edit: EditFacts | null }
  | { readonly kind: 'dispute-without-order' }
  | { readonly kind: 'customer-deleted'; readonly customerId: string }
  | { readonly kind: 'customer-merged'; readonly keptId: string; readonly goneId: string }
  | {
      readonly kind: 'merge-not-done';
      readonly status: string;
      /** What stood in the way, as Shopify names it. */
      readonly fields: readonly string[];
    }
  /** Of a topic that we use, and nothing follows from it. */
  | { readonly kind: 'nothing-told'; readonly because: string }
  | {
      readonly kind: 'customer-redact';
      readonly customerId: string;
      readonly email: string | null;
      readonly orderIds: readonly string[];
    }
  | {
      readonly kind: 'data-request';
      readonly customerId: string;
      readonly requestId: string;
      readonly orderIds: readonly string[];
      readonly email: string | null;
    }
  /** A discount was edited or deleted in Shopify. */
  | { readonly kind: 'discount-changed'; readonly gid: string }
  | { readonly kind: 'shop-redact' }
  | { readonly kind: 'uninstalled'; readonly at: Moment }
  | { readonly kind: 'scopes'; readonly scopes: readonly string[] }
  | { readonly kind: 'bulk-finished'; readonly operationGid: string; readonly status: string }
  | {
      readonly kind: 'shop';
      readonly name: string;
      readonly currency: string;
      readonly timeZone: string;
      readonly taxesIncluded: boolean;
      readonly updatedAt: Moment;
    }
  | { readonly kind: 'unknown-topic' };

export type Tidings = FactTidings | SingleTidings;
