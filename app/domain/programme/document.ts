/**
 * The programme: everything a merchant configures, as one typed document. A draft is edited;
 * publishing makes an immutable version; the engine decides by the version in force.
 */
import { z } from 'zod';
import { badgeDefaults, badgeList } from '../badges/settings.ts';
import { campaignDefaults, campaignParts } from '../campaigns/campaign-settings.ts';
import { challengeDefaults, challengeList } from '../challenges/settings.ts';
import { decimalAmount } from '../money/money.ts';
import { earningDefinitions } from '../earning/registry.ts';
import { goalDefinitions } from '../goals/registry.ts';
import { gameList } from '../games/settings.ts';
import { leaderboardList, nicknameSettings } from '../leaderboards/settings.ts';
import { referralSettings } from '../referrals/settings.ts';
import { membershipList } from '../memberships/settings.ts';
import { inPresentShape } from './present-shape.ts';
import { quizList } from '../quizzes/settings.ts';
import { rewardList } from '../rewards/reward-list.ts';
import { streakList } from '../streaks/settings.ts';
import {
  audience,
  definition,
  instant,
  key,
  limits,
  multiplier,
  name,
  pointsGiven,
  prizeReward,
  settings,
  texts,
} from './document-parts.ts';
import type { Moment } from '../time/shop-time.ts';

export { LIMIT_PERIODS } from './document-parts.ts';

export const programmeDocument = z.strictObject({
  schema: z.literal(1),
  name,
  word: z.strictObject({ one: name, other: name }),
  /** In the order of their priority: the first comes first. */
  earning: z.array(z.strictObject({ ...definition, audience, limits, settings })).max(50),
  /** How the multipliers of the tier and of campaigns go together. */
  multipliers: z.enum(['highest', 'multiply', 'add']).default('highest'),
  campaigns: z
    .array(
      z.strictObject({
        key,
        name,
        enabled: z.boolean(),
        multiplier: multiplier.default('1'),
        ...campaignParts,
        startsAt: instant,
        endsAt: instant,
        audience,
        /** Keys of the earning rules that it multiplies; empty for every rule that looks at orders. */
        rules: z.array(key).max(50).default([]),
        /** Most points that it may add for everybody together. */
        budgetPoints: z.int().min(1).max(1_000_000_000_000).nullable().default(null),
      }),
    )
    .max(100)
    .default([]),
  /** Where an order is from, by its country, else by the currency it was paid in. The first that fits. */
  markets: z
    .array(
      z.strictObject({
        key,
        name,
        countries: z
          .array(z.string().regex(/^[A-Z]{2}$/))
          .max(250)
          .default([]),
        currencies: z
          .array(z.string().regex(/^[A-Z]{3}$/))
          .max(50)
          .default([]),
      }),
    )
    .max(50)
    .default([]),
  tiers: z.strictObject({
    metric: z.string(),
    window: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('lifetime') }),
      z.strictObject({ kind: z.literal('rolling'), days: z.int().min(1).max(1830) }),
      z.strictObject({ kind: z.literal('calendar-year') }),
      z.strictObject({ kind: z.literal('anniversary') }),
    ]),
    /** Days a tier is kept after its term when the member did not requalify. */
    graceDays: z.int().min(0).max(365),
    /** Where a member goes who did not requalify: to what they reach, or one tier down. */
    downgrade: z.enum(['recompute', 'one-down']).default('recompute'),
    /** Days before the end of a term at which the member is told that the tier is at risk. */
    noticeDays: z.int().min(0).max(365).default(30),
    /** Whether a member who skips tiers upward is given every entry reward or the highest. */
    skippedRewards: z.enum(['all', 'highest']).default('all'),
    /** Whether publishing this ladder may lower members before the end of their term. */
    lowersAtOnce: z.boolean().default(false),
    levels: z
      .array(
        z.strictObject({
          key,
          name,
          /** In the metric's unit, written by a person: "200" or "200.00". */
          need: z.string(),
          multiplier,
          /** Points for entering it, once per term. */
          entryPoints: pointsGiven.default(0),
          entryReward: prizeReward,
          /** Only granted, by an agent or a membership: `need` is not looked at. */
          grantedOnly: z.boolean().default(false),
        }),
      )
      .max(20),
  }),
  memberships: membershipList({ key, name, texts }),
  badges: badgeList,
  challenges: challengeList,
  quizzes: quizList,
  /** Doing something in every period, one after the other. */
  streaks: streakList,
  /** Who is first in a season. */
  leaderboards: leaderboardList,
  nicknames: nicknameSettings,
  /** Games of chance. */
  games: gameList,
  /** What points are spent on, and what tiers, badges and challenges may give. In the order they are shown. */
  rewards: rewardList,
  /** Points become available this many days after the order was paid, or fulfilled. */
  maturityDays: z.int().min(0).max(365),
  maturesAfter: z.enum(['paid', 'fulfilled']).default('paid'),
  /** Whether tiers that climb by points count points that cannot be spent yet. */
  pendingCountsForTiers: z.boolean().default(false),
  expiry: z
    .strictObject({
      /** `lot`: each award by itself; `inactivity`: the whole balance after nothing was earned or spent. */
      kind: z.enum(['never', 'lot', 'inactivity']).default('never'),
      length: z.int().min(1).max(3660).default(12),
      unit: z.enum(['days', 'months']).default('months'),
      /** Days before an expiry at which the member is reminded, once each. */
      reminderDays: z.array(z.int().min(1).max(365)).max(5).default([30, 7]),
      /** Switching expiry on, or shortening it, takes nothing before this many days have passed. */
      noticeDays: z.int().min(0).max(365).default(30),
    })
    .prefault({}),
  /** What 100 points cost the merchant, for figures of liability and of what a programme costs. */
  worthOf100: decimalAmount.default('1'),
  /** Days for which given-back points can be spent when their own date has passed. */
  returnGraceDays: z.int().min(0).max(365).default(7),
  membership: z
    .strictObject({
      policy: z.enum(['everyone', 'opted-in', 'tagged']).default('everyone'),
      /** The customer's tag that makes a member, where the policy is `tagged`. */
      tag: z.string().trim().max(255).default(''),
      /** Orders of this many days before joining are claimed with it. */
      claimDays: z.int().min(0).max(3660).default(90),
    })
    .prefault({}),
  /** Friends who come by a member's code. */
  referrals: referralSettings,
  /** What a clawback may take when the points were spent. */
  clawback: z.enum(['unlimited', 'within-balance', 'only-pending']),
  /** Whether orders from before the first version earn by the first version. */
  pastOrdersEarn: z.boolean(),
  testOrdersEarn: z.boolean(),
});

export type ProgrammeDocument = z.infer<typeof programmeDocument>;
/** As it may be written: what is left out goes by its default. */
export type ProgrammeInput = z.input<typeof programmeDocument>;

export interface ProgrammeVersion {
  readonly version: number;
  readonly effectiveAt: Moment;
  readonly document: ProgrammeDocument;
}

/** The first draft of a new shop: sensible, small, and not published. */
export function firstDraft(shopName: string): ProgrammeDocument {
  return programmeDocument.parse(starter(shopName));
}

function starter(shopName: string): ProgrammeInput {
  const settingsOf = (
    registry: { find: (kind: string) => { defaults: unknown } | null },
    kind: string,
  ): Record<string, unknown> => ({ ...(registry.find(kind)?.defaults ?? {}) });
  return {
    schema: 1,
    name: `${writable(shopName).slice(0, 52).trim() || 'Our'} rewards`.toWellFormed(),
    word: { one: 'point', other: 'points' },
    earning: [
      {
        key: 'order',
        kind: 'order',
        name: 'Buying',
        enabled: true,
        settings: settingsOf(earningDefinitions, 'order'),
      },
      {
        key: 'join',
        kind: 'join',
        name: 'Joining',
        enabled: true,
        settings: settingsOf(earningDefinitions, 'join'),
      },
      {
        key: 'review',
        kind: 'review',
        name: 'Reviewing',
        enabled: true,
        settings: settingsOf(earningDefinitions, 'review'),
      },
    ],
    tiers: {
      metric: 'spend',
      window: { kind: 'lifetime' },
      graceDays: 30,
      levels: [
        { key: 'bronze', name: 'Bronze', need: '0', multiplier: '1' },
        { key: 'silver', name: 'Silver', need: '200', multiplier: '1.25' },
        { key: 'gold', name: 'Gold', need: '500', multiplier: '1.5' },
      ],
    },
    badges: [
      {
        key: 'super-fan',
        kind: 'reviews-published',
        name: 'Super Fan',
        enabled: true,
        bonusPoints: 100,
        settings: settingsOf(goalDefinitions, 'reviews-published'),
      },
    ],
    challenges: [
      {
        key: 'explorer',
        kind: 'distinct-purchases',
        name: 'Explorer',
        enabled: true,
        prizePoints: 150,
        startsAt: null,
        endsAt: null,
        settings: settingsOf(goalDefinitions, 'distinct-purchases'),
      },
    ],
    maturityDays: 0,
    clawback: 'unlimited',
    pastOrdersEarn: false,
    testOrdersEarn: false,
  };
}

/** What was published before a setting existed goes by the setting's default. */
export function completed(published: ProgrammeDocument): ProgrammeDocument {
  const document = inPresentShape(published) as ProgrammeDocument;
  const whole = programmeDocument.safeParse(document);
  if (whole.success) return whole.data;
  const defaults = firstDraft('');
  const open = { audience: audience.parse(undefined), limits: limits.parse(undefined) };
  const written = { ...defaults, ...document };
  return {
    ...written,
    earning: document.earning.map((rule) => ({ ...open, ...rule })),
    campaigns: written.campaigns.map((campaign) => ({ ...campaignDefaults(), ...campaign })),
    badges: written.badges.map((badge) => ({ ...badgeDefaults, ...badge })),
    challenges: written.challenges.map((one) => ({ ...challengeDefaults, ...one })),
    tiers: { ...defaults.tiers, ...document.tiers },
  };
}

/** Without the NUL and the half characters that no database keeps. */
function writable(name: string): string {
  return name.replaceAll('\0', '').toWellFormed().trim();
}
