/** What a ladder of tiers climbs by. Counts are kept apart from the balance: spending never lowers them. */
import { z } from 'zod';
import { decimalAmount, formatDecimal, parseMoney, toLiquidMoney } from '../money/money.ts';
import { registryOf } from '../registry.ts';
import type { Words } from '../fields.ts';

/** A change of what a member has done, at the moment it happened. */
export interface Step {
  readonly at: number;
  readonly spendMinor: number;
  readonly orders: number;
  readonly points: number;
  /** When the thing that the step belongs to was done; a refund belongs to its order's moment. */
  readonly countsFrom: number;
}

export interface TierMetric {
  readonly kind: string;
  readonly words: Words & { readonly unit: string };
  /** How the threshold is written in the document. */
  readonly need: z.ZodType<string>;
  readonly parseNeed: (need: string, currency: string) => number;
  readonly formatNeed: (need: number, currency: string) => string;
  /** For the storefront: hundredths of the currency's unit for money, a plain count otherwise. */
  readonly forLiquid: (amount: number, currency: string) => number;
  readonly amount: (step: Step) => number;
}

const count = z.string().regex(/^\d{1,9}$/, { error: 'Write a whole number.' });
const plainCount = {
  need: count,
  parseNeed: (need: string): number => Number(need),
  formatNeed: (need: number): string => String(need),
  forLiquid: (amount: number): number => amount,
};

const spend: TierMetric = {
  kind: 'spend',
  words: {
    label: 'Amount spent',
    help: 'What paid orders are worth after discounts and refunds, without tax and shipping.',
    unit: 'money',
  },
  need: decimalAmount,
  parseNeed: parseMoney,
  formatNeed: formatDecimal,
  forLiquid: toLiquidMoney,
  amount: (step) => step.spendMinor,
};

const orders: TierMetric = {
  kind: 'orders',
  words: {
    label: 'Number of orders',
    help: 'Paid orders of which something was kept.',
    unit: 'orders',
  },
  ...plainCount,
  amount: (step) => step.orders,
};

const points: TierMetric = {
  kind: 'points',
  words: {
    label: 'Points earned',
    help: 'Points earned less points taken back. Spending points does not lower it.',
    unit: 'points',
  },
  ...plainCount,
  amount: (step) => step.points,
};

export const tierMetrics = registryOf<TierMetric>('tier metric', [spend, orders, points]);
