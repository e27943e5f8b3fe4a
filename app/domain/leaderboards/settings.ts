/** Leaderboards: who is first in a season, and what the first are given at its end. */
import { z } from 'zod';
import { scoreMetrics } from './metrics/registry.ts';
import { withLaterSettings } from '../programme/later-settings.ts';
import { audience, definition, instant, prize, settings } from '../programme/document-parts.ts';

export const SEASONS = ['week', 'month', 'quarter', 'fixed'] as const;

/** Either ranks from and to, or the first so many percent. */
const boardPrize = z.strictObject({
  from: z.int().min(1).max(1_000_000).nullable().default(null),
  to: z.int().min(1).max(1_000_000).nullable().default(null),
  percent: z.int().min(1).max(100).nullable().default(null),
  ...prize,
});

export const leaderboardList = z
  .array(
    z.strictObject({
      /** The kind is what it ranks by. */
      ...definition,
      settings,
      /** What shoppers read about it. */
      description: z.string().trim().max(500).default(''),
      season: z.enum(SEASONS).default('month'),
      /** Of a fixed season. */
      startsAt: instant.nullable().default(null),
      endsAt: instant.nullable().default(null),
      audience,
      /** Days after the end in which refunds still count; then the ranks are fixed. */
      settleDays: z.int().min(0).max(90).default(14),
      /** Who has less is not ranked. Of an amount spent: in whole units of the shop's currency. */
      leastScore: z.int().min(1).max(1_000_000_000).default(1),
      /** Most that a shop's day adds to a score, in the same unit. */
      mostPerDay: z.int().min(1).max(1_000_000_000).nullable().default(null),
      prizes: z.array(boardPrize).max(20).default([]),
    }),
  )
  .max(20)
  .default([]);

/** Words that no nickname of the shop may hold, besides those that nobody should have to read. */
export const nicknameSettings = z
  .strictObject({ refused: z.array(z.string().trim().min(2).max(40)).max(250).default([]) })
  .prefault({});

const text = z.string().max(1_000);
const figure = z.union([z.number(), text]);
const texts = z.array(text).max(250);

/** The same half typed. */
export const leaderboardDrafts = z
  .array(
    z
      .object({
        key: text,
        kind: text,
        name: text,
        enabled: z.boolean(),
        settings: z.record(z.string(), z.unknown()),
        description: text.default(''),
        season: text.default('month'),
        startsAt: text.nullable().default(null),
        endsAt: text.nullable().default(null),
        audience: z
          .object({
            tiers: texts.default([]),
            tags: texts.default([]),
            withoutTags: texts.default([]),
          })
          .prefault({}),
        settleDays: figure.default(14),
        leastScore: figure.default(1),
        mostPerDay: figure.nullable().default(null),
        prizes: z
          .array(
            z.object({
              from: figure.nullable().default(null),
              to: figure.nullable().default(null),
              percent: figure.nullable().default(null),
              points: figure.default(0),
              reward: text.nullable().default(null),
              badge: text.nullable().default(null),
            }),
          )
          .max(50)
          .default([]),
      })
      .transform(withLaterSettings(scoreMetrics)),
  )
  .max(200)
  .default([]);

export const nicknameDraft = z.object({ refused: texts.default([]) }).prefault({});

export type BoardPrize = z.infer<typeof boardPrize>;

/** What a new leaderboard has besides its kind. */
export const NEW_LEADERBOARD = {
  description: '',
  season: 'month',
  startsAt: null,
  endsAt: null,
  audience: { tiers: [], tags: [], withoutTags: [] },
  settleDays: 14,
  leastScore: 1,
  mostPerDay: null,
  prizes: [{ from: 1, to: 1, percent: null, points: 500, reward: null, badge: null }],
};

/** The first prize of the list that is for this rank, of so many. */
export function prizeFor(
  prizes: readonly BoardPrize[],
  rank: number,
  of: number,
): BoardPrize | null {
  return prizes.find((one) => rank >= (one.from ?? 1) && rank <= lastRankOf(one, of)) ?? null;
}

/** The last rank that a prize is for: of the first percent at least the first, of a range its end. */
export function lastRankOf({ from, to, percent }: BoardPrize, of: number): number {
  if (percent !== null) return Math.max(1, Math.floor((of * percent) / 100));
  return to ?? from ?? 0;
}
