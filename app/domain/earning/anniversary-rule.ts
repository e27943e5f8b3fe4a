/** Each year on the day of joining, at the start of the shop's day. */
import { z } from 'zod';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';

const settings = z.strictObject({ points: pointsPaid, morePerYear: z.int().min(0).max(1_000_000) });

export const anniversaryRule: EarningDefinition<z.infer<typeof settings>> = {
  kind: 'anniversary',
  words: {
    label: 'Anniversary of joining',
    help: 'Points each year on the day on which the member joined.',
  },
  settings,
  defaults: { points: 100, morePerYear: 0 },
  fields: [
    { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
    {
      name: 'morePerYear',
      input: 'integer',
      label: 'More for each further year',
      unit: 'points',
      help: '100 and 50 more are 100 after one year, 150 after two.',
    },
  ],
  worth: ({ points, morePerYear }, fact, terms) =>
    fact.kind !== 'anniversary'
      ? null
      : fixedWorth(terms, points + morePerYear * (fact.years - 1), fact.at, 'anniversary'),
  offer: ({ points }) => ({ on: 'anniversary', points }),
};
