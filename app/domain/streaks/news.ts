/** What a member is told of a streak: a milestone, that it is about to end, that it is over. Only of what is new. */
import type { MemberStreak } from './streaks-of.ts';
import type { MemberEvent } from '../events.ts';
import { DAY } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** Deliveries may be a day late when a member is met, and a worker may have slept for weeks. */
const MET_LATE = DAY;
const TOLD_LATE = 31 * DAY;
const HOUR = 3_600_000;
/** One deed is no streak that anybody would miss. */
const WORTH_TELLING = 2;

export interface StreakNews {
  readonly events: readonly MemberEvent[];
  /** When there will be more to say, or something changes. */
  readonly later: readonly (Moment | null)[];
}

/** @param metAt when Laurel met the member; null when nothing is to be told of them yet */
export function streakNews(
  streaks: readonly MemberStreak[],
  metAt: Moment | null,
  now: Moment,
): StreakNews {
  const told = streaks.map((streak) => ofOne(streak, now));
  const news = metAt === null ? Infinity : Math.max(metAt - MET_LATE, now - TOLD_LATE);
  return {
    events: told.flatMap(({ events }) => events).filter(({ at }) => at >= news && at <= now),
    later: told.flatMap(({ later }) => later),
  };
}

function ofOne({ key, terms, course, milestones }: MemberStreak, now: Moment): StreakNews {
  const events = milestones.map(({ milestone, since, at, name }): MemberEvent => ({
    ...{ kind: 'streak-milestone', key: `streak:${key}@${since}:at-${milestone.at}`, at },
    content: { streak: key, name, length: milestone.at },
  }));
  if (!terms) return { events, later: [] };
  const { name, warnHours } = terms;
  for (const { at, length, left } of course.broken) {
    if (length < WORTH_TELLING) continue;
    events.push({
      ...{ kind: 'streak-broken', key: `streak-broken:${key}:${at}`, at },
      content: { streak: key, name, length, left },
    });
  }
  const { by, byFrom, length, freezes, changesAt } = course;
  if (by === null || byFrom === null) return { events, later: [] };
  const isAtRisk = warnHours > 0 && freezes === 0 && length >= WORTH_TELLING;
  const warnAt = Math.max(byFrom, by - warnHours * HOUR);
  if (isAtRisk && warnAt <= now) {
    events.push({
      ...{ kind: 'streak-at-risk', key: `streak-at-risk:${key}:${by}`, at: warnAt },
      content: { streak: key, name, length, by: new Date(by).toISOString() },
    });
  }
  return { events, later: [changesAt, ...(isAtRisk ? [warnAt] : [])] };
}
