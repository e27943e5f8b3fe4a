/**
 * A reward is a definition: its settings, its form, its words, and a pure function that pins what a
 * member is given. The registry lists them; nothing else knows their kinds.
 */
import type { z } from 'zod';
import type { RewardTerms } from './terms.ts';
import type { Field, Words } from '../fields.ts';

export interface RewardDefinition<Settings = unknown> {
  readonly kind: string;
  readonly words: Words;
  readonly settings: z.ZodType<Settings>;
  readonly defaults: Settings;
  readonly fields: readonly Field[];
  /** A code for the checkout. */
  readonly byCode?: true;
  /** Nothing that we are told says what one costs the merchant: postage, a partner's bill, their own time. */
  readonly isCostUnknown?: true;
  /** Optional permissions that it needs in Shopify: asked for once it is switched on. */
  readonly scopes?: readonly string[];
  /** What is given by these settings now. */
  readonly terms: (settings: Settings, given: Given) => RewardTerms;
  /** Of how many times its points a member may choose; without it they get it once. */
  readonly steps?: (settings: Settings) => Steps;
}

export interface Given {
  /** How many times the points of the reward; 1 where it cannot be chosen. */
  readonly steps: number;
  /** Key of the member's market in the programme, if they are of one. */
  readonly market: string | null;
  /** The shop's currency. */
  readonly currency: string;
  /** The reward's key in the programme. */
  readonly key: string;
}

export interface Steps {
  readonly least: number;
  readonly most: number;
}

/** How its points are spent for good: by an order that bears its code, by having it, by a person's word. */
export type UsedBy = 'order' | 'having' | 'person';

export function usedBy({ kind }: RewardTerms): UsedBy {
  switch (kind) {
    case 'discount':
    case 'free-shipping':
    case 'free-product':
      return 'order';
    case 'gift-card':
    case 'store-credit':
    case 'partner-code':
    case 'perk':
      return 'having';
    case 'by-hand':
      return 'person';
  }
}
