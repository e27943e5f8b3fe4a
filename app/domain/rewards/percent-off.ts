/** "15 % off": a share off the order, or off some of its products. */
import { z } from 'zod';
import type { RewardDefinition } from './definition.ts';
import {
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
    percent: z
      .string()
      .regex(/^\d{1,3}(\.\d{1,2})?$/, { error: 'Write a number like 15 or 12.5.' })
      .refine((text) => Number(text) > 0 && Number(text) <= 100, {
        error: 'Must be more than 0 and at most 100.',
      }),
    ...codeSettings,
    ...productSettings,
    ...purchaseSettings,
  })
  .refine(eitherCollectionsOrProducts.check, eitherCollectionsOrProducts.fault);

export const percentOff: RewardDefinition<z.infer<typeof settings>> = {
  kind: 'percent-off',
  byCode: true,
  words: { label: 'Percentage off', help: 'A code that takes a share off an order, such as 15 %.' },
  settings,
  defaults: {
    percent: '10',
    ...codeDefaults,
    ...productDefaults,
    purchases: 'one-time',
    payments: 1,
  },
  fields: [
    { name: 'percent', input: 'decimal', label: 'Takes off', unit: '%' },
    ...productFields,
    ...purchaseFields,
    ...codeFields,
  ],
  terms: (settings, given) => ({
    kind: 'discount',
    value: { kind: 'percent', basisPoints: basisPointsOf(settings.percent) },
    on: discountedBy(settings),
    subscriptions: subscriptionsBy(settings),
    minimum: minimumOf(settings, given),
    combines: combinesOf(settings),
  }),
};

/** "12.5" is 1250. */
function basisPointsOf(percent: string): number {
  const [whole = '0', part = ''] = percent.split('.');
  return Number(whole) * 100 + Number(part.padEnd(2, '0'));
}
