/** Streaks: where the member stands, what milestones give, what is told, and when time changes any of it. */
import type { Deciding } from './deciding.ts';
import type { Boost } from './prizes/boosts.ts';
import { givePrizes } from './prizes/give-prizes.ts';
import { reachablesOf } from './reaches/compile.ts';
import { streakNews } from './streaks/news.ts';
import { streakRow } from './streaks/shown.ts';
import type { StreakRow } from './streaks/shown.ts';
import { usesStreaks } from './streaks/streaks-of.ts';
import type { MemberStreak } from './streaks/streaks-of.ts';
import { addDays } from './time/shop-time.ts';

/** @returns null where no version of the programme has any */
export function decideStreaks(
  deciding: Deciding,
  streaks: readonly MemberStreak[],
): readonly StreakRow[] | null {
  const { member, shop, now, membership, tell, wakeAt } = deciding;
  const { noteReached, boostOrders } = deciding;
  if (!usesStreaks(shop)) return null;
  if (membership.state === 'not-joined') return [];
  givePrizes(
    deciding,
    'streak',
    streaks.flatMap(({ key, milestones }) =>
      milestones.map(({ milestone, since, at, name, programmeVersion }) => ({
        ...{ sourceId: `${key}@${since}`, ruleKey: `at-${milestone.at}` },
        ...{ name: `${name}: ${milestone.at}`, because: 'streak-reached' as const },
        ...{ at, programmeVersion, prize: milestone.prize },
      })),
    ),
  );
  for (const boost of streaks.flatMap((one) => boostsOf(one, shop.timeZone))) boostOrders(boost);
  // Nobody looks at lengths unless a badge or a challenge asks for them.
  const isAsked = (reachablesOf(shop).byTopic.get('reached') ?? []).length > 0;
  for (const { key, lengths } of isAsked ? streaks : []) {
    for (const { length, since, at } of lengths)
      noteReached(`streak:${key}:${length}@${since}`, at);
  }
  const news = streakNews(streaks, member.enrolledAt ?? null, now);
  for (const event of news.events) tell(event);
  for (const moment of news.later) wakeAt(moment);
  return streaks.flatMap((streak) => streakRow(streak, shop.timeZone));
}

/** What orders earn with after its milestones. */
function boostsOf({ key, milestones }: MemberStreak, zone: string): Boost[] {
  return milestones.flatMap(({ milestone: { boost }, at, name }) =>
    boost === null
      ? []
      : {
          ...{ source: `streak:${key}`, name, by: boost.by, from: at },
          until: addDays(at, boost.days, zone),
        },
  );
}
