/** Why a number is what it is, stored with the number. Titles are product titles, never people. */
import { z } from 'zod';

export const NOTHING_REASONS = [
  'no-programme',
  'rule-off',
  'test-order',
  'foreign-currency',
  'nothing-eligible',
  'below-one-point',
  'refunded',
  'cancelled',
  'voided',
  'deleted',
] as const;
export type NothingReason = (typeof NOTHING_REASONS)[number];

export const EXCLUDED_REASONS = [
  'gift-card',
  'product',
  'collection',
  'vendor',
  'type',
  'tag',
] as const;
export type ExcludedReason = (typeof EXCLUDED_REASONS)[number];

export interface ExcludedLine {
  readonly title: string;
  readonly because: ExcludedReason;
}

const orderExplanation = z.object({
  rule: z.literal('order'),
  programmeVersion: z.int(),
  ruleName: z.string(),
  currency: z.string(),
  /** `minor` is exact to three decimals of a minor unit. */
  lines: z.array(
    z.object({ title: z.string(), kept: z.int(), ordered: z.int(), minor: z.string() }),
  ),
  excluded: z.array(z.object({ title: z.string(), because: z.enum(EXCLUDED_REASONS) })),
  baseMinor: z.string(),
  rate: z.object({ points: z.int(), per: z.string() }).nullable(),
  multiplier: z.string(),
  multiplierBecause: z.string().nullable(),
  exact: z.string(),
  points: z.int(),
  nothingBecause: z.enum(NOTHING_REASONS).nullable(),
});

const fixedExplanation = z.object({
  rule: z.literal('fixed'),
  programmeVersion: z.int(),
  ruleName: z.string(),
  because: z.enum([
    'joined',
    'review-published',
    'review-not-published',
    'badge-earned',
    'challenge-completed',
    'no-longer-met',
  ]),
  points: z.int(),
});

const adjustmentExplanation = z.object({
  rule: z.literal('adjustment'),
  reason: z.string(),
  note: z.string(),
  points: z.int(),
});

const mergeExplanation = z.object({ rule: z.literal('merge'), points: z.int() });
const redactionExplanation = z.object({ rule: z.literal('redaction'), points: z.int() });

/** An entry that follows an award: the step of it, and what the clawback policy left untaken. */
const stepExplanation = z.object({
  rule: z.literal('step'),
  step: z.string(),
  waived: z.int().optional(),
});

export const explanationSchema = z.discriminatedUnion('rule', [
  orderExplanation,
  fixedExplanation,
  adjustmentExplanation,
  mergeExplanation,
  redactionExplanation,
  stepExplanation,
]);

export type Explanation = z.infer<typeof explanationSchema>;
export type OrderExplanation = z.infer<typeof orderExplanation>;
