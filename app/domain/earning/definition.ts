/**
 * A way to earn is a definition: its settings, its form, its words, and a pure function that says
 * what a fact is worth. The registry lists them; nothing else knows their kinds.
 */
import type { z } from 'zod';
import type { Field, Words } from '../fields.ts';
import type { Rational } from '../money/rational.ts';
import type { OrderFacts, OrderSnapshot } from '../orders/order-facts.ts';
import type { Explanation } from '../points/explanation.ts';
import type { ReviewFacts } from '../reviews/review-facts.ts';
import type { Moment } from '../time/shop-time.ts';

export interface EarningDefinition<Settings = unknown> {
  readonly kind: string;
  readonly words: Words;
  readonly settings: z.ZodType<Settings>;
  readonly defaults: Settings;
  readonly fields: readonly Field[];
  /** What the fact is worth by these settings, or null when this kind does not look at such facts. */
  readonly worth: (settings: Settings, fact: EarningFact, terms: EarningTerms) => Worth | null;
  /** What joining the programme shows a guest, e.g. 100 points for joining. */
  readonly offer: (settings: Settings) => Offer;
}

export type EarningFact =
  | { readonly kind: 'order'; readonly facts: OrderFacts; readonly snapshot: OrderSnapshot }
  | { readonly kind: 'join'; readonly at: Moment }
  | { readonly kind: 'review'; readonly review: ReviewFacts };

export interface EarningTerms {
  readonly programmeVersion: number;
  readonly ruleName: string;
  /** The shop's currency. */
  readonly currency: string;
  readonly testOrdersCount: boolean;
  readonly multiplier: { readonly by: Rational; readonly because: string | null };
}

/** Points by step, each the whole of what is due after it: the engine posts the differences. */
export interface Worth {
  readonly steps: readonly WorthStep[];
  readonly explanation: Explanation;
}

export interface WorthStep {
  readonly step: string;
  readonly at: Moment;
  /** What the fact is worth from this step on. */
  readonly total: number;
}

export type Offer =
  | { readonly on: 'order'; readonly points: number; readonly per: string }
  | { readonly on: 'join' | 'review'; readonly points: number };
