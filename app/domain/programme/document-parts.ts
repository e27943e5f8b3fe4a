/** What several parts of the programme document are made of. */
import { z } from 'zod';

export const key = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, { error: 'Use small letters, digits and dashes.' })
  // Every object has one: what is counted by this key would begin with it.
  .refine((text) => text !== 'constructor', { error: 'Nothing can be called "constructor".' });
export const name = z.string().trim().min(1, { error: 'Give it a name.' }).max(60);
export const pointsGiven = z.int().min(0).max(1_000_000);
/** An instant in ISO 8601, e.g. "2026-11-22T00:00:00Z". */
export const instant = z.iso.datetime({ offset: true });

export const texts = z.array(z.string().trim().min(1).max(255)).max(250);
export const multiplier = z
  .string()
  .regex(/^\d{1,2}(\.\d{1,3})?$/, { error: 'Write a number like 1.5.' });

export const settings = z.record(z.string(), z.unknown());

/** Settings stay unknown here: the definition of the kind knows them (see validate-programme.ts). */
export const definition = { key, kind: z.string().min(1).max(60), name, enabled: z.boolean() };

/** Whom a part is for. An empty list asks nothing. */
export const audience = z
  .strictObject({
    /** Keys of tiers: the member is in any of them. */
    tiers: z.array(key).max(20).default([]),
    /** Tags of the customer in Shopify: any of these, and none of those. */
    tags: texts.default([]),
    withoutTags: texts.default([]),
  })
  .prefault({});

export const LIMIT_PERIODS = ['day', 'week', 'month', 'year', 'lifetime'] as const;

/** Key of a reward that is given with the points, or instead of them. */
export const prizeReward = key.nullable().default(null);
/** Key of a badge that is given, too. */
export const prizeBadge = key.nullable().default(null);
/** What orders are multiplied by that are placed in the days after; empty for nothing. */
export const prizeMultiplier = z.union([z.literal(''), multiplier]).default('');
export const prizeDays = z.int().min(1).max(366).default(7);
/** What streaks, leaderboards, games and quizzes give. */
export const prize = { points: pointsGiven.default(0), reward: prizeReward, badge: prizeBadge };

/** What is above a limit is cut, not refused. */
export const limits = z
  .strictObject({
    /** Most points of one order, review or other occasion. */
    each: z.int().min(1).max(1_000_000_000).nullable().default(null),
    perMember: z
      .array(
        z.strictObject({
          most: z.int().min(1).max(1_000_000_000),
          of: z.enum(['points', 'times']),
          per: z.enum(LIMIT_PERIODS),
        }),
      )
      .max(5)
      .default([]),
  })
  .prefault({});
