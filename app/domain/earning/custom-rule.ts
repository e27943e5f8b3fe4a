/**
 * Whatever else a merchant rewards: told by a program through the API, by Shopify Flow, or claimed by
 * the member and approved by a person.
 */
import { z } from 'zod';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';

const settings = z.strictObject({
  points: pointsPaid,
  action: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, {
    error: 'Use small letters, digits and dashes.',
  }),
  most: z.int().min(0).max(1_000_000),
  claimable: z.boolean(),
});

export const customRule: EarningDefinition<z.infer<typeof settings>> = {
  kind: 'custom',
  words: {
    label: 'Custom action',
    help: 'Points for anything you name, told by the API, by Shopify Flow or by a claim.',
  },
  settings,
  defaults: { points: 50, action: 'action', most: 0, claimable: false },
  fields: [
    { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
    {
      name: 'action',
      input: 'text',
      label: 'Name of the action',
      help: 'What the API, Flow or the shop calls it, such as photo-of-the-month.',
    },
    {
      name: 'most',
      input: 'integer',
      label: 'Whoever tells it may say how many points, at most',
      unit: 'points',
      help: '0: always the points above.',
    },
    {
      name: 'claimable',
      input: 'switch',
      label: 'Members may claim it',
      help: 'Claims wait until somebody of your staff approves them.',
    },
  ],
  worth: ({ points, action, most }, fact, terms) => {
    if (fact.kind !== 'custom' || fact.content['action'] !== action) return null;
    const { points: said } = fact.content;
    const due = most > 0 && typeof said === 'number' ? Math.min(said, most) : points;
    const { withdrawnAt } = fact;
    const withdrawn =
      withdrawnAt === null ? null : ({ at: withdrawnAt, because: 'custom-withdrawn' } as const);
    return fixedWorth(terms, due, fact.at, 'custom-done', withdrawn);
  },
  offer: ({ points }) => ({ on: 'custom', points }),
};
