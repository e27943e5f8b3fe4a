/** Streaks: something done in every period, one after the other. Settings in the programme's document. */
import { z } from 'zod';
import { streakDeeds } from './deeds.ts';
import {
  instant,
  key,
  name,
  prize,
  prizeDays,
  prizeMultiplier,
} from '../programme/document-parts.ts';

export const STREAK_PERIODS = ['day', 'week', 'month'] as const;
export type StreakPeriod = (typeof STREAK_PERIODS)[number];

const deed = z
  .string()
  .refine((kind) => streakDeeds.find(kind) !== null, { error: 'Nobody knows such a deed.' });

const milestone = z.strictObject({
  /** Periods in a row. */
  at: z.int().min(2).max(10_000),
  ...prize,
  multiplier: prizeMultiplier,
  days: prizeDays,
});

const streak = z.strictObject({
  key,
  name,
  enabled: z.boolean(),
  words: z.string().trim().max(255).default(''),
  /** Kinds of deeds, each of which keeps it alive. */
  of: z.array(deed).min(1, { error: 'Say what keeps it alive.' }).max(20),
  period: z.enum(STREAK_PERIODS).default('day'),
  freezes: z
    .strictObject({
      atStart: z.int().min(0).max(100).default(0),
      /** One for each N periods in a row; null for none. */
      earnEvery: z.int().min(1).max(10_000).nullable().default(null),
      /** Most that a member holds. */
      most: z.int().min(0).max(100).default(2),
      /** In points; null where they are not for sale. */
      cost: z.int().min(1).max(1_000_000).nullable().default(null),
    })
    .prefault({}),
  milestones: z.array(milestone).max(50).default([]),
  /** Whether a streak that begins anew reaches its milestones again. */
  again: z.boolean().default(false),
  /** Hours before the end of a period at which the member is told; 0 for never. */
  warnHours: z.int().min(0).max(336).default(6),
  startsAt: instant.nullable().default(null),
  endsAt: instant.nullable().default(null),
});

export const streakList = z.array(streak).max(20).default([]);

export type StreakDocument = z.infer<typeof streak>;

const text = z.string().max(1_000);
const figure = z.union([z.number(), text]);

/** The same half typed, beside its key and its name. */
const draftParts = {
  enabled: z.boolean(),
  words: text.default(''),
  of: z.array(text).max(250),
  period: text.default('day'),
  freezes: z
    .object({
      atStart: figure.default(0),
      earnEvery: figure.nullable().default(null),
      most: figure.default(2),
      cost: figure.nullable().default(null),
    })
    .prefault({}),
  milestones: z
    .array(
      z.object({
        at: figure,
        points: figure.default(0),
        reward: text.nullable().default(null),
        badge: text.nullable().default(null),
        multiplier: text.default(''),
        days: figure.default(7),
      }),
    )
    .max(200)
    .default([]),
  again: z.boolean().default(false),
  warnHours: figure.default(6),
  startsAt: text.nullable().default(null),
  endsAt: text.nullable().default(null),
};

export const streakDrafts = z
  .array(z.object({ key: text, name: text, ...draftParts }))
  .max(200)
  .default([]);

/** What a new one has besides its key and its name. */
export const NEW_STREAK = z
  .object(draftParts)
  .parse({ enabled: true, of: ['visit'] } satisfies z.input<z.ZodObject<typeof draftParts>>);
