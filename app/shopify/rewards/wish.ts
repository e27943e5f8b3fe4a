/**
 * Rewards as Shopify carries them out, and what comes of asking for one. None of Shopify's mutations
 * for them takes an idempotency key, so whoever asks again says so, and it is looked first.
 */
import type {
  DiscountTerms,
  FreeProductTerms,
  FreeShippingTerms,
  GiftCardTerms,
  RewardTerms,
  StoreCreditTerms,
} from '../../domain/rewards/terms.ts';
import type { Moment } from '../../domain/time/shop-time.ts';

/** Terms of a code for the checkout. */
export type CodeTerms = DiscountTerms | FreeShippingTerms | FreeProductTerms;

/** Terms that Shopify carries out. The others never leave Laurel. */
export type OutwardTerms = CodeTerms | GiftCardTerms | StoreCreditTerms;

export function isOutward(terms: RewardTerms): terms is OutwardTerms {
  return terms.kind !== 'by-hand' && terms.kind !== 'partner-code' && terms.kind !== 'perk';
}

export interface RewardWish {
  /** The redemption's. */
  readonly id: string;
  readonly terms: OutwardTerms;
  /** What the merchant reads in Shopify: `discountTitle`. */
  readonly title: string;
  /** Of a discount, stored before it is asked for; 64 random bits or more. */
  readonly code: string | null;
  /** Of a gift card, likewise: 8 to 20 letters a-z and digits. */
  readonly giftCardCode: string | null;
  readonly customerId: string;
  readonly givenAt: Moment;
  /** Of codes, cards and credit alike: the caller has counted the days of the terms. */
  readonly validUntil: Moment | null;
  /** IANA; gift cards expire at the end of a day of the shop. */
  readonly timeZone: string;
  readonly attempt: Attempt;
}

export interface Attempt {
  /** False as soon as what became of an earlier call is not known. */
  readonly first: boolean;
  /** What `markReward` answered before the first attempt; null where it answers null. */
  readonly marker: string | null;
  /** Gids of store credit that is known to be another reward of the member. */
  readonly others: readonly string[];
}

export interface MadeReward {
  readonly ok: true;
  readonly gid: string;
  readonly usableFrom: Moment;
  /** As Shopify has it. */
  readonly expiresAt: Moment | null;
  /** True: an earlier call had made it already. */
  readonly found: boolean;
}

export type RefusedReason =
  | 'customer-gone'
  | 'no-such-product'
  | 'value-out-of-range'
  | 'needs-scope'
  | 'needs-new-customer-accounts'
  | 'credit-limit'
  | 'card-limit'
  | 'currency'
  | 'too-many-discounts'
  | 'expired'
  | 'other';

/** Trying again as it is would not help. */
export interface RefusedReward {
  readonly kind: 'refused';
  readonly reason: RefusedReason;
  /** Set with `needs-scope`. */
  readonly scope: string | null;
  /** Shopify's own. */
  readonly code: string | null;
  readonly message: string;
}

export type RewardRefusal =
  | { readonly kind: 'throttled'; readonly waitMs: number }
  /** No answer, or none to be trusted: it may have been done. Try again with `first: false`. */
  | { readonly kind: 'unreachable'; readonly message: string }
  /** Somebody else's code is the same: ask again, as a first attempt, with another one. */
  | { readonly kind: 'code-taken' }
  | RefusedReward;

export interface RefusedAnswer {
  readonly ok: false;
  readonly refusal: RewardRefusal;
}

export type MakeAnswer = MadeReward | RefusedAnswer;

/** What is to be ended or read again. */
export interface GivenReward {
  readonly id: string;
  readonly terms: OutwardTerms;
  readonly title: string;
  /** Null when it was never heard whether it was made: it is looked for by its code. */
  readonly gid: string | null;
  readonly code: string | null;
  readonly giftCardCode: string | null;
  readonly customerId: string;
  readonly givenAt: Moment;
  readonly validUntil: Moment | null;
  readonly timeZone: string;
}

export interface EndedReward {
  readonly ok: true;
  /**
   * `ended`: nobody can use it from now on. `already-ended`: that was so before. `gone`: Shopify
   * does not know it (a call that timed out may still be under way there for a minute). `used`: it
   * was used before it could be ended. `stays`: store credit, which is the shopper's.
   */
  readonly found: 'ended' | 'already-ended' | 'gone' | 'used' | 'stays';
  /** Uses of a code that Shopify has counted by now: it counts late, orders tell it at once. */
  readonly uses: number;
  /** Of a card or credit: what is left on it, in minor units of its currency. */
  readonly leftMinor: number | null;
}

export type EndAnswer = EndedReward | RefusedAnswer;

/** What a merchant changed, with both values written out. */
export interface RewardChange {
  readonly what:
    | 'code'
    | 'title'
    | 'customer'
    | 'value'
    | 'items'
    | 'buys'
    | 'minimum'
    | 'combines'
    | 'usage-limit'
    | 'once-per-customer'
    | 'starts'
    | 'ends'
    | 'countries'
    | 'ceiling'
    | 'subscriptions';
  readonly given: string;
  readonly found: string;
}

export interface SeenReward {
  readonly ok: true;
  readonly state: 'active' | 'scheduled' | 'expired' | 'deactivated' | 'deleted' | 'changed';
  /** Empty unless `changed`. */
  readonly changes: readonly RewardChange[];
  readonly uses: number;
  readonly leftMinor: number | null;
}

export type ReadAnswer = SeenReward | RefusedAnswer;

/** One discount with many codes, each to be used once by whoever has it. */
export interface CampaignWish {
  readonly terms: CodeTerms;
  readonly title: string;
  readonly codes: readonly string[];
  readonly startsAt: Moment;
  readonly endsAt: Moment | null;
  /** Once it is known; null at first. */
  readonly gid: string | null;
}

export type CampaignAnswer =
  | {
      readonly ok: true;
      readonly gid: string;
      readonly made: number;
      /** Codes that Shopify did not take, because somebody has them. */
      readonly taken: readonly string[];
    }
  | { readonly ok: false; readonly gid: string | null; readonly refusal: RewardRefusal };

const LONGEST_TITLE = 255;

/** No personal data: Shopify's number of the customer leads to whoever it is. */
export function discountTitle(rewardName: string, customerId: string | null): string {
  const whose = customerId === null ? '' : ` (${customerId})`;
  const name = rewardName.slice(0, LONGEST_TITLE - 'Laurel: '.length - whose.length);
  return `Laurel: ${name}${whose}`;
}

/** The customer in it may have been merged into another since. */
export function isSameTitle(one: string, other: string): boolean {
  return withoutCustomer(one) === withoutCustomer(other);
}

function withoutCustomer(title: string): string {
  return title.replace(/ \(\d+\)$/, '');
}

export type MarkAnswer = { readonly ok: true; readonly marker: string | null } | RefusedAnswer;
