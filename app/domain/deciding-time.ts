/** What a decision knows of time: which dates the lots have, and what falls due until its moment. */
import type { MemberCase } from './deciding.ts';
import type { Standing } from './orders/standing.ts';
import { activityOf } from './points/activity.ts';
import { awardKey } from './points/awards.ts';
import type { Award, Target } from './points/awards.ts';
import type { Books } from './points/books.ts';
import { calendarOf } from './points/calendar.ts';
import type { Calendar } from './points/calendar.ts';
import { endsByInactivity, expiryDates, expiryTimeline } from './points/expiry.ts';
import { reviveLapsed } from './points/lapses.ts';
import type { Grace, Redemption } from './points/redemption.ts';
import { inForce } from './programme/terms.ts';
import type { ShopTerms } from './programme/terms.ts';
import { sameContent } from './same-content.ts';
import type { Moment } from './time/shop-time.ts';

export interface Passing {
  /** All redemptions as they are by now, by their id. */
  readonly redemptions: Map<string, Redemption>;
  readonly grace: Grace;
  readonly calendar: Calendar;
  /** What expired because a fact was not known comes back. */
  readonly revive: (awards: ReadonlyMap<string, Award>) => void;
  /** What this decision posted is activity that it did not know of when it began. */
  readonly isOutlived: (awards: Iterable<Award>) => boolean;
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
  const lapses = endsByInactivity(shop);
  const activityBy = (awards: Iterable<Award>): readonly Moment[] =>
    activityOf({ ...member, standings, awards, redemptions: redemptions.values() }, shop, now);
  const activity = lapses ? activityBy(member.awards) : [];
  const dateOf = expiryDates(timeline, activity, shop.timeZone);
  const days = inForce(shop, now)?.version.document.returnGraceDays ?? 0;
  const grace = { now, days, zone: shop.timeZone, dateOf };
  return {
    ...{ redemptions, grace, calendar: calendarOf(member.books, dateOf, now, lapses) },
    revive: (awards) => {
      if (lapses) reviveLapsed(member.books, awards, dateOf);
    },
    isOutlived: (awards) => lapses && !sameContent(activityBy(awards), activity),
  };
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
