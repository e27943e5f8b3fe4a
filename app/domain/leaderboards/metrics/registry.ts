import { challengesMetric, progressMetric, referralsMetric, reviewsMetric } from './deeds.ts';
import type { ScoreMetric } from './definition.ts';
import { ordersMetric, spendMetric } from './orders.ts';
import { pointsMetric } from './points.ts';
import { registryOf } from '../../registry.ts';

/** Everything that leaderboards can rank by. A new one is a definition and one line here. */
export const scoreMetrics = registryOf<ScoreMetric>('leaderboard metric', [
  pointsMetric as ScoreMetric,
  spendMetric as ScoreMetric,
  ordersMetric as ScoreMetric,
  reviewsMetric as ScoreMetric,
  referralsMetric as ScoreMetric,
  challengesMetric as ScoreMetric,
  progressMetric as ScoreMetric,
]);
