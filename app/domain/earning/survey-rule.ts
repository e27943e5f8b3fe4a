/** An answered survey pays once, whatever was answered: the answers are not even known here. */
import { z } from 'zod';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';

const surveyKey = z
  .string()
  .regex(/^[a-z0-9-]{0,60}$/, { error: 'Use small letters, digits and dashes.' });

const settings = z.strictObject({ points: pointsPaid, survey: surveyKey });

export const surveyRule: EarningDefinition<z.infer<typeof settings>> = {
  kind: 'survey',
  words: {
    label: 'Answering a survey',
    help: 'Points once for each survey, never depending on the answers.',
  },
  settings,
  defaults: { points: 30, survey: '' },
  fields: [
    { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
    {
      name: 'survey',
      input: 'text',
      label: 'Only for the survey',
      help: 'The key of one survey; left empty, every survey pays.',
    },
  ],
  worth: ({ points, survey }, fact, terms) =>
    fact.kind !== 'survey' || (survey !== '' && survey !== fact.id)
      ? null
      : fixedWorth(terms, points, fact.at, 'survey-answered'),
  offer: ({ points }) => ({ on: 'survey', points }),
};
