/**
 * What an order's facts say that cannot all be true. The sure part of it is booked; the rest is shown
 * to a person. A function of the facts, so whatever comes late can also settle it.
 */
import { disputeNow, lostMinor } from './disputes.ts';
import { inShopMoney } from './in-shop-money.ts';
import { paidAmount } from './order-amounts.ts';
import { takenOffSince } from './prices-paid.ts';
import type { OrderFacts, OrderLine, OrderSnapshot } from './order-facts.ts';
import { add, floor, ratio, ZERO } from '../money/rational.ts';

export const CONTRADICTIONS = [
  'unreadable',
  'currency-changed',
  'total-below-goods',
  'negative-quantity',
  'negative-amount',
  'discount-over-price',
  'refund-over-paid',
  'refund-over-pieces',
  'refund-of-unknown-line',
  'refund-in-other-currency',
  'dispute-in-other-currency',
] as const;
export type ContradictionKind = (typeof CONTRADICTIONS)[number];

export interface Contradiction {
  readonly kind: ContradictionKind;
  /** What was told and what it should fit: money in minor units of `currency`, else pieces. */
  readonly told: string;
  readonly limit: string;
  readonly currency: string | null;
  /** The title of the line, the name of the order, the id of the refund or dispute, or a place in the body. */
  readonly of: string;
}

/** At most one of each kind: the first by the order of the lines and of the refunds. */
export function contradictionsOf(facts: OrderFacts): readonly Contradiction[] {
  const { snapshot } = facts;
  if (!snapshot) return [];
  const found = [
    ...ofTelling(facts, snapshot),
    ...snapshot.lines.flatMap((line) => ofLine(line, snapshot)),
    ...ofRefunds(facts, snapshot),
    ...facts.disputes.flatMap((dispute): Contradiction[] => {
      if (disputeNow(dispute).state !== 'lost' || lostMinor(dispute, snapshot) !== null) return [];
      const { money, id } = dispute;
      const told = String(money?.amountMinor ?? 0);
      const [limit, currency] = ['0', money?.currency ?? null];
      return [{ kind: 'dispute-in-other-currency', told, limit, currency, of: id }];
    }),
  ];
  return CONTRADICTIONS.flatMap((kind) => found.find((one) => one.kind === kind) ?? []);
}

/** What could not be read, and what of the whole order does not fit. */
function ofTelling(facts: OrderFacts, snapshot: OrderSnapshot): Contradiction[] {
  const { refunds, toldIn } = facts;
  const { currency, name, lines, totalMinor } = snapshot;
  const found: Contradiction[] = [];
  const odd = [
    ...(snapshot.odd ?? []),
    ...refunds.flatMap((refund) =>
      (refund.odd ?? []).map((place) => `refund ${refund.id}: ${place}`),
    ),
  ];
  const [of] = odd;
  if (of !== undefined)
    found.push({ kind: 'unreadable', told: String(odd.length), limit: '0', currency: null, of });
  if (toldIn && toldIn.currency !== currency) {
    const figures = { told: currency, limit: toldIn.currency, currency: null };
    found.push({ kind: 'currency-changed', ...figures, of: name });
  }
  const goods = lines
    .map((line) =>
      paidAmount({ line, kept: Math.min(line.quantity, line.currentQuantity) }, snapshot),
    )
    .reduce(add, ZERO);
  // Tax and discounts of a line may each be rounded by one.
  const least = floor(goods) - 2 * lines.length;
  // What was edited or exchanged is paid by itself, and need not be in the total.
  const changed = snapshot.hasReturns || facts.edits.length > 0 || facts.agreements !== null;
  if (!changed && totalMinor > 0 && totalMinor < least) {
    const figures = { told: String(totalMinor), limit: String(floor(goods)), currency };
    found.push({ kind: 'total-below-goods', ...figures, of: name });
  }
  return found;
}

function ofLine(line: OrderLine, { currency }: OrderSnapshot): Contradiction[] {
  const found: Contradiction[] = [];
  const of = line.title || line.id;
  const least = Math.min(line.quantity, line.currentQuantity);
  if (least < 0)
    found.push({ kind: 'negative-quantity', told: String(least), limit: '0', currency: null, of });
  const amount = Math.min(line.priceMinor, line.discountMinor, line.taxMinor);
  if (amount < 0)
    found.push({ kind: 'negative-amount', told: String(amount), limit: '0', currency, of });
  const gross = Math.max(0, line.priceMinor) * Math.max(0, line.quantity);
  if (line.discountMinor > gross) {
    const [told, limit] = [String(line.discountMinor), String(gross)];
    found.push({ kind: 'discount-over-price', told, limit, currency, of });
  }
  return found;
}

function ofRefunds(facts: OrderFacts, snapshot: OrderSnapshot): Contradiction[] {
  const { currency } = snapshot;
  const found: Contradiction[] = [];
  const lines = new Map(snapshot.lines.map((line) => [line.id, line]));
  const taken = new Map<string, number>();
  let paidBack = 0;
  for (const refund of facts.refunds) {
    const own = refund.currency === null || refund.currency === currency;
    const usable = own || inShopMoney(0, refund.currency ?? '', snapshot) !== null;
    if (own) paidBack += refund.paidBackMinor ?? 0;
    else if ((refund.extraMinor > 0 && !usable) || refund.shippingMinor > 0) {
      const told = String(refund.extraMinor + refund.shippingMinor);
      const where = { limit: '0', currency: refund.currency, of: refund.id };
      found.push({ kind: 'refund-in-other-currency', told, ...where });
    }
    for (const { lineId, quantity } of refund.lines) {
      taken.set(lineId, (taken.get(lineId) ?? 0) + Math.max(0, quantity));
      const pieces = { told: String(quantity), limit: '0', currency: null };
      if (quantity < 0)
        found.push({ kind: 'negative-quantity', ...pieces, of: titleOf(lines, lineId) });
      // A state from before the edit that added the line does not know it yet.
      if (!lines.has(lineId) && refund.createdAt <= snapshot.updatedAt)
        found.push({ kind: 'refund-of-unknown-line', ...pieces, of: refund.id });
    }
  }
  for (const [lineId, pieces] of taken) {
    const bought = Math.max(0, lines.get(lineId)?.quantity ?? pieces);
    if (pieces <= bought) continue;
    const figures = { told: String(pieces), limit: String(bought), currency: null };
    found.push({ kind: 'refund-over-pieces', ...figures, of: titleOf(lines, lineId) });
  }
  const paid = paidBack > 0 ? paidFor(facts, snapshot) : 0;
  if (paidBack > paid) {
    const figures = { told: String(paidBack), limit: String(paid), currency };
    found.push({ kind: 'refund-over-paid', ...figures, of: snapshot.name });
  }
  return found;
}

/** All that there was to pay; added up where the body has no total. */
function paidFor(facts: OrderFacts, snapshot: OrderSnapshot): number {
  const { shippingMinor, shippingTaxMinor, taxesIncluded, tipMinor, dutiesMinor } = snapshot;
  const goods = snapshot.lines
    .map((line) => paidAmount({ line, kept: line.quantity }, snapshot))
    .reduce(add, ZERO);
  const rest = shippingMinor + (taxesIncluded ? 0 : shippingTaxMinor) + tipMinor + dutiesMinor;
  const before = takenOffSince(facts, snapshot, ({ quantity }) => Math.max(0, quantity));
  return Math.max(snapshot.totalMinor, floor(add(goods, ratio(rest)))) + floor(before);
}

function titleOf(lines: ReadonlyMap<string, OrderLine>, lineId: string): string {
  return lines.get(lineId)?.title || lineId;
}
