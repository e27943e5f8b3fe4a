/** Challenges, as the merchant writes them. */
import { z } from 'zod';
import {
  audience,
  definition,
  instant,
  pointsGiven,
  prizeBadge,
  prizeDays,
  prizeMultiplier,
  prizeReward,
  settings,
} from '../programme/document-parts.ts';

/**
 * `fixed`: from its first day to its last. `rolling`: so many days for each member, from when they joined it
 * or became a member. `recurring`: anew in each week or month of the shop's calendar.
 */
export const CHALLENGE_WINDOWS = ['fixed', 'rolling', 'recurring'] as const;

const challenge = z.strictObject({
  ...definition,
  /** What it is about, in a sentence for shoppers. */
  words: z.string().trim().max(255).default(''),
  prizePoints: pointsGiven,
  prizeReward,
  prizeBadge,
  prizeMultiplier,
  prizeDays,
  startsAt: instant.nullable(),
  endsAt: instant.nullable(),
  window: z
    .strictObject({
      kind: z.enum(CHALLENGE_WINDOWS).default('fixed'),
      /** Of a rolling one. */
      days: z.int().min(1).max(3660).default(30),
      from: z.enum(['joined-challenge', 'became-member']).default('joined-challenge'),
      /** Of a recurring one. */
      every: z.enum(['week', 'month']).default('week'),
    })
    .prefault({}),
  audience,
  /** Whether members have to say that they take part. */
  joining: z.enum(['automatic', 'opt-in']).default('automatic'),
  /** The first so many who join (in each round) take part. */
  capacity: z.int().min(1).max(100_000_000).nullable().default(null),
  /** Whether what was done before the first version with it counts. */
  backfill: z.boolean().default(true),
  settings,
});

export const challengeList = z.array(challenge).max(200);

/** What is left out of one that was published before a setting existed. */
export const challengeDefaults: ChallengeDocument = challenge.parse({
  ...{ key: 'challenge', kind: '-', name: '-', enabled: false, prizePoints: 0, settings: {} },
  ...{ startsAt: null, endsAt: null },
});

export type ChallengeDocument = z.infer<typeof challengeList>[number];

const text = z.string().max(1_000);
const figure = z.union([z.number(), text]);
const texts = z.array(text).max(250);

/** The same half typed, beside what everything that is configured has. */
export const challengeDraftParts = {
  words: text.default(''),
  prizePoints: figure,
  prizeReward: text.nullable().default(null),
  prizeBadge: text.nullable().default(null),
  prizeMultiplier: text.default(''),
  prizeDays: figure.default(7),
  startsAt: text.nullable(),
  endsAt: text.nullable(),
  window: z
    .object({
      kind: text.default('fixed'),
      days: figure.default(30),
      from: text.default('joined-challenge'),
      every: text.default('week'),
    })
    .prefault({}),
  audience: z
    .object({ tiers: texts.default([]), tags: texts.default([]), withoutTags: texts.default([]) })
    .prefault({}),
  joining: text.default('automatic'),
  capacity: figure.nullable().default(null),
  backfill: z.boolean().default(true),
};

/** What a new one has besides its goal. */
export const NEW_CHALLENGE = z.object(challengeDraftParts).parse({
  ...{ prizePoints: 100, startsAt: null, endsAt: null },
} satisfies z.input<z.ZodObject<typeof challengeDraftParts>>);
