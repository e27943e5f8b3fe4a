/** Coming back: once a day of the shop. */
import { z } from 'zod';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';

const settings = z.strictObject({ points: pointsPaid });

export const visitRule: EarningDefinition<z.infer<typeof settings>> = {
  kind: 'visit',
  words: {
    label: 'Visiting',
    help: 'Points for visiting the shop signed in, once a day of the shop’s calendar.',
  },
  settings,
  defaults: { points: 5 },
  fields: [{ name: 'points', input: 'integer', label: 'Points', unit: 'points' }],
  worth: ({ points }, fact, terms) =>
    fact.kind !== 'visit' ? null : fixedWorth(terms, points, fact.at, 'visited'),
  offer: ({ points }) => ({ on: 'visit', points }),
};
