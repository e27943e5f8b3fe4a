/** Points earned: by orders, reviews, friends and whatever else earns; not prizes, gifts and corrections. */
import { z } from 'zod';
import { isWithin, keptOf } from './definition.ts';
import type { ScoreMetric } from './definition.ts';

const settings = z.strictObject({});

export const pointsMetric: ScoreMetric<z.infer<typeof settings>> = {
  kind: 'points',
  words: {
    label: 'Points earned',
    help: 'Points for buying and whatever else earns, less those taken back. Prizes and gifts do not count.',
    unit: 'points',
  },
  settings,
  defaults: {},
  fields: [],
  hidden: false,
  scored: (_, { span, awards, orders }) => {
    const found = [];
    for (const { sourceKind, sourceId, qualifies, occurredAt, steps } of awards) {
      if (!qualifies || !isWithin(span, occurredAt)) continue;
      if (sourceKind === 'order' && !orders.has(sourceId)) continue;
      const changes = steps.map(([, points, at]) => [at, points] as const);
      found.push({ at: occurredAt, amount: keptOf(changes, span) });
    }
    return found;
  },
};
