/** What a decision knows of time: which dates the lots have, and what falls due until its moment. */
import type { MemberCase } from './deciding.ts';
import type { Standing } from './orders/standing.ts';
import { activityOf } from './points/activity.ts';
import { awardKey } from './points/awards.ts';
import type { Award, Target } from './points/awards.ts';
import type { Books } from './points/books.ts';
import { calendarOf } from './points/calendar.ts';
import type { Calendar } from './points/calendar.ts';
import { expiryDates, expiryTimeline } from './points/expiry.ts';
import type { Grace, Redemption } from './points/redemption.ts';
import { inForce } from './programme/terms.ts';
import type { ShopTerms } from './programme/terms.ts';
import type { Moment } from './time/shop-time.ts';

export interface Passing {
  /** All redemptions as they are by now, by their id. */
  readonly redemptions: Map<string, Redemption>;
  readonly grace: Grace;
  readonly calendar: Calendar;
}

export function passingOf(
  member: MemberCase,
  standings: readonly Standing[],
  shop: ShopTerms,
  now: Moment,
): Passing {
  const redemptions = new Map((member.redemptions ?? []).map((one) => [one.id, one]));
  countExpired(member.books, member.awards);
  const timeline = expiryTimeline(shop, now);
  const activity = timeline.some(({ kind }) => kind === 'inactivity')
    ? activityOf({ ...member, standings, redemptions: redemptions.values() }, shop, now)
    : [];
  const dateOf = expiryDates(timeline, activity, shop.timeZone);
  const days = inForce(shop, now)?.version.document.returnGraceDays ?? 0;
  const grace = { now, days, zone: shop.timeZone, dateOf };
  return { redemptions, grace, calendar: calendarOf(member.books, dateOf, now) };
}

/** The books count on from what had expired of the awards before. */
function countExpired({ expired }: Books, awards: readonly Award[]): void {
  for (const award of awards) {
    const points = award.expired ?? 0;
    if (points === 0 || expired.has(awardKey(award))) continue;
    const { sourceKind, sourceId, ruleKey } = award;
    expired.set(awardKey(award), { sourceKind, sourceId, ruleKey, points, touched: false });
  }
}

/** What is withdrawn is taken back as the version says by which it was given. */
export function byItsVersion(target: Target, shop: ShopTerms): Target {
  if (target.clawback !== null) return target;
  const given = shop.versions.find(({ version }) => version.version === target.programmeVersion);
  return { ...target, clawback: given?.version.document.clawback ?? 'unlimited' };
}
