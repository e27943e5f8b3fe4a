/** The part of the programme about referrals: as it is published, and as it is while somebody types. */
import { z } from 'zod';
import { referralSignals } from './signals.ts';
import { decimalAmount } from '../money/money.ts';

const key = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
const texts = z.array(z.string().trim().min(1).max(255)).max(250);
const points = z.int().min(0).max(1_000_000);
const most = z.int().min(1).max(1_000_000).nullable().default(null);

const prizeOf = (usual: number) =>
  z
    .strictObject({
      points: points.default(usual),
      /** Key of a reward that is given with the points, or instead of them. */
      reward: key.nullable().default(null),
    })
    .prefault({});

/** One switch for each signal; whoever is off counts nothing. */
const switches = z
  .strictObject(
    Object.fromEntries(
      referralSignals.all.map(({ kind }) => [kind, z.boolean().default(true)] as const),
    ),
  )
  .prefault({});

export const referralSettings = z
  .strictObject({
    enabled: z.boolean().default(false),
    advocate: prizeOf(200),
    friend: prizeOf(100),
    /** Which paid order of the friend brings the advocate's prize. */
    onOrder: z.enum(['first', 'second']).default('first'),
    /** What that order must be worth: goods after discounts, in the shop's currency. */
    minimum: decimalAmount.default('0'),
    /** The advocate's prize is due so many days after that order was paid, or sent. */
    returnDays: z.int().min(0).max(365).default(14),
    countedFrom: z.enum(['paid', 'fulfilled']).default('paid'),
    friendMustBeNew: z.boolean().default(true),
    /** Who may refer. */
    audience: z
      .strictObject({
        tiers: z.array(key).max(20).default([]),
        tags: texts.default([]),
        withoutTags: texts.default([]),
      })
      .prefault({}),
    /** Prizes of one advocate, by the shop's calendar. */
    perDay: most,
    perMonth: most,
    perLifetime: most,
    /** From this score on a person must look at it; from that score on it is refused. */
    flagAt: z.int().min(1).max(1_000).default(40),
    refuseAt: z.int().min(1).max(1_000).default(100),
    /** The score is worked out and shown, and holds nothing back. */
    shadow: z.boolean().default(false),
    vanityCodes: z.boolean().default(true),
    manyPerDay: z.int().min(1).max(1_000).default(5),
    signals: switches,
  })
  .prefault({});

export type ReferralSettings = z.infer<typeof referralSettings>;

const text = z.string().max(1_000);
const figure = z.union([z.number(), text]);
const draftTexts = z.array(text).max(250);
const draftPrize = (usual: number) =>
  z.object({ points: figure.default(usual), reward: text.nullable().default(null) }).prefault({});

export const referralDraft = z
  .object({
    enabled: z.boolean().default(false),
    advocate: draftPrize(200),
    friend: draftPrize(100),
    onOrder: text.default('first'),
    minimum: text.default('0'),
    returnDays: figure.default(14),
    countedFrom: text.default('paid'),
    friendMustBeNew: z.boolean().default(true),
    audience: z
      .object({
        tiers: draftTexts.default([]),
        tags: draftTexts.default([]),
        withoutTags: draftTexts.default([]),
      })
      .prefault({}),
    perDay: figure.nullable().default(null),
    perMonth: figure.nullable().default(null),
    perLifetime: figure.nullable().default(null),
    flagAt: figure.default(40),
    refuseAt: figure.default(100),
    shadow: z.boolean().default(false),
    vanityCodes: z.boolean().default(true),
    manyPerDay: figure.default(5),
    signals: z
      .object(
        Object.fromEntries(
          referralSignals.all.map(({ kind }) => [kind, z.boolean().default(true)] as const),
        ),
      )
      .prefault({}),
  })
  .prefault({});
