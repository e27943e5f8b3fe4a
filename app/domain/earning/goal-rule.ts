/** Every so much spent pays: amounts add up over orders, and refunds take them back. */
import { z } from 'zod';
import { cardPeriod, cardPeriodChoices } from './card-period.ts';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';
import { decimalAmount, parseMoney } from '../money/money.ts';

const settings = z.strictObject({
  points: pointsPaid,
  per: decimalAmount.refine((text) => /[1-9]/.test(text), { error: 'Must be more than zero.' }),
  within: cardPeriod,
});

export const goalRule: EarningDefinition<z.infer<typeof settings>> = {
  kind: 'goal',
  words: {
    label: 'Spending goal',
    help: 'Points each time the member’s orders add up to an amount. Refunds count back.',
  },
  settings,
  defaults: { points: 100, per: '250', within: 'lifetime' },
  fields: [
    { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
    { name: 'per', input: 'money', label: 'Each time this much was spent' },
    {
      name: 'within',
      input: 'choice',
      label: 'Amounts add up for',
      choices: cardPeriodChoices,
    },
  ],
  worth: ({ points }, fact, terms) =>
    fact.kind !== 'card' || fact.of !== 'goal'
      ? null
      : fixedWorth(terms, points * fact.times, fact.at, 'goal-reached'),
  card: {
    lasts: ({ within }) => within,
    stamp: ({ per }, { changes }, before, currency) => {
      const adds = Math.max(
        0,
        changes.reduce((sum, [, minor]) => sum + minor, 0),
      );
      const need = parseMoney(per, currency);
      return { adds, times: Math.floor((before + adds) / need) - Math.floor(before / need) };
    },
  },
  offer: ({ points }) => ({ on: 'goal', points }),
};
