/** Discounts of the shop, with one code or many. Amounts are minor units of the shop's currency. */
export type RedeemCode = { id: string; code: string };

/** An order that went through with one of the codes. */
export type DiscountUse = {
  code: string;
  orderId: string;
  customerId: string | null;
  email: string | null;
  at: string;
};

export type DiscountItems =
  | { kind: 'all' }
  | { kind: 'products'; productIds: string[]; variantIds: string[] }
  | { kind: 'collections'; collectionIds: string[] };

/** Who may use it. */
export type DiscountContext = { kind: 'all' } | { kind: 'customers'; customerIds: string[] };

export type Combinations = { order: boolean; product: boolean; shipping: boolean };

export type DiscountMinimum = { subtotalMinor: number } | { quantity: number };

/** Percent is decimal text ("12.5"). */
export type TakenOff = { percent: string } | { amountMinor: number; eachItem: boolean };

export type DiscountEffect =
  | {
      kind: 'basic';
      items: DiscountItems;
      value: TakenOff;
      minimum: DiscountMinimum | null;
      oneTime: boolean;
      subscription: boolean;
      cycles: number | null;
    }
  | {
      kind: 'free-shipping';
      minimum: DiscountMinimum | null;
      /** Rates above it are not free. */
      ceilingMinor: number | null;
      /** Null: everywhere. */
      countries: string[] | null;
      restOfWorld: boolean;
      oneTime: boolean;
      subscription: boolean;
      cycles: number | null;
    }
  | {
      kind: 'bxgy';
      buys: { items: DiscountItems; atLeast: { quantity: number } | { amountMinor: number } };
      gets: { items: DiscountItems; quantity: number; percent: string };
      perOrder: number | null;
    };

export type Discount = {
  id: string;
  title: string;
  codes: RedeemCode[];
  context: DiscountContext;
  combines: Combinations;
  startsAt: string;
  endsAt: string | null;
  /** Of each code. */
  usageLimit: number | null;
  oncePerCustomer: boolean;
  tags: string[];
  effect: DiscountEffect;
  uses: DiscountUse[];
  createdAt: string;
  updatedAt: string;
};

/** As seeds write one: for anybody, since always, as often as they like. */
export type PlainDiscount = {
  code: string;
  title: string;
  value: { percent: string } | { amountMinor: number };
  /** Whole order, or only lines of these products. */
  productIds: string[] | null;
};

export type DiscountClass = 'order' | 'product' | 'shipping';

export function classOf({ effect }: Pick<Discount, 'effect'>): DiscountClass {
  if (effect.kind === 'free-shipping') return 'shipping';
  return effect.kind === 'basic' && effect.items.kind === 'all' ? 'order' : 'product';
}

export function statusOf(
  { startsAt, endsAt }: Pick<Discount, 'startsAt' | 'endsAt'>,
  now: Date,
): 'ACTIVE' | 'EXPIRED' | 'SCHEDULED' {
  if (endsAt !== null && Date.parse(endsAt) <= now.getTime()) return 'EXPIRED';
  return Date.parse(startsAt) > now.getTime() ? 'SCHEDULED' : 'ACTIVE';
}

/** Codes added in bulk; Shopify does it in its own time. */
export type CodeBatch = {
  id: string;
  discountId: string;
  createdAt: string;
  done: boolean;
  codes: { code: string; redeemCodeId: string | null; refused: string | null }[];
};
