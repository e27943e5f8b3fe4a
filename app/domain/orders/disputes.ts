/**
 * Chargebacks and inquiries. While one is open nothing happens to the points: the shopper may be right
 * about something else, and the merchant has not lost the money yet. Lost or accepted, the money is
 * gone, and so is what it earned; won, it is back.
 */
import { inShopMoney } from './in-shop-money.ts';
import { laterOf } from './merging.ts';
import type { OrderSnapshot } from './order-facts.ts';
import type { Moment } from '../time/shop-time.ts';

/** Settled: won, prevented, or refunded, in which case the refund says it itself. */
export type DisputeState = 'open' | 'lost' | 'settled';

export interface DisputedMoney {
  readonly asOf: Moment;
  readonly amountMinor: number;
  readonly currency: string;
}

export interface DisputeTidings {
  readonly id: string;
  readonly state: DisputeState;
  readonly at: Moment;
  /** Null where only the state is told. */
  readonly money: DisputedMoney | null;
}

export interface DisputeFacts {
  readonly id: string;
  /** Every state it was seen in, with the first and the last moment of that. */
  readonly seen: readonly (readonly [state: DisputeState, first: Moment, last: Moment])[];
  readonly money: DisputedMoney | null;
}

export function mergeDisputes(
  known: readonly DisputeFacts[],
  told: readonly DisputeTidings[],
): readonly DisputeFacts[] {
  if (told.length === 0) return known;
  const byId = new Map(known.map((dispute) => [dispute.id, dispute]));
  for (const one of told) {
    const before = byId.get(one.id) ?? { id: one.id, seen: [], money: null };
    byId.set(one.id, {
      id: one.id,
      seen: withSighting(before.seen, one),
      money: laterOf(before.money, one.money),
    });
  }
  return [...byId.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** How it stands: an end beats being open, and of two ends the later one. */
export function disputeNow({ seen }: DisputeFacts): {
  readonly state: DisputeState;
  readonly at: Moment;
} {
  const ends = seen.filter(([state]) => state !== 'open');
  const [found] = (ends.length > 0 ? ends : [...seen]).sort(
    (a, b) => b[2] - a[2] || (a[0] === 'settled' ? -1 : 1),
  );
  return found ? { state: found[0], at: found[1] } : { state: 'open', at: 0 };
}

/**
 * What a lost dispute took, in the order's currency: all of it where no amount is told.
 * @returns null when the amount is in a currency that cannot be turned into the order's
 */
export function lostMinor(
  { money }: DisputeFacts,
  snapshot: Pick<
    OrderSnapshot,
    'currency' | 'totalMinor' | 'presentmentCurrency' | 'presentmentTotalMinor'
  >,
): number | null {
  if (!money) return Infinity;
  const amount = Math.max(0, money.amountMinor);
  const { currency, presentmentCurrency, presentmentTotalMinor: seen } = snapshot;
  const asSeen = money.currency !== currency && money.currency === presentmentCurrency;
  if (asSeen && seen !== null && seen > 0 && amount >= seen) return Infinity;
  return inShopMoney(amount, money.currency, snapshot);
}

function withSighting(
  seen: DisputeFacts['seen'],
  { state, at }: DisputeTidings,
): DisputeFacts['seen'] {
  const before = seen.find(([known]) => known === state);
  const sighting = [
    state,
    Math.min(at, before?.[1] ?? at),
    Math.max(at, before?.[2] ?? at),
  ] as const;
  return [...seen.filter(([known]) => known !== state), sighting].sort(([a], [b]) =>
    a < b ? -1 : 1,
  );
}
