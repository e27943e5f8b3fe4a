import type { Field } from '../fields.ts';

/** What every leaderboard has besides its name and the settings of what it ranks by. */
export const leaderboardFields: readonly Field[] = [
  {
    name: 'description',
    input: 'text',
    label: 'Words for shoppers',
    help: 'What it is about, in a sentence.',
  },
  {
    name: 'season',
    input: 'choice',
    label: 'Begins anew',
    help: 'By the calendar of the shop.',
    choices: [
      { value: 'week', label: 'every week, on Monday' },
      { value: 'month', label: 'every month' },
      { value: 'quarter', label: 'every quarter' },
      { value: 'fixed', label: 'never: it has its own days' },
    ],
  },
  {
    name: 'startsAt',
    input: 'first-day',
    optional: true,
    label: 'First day',
    help: 'Only of a leaderboard with its own days.',
  },
  {
    name: 'endsAt',
    input: 'last-day',
    optional: true,
    label: 'Last day',
    help: 'Only of a leaderboard with its own days.',
  },
  {
    name: 'prizes',
    input: 'rank-prizes',
    label: 'Prizes at the end',
    help: 'The first line that fits a rank counts. Who has as much as another has the same rank: 1, 2, 2, 4.',
  },
  {
    name: 'settleDays',
    input: 'integer',
    label: 'Refunds count for',
    help: 'After the end. Then ranks are fixed and prizes are given. Choose your return period to be safe.',
    unit: 'days',
  },
  {
    name: 'leastScore',
    input: 'integer',
    label: 'Ranked from',
    help: 'Who has less is not ranked. Of an amount spent, in whole units of your currency.',
    more: true,
  },
  {
    name: 'mostPerDay',
    input: 'integer',
    optional: true,
    label: 'At most, of one day',
    help: 'More of one day of the shop adds nothing. Leave empty for no limit.',
    more: true,
  },
];
