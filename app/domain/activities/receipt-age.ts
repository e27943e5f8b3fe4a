import { addDays, dayStart, shopDay } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** Whether so many days of the shop's calendar have passed since the day on the receipt. */
export function isTooOld(
  purchasedOn: string,
  withinDays: number,
  at: Moment,
  zone: string,
): boolean {
  const last = addDays(dayStart(purchasedOn, zone), withinDays, zone);
  return shopDay(last, zone) < shopDay(at, zone);
}
