/** How each kind of figures is counted. What comes out is kept as JSON. */
import type pg from 'pg';
import { countCampaigns } from './campaign-figures.ts';
import type { CampaignFigures } from './campaign-figures.ts';
import { homeFigures } from './home-figures.ts';
import type { HomeFigures } from './home-figures.ts';
import { countReferrals } from './referral-figures.ts';
import type { ReferralFigures } from './referral-figures.ts';
import { countRewards } from './reward-figures.ts';
import type { RewardFigures } from './reward-figures.ts';
import type { AsksOf, FigureAsks, FigureKind } from '../../domain/figures/figure-asks.ts';
import type { CountedAnswer } from '../../domain/quizzes/tally.ts';
import { countGames } from '../games/tally.ts';
import type { GamesTally } from '../games/tally.ts';
import { playFigures } from '../play/play-figures.ts';
import type { PlayFigures } from '../play/play-figures.ts';
import { ordersMeanwhile, reachFigures, streakFigures } from '../play/reach-figures.ts';
import type { MilestoneFigures, OrdersMeanwhile, ReachFigures } from '../play/reach-figures.ts';
import { countAnswers, countQuizzes } from '../quizzes/count-answers.ts';

interface FiguresByKind {
  readonly home: HomeFigures;
  /** By "challenge:explorer". */
  readonly play: Readonly<Record<string, PlayFigures>>;
  readonly reach: ReachFigures;
  readonly streak: readonly MilestoneFigures[];
  readonly orders: OrdersMeanwhile;
  readonly campaigns: Readonly<Record<string, CampaignFigures>>;
  readonly rewards: Readonly<Record<string, RewardFigures>>;
  readonly referrals: ReferralFigures;
  readonly games: GamesTally;
  /** Who has answered each, by its key. */
  readonly quizzes: Readonly<Record<string, number>>;
  readonly answers: readonly CountedAnswer[];
}

export type FiguresOf<Kind extends FigureKind> = FiguresByKind[Kind];

type Counters = {
  readonly [Kind in FigureKind]: (
    pool: pg.Pool | pg.PoolClient,
    shopId: string,
    asks: AsksOf<Kind>,
    now: number,
  ) => Promise<FiguresOf<Kind>>;
};

const counters: Counters = {
  home: (pool, shopId, { timeZone }, now) => homeFigures(pool, shopId, timeZone, now),
  play: async (pool, shopId) => Object.fromEntries(await playFigures(pool, shopId)),
  reach: (pool, shopId, { name }) => reachFigures(pool, shopId, name),
  streak: (pool, shopId, { name, lengths }) => streakFigures(pool, shopId, name, lengths),
  orders: (pool, shopId, asks, now) => ordersMeanwhile(pool, shopId, asks, now),
  campaigns: (pool, shopId) => countCampaigns(pool, shopId),
  rewards: (pool, shopId, { currency }) => countRewards(pool, shopId, currency),
  referrals: (pool, shopId) => countReferrals(pool, shopId),
  games: (pool, shopId) => countGames(pool, shopId),
  quizzes: async (pool, shopId) => Object.fromEntries(await countQuizzes(pool, shopId)),
  answers: (pool, shopId, { name }) => countAnswers(pool, shopId, name),
};

export function countFigures<Kind extends FigureKind>(
  pool: pg.Pool | pg.PoolClient,
  shopId: string,
  asks: AsksOf<Kind>,
  now: number,
): Promise<FiguresOf<Kind>> {
  return counterOf<Kind>(asks)(pool, shopId, asks, now);
}

function counterOf<Kind extends FigureKind>({ kind }: FigureAsks): Counters[Kind] {
  return counters[kind as Kind];
}
