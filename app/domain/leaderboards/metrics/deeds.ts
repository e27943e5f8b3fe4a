/** What else can be counted: reviews, friends, challenges. */
import { z } from 'zod';
import { isWithin } from './definition.ts';
import type { ScoreMetric } from './definition.ts';

const nothing = z.strictObject({});
type Nothing = z.infer<typeof nothing>;

export const reviewsMetric: ScoreMetric<Nothing> = {
  kind: 'reviews',
  words: {
    label: 'Reviews',
    help: 'Published reviews. Those that are taken down do not count.',
    unit: 'reviews',
  },
  settings: nothing,
  defaults: {},
  fields: [],
  hidden: false,
  scored: (_, { span, reviews }) =>
    reviews
      .filter(({ createdAt }) => isWithin(span, createdAt))
      .map(({ createdAt }) => ({ at: createdAt, amount: 1 })),
};

export const referralsMetric: ScoreMetric<Nothing> = {
  kind: 'referrals',
  words: {
    label: 'Friends referred',
    help: 'Friends whose order brought the member a prize, on the day on which it did.',
    unit: 'friends',
  },
  settings: nothing,
  defaults: {},
  fields: [],
  hidden: false,
  scored: (_, { span, referrals }) => referrals.filter(({ at }) => isWithin(span, at)),
};

const chosen = z.strictObject({ challenges: z.array(z.string().max(40)).max(50).default([]) });

export const challengesMetric: ScoreMetric<z.infer<typeof chosen>> = {
  kind: 'challenges',
  words: {
    label: 'Challenges completed',
    help: 'Each challenge that was completed in the season and still is.',
    unit: 'challenges',
  },
  settings: chosen,
  defaults: { challenges: [] },
  fields: [
    {
      name: 'challenges',
      input: 'challenges',
      label: 'Only these challenges',
      help: 'Choose none for all of them.',
    },
  ],
  hidden: false,
  scored: ({ challenges: keys }, { span, challenges }) =>
    challenges
      .filter(({ key, at }) => (keys.length === 0 || keys.includes(key)) && isWithin(span, at))
      .map(({ at }) => ({ at, amount: 1 })),
};

const one = z.strictObject({
  challenge: z
    .string()
    .max(40)
    .nullable()
    .refine((key): boolean => key !== null, { error: 'Choose a challenge.' }),
});

export const progressMetric: ScoreMetric<z.infer<typeof one>> = {
  kind: 'progress',
  words: {
    label: 'Progress in a challenge',
    help: 'How far members are in one challenge, by what they do in the season.',
    unit: 'steps',
  },
  settings: one,
  defaults: { challenge: null },
  fields: [{ name: 'challenge', input: 'challenge', label: 'Challenge' }],
  hidden: false,
  scored: ({ challenge }, { span, progressOf }) =>
    challenge === null ? [] : [{ at: span.startsAt, amount: progressOf(challenge) }],
};
