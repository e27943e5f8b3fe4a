/** A member's streaks, by the versions of the programme that held when something was done. */
import type { Activity } from '../activities/activity.ts';
import { streakCourse } from './course.ts';
import type {
  ReachedLength,
  ReachedMilestone,
  StreakCourse,
  StreakDone,
  StreakSpan,
} from './course.ts';
import { streakDeeds } from './deeds.ts';
import type { StreakFacts } from './deeds.ts';
import type { StreakTerms } from './streak-terms.ts';
import type { Membership } from '../members/membership.ts';
import type { Standing } from '../orders/standing.ts';
import { inForce } from '../programme/terms.ts';
import type { ShopTerms } from '../programme/terms.ts';
import type { ReviewFacts } from '../reviews/review-facts.ts';
import type { Moment } from '../time/shop-time.ts';

export interface MemberStreak {
  readonly key: string;
  /** By the version in force; null where it has none of it. */
  readonly terms: StreakTerms | null;
  readonly course: StreakCourse;
  /** Also those of a time in which it had other periods. */
  readonly milestones: readonly ReachedMilestone[];
  readonly lengths: readonly ReachedLength[];
}

export function usesStreaks({ versions }: ShopTerms): boolean {
  return versions.some(({ streaks }) => streaks.length > 0);
}

/** Every streak of any version; those of which nothing was ever done are left out. */
export function streaksOf({
  member,
  membership,
  standings,
  shop,
  now,
}: {
  readonly member: {
    readonly reviews: readonly ReviewFacts[];
    readonly activities?: readonly Activity[];
  };
  readonly membership: Membership;
  readonly standings: readonly Standing[];
  readonly shop: ShopTerms;
  readonly now: Moment;
}): readonly MemberStreak[] {
  if (membership.state === 'not-joined' || !usesStreaks(shop)) return [];
  const activities = member.activities ?? [];
  const terms = inForce(shop, now);
  const facts: StreakFacts = {
    ...{ orders: standings, reviews: member.reviews, activities },
    testOrdersCount: terms?.version.document.testOrdersEarn ?? false,
  };
  const isCounted = (at: Moment): boolean => membership.outside(at) === null;
  const keys = new Set(shop.versions.flatMap(({ streaks }) => streaks.map(({ key }) => key)));
  const done = doneBy(facts, shop, isCounted);
  return [...keys].flatMap((key): MemberStreak[] => {
    const given = freezesOf(activities, key).filter(isCounted);
    const times = timesOf(spansOf(key, shop));
    const courses = times.map((spans) => streakCourse(spans, done, given, shop.timeZone, now));
    const course = courses.at(-1);
    if (!course || courses.every(({ best }) => best === 0)) return [];
    return [
      {
        ...{ key, course },
        terms: terms?.streaks.find((streak) => streak.key === key) ?? null,
        milestones: courses.flatMap(({ milestones }) => milestones),
        lengths: courses.flatMap(({ lengths }) => lengths),
      },
    ];
  });
}

/** Only kinds that some streak asks for. */
function doneBy(
  facts: StreakFacts,
  { versions }: ShopTerms,
  isCounted: (at: Moment) => boolean,
): readonly StreakDone[] {
  const kinds = new Set(versions.flatMap(({ streaks }) => streaks.flatMap(({ of }) => of)));
  return [...kinds].flatMap((kind) =>
    (streakDeeds.find(kind)?.moments(facts) ?? []).filter(isCounted).map((at) => ({ at, kind })),
  );
}

function freezesOf(activities: readonly Activity[], key: string): Moment[] {
  return activities.flatMap(({ kind, content, occurredAt, withdrawnAt }) =>
    kind === 'freeze' && content['streak'] === key && withdrawnAt === null
      ? (occurredAt ?? [])
      : [],
  );
}

/** When each version of it held, oldest first. */
function spansOf(key: string, { versions }: ShopTerms): StreakSpan[] {
  return versions.flatMap(({ version, streaks }, index): StreakSpan[] => {
    const terms = streaks.find((streak) => streak.key === key);
    if (!terms) return [];
    const from = Math.max(version.effectiveAt, terms.from);
    const until = Math.min(versions[index + 1]?.version.effectiveAt ?? Infinity, terms.until);
    return from < until ? [{ from, until, terms, programmeVersion: version.version }] : [];
  });
}

/** Days in a row and weeks in a row are two things: with another period it begins anew. */
function timesOf(spans: readonly StreakSpan[]): StreakSpan[][] {
  const times: StreakSpan[][] = [];
  for (const span of spans) {
    const last = times.at(-1);
    if (last && last[0]?.terms.period === span.terms.period) last.push(span);
    else times.push([span]);
  }
  return times;
}
