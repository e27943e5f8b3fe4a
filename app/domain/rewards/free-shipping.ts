/** Free shipping, up to a rate and to some countries. */
import { z } from 'zod';
import type { RewardDefinition } from './definition.ts';
import {
  amountGiven,
  codeDefaults,
  codeFields,
  codeSettings,
  combinesOf,
  minimumOf,
} from './shared-settings.ts';
import { parseMoney } from '../money/money.ts';

const settings = z.strictObject({
  /** Rates above it are not free; empty for none. */
  ceiling: z.union([z.literal(''), amountGiven]).default(''),
  countries: z
    .array(z.string().regex(/^[A-Z]{2}$/, { error: 'Write two capital letters, such as DE.' }))
    .max(250)
    .default([]),
  ...codeSettings,
});

export const freeShipping: RewardDefinition<z.infer<typeof settings>> = {
  kind: 'free-shipping',
  byCode: true,
  isCostUnknown: true,
  words: { label: 'Free shipping', help: 'A code with which one order is shipped for nothing.' },
  settings,
  defaults: { ceiling: '', countries: [], ...codeDefaults, combinesWithShipping: false },
  fields: [
    {
      name: 'ceiling',
      input: 'money',
      optional: true,
      label: 'Only rates up to',
      help: 'Leave empty for any rate.',
    },
    {
      name: 'countries',
      input: 'codes',
      label: 'Only to these countries',
      help: 'Two letters each, such as DE. Leave empty for everywhere.',
    },
    ...codeFields.filter(({ name }) => name !== 'combinesWithShipping'),
  ],
  terms: (settings, given) => ({
    kind: 'free-shipping',
    ceiling:
      settings.ceiling === ''
        ? null
        : { minor: parseMoney(settings.ceiling, given.currency), currency: given.currency },
    countries: settings.countries,
    minimum: minimumOf(settings, given),
    // Shopify never lets two discounts on shipping go together.
    combines: { ...combinesOf(settings), shipping: false },
  }),
};
