/**
 * What a reward that was given consists of, pinned when it was given: later changes of the programme
 * do not touch it. Money is in minor units of the currency; ids are Shopify's numbers.
 */
export type RewardTerms =
  | DiscountTerms
  | FreeShippingTerms
  | FreeProductTerms
  | GiftCardTerms
  | StoreCreditTerms
  | ByHandTerms
  | PerkTerms
  | PartnerCodeTerms;

/** What all codes of the checkout have in common. */
interface CodeTerms {
  readonly minimum: MinimumTerms | null;
  /** With which other discounts Shopify lets it go together. */
  readonly combines: CombineTerms;
}

export interface MoneyTerms {
  readonly minor: number;
  /** ISO 4217. */
  readonly currency: string;
}

export type MinimumTerms =
  | { readonly kind: 'subtotal'; readonly minor: number; readonly currency: string }
  | { readonly kind: 'quantity'; readonly quantity: number };

export interface CombineTerms {
  readonly order: boolean;
  readonly product: boolean;
  readonly shipping: boolean;
}

export interface DiscountTerms extends CodeTerms {
  readonly kind: 'discount';
  readonly value:
    | ({ readonly kind: 'amount' } & MoneyTerms)
    /** Hundredths of a percent: 1250 is 12.5 %. */
    | { readonly kind: 'percent'; readonly basisPoints: number };
  readonly on: DiscountedTerms;
  readonly subscriptions: SubscriptionTerms;
}

export type DiscountedTerms =
  | { readonly kind: 'order' }
  | {
      readonly kind: 'products';
      readonly products: readonly string[];
      readonly variants: readonly string[];
    }
  | { readonly kind: 'collections'; readonly collections: readonly string[] };

/** On which lines: bought once, by subscription (its first payments only, or all), or both. */
export interface SubscriptionTerms {
  readonly oneTime: boolean;
  readonly subscription: boolean;
  /** Payments of a subscription that it takes off from; null for all. */
  readonly payments: number | null;
}

export interface FreeShippingTerms extends CodeTerms {
  readonly kind: 'free-shipping';
  /** Shipping rates above it are not free; null for none. */
  readonly ceiling: MoneyTerms | null;
  /** ISO 3166 alpha-2; empty for everywhere. */
  readonly countries: readonly string[];
}

export interface FreeProductTerms extends CodeTerms {
  readonly kind: 'free-product';
  /** Any one of these, free; of a product any variant. */
  readonly variants: readonly string[];
  readonly products: readonly string[];
  readonly quantity: number;
  /** What must be bought besides, of any of these collections. */
  readonly buys: { readonly quantity: number; readonly collections: readonly string[] };
}

export interface GiftCardTerms extends MoneyTerms {
  readonly kind: 'gift-card';
  /** Days from the giving; null for a card that never expires. */
  readonly expiresInDays: number | null;
  /** Whether Shopify sends it by e-mail. */
  readonly notify: boolean;
}

export interface StoreCreditTerms extends MoneyTerms {
  readonly kind: 'store-credit';
  readonly expiresInDays: number | null;
  readonly notify: boolean;
}

/** Fulfilled by a person. */
export interface ByHandTerms {
  readonly kind: 'by-hand';
}

/** Held simply by having it: nothing is made, and nothing is done by anybody. */
export interface PerkTerms {
  readonly kind: 'perk';
}

/** A code of a partner, taken from a list that was uploaded. */
export interface PartnerCodeTerms {
  readonly kind: 'partner-code';
  /** Key of the reward whose list it is from. */
  readonly list: string;
}
