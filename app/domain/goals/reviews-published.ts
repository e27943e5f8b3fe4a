/** "Five published reviews": taken-down reviews do not count. */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';

const settings = z.strictObject({ count: z.int().min(1).max(1000) });

export const reviewsPublished: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'reviews-published',
  words: {
    label: 'Write reviews',
    help: 'Reached with a number of published reviews. Reviews that are taken down do not count.',
  },
  settings,
  defaults: { count: 5 },
  fields: [{ name: 'count', input: 'integer', label: 'Reviews', unit: 'reviews' }],
  measure: { setting: 'count', of: 'count' },
  listens: () => ['review'],
  reach: ({ count }, { reviews }) => ({
    have: Math.min(reviews.length, count),
    need: count,
    counted: [],
    completedAt: reviews[count - 1]?.createdAt ?? null,
  }),
};
