/** A present at the start of the shop's day, once a shop's year. */
import { z } from 'zod';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';
import { addDays } from '../time/shop-time.ts';

const settings = z.strictObject({
  points: pointsPaid,
  knownDays: z.int().min(0).max(365),
  fromShopify: z.boolean(),
});

export const birthdayRule: EarningDefinition<z.infer<typeof settings>> = {
  kind: 'birthday',
  words: {
    label: 'Birthday',
    help: 'Points on the birthday, once a year. Changing the birthday brings no second present.',
  },
  settings,
  defaults: { points: 200, knownDays: 0, fromShopify: false },
  fields: [
    { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
    {
      name: 'knownDays',
      input: 'integer',
      label: 'Told at least this long before',
      unit: 'days',
      help: 'A birthday that is told or changed later pays from the next year on.',
    },
    {
      name: 'fromShopify',
      input: 'switch',
      label: 'Read birthdays from Shopify',
      help: 'From the customer’s metafield facts.birth_date.',
    },
  ],
  worth: ({ points, knownDays }, fact, terms) =>
    fact.kind !== 'birthday' || addDays(fact.knownSince, knownDays, fact.zone) > fact.at
      ? null
      : fixedWorth(terms, points, fact.at, 'birthday'),
  offer: ({ points }) => ({ on: 'birthday', points }),
};
