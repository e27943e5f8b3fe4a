/** What is played beside buying: friends, streaks, quizzes, leaderboards, games. Badges and challenges look at it. */
import { decideGames } from './decide-games.ts';
import type { DecidedGames } from './decide-games.ts';
import { decideLeaderboards } from './decide-leaderboards.ts';
import { decideQuizzes } from './decide-quizzes.ts';
import { decideReferrals } from './decide-referrals.ts';
import type { ReferralChange } from './decide-referrals.ts';
import { decideStreaks } from './decide-streaks.ts';
import type { Deciding } from './deciding.ts';
import type { StreakRow } from './streaks/shown.ts';
import type { MemberStreak } from './streaks/streaks-of.ts';

export interface DecidedPlay {
  readonly referrals: readonly ReferralChange[];
  readonly streaks: readonly StreakRow[] | null;
  readonly games: DecidedGames;
}

export function decidePlayed(deciding: Deciding, ran: readonly MemberStreak[]): DecidedPlay {
  const referrals = decideReferrals(deciding);
  const streaks = decideStreaks(deciding, ran);
  decideQuizzes(deciding);
  decideLeaderboards(deciding);
  return { referrals, streaks, games: decideGames(deciding) };
}
