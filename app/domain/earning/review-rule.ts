/** Points for a published review, whatever its stars. Taken down means taken back. */
import { z } from 'zod';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';

const settings = z.strictObject({
  points: pointsPaid,
  photoBonus: z.int().min(0).max(1_000_000),
  videoBonus: z.int().min(0).max(1_000_000),
  /** Programmes from before there was this limit pay for each review. */
  perProduct: z.int().min(0).max(1000).default(0),
});

export const reviewRule: EarningDefinition<z.infer<typeof settings>> = {
  kind: 'review',
  words: {
    label: 'Reviewing',
    help: 'Points when a review is published, never depending on the stars.',
  },
  settings,
  defaults: { points: 50, photoBonus: 0, videoBonus: 0, perProduct: 1 },
  fields: [
    { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
    { name: 'photoBonus', input: 'integer', label: 'More with a photo', unit: 'points' },
    { name: 'videoBonus', input: 'integer', label: 'More with a video', unit: 'points' },
    {
      name: 'perProduct',
      input: 'integer',
      label: 'Most reviews of one product that pay',
      help: '0: as many as are published.',
    },
  ],
  worth: (rule, fact, terms) => {
    if (fact.kind !== 'review') return null;
    const { review, at, before } = fact;
    const due =
      rule.points +
      (review.withPhoto ? rule.photoBonus : 0) +
      (review.withVideo ? rule.videoBonus : 0);
    if (!review.published) return fixedWorth(terms, 0, at, 'review-not-published');
    const once = rule.perProduct > 0 && before.length >= rule.perProduct;
    return once
      ? fixedWorth(terms, 0, at, 'review-of-product-before')
      : fixedWorth(terms, due, at, 'review-published');
  },
  offer: ({ points }) => ({ on: 'review', points }),
};
