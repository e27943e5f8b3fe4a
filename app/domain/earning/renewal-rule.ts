/** Staying subscribed: the third order of a subscription, or each from then on. */
import { z } from 'zod';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';

const settings = z.strictObject({
  points: pointsPaid,
  number: z.int().min(1).max(1000),
  repeats: z.enum(['once', 'each', 'every']),
});

export const renewalRule: EarningDefinition<z.infer<typeof settings>> = {
  kind: 'renewal',
  words: {
    label: 'Staying subscribed',
    help: 'Points with a member’s second, third or later subscription order. Refunded orders do not count.',
  },
  settings,
  defaults: { points: 100, number: 3, repeats: 'once' },
  fields: [
    { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
    {
      name: 'number',
      input: 'integer',
      label: 'Number of the subscription order',
      help: 'The first order of a subscription is number 1.',
    },
    {
      name: 'repeats',
      input: 'choice',
      label: 'Pays',
      choices: [
        { value: 'once', label: 'With this order only' },
        { value: 'each', label: 'With this order and each after it' },
        { value: 'every', label: 'Every time as many orders were placed' },
      ],
    },
  ],
  worth: ({ points }, fact, terms) =>
    fact.kind !== 'card' || fact.of !== 'renewal'
      ? null
      : fixedWorth(terms, points, fact.at, 'renewal'),
  asks: () => ['selling-plans'],
  card: {
    lasts: () => 'lifetime',
    stamp: ({ number, repeats }, { kept }, before) => {
      if (!kept.some(({ subscription }) => subscription)) return { adds: 0, times: 0 };
      const now = before + 1;
      const pays = { once: now === number, each: now >= number, every: now % number === 0 };
      return { adds: 1, times: pays[repeats] ? 1 : 0 };
    },
  },
  offer: ({ points }) => ({ on: 'renewal', points }),
};
