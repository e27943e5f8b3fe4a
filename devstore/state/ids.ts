/** Counters that look like Shopify's: 13 or 14 digits, growing in the steps Shopify's shards take. */
const firsts = {
  Address: 10_100_000_000_385,
  BulkOperation: 4_310_000_000_129,
  Collection: 488_100_000_000_1,
  Customer: 7_820_000_000_257,
  DataRequest: 9_999,
  Dispute: 31_010_000_000_441,
  DiscountNode: 1_450_000_000_513,
  DiscountRedeemCode: 21_450_000_000_177,
  DiscountRedeemCodeBulkCreation: 1_910_000_000_233,
  Fulfillment: 5_310_000_000_641,
  GiftCard: 611_000_000_345,
  GiftCardTransaction: 311_000_000_457,
  Job: 5_110_000_000_117,
  LineItem: 14_210_000_000_769,
  Metafield: 32_410_000_000_897,
  Order: 5_640_000_000_025,
  OrderAdjustment: 311_000_000_0153,
  OrderEdit: 208_000_000_0281,
  OrderTransaction: 6_910_000_000_409,
  Product: 8_640_000_000_537,
  ProductVariant: 46_810_000_000_665,
  Refund: 9_270_000_000_793,
  RefundLineItem: 6_120_000_000_921,
  Review: 465_077_653,
  Shop: 68_120_000_049,
  ShippingLine: 4_710_000_000_177,
  StaffMember: 96_120_000_305,
  StoreCreditAccount: 101_000_000_561,
  StoreCreditTransaction: 201_000_000_673,
} as const;

export type IdKind = keyof typeof firsts;

const step = 32_768;

export class Ids {
  #given: Partial<Record<IdKind, number>>;

  constructor(given: Partial<Record<IdKind, number>> = {}) {
    this.#given = { ...given };
  }

  next(kind: IdKind): string {
    const count = this.#given[kind] ?? 0;
    this.#given[kind] = count + 1;
    return String(firsts[kind] + count * step);
  }

  snapshot(): Partial<Record<IdKind, number>> {
    return { ...this.#given };
  }
}

export function gid(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`;
}

/** The type and id of `gid://shopify/Customer/123`, or null. */
export function parseGid(text: string): { type: string; id: string } | null {
  const match = /^gid:\/\/shopify\/([A-Za-z]+)\/([A-Za-z0-9-]+)(?:\?.*)?$/.exec(text);
  return match ? { type: match[1] ?? '', id: match[2] ?? '' } : null;
}
