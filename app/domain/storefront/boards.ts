/** Leaderboards as shoppers see them before anybody stands on them: what they are about and what they give. */
import { spanWith } from '../leaderboards/seasons.ts';
import type { LeaderboardTerms, ProgrammeTerms } from '../programme/terms.ts';
import { shopDay } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface OfferedBoard {
  readonly key: string;
  readonly name: string;
  readonly words: string;
  readonly metric: string;
  /** The last of the shop's days; null where it does not run. */
  readonly until: string | null;
  readonly prizes: readonly {
    readonly from: number | null;
    readonly to: number | null;
    readonly percent: number | null;
    readonly points: number;
    readonly reward: string | null;
    readonly badge: string | null;
  }[];
}

export function offeredBoards(
  terms: ProgrammeTerms,
  now: Moment,
  timeZone: string,
): readonly OfferedBoard[] {
  return terms.leaderboards.map((board) => ({
    ...{ key: board.key, name: board.name, words: board.item.description },
    metric: board.definition.kind,
    until: lastDay(board, now, timeZone),
    prizes: board.item.prizes.map(({ from, to, percent, points, reward, badge }) => ({
      ...{ from, to, percent, points },
      reward: terms.rewards.find(({ key }) => key === reward)?.name ?? null,
      badge: terms.badges.find(({ key }) => key === badge)?.name ?? null,
    })),
  }));
}

function lastDay(
  { item, startsAt, endsAt }: LeaderboardTerms,
  now: Moment,
  timeZone: string,
): string | null {
  if (item.season !== 'fixed')
    return shopDay(spanWith(item.season, now, timeZone).endsAt - 1, timeZone);
  const runs = startsAt !== null && endsAt !== null && now >= startsAt && now < endsAt;
  return runs ? shopDay(endsAt - 1, timeZone) : null;
}
