/** A welcome: points once, when a customer account begins while the programme runs. */
import { z } from 'zod';
import type { EarningDefinition } from './definition.ts';

const settings = z.strictObject({ points: z.int().min(1).max(1_000_000) });

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
    fact.kind !== 'join'
      ? null
      : {
          steps: [{ step: 'earn', at: fact.at, total: points }],
          explanation: {
            rule: 'fixed',
            programmeVersion: terms.programmeVersion,
            ruleName: terms.ruleName,
            because: 'joined',
            points,
          },
        },
  offer: ({ points }) => ({ on: 'join', points }),
};
