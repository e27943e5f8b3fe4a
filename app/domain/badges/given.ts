/** Badges that were given by hand: each gift is a row of its own, so that taking one back leaves another. */
import { deed } from '../activities/activity.ts';
import type { Activity } from '../activities/activity.ts';
import { inForce } from '../programme/terms.ts';
import type { ShopTerms } from '../programme/terms.ts';
import { roundAt } from '../time/rounds.ts';
import type { Moment } from '../time/shop-time.ts';

const BETWEEN = ':';

export function badgeGift(badgeKey: string, giftId: string, at: Moment): Activity {
  return deed('badge', `${badgeKey}${BETWEEN}${giftId}`, at);
}

/** When each was given, by its key; `won` are those that came as prizes. */
export function badgesGiven(
  activities: readonly Activity[],
  won: ReadonlyMap<string, readonly Moment[]>,
  now: Moment,
): ReadonlyMap<string, readonly Moment[]> {
  const given = new Map(won);
  for (const { kind, id, occurredAt, withdrawnAt } of activities) {
    if (kind !== 'badge' || occurredAt === null || occurredAt > now || withdrawnAt !== null)
      continue;
    const [key = ''] = id.split(BETWEEN);
    given.set(key, [...(given.get(key) ?? []), occurredAt]);
  }
  return given;
}

/** Under which it is kept that a member has the badge: in each season anew. */
export function rowOfBadge(key: string, shop: ShopTerms, now: Moment): string {
  const badge = inForce(shop, now)?.badges.find((one) => one.key === key);
  const season = badge?.item.season ?? 'once';
  return season === 'once'
    ? `badge:${key}`
    : `badge:${key}@${roundAt(now, season, shop.timeZone).id}`;
}
