/** "€5 off": an amount off the order, or off some of its products. */
import { z } from 'zod';
import type { RewardDefinition } from './definition.ts';
import {
  amountFields,
  amountFor,
  amountGiven,
  amountOfMarkets,
  codeDefaults,
  codeFields,
  codeSettings,
  combinesOf,
  discountedBy,
  eitherCollectionsOrProducts,
  minimumOf,
  productDefaults,
  productFields,
  productSettings,
  purchaseFields,
  purchaseSettings,
  subscriptionsBy,
} from './shared-settings.ts';

const settings = z
  .strictObject({
    amount: amountGiven,
    marketAmounts: amountOfMarkets,
    ...codeSettings,
    ...productSettings,
    ...purchaseSettings,
  })
  .refine(eitherCollectionsOrProducts.check, eitherCollectionsOrProducts.fault);

type Settings = z.infer<typeof settings>;

const defaults: Settings = {
  amount: '5',
  marketAmounts: [],
  ...codeDefaults,
  ...productDefaults,
  purchases: 'one-time',
  payments: 1,
};

export const amountOff: RewardDefinition<Settings> = {
  kind: 'amount-off',
  byCode: true,
  words: { label: 'Amount off', help: 'A code that takes an amount off an order, such as 5.00.' },
  settings,
  defaults,
  fields: [...amountFields, ...productFields, ...purchaseFields, ...codeFields],
  terms: (settings, given) => ({
    kind: 'discount',
    value: { kind: 'amount', ...amountFor(settings, given) },
    on: discountedBy(settings),
    subscriptions: subscriptionsBy(settings),
    minimum: minimumOf(settings, given),
    combines: combinesOf(settings),
  }),
};

const variable = z
  .strictObject({
    amount: amountGiven,
    marketAmounts: amountOfMarkets,
    leastSteps: z.int().min(1).max(10_000).default(1),
    mostSteps: z.int().min(1).max(10_000).default(20),
    ...codeSettings,
    ...productSettings,
    ...purchaseSettings,
  })
  .refine(({ leastSteps, mostSteps }) => leastSteps <= mostSteps, {
    error: 'Must be at least the smallest.',
    path: ['mostSteps'],
  })
  .refine(eitherCollectionsOrProducts.check, eitherCollectionsOrProducts.fault);

/** "100 points = €1", as often as the member likes. */
export const variableAmountOff: RewardDefinition<z.infer<typeof variable>> = {
  kind: 'variable-amount-off',
  words: {
    label: 'Amount off, as much as they like',
    help: 'The member chooses how many points to spend. Its points and its worth are those of one step.',
  },
  settings: variable,
  defaults: { ...defaults, amount: '1', leastSteps: 1, mostSteps: 20 },
  fields: [
    ...amountFields,
    { name: 'leastSteps', input: 'integer', label: 'At least', unit: 'steps' },
    { name: 'mostSteps', input: 'integer', label: 'At most', unit: 'steps' },
    ...productFields,
    ...purchaseFields,
    ...codeFields,
  ],
  terms: amountOff.terms,
  steps: ({ leastSteps, mostSteps }) => ({ least: leastSteps, most: mostSteps }),
};
