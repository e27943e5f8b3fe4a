/**
 * A draft as it is while somebody types: the shape of a programme, with texts where a number is not
 * one yet. It can be drawn and kept; whether it can be published, validate-programme.ts says.
 */
import { z } from 'zod';
import { withLaterSettings } from './later-settings.ts';
import { tooDeep } from './keepable.ts';
import { inPresentShape } from './present-shape.ts';
import { membershipDrafts } from '../memberships/settings.ts';
import { badgeDraftParts } from '../badges/settings.ts';
import { campaignDraftParts } from '../campaigns/campaign-settings.ts';
import { challengeDraftParts } from '../challenges/settings.ts';
import { earningDefinitions } from '../earning/registry.ts';
import { quizDrafts } from '../quizzes/settings.ts';
import { goalDefinitions } from '../goals/registry.ts';
import { gameDrafts } from '../games/settings.ts';
import { leaderboardDrafts, nicknameDraft } from '../leaderboards/settings.ts';
import { referralDraft } from '../referrals/settings.ts';
import { rewardDefinitions } from '../rewards/registry.ts';
import { streakDrafts } from '../streaks/settings.ts';
import { segmentDraft } from '../segments/segment.ts';

const text = z.string().max(1_000);
const figure = z.union([z.number(), text]);
const texts = z.array(text).max(250);
const audience = z
  .object({ tiers: texts.default([]), tags: texts.default([]), withoutTags: texts.default([]) })
  .prefault({});
const limits = z
  .object({
    each: figure.nullable().default(null),
    perMember: z
      .array(z.object({ most: figure, of: text, per: text }))
      .max(5)
      .default([]),
  })
  .prefault({});
const configured = {
  key: text,
  kind: text,
  name: text,
  enabled: z.boolean(),
  settings: z.record(z.string(), z.unknown()),
};

const draft = z.object({
  schema: z.literal(1),
  name: text,
  word: z.object({ one: text, other: text }),
  earning: z
    .array(
      z
        .object({ ...configured, audience, limits })
        .transform(withLaterSettings(earningDefinitions)),
    )
    .max(200),
  multipliers: text.default('highest'),
  campaigns: z
    .array(
      z.object({
        key: text,
        name: text,
        enabled: z.boolean(),
        multiplier: text.default('1'),
        ...campaignDraftParts,
        startsAt: text,
        endsAt: text,
        audience,
        rules: texts.default([]),
        budgetPoints: figure.nullable().default(null),
      }),
    )
    .max(200)
    .default([]),
  markets: z
    .array(
      z.object({
        key: text,
        name: text,
        countries: texts.default([]),
        currencies: texts.default([]),
      }),
    )
    .max(200)
    .default([]),
  tiers: z.object({
    metric: text,
    window: z.object({ kind: text, days: figure.optional() }),
    graceDays: figure,
    downgrade: text.default('recompute'),
    noticeDays: figure.default(30),
    skippedRewards: text.default('all'),
    lowersAtOnce: z.boolean().default(false),
    levels: z
      .array(
        z.object({
          key: text,
          name: text,
          need: text,
          multiplier: text,
          entryPoints: figure.default(0),
          entryReward: text.nullable().default(null),
          grantedOnly: z.boolean().default(false),
        }),
      )
      .max(200),
  }),
  memberships: membershipDrafts,
  leaderboards: leaderboardDrafts,
  nicknames: nicknameDraft,
  badges: z
    .array(
      z.object({ ...configured, ...badgeDraftParts }).transform(withLaterSettings(goalDefinitions)),
    )
    .max(200),
  challenges: z
    .array(
      z
        .object({ ...configured, ...challengeDraftParts })
        .transform(withLaterSettings(goalDefinitions)),
    )
    .max(200),
  quizzes: quizDrafts,
  streaks: streakDrafts,
  games: gameDrafts,
  rewards: z
    .array(
      z
        .object({
          ...configured,
          points: figure,
          forPoints: z.boolean().default(true),
          description: text.default(''),
          image: text.default(''),
          audience: audience.unwrap().extend({ segment: segmentDraft }).prefault({}),
          startsAt: text.nullable().default(null),
          endsAt: text.nullable().default(null),
          validDays: figure.nullable().default(90),
          stock: figure.nullable().default(null),
          perMember: z
            .array(z.object({ most: figure, of: text, per: text }))
            .max(5)
            .default([]),
        })
        .transform(withLaterSettings(rewardDefinitions)),
    )
    .max(200)
    .default([]),
  maturityDays: figure,
  maturesAfter: text.default('paid'),
  pendingCountsForTiers: z.boolean().default(false),
  expiry: z
    .object({
      kind: text.default('never'),
      length: figure.default(12),
      unit: text.default('months'),
      reminderDays: z.array(figure).max(5).default([30, 7]),
      noticeDays: figure.default(30),
    })
    .prefault({}),
  worthOf100: text.default('1'),
  returnGraceDays: figure.default(7),
  membership: z
    .object({
      policy: text.default('everyone'),
      tag: text.default(''),
      claimDays: figure.default(90),
    })
    .prefault({}),
  referrals: referralDraft,
  clawback: text,
  pastOrdersEarn: z.boolean(),
  testOrdersEarn: z.boolean(),
});

export const draftDocument = z.preprocess((document, context) => {
  const place = tooDeep(document);
  if (place === null) return inPresentShape(document);
  context.addIssue({ code: 'custom', message: 'No programme is so deep.', path: place.split('.') });
  return z.NEVER;
}, draft);

export type DraftDocument = z.infer<typeof draftDocument>;
export type EarningDraft = DraftDocument['earning'][number];
export type ConfiguredDraft = Omit<EarningDraft, 'audience' | 'limits'>;
export type MembershipDraft = DraftDocument['memberships'][number];
export type GameDraft = DraftDocument['games'][number];
export type TierDraft = DraftDocument['tiers']['levels'][number];

/** A key that none of these has: "order", then "order-2". Keys stay when names change. */
export function freeKey(wanted: string, taken: readonly { readonly key: string }[]): string {
  const base = wanted
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 34);
  const key = base === '' ? 'part' : base;
  const keys = new Set(taken.map((one) => one.key));
  if (!keys.has(key)) return key;
  for (let number = 2; ; number += 1) {
    if (!keys.has(`${key}-${number}`)) return `${key}-${number}`;
  }
}
