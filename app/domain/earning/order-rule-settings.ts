/** What a merchant says about points for buying: the settings and how the form asks for them. */
import { z } from 'zod';
import type { Field } from '../fields.ts';
import { decimalAmount } from '../money/money.ts';

const texts = z.array(z.string().trim().min(1).max(255)).max(250);
/** Settings that came later: what was published without them goes by these. */
const none = texts.default([]);
const points = z.int().min(1).max(1_000_000);
const per = decimalAmount.refine((text) => /[1-9]/.test(text), {
  error: 'Must be more than zero.',
});

export const orderRuleSettings = z.strictObject({
  points,
  per,
  /** Rates of markets, by their keys; the amounts are of the shop's currency, too. */
  marketRates: z
    .array(z.strictObject({ market: z.string().min(1).max(40), points, per }))
    .max(50)
    .default([]),
  includeTax: z.boolean(),
  includeShipping: z.boolean(),
  includeTips: z.boolean(),
  includeDuties: z.boolean(),
  afterDiscounts: z.boolean(),
  storeCreditEarns: z.boolean().default(false),
  purchases: z.enum(['any', 'one-time', 'subscription']).default('any'),
  /** Where none of these lists names anything, every line is included. */
  includedProducts: none,
  includedVariants: none,
  includedCollections: none,
  includedTypes: none,
  includedVendors: none,
  includedTags: none,
  excludedProducts: texts,
  excludedVariants: none,
  excludedCollections: texts,
  excludedVendors: texts,
  excludedTypes: texts,
  excludedTags: texts,
  /** Lines that it pays for earn by no later rule. */
  alone: z.boolean().default(false),
});

export type OrderRuleSettings = z.infer<typeof orderRuleSettings>;

export const orderRuleDefaults: OrderRuleSettings = {
  points: 1,
  per: '1',
  marketRates: [],
  includeTax: false,
  includeShipping: false,
  includeTips: false,
  includeDuties: false,
  afterDiscounts: true,
  storeCreditEarns: false,
  purchases: 'any',
  includedProducts: [],
  includedVariants: [],
  includedCollections: [],
  includedTypes: [],
  includedVendors: [],
  includedTags: [],
  excludedProducts: [],
  excludedVariants: [],
  excludedCollections: [],
  excludedVendors: [],
  excludedTypes: [],
  excludedTags: [],
  alone: false,
};

export const orderRuleFields: readonly Field[] = [
  { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
  {
    name: 'per',
    input: 'money',
    label: 'For every',
    help: '1 point for every 10 is possible, too.',
  },
  {
    name: 'marketRates',
    input: 'rates',
    label: 'Other rates in markets',
    help: 'On what an order is worth in the currency of your shop.',
    more: true,
  },
  { name: 'afterDiscounts', input: 'switch', label: 'Count prices after discounts' },
  { name: 'includeTax', input: 'switch', label: 'Count tax' },
  { name: 'includeShipping', input: 'switch', label: 'Count shipping', more: true },
  { name: 'includeTips', input: 'switch', label: 'Count tips', more: true },
  { name: 'includeDuties', input: 'switch', label: 'Count duties', more: true },
  {
    name: 'storeCreditEarns',
    input: 'switch',
    label: 'Count what is paid with store credit',
    more: true,
  },
  {
    name: 'purchases',
    input: 'choice',
    label: 'Purchases',
    choices: [
      { value: 'any', label: 'all' },
      { value: 'one-time', label: 'one-time purchases only' },
      { value: 'subscription', label: 'subscriptions only' },
    ],
    more: true,
  },
  {
    name: 'includedProducts',
    input: 'products',
    label: 'Only these products',
    help: 'Choose nothing in all of these lists, and every product earns.',
    more: true,
  },
  { name: 'includedVariants', input: 'variants', label: 'Only these variants', more: true },
  {
    name: 'includedCollections',
    input: 'collections',
    label: 'Only these collections',
    more: true,
  },
  { name: 'includedTypes', input: 'texts', label: 'Only these product types', more: true },
  { name: 'includedVendors', input: 'texts', label: 'Only these vendors', more: true },
  { name: 'includedTags', input: 'texts', label: 'Only products with a tag of', more: true },
  { name: 'excludedProducts', input: 'products', label: 'Products that earn nothing', more: true },
  { name: 'excludedVariants', input: 'variants', label: 'Variants that earn nothing', more: true },
  {
    name: 'excludedCollections',
    input: 'collections',
    label: 'Collections that earn nothing',
    more: true,
  },
  { name: 'excludedTypes', input: 'texts', label: 'Product types that earn nothing', more: true },
  { name: 'excludedVendors', input: 'texts', label: 'Vendors that earn nothing', more: true },
  { name: 'excludedTags', input: 'texts', label: 'Product tags that earn nothing', more: true },
  {
    name: 'alone',
    input: 'switch',
    label: 'Pays alone',
    help: 'What it pays for earns nothing by the ways to earn below it. Otherwise they add up.',
    more: true,
  },
];
