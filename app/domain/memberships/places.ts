/**
 * Memberships that only so many may have at a time. First come, first served: whether an order got a
 * place is decided once, when it is first known, and kept whoever comes or goes.
 */
import { isKept, runsOf } from './course.ts';
import { runs } from './purchases.ts';
import type { Purchase } from './purchases.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Places {
  /** Whether an order got a place of a membership, by `placeKey`. */
  readonly decided: Map<string, boolean>;
  /** How many members have it now, by the membership's key. */
  readonly taken: Map<string, number>;
  /** What is kept and got no place, by `placeKey`: a person is to look at it. */
  readonly refused: Map<string, Purchase>;
}

export function noPlaces(): Places {
  return { decided: new Map(), taken: new Map(), refused: new Map() };
}

export function placeKey(membershipKey: string, orderId: string): string {
  return `${membershipKey} ${orderId}`;
}

/**
 * What got a place. Going on needs none of its own; what would be over by now takes none.
 * @param purchases oldest first
 */
export function admitted(
  purchases: readonly Purchase[],
  places: Places,
  zone: string,
  now: Moment,
): readonly Purchase[] {
  if (!purchases.some(({ membership }) => membership.limit !== null)) return purchases;
  const kept: Purchase[] = [];
  for (const purchase of purchases) {
    if (isAdmitted(purchase, kept, places, zone, now)) kept.push(purchase);
    else places.refused.set(placeKey(purchase.membership.key, purchase.orderId), purchase);
  }
  return kept;
}

function isAdmitted(
  purchase: Purchase,
  before: readonly Purchase[],
  { decided, taken }: Places,
  zone: string,
  now: Moment,
): boolean {
  const { membership, orderId } = purchase;
  const { key, limit } = membership;
  if (limit === null || !runs(purchase) || !isKept(purchase)) return true;
  const place = placeKey(key, orderId);
  const known = decided.get(place);
  if (known !== undefined) return known;
  const own = before.filter((one) => one.membership.key === key && isKept(one) && runs(one));
  const running = runsOf(own, zone).at(-1);
  const goesOn = running !== undefined && purchase.from < running.lapsesAt;
  // What was over when it was first known has no place that could go on.
  const had = own.some((one) => decided.get(placeKey(key, one.orderId)) === true);
  if (goesOn && (had || running.lapsesAt > now)) {
    decided.set(place, true);
    return true;
  }
  const lapsesAt = runsOf([...own, purchase], zone).at(-1)?.lapsesAt ?? now;
  if (lapsesAt <= now) return true;
  const has = taken.get(key) ?? 0;
  decided.set(place, has < limit);
  if (has < limit) taken.set(key, has + 1);
  return has < limit;
}
