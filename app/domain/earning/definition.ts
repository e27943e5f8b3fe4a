/**
 * A way to earn is a definition: its settings, its form, its words, and a pure function that says
 * what a fact is worth. The registry lists them; nothing else knows their kinds.
 */
import type { z } from 'zod';
import type { Market } from './markets.ts';
import type { ActivityContent, DeedKind } from '../activities/activity.ts';
import type { Field, Words } from '../fields.ts';
import type { Rational } from '../money/rational.ts';
import type { Portion } from '../orders/order-course.ts';
import type { OrderFacts, OrderSnapshot } from '../orders/order-facts.ts';
import type { Standing } from '../orders/standing.ts';
import type { OrderDetail } from '../orders/wanting.ts';
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
  /** What these settings look at that webhooks do not tell: the order is then read from Shopify. */
  readonly asks?: (settings: Settings) => readonly OrderDetail[];
  /**
   * For ways to earn that count purchases: what this one adds, where `before` was on the card. The
   * worth of a full card is asked for by a fact of the kind "card".
   */
  readonly card?: {
    readonly lasts: (settings: Settings) => CardPeriod;
    readonly stamp: (
      settings: Settings,
      purchase: Standing,
      before: number,
      currency: string,
    ) => Stamp;
  };
  /** What joining the programme shows a guest, e.g. 100 points for joining. */
  readonly offer: (settings: Settings) => Offer;
}

export type EarningFact =
  | {
      readonly kind: 'order';
      readonly facts: OrderFacts;
      readonly snapshot: OrderSnapshot;
      /** Only the pieces that came so; all of them where it is left out. */
      readonly portion?: Portion;
    }
  | OccasionFact;

/** What is no order; `at` is when it happened. */
export type OccasionFact = { readonly at: Moment } & (
  | { readonly kind: 'join' }
  | {
      readonly kind: 'review';
      readonly review: ReviewFacts;
      /** Earlier reviews of the same product; a rule is asked with those that it paid for. */
      readonly before: readonly string[];
    }
  | {
      readonly kind: 'birthday';
      readonly year: number;
      readonly knownSince: Moment;
      readonly zone: string;
    }
  | { readonly kind: 'anniversary'; readonly years: number }
  | {
      readonly kind: 'consent';
      readonly channel: 'newsletter' | 'sms';
      readonly withdrawnAt: Moment | null;
      readonly zone: string;
    }
  | {
      readonly kind: 'profile';
      /** Fields that are filled in by now, and those that were before. */
      readonly given: ReadonlySet<string>;
      readonly before: ReadonlySet<string>;
    }
  | {
      readonly kind: DeedKind;
      readonly id: string;
      readonly withdrawnAt: Moment | null;
      readonly content: ActivityContent;
      readonly zone: string;
    }
  /** A purchase made a card of this rule's kind full so many times. */
  | { readonly kind: 'card'; readonly of: string; readonly times: number }
);

/** What one purchase adds to a member's card, and how often that makes it full. */
export interface Stamp {
  readonly adds: number;
  readonly times: number;
}

export interface EarningTerms {
  readonly programmeVersion: number;
  readonly ruleName: string;
  /** The shop's currency. */
  readonly currency: string;
  readonly testOrdersCount: boolean;
  /** Where the order is from, if it is from a market of the programme. */
  readonly market: Market | null;
  /** Lines that an earlier rule pays for alone, with the name of that rule. */
  readonly taken: ReadonlyMap<string, string>;
}

/**
 * Points by step, each the whole of what is due after it: the engine posts the differences. They are
 * before multipliers and limits, which the engine sees to for every kind of rule (`earn.ts`).
 */
export interface Worth {
  readonly steps: readonly WorthStep[];
  readonly explanation: Explanation;
  /** Lines of the order that no later rule pays for. */
  readonly takes?: readonly string[];
  /** By step: what each kept line is worth by itself, by its id; campaigns may be for some of them. */
  readonly byLine?: () => readonly ReadonlyMap<string, Rational>[];
}

export interface WorthStep {
  readonly step: string;
  readonly at: Moment;
  /** What the fact is worth from this step on. */
  readonly total: number;
  /** The same before it was rounded down, where that is something else. */
  readonly exact?: Rational;
}

export type Offer =
  | { readonly on: 'order'; readonly points: number; readonly per: string }
  | {
      readonly on:
        Exclude<OccasionFact['kind'], 'consent' | 'card'> | 'newsletter' | 'sms' | CardKind;
      readonly points: number;
    };

export const CARD_KINDS = ['renewal', 'goal', 'punch-card'] as const;
export type CardKind = (typeof CARD_KINDS)[number];
export const CARD_PERIODS = ['month', 'year', 'lifetime'] as const;
export type CardPeriod = (typeof CARD_PERIODS)[number];
