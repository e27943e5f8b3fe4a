import { streakDeeds } from './deeds.ts';
import type { Field } from '../fields.ts';

/** How streaks are asked for. Names are places within one. */
export const streakFields: readonly Field[] = [
  { name: 'words', input: 'text', label: 'Words for shoppers', help: 'What it is, in a sentence.' },
  {
    name: 'of',
    input: 'choices',
    label: 'Kept alive by',
    help: 'Any one of these, once in each period.',
    choices: streakDeeds.all.map(({ kind, label }) => ({ value: kind, label })),
  },
  {
    name: 'period',
    input: 'choice',
    label: 'Once in each',
    help: 'Of your shop’s calendar; weeks begin on Monday.',
    choices: [
      { value: 'day', label: 'day' },
      { value: 'week', label: 'week' },
      { value: 'month', label: 'month' },
    ],
  },
  {
    name: 'milestones',
    input: 'milestones',
    label: 'What it gives',
  },
  {
    name: 'again',
    input: 'switch',
    label: 'Gives it again to who begins anew',
  },
  {
    name: 'freezes.atStart',
    input: 'integer',
    label: 'Freezes from the start',
    help: 'A freeze bridges a period in which nothing was done, by itself.',
    unit: 'freezes',
  },
  {
    name: 'freezes.earnEvery',
    input: 'integer',
    optional: true,
    label: 'A freeze for every so many in a row',
    help: 'Leave empty for none.',
  },
  {
    name: 'freezes.cost',
    input: 'integer',
    optional: true,
    label: 'A freeze costs',
    help: 'Leave empty where members cannot buy any.',
    unit: 'points',
  },
  { name: 'freezes.most', input: 'integer', label: 'Most freezes at a time', unit: 'freezes' },
  {
    name: 'warnHours',
    input: 'integer',
    label: 'Members are told before it ends',
    help: '0 for never. Who holds a freeze is not told.',
    unit: 'hours',
    more: true,
  },
  { name: 'startsAt', input: 'first-day', optional: true, label: 'From', more: true },
  { name: 'endsAt', input: 'last-day', optional: true, label: 'Until', more: true },
];
