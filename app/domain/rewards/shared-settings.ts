/** What rewards of several kinds have in common: settings, their form, and what they come to. */
import { z } from 'zod';
import type { CombineTerms, DiscountedTerms, MinimumTerms, MoneyTerms } from './terms.ts';
import type { Given } from './definition.ts';
import type { Field } from '../fields.ts';
import { decimalAmount, parseMoney } from '../money/money.ts';

const texts = z.array(z.string().trim().min(1).max(255)).max(100).default([]);

/** More than nothing, in the shop's currency. */
export const amountGiven = decimalAmount.refine((text) => /[1-9]/.test(text), {
  error: 'Must be more than zero.',
});

export const amountOfMarkets = z
  .array(z.strictObject({ market: z.string().min(1).max(40), amount: amountGiven }))
  .max(50)
  .default([]);

export const amountFields: readonly Field[] = [
  { name: 'amount', input: 'money', label: 'Worth' },
  {
    name: 'marketAmounts',
    input: 'market-amounts',
    label: 'Worth something else in markets',
    help: 'By the market of the member’s last order. In the currency of your shop.',
    more: true,
  },
];

/** What it is worth to this member, once per step. */
export function amountFor(
  { amount, marketAmounts }: { amount: string; marketAmounts: z.infer<typeof amountOfMarkets> },
  { steps, market, currency }: Given,
): MoneyTerms {
  const own = marketAmounts.find((one) => one.market === market);
  return { minor: parseMoney(own?.amount ?? amount, currency) * steps, currency };
}

export const codeSettings = {
  /** The least that must be in the cart; empty for nothing. */
  minimumAmount: z.union([z.literal(''), amountGiven]).default(''),
  minimumPieces: z.int().min(1).max(10_000).nullable().default(null),
  combinesWithOrder: z.boolean().default(false),
  combinesWithProduct: z.boolean().default(false),
  combinesWithShipping: z.boolean().default(true),
};

export type CodeSettings = z.infer<z.ZodObject<typeof codeSettings>>;

export const codeDefaults: CodeSettings = {
  minimumAmount: '',
  minimumPieces: null,
  combinesWithOrder: false,
  combinesWithProduct: false,
  combinesWithShipping: true,
};

export const codeFields: readonly Field[] = [
  {
    name: 'minimumAmount',
    input: 'money',
    optional: true,
    label: 'From a purchase of',
    help: 'Leave empty for any purchase.',
    more: true,
  },
  {
    name: 'minimumPieces',
    input: 'integer',
    optional: true,
    label: 'From so many pieces',
    help: 'Looked at where no amount is asked for.',
    unit: 'pieces',
    more: true,
  },
  {
    name: 'combinesWithOrder',
    input: 'switch',
    label: 'Together with discounts on the order',
    more: true,
  },
  {
    name: 'combinesWithProduct',
    input: 'switch',
    label: 'Together with discounts on products',
    more: true,
  },
  {
    name: 'combinesWithShipping',
    input: 'switch',
    label: 'Together with discounts on shipping',
    more: true,
  },
];

export function minimumOf(settings: CodeSettings, { currency }: Given): MinimumTerms | null {
  const { minimumAmount, minimumPieces } = settings;
  if (minimumAmount !== '') {
    return { kind: 'subtotal', minor: parseMoney(minimumAmount, currency), currency };
  }
  return minimumPieces === null ? null : { kind: 'quantity', quantity: minimumPieces };
}

export function combinesOf(settings: CodeSettings): CombineTerms {
  return {
    order: settings.combinesWithOrder,
    product: settings.combinesWithProduct,
    shipping: settings.combinesWithShipping,
  };
}

export const productSettings = { products: texts, variants: texts, collections: texts };

export type ProductSettings = z.infer<z.ZodObject<typeof productSettings>>;

export const productDefaults: ProductSettings = { products: [], variants: [], collections: [] };

export const productFields: readonly Field[] = [
  {
    name: 'collections',
    input: 'collections',
    label: 'Only on these collections',
    help: 'Choose nothing here and below for the whole order.',
    more: true,
  },
  { name: 'products', input: 'products', label: 'Only on these products', more: true },
  { name: 'variants', input: 'variants', label: 'Only on these variants', more: true },
];

/** Shopify takes collections, or products and variants, never both. */
export const eitherCollectionsOrProducts = {
  check: ({ products, variants, collections }: ProductSettings): boolean =>
    collections.length === 0 || products.length + variants.length === 0,
  fault: {
    error: 'Choose collections, or products and variants: Shopify does not take both.',
    path: ['collections'],
  },
};

export function discountedBy({
  products,
  variants,
  collections,
}: ProductSettings): DiscountedTerms {
  if (collections.length > 0) return { kind: 'collections', collections };
  if (products.length + variants.length > 0) return { kind: 'products', products, variants };
  return { kind: 'order' };
}

export const purchaseSettings = {
  purchases: z.enum(['any', 'one-time', 'subscription']).default('one-time'),
  /** Payments of a subscription from which it takes off; null for all. */
  payments: z.int().min(1).max(1000).nullable().default(1),
};

export const purchaseFields: readonly Field[] = [
  {
    name: 'purchases',
    input: 'choice',
    label: 'Purchases',
    choices: [
      { value: 'one-time', label: 'one-time purchases only' },
      { value: 'any', label: 'all' },
      { value: 'subscription', label: 'subscriptions only' },
    ],
    more: true,
  },
  {
    name: 'payments',
    input: 'integer',
    optional: true,
    label: 'Of a subscription, the first payments',
    help: 'Leave empty for every payment.',
    unit: 'payments',
    more: true,
  },
];

export function subscriptionsBy({
  purchases,
  payments,
}: z.infer<z.ZodObject<typeof purchaseSettings>>): {
  oneTime: boolean;
  subscription: boolean;
  payments: number | null;
} {
  return {
    oneTime: purchases !== 'subscription',
    subscription: purchases !== 'one-time',
    payments,
  };
}

/** For gift cards and store credit. */
export const paidOutSettings = {
  expiresInDays: z.int().min(1).max(3660).nullable().default(null),
  notify: z.boolean().default(true),
};

export const paidOutFields: readonly Field[] = [
  {
    name: 'expiresInDays',
    input: 'integer',
    optional: true,
    label: 'Expires after',
    help: 'Leave empty for never. Some countries forbid an early date.',
    unit: 'days',
    more: true,
  },
  { name: 'notify', input: 'switch', label: 'Shopify tells the customer by e-mail', more: true },
];
