/** Badges, as the merchant writes them. */
import { z } from 'zod';
import {
  definition,
  instant,
  key,
  name,
  pointsGiven,
  prizeReward,
  settings,
} from '../programme/document-parts.ts';

/** Drawn by the theme, each in one colour. */
export const BADGE_SHAPES = [
  'circle',
  'shield',
  'star',
  'heart',
  'ribbon',
  'trophy',
  'medal',
  'crown',
  'leaf',
  'flame',
  'bolt',
  'gem',
  'rocket',
  'cup',
  'flag',
  'sun',
] as const;
export type BadgeShape = (typeof BADGE_SHAPES)[number];

/** How often it can be earned: once, or in each month, quarter or year of the shop's calendar. */
export const BADGE_SEASONS = ['once', 'month', 'quarter', 'year'] as const;
export type BadgeSeason = (typeof BADGE_SEASONS)[number];

const HTTPS = /^(https:\/\/\S+)?$/;
const COLOUR = /^#[0-9a-f]{6}$/i;
export const DEFAULT_COLOUR = '#8a6116';

const badge = z.strictObject({
  ...definition,
  /** What it is for, in a sentence for shoppers. */
  words: z.string().trim().max(255).default(''),
  bonusPoints: pointsGiven,
  bonusReward: prizeReward,
  season: z.enum(BADGE_SEASONS).default('once'),
  /** From the lowest up; what each needs stands in the place of what the goal asks for. */
  levels: z
    .array(
      z.strictObject({
        key,
        name,
        /** In the goal's unit, written by a person: "10" or "200.00". */
        need: z.string(),
        bonusPoints: pointsGiven.default(0),
        bonusReward: prizeReward,
      }),
    )
    .max(10)
    .default([]),
  /** Whether it stays out of sight until it is earned. */
  hidden: z.boolean().default(false),
  art: z
    .strictObject({
      shape: z.enum(BADGE_SHAPES).default('star'),
      colour: z
        .string()
        .regex(COLOUR, { error: 'Write a colour like #8a6116.' })
        .default(DEFAULT_COLOUR),
      image: z.string().max(1000).regex(HTTPS, { error: 'Write an https address.' }).default(''),
    })
    .prefault({}),
  startsAt: instant.nullable().default(null),
  endsAt: instant.nullable().default(null),
  settings,
});

export const badgeList = z.array(badge).max(200);

/** What is left out of one that was published before a setting existed. */
export const badgeDefaults: BadgeDocument = badge.parse({
  ...{ key: 'badge', kind: '-', name: '-', enabled: false, bonusPoints: 0, settings: {} },
});

export type BadgeDocument = z.infer<typeof badgeList>[number];

const text = z.string().max(1_000);
const figure = z.union([z.number(), text]);

/** The same half typed, beside what everything that is configured has. */
export const badgeDraftParts = {
  words: text.default(''),
  bonusPoints: figure,
  bonusReward: text.nullable().default(null),
  season: text.default('once'),
  levels: z
    .array(
      z.object({
        key: text,
        name: text,
        need: text,
        bonusPoints: figure.default(0),
        bonusReward: text.nullable().default(null),
      }),
    )
    .max(50)
    .default([]),
  hidden: z.boolean().default(false),
  art: z
    .object({
      shape: text.default('star'),
      colour: text.default(DEFAULT_COLOUR),
      image: text.default(''),
    })
    .prefault({}),
  startsAt: text.nullable().default(null),
  endsAt: text.nullable().default(null),
};

/** What a new one has besides its goal. */
export const NEW_BADGE = z
  .object(badgeDraftParts)
  .parse({ bonusPoints: 0 } satisfies z.input<z.ZodObject<typeof badgeDraftParts>>);
