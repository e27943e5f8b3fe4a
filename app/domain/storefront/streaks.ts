/** Streaks as shoppers see them: what is offered, and how far a member is. */
import type { ProgrammeTerms } from '../programme/terms.ts';
import { freezeCost, shownStreak } from '../streaks/shown.ts';
import type { Milestone } from '../streaks/streak-terms.ts';
import type { StreakPeriod } from '../streaks/settings.ts';
import { toText } from '../money/rational.ts';
import { shopDay } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface ShownMilestone {
  readonly at: number;
  readonly points: number;
  /** Names. */
  readonly reward: string | null;
  readonly badge: string | null;
  readonly multiplier: string | null;
  readonly days: number;
}

type Names = Pick<ProgrammeTerms, 'rewards' | 'badges'>;

/** A document of Shopify's has its bounds, and streaks are not all that is in it. */
const MOST_BYTES = 12_000;

export interface OfferedStreak extends Pick<MembersStreak, 'key' | 'name' | 'of' | 'unit'> {
  readonly words: string;
  readonly freezeCost: number | null;
  /** The nearest first; as many as there is room for. */
  readonly milestones: readonly ShownMilestone[];
}

/** Of the programme, for who is no member. */
export function offeredStreaks(terms: ProgrammeTerms): readonly OfferedStreak[] {
  let left = MOST_BYTES;
  const fits = (part: object): boolean => {
    left -= new TextEncoder().encode(JSON.stringify(part)).length;
    return left >= 0;
  };
  return terms.streaks.map(({ key, name, words, of, period: unit, freezes, milestones }) => {
    const bare = { ...{ key, name, words, of, unit, freezeCost: freezes.cost }, milestones: [] };
    if (!fits(bare)) return { ...bare, words: '' };
    const sorted = milestones.toSorted((a, b) => a.at - b.at);
    const shown = sorted.map((one) => shownMilestone(one, terms));
    return { ...bare, milestones: shown.filter(fits) };
  });
}

export interface MembersStreak {
  readonly key: string;
  readonly name: string;
  readonly of: readonly string[];
  readonly unit: StreakPeriod;
  readonly now: number;
  readonly best: number;
  readonly freezes: number;
  readonly next: ShownMilestone | null;
  /** The last of the shop's days on which the next deed must come. */
  readonly by: string | null;
  /** What a freeze costs now; null where none can be bought. */
  readonly freezeCost: number | null;
  /** Whether this period is done. */
  readonly safe: boolean;
}

/** How far a member is with each. */
export function membersStreaks(
  terms: ProgrammeTerms,
  progress: readonly {
    readonly key: string;
    readonly have: number;
    readonly need: number;
    readonly counted: readonly string[];
    readonly until: Moment | null;
  }[],
  timeZone: string,
): readonly MembersStreak[] {
  return terms.streaks.map((streak) => {
    const { key, name, of, period: unit, milestones } = streak;
    const shown = shownStreak(
      progress.find((row) => row.key === `streak:${key}`),
      streak,
    );
    const { now, best, freezes, safe, by, nextAt } = shown;
    const next = milestones.find(({ at }) => at === nextAt);
    return {
      ...{ key, name, of, unit, now, best, freezes, safe },
      next: next ? shownMilestone(next, terms) : null,
      by: by === null ? null : shopDay(by - 1, timeZone),
      freezeCost: freezeCost(streak, shown),
    };
  });
}

function shownMilestone({ at, prize, boost }: Milestone, names: Names): ShownMilestone {
  const { points, reward, badge } = prize;
  return {
    ...{ at, points },
    reward: names.rewards.find(({ key }) => key === reward)?.name ?? null,
    badge: names.badges.find(({ key }) => key === badge)?.name ?? null,
    multiplier: boost ? toText(boost.by) : null,
    days: boost?.days ?? 0,
  };
}
