/** Games of chance in the programme's document: who plays, for what, with which odds, and where. */
import { z } from 'zod';
import { decimalAmount } from '../money/money.ts';
import {
  audience,
  definition,
  instant,
  key,
  name,
  prize,
  settings,
} from '../programme/document-parts.ts';
import { WHOLE } from './draw.ts';

export const TICKET_PERIODS = ['day', 'week', 'month'] as const;
export type TicketPeriod = (typeof TICKET_PERIODS)[number];
export const LEGAL_MODES = ['open', 'free-only', 'age-gate', 'off'] as const;
export type LegalMode = (typeof LEGAL_MODES)[number];

const tickets = z.int().min(1).max(1_000);
const period = z.enum(TICKET_PERIODS);
const age = z.int().min(13).max(30).default(18);
const most = z.int().min(1).max(1_000_000).nullable().default(null);

const entry = z
  .strictObject({
    /** What one play costs; null where points buy none. */
    points: z.int().min(1).max(1_000_000).nullable().default(null),
    perOrder: z
      .strictObject({
        /** 0 for none. */
        tickets: z.int().min(0).max(1_000).default(0),
        by: z.enum(['order', 'amount']).default('order'),
        /** Each amount of goods that are kept, where it is by amount. */
        amount: z.union([decimalAmount, z.literal('')]).default(''),
        /** Most of one order. */
        most,
      })
      .prefault({}),
    tiers: z
      .array(z.strictObject({ tier: key, tickets, per: period }))
      .max(20)
      .default([]),
    /** The free route; 0 for none. */
    free: z
      .strictObject({ times: z.int().min(0).max(100).default(0), per: period.default('day') })
      .prefault({}),
  })
  .prefault({});

export const gameList = z
  .array(
    z.strictObject({
      ...definition,
      settings,
      words: z.string().trim().max(500).default(''),
      startsAt: instant.nullable().default(null),
      endsAt: instant.nullable().default(null),
      entry,
      prizes: z
        .array(
          z.strictObject({
            key,
            name,
            /** Of a million; a giveaway's are drawn and have none. */
            chance: z.int().min(0).max(WHOLE).default(0),
            prize: z.strictObject(prize).prefault({}),
            /** How many there are; null for any number. */
            stock: z.int().min(0).max(1_000_000).nullable().default(null),
            /** Key of the prize that is given where there is none left; null for nothing. */
            instead: key.nullable().default(null),
          }),
        )
        .min(1, { error: 'Add a prize.' })
        .max(24),
      /** Most points that its prizes may come to altogether. */
      budgetPoints: z.int().min(1).max(1_000_000_000).nullable().default(null),
      mostPerDay: most,
      mostInAll: most,
      /** What an order won that was given back afterwards. */
      refunded: z.enum(['take-back', 'keep']).default('take-back'),
      audience,
      /** Where no country below is known. */
      otherwise: z.strictObject({ mode: z.enum(LEGAL_MODES).default('open'), age }).prefault({}),
      countries: z
        .array(
          z.strictObject({
            country: z.string().regex(/^[A-Z]{2}$/, { error: 'Write two letters, such as DE.' }),
            mode: z.enum(LEGAL_MODES),
            age,
          }),
        )
        .max(250)
        .default([]),
    }),
  )
  .max(30)
  .default([]);

export type GameItem = z.infer<typeof gameList>[number];
export type GamePrize = GameItem['prizes'][number];

const text = z.string().max(1_000);
const figure = z.union([z.number(), text]);
const orNull = figure.nullable().default(null);

/** The same half typed. */
export const gameDrafts = z
  .array(
    z.object({
      key: text,
      kind: text,
      name: text,
      enabled: z.boolean(),
      settings,
      words: text.default(''),
      startsAt: text.nullable().default(null),
      endsAt: text.nullable().default(null),
      entry: z
        .object({
          points: orNull,
          perOrder: z
            .object({
              tickets: figure.default(0),
              by: text.default('order'),
              amount: text.default(''),
              most: orNull,
            })
            .prefault({}),
          tiers: z
            .array(z.object({ tier: text, tickets: figure, per: text }))
            .max(50)
            .default([]),
          free: z.object({ times: figure.default(0), per: text.default('day') }).prefault({}),
        })
        .prefault({}),
      prizes: z
        .array(
          z.object({
            key: text,
            name: text,
            chance: figure.default(0),
            prize: z
              .object({
                points: figure.default(0),
                reward: text.nullable().default(null),
                badge: text.nullable().default(null),
              })
              .prefault({}),
            stock: orNull,
            instead: text.nullable().default(null),
          }),
        )
        .max(50),
      budgetPoints: orNull,
      mostPerDay: orNull,
      mostInAll: orNull,
      refunded: text.default('take-back'),
      audience: z
        .object({
          tiers: z.array(text).max(250).default([]),
          tags: z.array(text).max(250).default([]),
          withoutTags: z.array(text).max(250).default([]),
        })
        .prefault({}),
      otherwise: z.object({ mode: text.default('open'), age: figure.default(18) }).prefault({}),
      countries: z
        .array(z.object({ country: text, mode: text, age: figure.default(18) }))
        .max(250)
        .default([]),
    }),
  )
  .max(100)
  .default([]);
