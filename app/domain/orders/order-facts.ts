/**
 * What is known of an order. The newest snapshot wins (by `updatedAt`); refunds are kept by their
 * id, because a refund can be told before the order, or without a new snapshot.
 */
import type { Moment } from '../time/shop-time.ts';

/** What is known of a product, pinned to the line when the order is first seen. */
export interface ProductTraits {
  readonly category: string | null;
  readonly type: string | null;
  readonly vendor: string | null;
  readonly tags: readonly string[];
  readonly collectionIds: readonly string[];
}

export interface OrderLine {
  readonly id: string;
  readonly productId: string | null;
  readonly variantId: string | null;
  readonly title: string;
  readonly vendor: string | null;
  readonly giftCard: boolean;
  /** As ordered. */
  readonly quantity: number;
  /** What is left after edits and the refunds that the snapshot knows. */
  readonly currentQuantity: number;
  /** Of one piece, before discounts, in minor units of the shop's currency. */
  readonly priceMinor: number;
  /** Line discounts and the line's share of order discounts, for the whole quantity. */
  readonly discountMinor: number;
  /** For the whole quantity. */
  readonly taxMinor: number;
  readonly product: ProductTraits | null;
}

export interface RefundFacts {
  readonly id: string;
  readonly createdAt: Moment;
  /** As of when it was told so: a payment that is under way can still fail. */
  readonly toldAt: Moment;
  /** Of the amounts below; null where none is told. */
  readonly currency: string | null;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  /** Goods money given back beyond the refunded lines, tax included, in minor units. */
  readonly extraMinor: number;
  readonly shippingMinor: number;
}

export type PaymentState =
  'unpaid' | 'partially_paid' | 'paid' | 'partially_refunded' | 'refunded' | 'voided' | 'unknown';

export interface OrderSnapshot {
  readonly updatedAt: Moment;
  readonly placedAt: Moment;
  readonly name: string;
  readonly customerId: string | null;
  /** The shop's currency at the time; every amount is in it. */
  readonly currency: string;
  readonly presentmentCurrency: string | null;
  readonly totalMinor: number;
  readonly shippingMinor: number;
  readonly shippingTaxMinor: number;
  readonly tipMinor: number;
  readonly dutiesMinor: number;
  readonly taxesIncluded: boolean;
  readonly test: boolean;
  readonly source: string | null;
  readonly cancelledAt: Moment | null;
  readonly payment: PaymentState;
  readonly lines: readonly OrderLine[];
  /** Refunds that `currentQuantity` of the lines already reflects. */
  readonly knownRefundIds: readonly string[];
}

export interface OrderFacts {
  readonly id: string;
  readonly snapshot: OrderSnapshot | null;
  readonly refunds: readonly RefundFacts[];
  /** Earliest moment at which the order was seen paid. */
  readonly paidAt: Moment | null;
  readonly deletedAt: Moment | null;
}

/** What one delivery, import line or look-up says of an order. */
export interface OrderTidings {
  readonly orderId: string;
  readonly snapshot: OrderSnapshot | null;
  readonly refunds: readonly RefundFacts[];
  readonly paidAt: Moment | null;
  readonly deletedAt?: Moment;
}

export function unknownOrder(id: string): OrderFacts {
  return { id, snapshot: null, refunds: [], paidAt: null, deletedAt: null };
}

/** Takes tidings in. The result is the same in whatever order, and however often, they come. */
export function takeIn(known: OrderFacts, tidings: OrderTidings): OrderFacts {
  const refunds = new Map(known.refunds.map((refund) => [refund.id, refund]));
  for (const refund of tidings.refunds) {
    const before = refunds.get(refund.id);
    if (!before || isNewer(refund, before)) refunds.set(refund.id, refund);
  }
  return {
    id: known.id,
    snapshot: newerSnapshot(known.snapshot, tidings.snapshot),
    refunds: [...refunds.values()].sort(byTime),
    paidAt: earliest(known.paidAt, tidings.paidAt),
    deletedAt: earliest(known.deletedAt, tidings.deletedAt ?? null),
  };
}

function newerSnapshot(
  known: OrderSnapshot | null,
  told: OrderSnapshot | null,
): OrderSnapshot | null {
  if (!told) return known;
  if (!known) return told;
  const newer = outranks(told, known) ? told : known;
  return { ...newer, lines: keepProductTraits(newer.lines, known.lines) };
}

function isNewer(a: RefundFacts, b: RefundFacts): boolean {
  if (a.toldAt !== b.toldAt) return a.toldAt > b.toldAt;
  return inOneOrder(a) > inOneOrder(b);
}

/**
 * Shopify stamps seconds, so two states of an order can share `updated_at`. Ties go to the state
 * that is further along, which is the same whichever comes first.
 */
function outranks(a: OrderSnapshot, b: OrderSnapshot): boolean {
  if (a.updatedAt !== b.updatedAt) return a.updatedAt > b.updatedAt;
  const [rankA, rankB] = [rank(a), rank(b)];
  return rankA === rankB ? inOneOrder(a) > inOneOrder(b) : rankA > rankB;
}

const PAYMENT_ORDER: readonly PaymentState[] = [
  'unknown',
  'unpaid',
  'partially_paid',
  'paid',
  'partially_refunded',
  'refunded',
  'voided',
];

function rank(snapshot: OrderSnapshot): string {
  const steps = [
    snapshot.cancelledAt === null ? 0 : 1,
    snapshot.knownRefundIds.length,
    PAYMENT_ORDER.indexOf(snapshot.payment),
    snapshot.customerId === null ? 0 : 1,
    snapshot.lines.length,
  ];
  return steps.map((step) => String(step).padStart(6, '0')).join('.');
}

/** The same text for the same content, whatever order a database gave its keys; traits are ours. */
function inOneOrder(told: unknown): string {
  return JSON.stringify(told, (key, value: unknown) => {
    if (key === 'product') return null;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** A product may change its category later; the order keeps what was known first. */
function keepProductTraits(
  lines: readonly OrderLine[],
  before: readonly OrderLine[],
): readonly OrderLine[] {
  const traits = new Map(before.map((line) => [line.id, line.product]));
  return lines.map((line) => {
    const pinned = traits.get(line.id);
    return pinned ? { ...line, product: pinned } : line;
  });
}

function earliest(a: Moment | null, b: Moment | null): Moment | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}

function byTime(a: RefundFacts, b: RefundFacts): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}
