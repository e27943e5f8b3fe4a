/**
 * Orders of guests. They wait under a keyed hash of their e-mail, and belong to whoever logs in with
 * that e-mail: those that were placed so many days before the first such login, and any between it and
 * the latest. Who logged in first after the order was placed is the one.
 */
import { membershipTerms } from './membership.ts';
import type { ShopTerms } from '../programme/terms.ts';
import { addDays } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Login {
  readonly memberId: string;
  readonly firstAt: Moment;
  readonly lastAt: Moment;
}

/** @param logins with the e-mail of the order. @returns the member whose order it is; null while it waits */
export function claimantOf(
  placedAt: Moment,
  logins: readonly Login[],
  shop: ShopTerms,
): string | null {
  const [first] = logins
    .filter(({ firstAt, lastAt }) => placedAt <= lastAt && placedAt >= windowBefore(firstAt, shop))
    .map(({ memberId, firstAt }) => ({ memberId, at: Math.max(firstAt, placedAt) }))
    .sort((a, b) => a.at - b.at || (a.memberId < b.memberId ? -1 : 1));
  return first?.memberId ?? null;
}

function windowBefore(login: Moment, shop: ShopTerms): Moment {
  const days = membershipTerms(shop, login)?.claimDays;
  return days === undefined ? Infinity : addDays(login, -days, shop.timeZone);
}

/** One text for an e-mail, however it was typed. */
export function oneEmail(email: string): string {
  return email.trim().toLowerCase();
}
