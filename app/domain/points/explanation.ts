/** Why a number is what it is, stored with the number. Titles are product titles, never people. */
import { z } from 'zod';

export const NOTHING_REASONS = [
  'no-programme',
  'not-a-member',
  'before-joining',
  'rule-off',
  'test-order',
  'foreign-currency',
  'nothing-eligible',
  'store-credit',
  'below-one-point',
  'limit-reached',
  'not-first-order',
  'campaign-used',
  'below-minimum',
  'other-tier',
  'no-tag',
  'excluded-tag',
  'refunded',
  'cancelled',
  'voided',
  'disputed',
  'deleted',
] as const;
export type NothingReason = (typeof NOTHING_REASONS)[number];

export const EXCLUDED_REASONS = [
  'gift-card',
  'tip',
  'product',
  'variant',
  'collection',
  'vendor',
  'type',
  'tag',
  'not-included',
  'subscription',
  'one-time',
  'other-rule',
] as const;
export type ExcludedReason = (typeof EXCLUDED_REASONS)[number];

const excludedLine = z.object({
  title: z.string(),
  because: z.enum(EXCLUDED_REASONS),
  /** The rule that pays for the line alone. */
  rule: z.string().optional(),
});
export type ExcludedLine = z.infer<typeof excludedLine>;

/** Which limit cut the award, and how many points it took. */
const limitCut = z.object({
  limit: z.enum(['each', 'points', 'times', 'budget']),
  most: z.int(),
  per: z.enum(['day', 'week', 'month', 'year', 'lifetime']).optional(),
  /** Campaigns whose budget was used up. */
  name: z.string().optional(),
  cut: z.int(),
});
export type LimitCut = z.infer<typeof limitCut>;

/** What multiplied and what cut. Awards from before there was such a thing have none of it. */
const worked = {
  /** Of what was to be taken back: what had expired already, and what the policy left with the member. */
  lapsed: z.int().optional(),
  waived: z.int().optional(),
  /** Those that counted; `by` as text, e.g. "1.5". */
  multipliers: z
    .array(
      z.object({ of: z.enum(['tier', 'prize', 'campaign']), name: z.string(), by: z.string() }),
    )
    .optional(),
  /** Those that yielded to a higher one. */
  yielded: z
    .array(
      z.object({ of: z.enum(['tier', 'prize', 'campaign']), name: z.string(), by: z.string() }),
    )
    .optional(),
  /** How they went together, where there were several. */
  stacking: z.enum(['highest', 'multiply', 'add']).optional(),
  /** What each campaign added to the points that were given. */
  adds: z.array(z.object({ name: z.string(), points: z.int() })).optional(),
  /** In the order in which they cut. */
  limits: z.array(limitCut).optional(),
};

const orderExplanation = z.object({
  rule: z.literal('order'),
  programmeVersion: z.int(),
  ruleName: z.string(),
  currency: z.string(),
  /** `minor` is exact to three decimals of a minor unit. */
  lines: z.array(
    z.object({ title: z.string(), kept: z.int(), ordered: z.int(), minor: z.string() }),
  ),
  excluded: z.array(excludedLine),
  /** What was paid in another currency, and how much of the shop's one of its units was. */
  presentment: z.object({ currency: z.string(), totalMinor: z.int(), rate: z.string() }).optional(),
  /** Shipping, tips and duties that count. */
  besidesMinor: z.string().optional(),
  /** What of the lines was given back without naming one. */
  givenBackMinor: z.string().optional(),
  /** What of the lines was paid with store credit, and does not count. */
  storeCreditMinor: z.string().optional(),
  baseMinor: z.string(),
  /** `market` is the name of the market whose rate it is. */
  rate: z.object({ points: z.int(), per: z.string(), market: z.string().optional() }).nullable(),
  multiplier: z.string(),
  multiplierBecause: z.string().nullable(),
  /**
   * Where campaigns are for some lines only: what each part is worth in points before multipliers.
   * Without lines it is everything else.
   */
  parts: z
    .array(
      z.object({
        lines: z.array(z.string()),
        worth: z.string(),
        multiplier: z.string(),
        because: z.array(z.string()),
      }),
    )
    .optional(),
  ...worked,
  exact: z.string(),
  points: z.int(),
  nothingBecause: z.enum(NOTHING_REASONS).nullable(),
});

export const FIXED_REASONS = [
  'joined',
  'birthday',
  'anniversary',
  'review-published',
  'review-not-published',
  'review-of-product-before',
  'newsletter-joined',
  'newsletter-left',
  'sms-joined',
  'sms-left',
  'social-followed',
  'social-shared',
  'visited',
  'profile-completed',
  'survey-answered',
  'custom-done',
  'custom-withdrawn',
  'renewal',
  'goal-reached',
  'card-full',
  'referred-friend',
  'referred-by-friend',
  'referral-undone',
  'tier-reached',
  'badge-earned',
  'challenge-completed',
  'streak-reached',
  'rank-reached',
  'game-won',
  'quiz-answered',
  'order-bonus',
  'piece-bonus',
  'no-longer-met',
] as const;
export type FixedReason = (typeof FIXED_REASONS)[number];

const fixedExplanation = z.object({
  rule: z.literal('fixed'),
  programmeVersion: z.int(),
  ruleName: z.string(),
  because: z.enum(FIXED_REASONS),
  /** Points for each piece of these lines. */
  each: z.int().optional(),
  lines: z.array(z.object({ title: z.string(), kept: z.int(), ordered: z.int() })).optional(),
  ...worked,
  nothingBecause: z.enum(NOTHING_REASONS).optional(),
  points: z.int(),
});

const adjustmentExplanation = z.object({
  rule: z.literal('adjustment'),
  reason: z.string(),
  note: z.string(),
  /** The line of the audit with which the note stands. */
  audit: z.string().optional(),
  points: z.int(),
});

/** Of a gift to many, in the words of who gave it; and what was left of it, taken back. */
const giftExplanation = z.object({
  rule: z.literal('gift'),
  step: z.enum(['give', 'undo']),
  reason: z.string(),
  points: z.int(),
});

const mergeExplanation = z.object({ rule: z.literal('merge'), points: z.int() });
const redactionExplanation = z.object({ rule: z.literal('redaction'), points: z.int() });

/** An entry that follows an award: the step of it, and what the clawback policy left untaken. */
const stepExplanation = z.object({
  rule: z.literal('step'),
  step: z.string(),
  waived: z.int().optional(),
  /** Of what is taken back: how much had been given in all, and how much of it is due after this step. */
  of: z.int().optional(),
  remain: z.int().optional(),
});

export const explanationSchema = z.discriminatedUnion('rule', [
  orderExplanation,
  fixedExplanation,
  adjustmentExplanation,
  giftExplanation,
  mergeExplanation,
  redactionExplanation,
  stepExplanation,
]);

export type Explanation = z.infer<typeof explanationSchema>;
export type OrderExplanation = z.infer<typeof orderExplanation>;

/** Of an order that earns nothing, before anything of it was counted. */
export function nothingOf(
  order: Pick<OrderExplanation, 'programmeVersion' | 'ruleName' | 'currency'>,
  because: NothingReason,
): OrderExplanation {
  const { programmeVersion, ruleName, currency } = order;
  return {
    rule: 'order',
    programmeVersion,
    ruleName,
    currency,
    lines: [],
    excluded: [],
    baseMinor: '0',
    rate: null,
    multiplier: '1',
    multiplierBecause: null,
    exact: '0',
    points: 0,
    nothingBecause: because,
  };
}
