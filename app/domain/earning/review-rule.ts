/** Points for a published review, whatever its stars. Taken down means taken back. */
import { z } from 'zod';
import type { EarningDefinition } from './definition.ts';

const settings = z.strictObject({
  points: z.int().min(1).max(1_000_000),
  photoBonus: z.int().min(0).max(1_000_000),
  videoBonus: z.int().min(0).max(1_000_000),
});

export const reviewRule: EarningDefinition<z.infer<typeof settings>> = {
  kind: 'review',
  words: {
    label: 'Reviewing',
    help: 'Points when a review is published, never depending on the stars.',
  },
  settings,
  defaults: { points: 50, photoBonus: 0, videoBonus: 0 },
  fields: [
    { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
    { name: 'photoBonus', input: 'integer', label: 'More with a photo', unit: 'points' },
    { name: 'videoBonus', input: 'integer', label: 'More with a video', unit: 'points' },
  ],
  worth: (rule, fact, terms) => {
    if (fact.kind !== 'review') return null;
    const { review } = fact;
    const due =
      rule.points +
      (review.withPhoto ? rule.photoBonus : 0) +
      (review.withVideo ? rule.videoBonus : 0);
    const points = review.published ? due : 0;
    return {
      steps: [{ step: 'earn', at: review.createdAt, total: points }],
      explanation: {
        rule: 'fixed',
        programmeVersion: terms.programmeVersion,
        ruleName: terms.ruleName,
        because: review.published ? 'review-published' : 'review-not-published',
        points,
      },
    };
  },
  offer: ({ points }) => ({ on: 'review', points }),
};
