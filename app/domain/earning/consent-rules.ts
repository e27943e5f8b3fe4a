/** Newsletter and text messages: the first consent pays; one that is soon withdrawn pays back. */
import { z } from 'zod';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';
import type { Words } from '../fields.ts';
import { addDays } from '../time/shop-time.ts';

const settings = z.strictObject({ points: pointsPaid, keptAfterDays: z.int().min(0).max(3660) });

type ConsentRule = EarningDefinition<z.infer<typeof settings>>;

function consentRule(channel: 'newsletter' | 'sms', words: Words): ConsentRule {
  return {
    kind: channel,
    words,
    settings,
    defaults: { points: 50, keptAfterDays: 30 },
    fields: [
      { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
      {
        name: 'keptAfterDays',
        input: 'integer',
        label: 'Kept after',
        unit: 'days',
        help: 'Whoever withdraws sooner loses the points, and gets them no second time.',
      },
    ],
    worth: ({ points, keptAfterDays }, fact, terms) => {
      if (fact.kind !== 'consent' || fact.channel !== channel) return null;
      const { at, withdrawnAt, zone } = fact;
      const soon = withdrawnAt !== null && withdrawnAt < addDays(at, keptAfterDays, zone);
      const withdrawn = soon ? ({ at: withdrawnAt, because: `${channel}-left` } as const) : null;
      return fixedWorth(terms, points, at, `${channel}-joined`, withdrawn);
    },
    offer: ({ points }) => ({ on: channel, points }),
  };
}

export const newsletterRule: ConsentRule = consentRule('newsletter', {
  label: 'Newsletter',
  help: 'Points for the first consent to marketing e-mails.',
});

export const smsRule: ConsentRule = consentRule('sms', {
  label: 'Text messages',
  help: 'Points for the first consent to marketing by text message.',
});
