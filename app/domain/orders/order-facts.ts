/**
 * What is known of an order. The newest snapshot wins (by `updatedAt`); refunds are kept by their
 * id, because a refund can be told before the order, or without a new snapshot.
 */
import { mergeDisputes } from './disputes.ts';
import type { DisputeFacts, DisputeTidings } from './disputes.ts';
import { mergeEdits } from './edits.ts';
import type { Agreements, EditFacts } from './edits.ts';
import { earliest, inOneOrder, laterOf, oldest } from './merging.ts';
import type { Gateway, PaymentFacts } from './payments.ts';
import { pricesPaid } from './prices-paid.ts';
import type { PricesPaid } from './prices-paid.ts';
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
  /** What staff were given beside the price: Shopify tells it as a line, too. */
  readonly tip?: true;
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
  /** For the whole quantity; left out where there is none. */
  readonly dutyMinor?: number;
  readonly product: ProductTraits | null;
  /** Whether it has a selling plan; null while nobody told: webhooks do not. */
  readonly sellingPlan: boolean | null;
  /** Bought by a selling plan, or in an order that renews a subscription. */
  readonly subscription: boolean;
}

export interface RefundFacts {
  readonly id: string;
  readonly createdAt: Moment;
  /** As of when it was told so: a payment that is under way can still fail. */
  readonly toldAt: Moment;
  /** Of the amounts below; null where none is told. */
  readonly currency: string | null;
  readonly lines: readonly { readonly lineId: string; readonly quantity: number }[];
  /**
   * Goods money given back beyond the refunded lines, tax included, in minor units; below zero where
   * money of refunded lines is still to follow.
   */
  readonly extraMinor: number;
  /** The same for an order whose prices include tax, where that is something else. */
  readonly extraTaxIncludedMinor?: number;
  readonly shippingMinor: number;
  readonly shippingTaxMinor?: number;
  /** Left out where there are none. */
  readonly dutiesMinor?: number;
  /** All the money that went back; null where it moved in another currency. */
  readonly paidBackMinor: number | null;
  /** Places of the body that could not be read, where there are any. */
  readonly odd?: readonly string[];
}

export type PaymentState =
  'unpaid' | 'partially_paid' | 'paid' | 'partially_refunded' | 'refunded' | 'voided' | 'unknown';

export interface OrderSnapshot {
  readonly updatedAt: Moment;
  readonly placedAt: Moment;
  readonly name: string;
  readonly customerId: string | null;
  /** Of an order without a customer: the keyed hash of its e-mail. */
  readonly guestKey?: string;
  /** The shop's currency at the time; every amount is in it. */
  readonly currency: string;
  readonly presentmentCurrency: string | null;
  /** What the shopper saw, in minor units of the currency above: it tells the rate. */
  readonly presentmentTotalMinor: number | null;
  readonly totalMinor: number;
  readonly shippingMinor: number;
  readonly shippingTaxMinor: number;
  readonly tipMinor: number;
  readonly dutiesMinor: number;
  readonly taxesIncluded: boolean;
  readonly dutiesIncluded?: true;
  readonly test: boolean;
  readonly source: string | null;
  /** Of the shipping address, else of the billing address: nothing else of an address is kept. */
  readonly countryCode: string | null;
  /** Ways of paying that were used, as far as they matter, sorted. */
  readonly gateways: readonly Gateway[];
  readonly discountCodes: readonly DiscountCodeUse[];
  readonly cancelledAt: Moment | null;
  readonly payment: PaymentState;
  readonly lines: readonly OrderLine[];
  /** Something was returned or exchanged, which can add pieces as an edit does. */
  readonly hasReturns: boolean;
  /** Refunds that `currentQuantity` of the lines already reflects. */
  readonly knownRefundIds: readonly string[];
  /** Places of the body that could not be read, where there are any. */
  readonly odd?: readonly string[];
}

/** What a code took off which lines, in minor units of the shop's currency. */
export interface DiscountCodeUse {
  readonly code: string;
  readonly lines: readonly { readonly lineId: string; readonly minor: number }[];
}

/** The customer's tags with the order, as the oldest telling has them. */
export interface ToldTags {
  readonly asOf: Moment;
  readonly tags: readonly string[];
}

/** The shop's currency as the oldest telling has it: that of an order never changes. */
export interface ToldCurrency {
  readonly asOf: Moment;
  readonly currency: string;
}

/** The code by which the buyer came, as the oldest telling has it. */
export interface ToldReferral {
  readonly asOf: Moment;
  readonly code: string;
}

export interface OrderFacts {
  readonly id: string;
  readonly snapshot: OrderSnapshot | null;
  readonly refunds: readonly RefundFacts[];
  /** Earliest moment at which the order was seen paid. */
  readonly paidAt: Moment | null;
  readonly deletedAt: Moment | null;
  /** Earliest moment at which everything was fulfilled. */
  readonly fulfilledAt: Moment | null;
  /** Edits as webhooks told them; `editsOf` says which of them stand. */
  readonly edits: readonly EditFacts[];
  /** All edits as Shopify listed them when the order was read. */
  readonly agreements: Agreements | null;
  readonly payments: PaymentFacts | null;
  readonly customerTags: ToldTags | null;
  readonly referral?: ToldReferral;
  readonly toldIn?: ToldCurrency;
  readonly pricesPaid?: PricesPaid;
  readonly disputes: readonly DisputeFacts[];
}

/** What one delivery, import line or look-up says of an order. */
export interface OrderTidings {
  readonly orderId: string;
  readonly snapshot: OrderSnapshot | null;
  readonly refunds: readonly RefundFacts[];
  readonly paidAt: Moment | null;
  /** Of an order without a customer; never kept as it is. */
  readonly guestEmail?: string;
  readonly deletedAt?: Moment;
  readonly fulfilledAt?: Moment;
  readonly edits?: readonly EditFacts[];
  readonly agreements?: Agreements;
  readonly payments?: PaymentFacts;
  readonly customerTags?: ToldTags;
  readonly referral?: ToldReferral;
  readonly disputes?: readonly DisputeTidings[];
}

export function unknownOrder(id: string): OrderFacts {
  return {
    id,
    snapshot: null,
    refunds: [],
    paidAt: null,
    deletedAt: null,
    fulfilledAt: null,
    edits: [],
    agreements: null,
    payments: null,
    customerTags: null,
    disputes: [],
  };
}

/** Takes tidings in. The result is the same in whatever order, and however often, they come. */
export function takeIn(known: OrderFacts, tidings: OrderTidings): OrderFacts {
  const refunds = new Map(known.refunds.map((refund) => [refund.id, refund]));
  for (const refund of tidings.refunds) {
    const before = refunds.get(refund.id);
    if (!before || isNewer(refund, before)) refunds.set(refund.id, refund);
  }
  const referral = oldest(known.referral ?? null, tidings.referral ?? null);
  const toldIn = oldest(known.toldIn ?? currencyIn(known.snapshot), currencyIn(tidings.snapshot));
  const snapshot = newerSnapshot(known.snapshot, tidings.snapshot);
  const prices = pricesPaid(known, tidings.snapshot, snapshot);
  return {
    id: known.id,
    snapshot,
    refunds: [...refunds.values()].sort(byTime),
    paidAt: earliest(known.paidAt, tidings.paidAt),
    deletedAt: earliest(known.deletedAt, tidings.deletedAt ?? null),
    fulfilledAt: earliest(known.fulfilledAt, tidings.fulfilledAt ?? null),
    edits: mergeEdits(known.edits, tidings.edits ?? []),
    agreements: laterOf(known.agreements, tidings.agreements ?? null),
    payments: laterOf(known.payments, tidings.payments ?? null),
    customerTags: oldest(known.customerTags, tidings.customerTags ?? null),
    ...(referral && { referral }),
    ...(toldIn && { toldIn }),
    ...(prices && { pricesPaid: prices }),
    disputes: mergeDisputes(known.disputes, tidings.disputes ?? []),
  };
}

function currencyIn(snapshot: OrderSnapshot | null): ToldCurrency | null {
  return snapshot && { asOf: snapshot.updatedAt, currency: snapshot.currency };
}

function newerSnapshot(
  known: OrderSnapshot | null,
  told: OrderSnapshot | null,
): OrderSnapshot | null {
  if (!told) return known;
  if (!known) return told;
  const newer = outranks(told, known) ? told : known;
  return { ...newer, lines: keepWhatIsPinned(newer.lines, known.lines, told.lines) };
}

function isNewer(a: RefundFacts, b: RefundFacts): boolean {
  if (a.toldAt !== b.toldAt) return a.toldAt > b.toldAt;
  const [oddA, oddB] = [a.odd?.length ?? 0, b.odd?.length ?? 0];
  if (oddA !== oddB) return oddA < oddB;
  return inOneOrder(a) > inOneOrder(b);
}

/**
 * Shopify stamps seconds, so two states of an order can share `updated_at`. Ties go to the state
 * that could be read, then to that which is further along, whichever comes first.
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
    1000 - (snapshot.odd?.length ?? 0),
    snapshot.cancelledAt === null ? 0 : 1,
    snapshot.knownRefundIds.length,
    PAYMENT_ORDER.indexOf(snapshot.payment),
    snapshot.customerId === null ? 0 : 1,
    snapshot.lines.length,
  ];
  return steps.map((step) => String(step).padStart(6, '0')).join('.');
}

/**
 * A product may change its category later; the order keeps what was known first. Whether a line was
 * bought by a selling plan never changes, but not everyone who tells of the line says it.
 */
function keepWhatIsPinned(
  lines: readonly OrderLine[],
  known: readonly OrderLine[],
  told: readonly OrderLine[],
): readonly OrderLine[] {
  const [before, now] = [known, told].map((all) => new Map(all.map((line) => [line.id, line])));
  return lines.map((line) => {
    const [first, second] = [before?.get(line.id), now?.get(line.id)];
    const product = first?.product ?? line.product;
    const sellingPlan = first?.sellingPlan ?? second?.sellingPlan ?? null;
    return product === line.product && sellingPlan === line.sellingPlan
      ? line
      : { ...line, product, sellingPlan, subscription: sellingPlan ?? line.subscription };
  });
}

function byTime(a: RefundFacts, b: RefundFacts): number {
  return a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);
}
