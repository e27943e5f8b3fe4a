/** Badges that were given by hand: each gift is a row of its own, so that taking one back leaves another. */
import { deed } from '../activities/activity.ts';
import type { Activity } from '../activities/activity.ts';
import type { Moment } from '../time/shop-time.ts';

const BETWEEN = ':';

export function badgeGift(badgeKey: string, giftId: string, at: Moment): Activity {
  return deed('badge', `${badgeKey}${BETWEEN}${giftId}`, at);
}

/** Since when each is had, by its key; `won` are those that came as prizes. */
export function badgesGiven(
  activities: readonly Activity[],
  won: ReadonlyMap<string, Moment>,
  now: Moment,
): ReadonlyMap<string, Moment> {
  const given = new Map<string, Moment>(won);
  for (const { kind, id, occurredAt, withdrawnAt } of activities) {
    if (kind !== 'badge' || occurredAt === null || occurredAt > now || withdrawnAt !== null)
      continue;
    const [key = ''] = id.split(BETWEEN);
    given.set(key, Math.min(occurredAt, given.get(key) ?? Infinity));
  }
  return given;
}
