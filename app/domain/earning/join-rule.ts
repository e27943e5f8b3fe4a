/** A welcome: points once, when a customer account begins while the programme runs. */
import { z } from 'zod';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';

const settings = z.strictObject({ points: pointsPaid });

export const joinRule: EarningDefinition<z.infer<typeof settings>> = {
  kind: 'join',
  words: {
    label: 'Joining',
    help: 'A welcome for every new customer. Customers from before the programme do not get it.',
  },
  settings,
  defaults: { points: 100 },
  fields: [{ name: 'points', input: 'integer', label: 'Points', unit: 'points' }],
  worth: ({ points }, fact, terms) =>
    fact.kind !== 'join' ? null : fixedWorth(terms, points, fact.at, 'joined'),
  offer: ({ points }) => ({ on: 'join', points }),
};
