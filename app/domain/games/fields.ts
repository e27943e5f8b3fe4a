import type { Field } from '../fields.ts';
import { WHOLE } from './draw.ts';

const PERIODS = [
  { value: 'day', label: 'a day' },
  { value: 'week', label: 'a week' },
  { value: 'month', label: 'a month' },
];

export const MODES = [
  { value: 'open', label: 'Open to everybody' },
  { value: 'free-only', label: 'Only the free way in' },
  { value: 'age-gate', label: 'Only from an age on' },
  { value: 'off', label: 'Not offered' },
];

/** What every game has besides its name and the settings of its kind. Names are places within it. */
export const gameFields: readonly Field[] = [
  {
    name: 'words',
    input: 'text',
    label: 'Words for shoppers',
    help: 'What can be won, in a sentence.',
  },
  {
    name: 'startsAt',
    input: 'first-day',
    optional: true,
    label: 'First day',
    help: 'Empty: from the day on which it is published.',
  },
  { name: 'endsAt', input: 'last-day', optional: true, label: 'Last day' },
  {
    name: 'prizes',
    input: 'game-prizes',
    label: 'Prizes',
    help: `Chances are of ${WHOLE.toLocaleString('en')}, and shoppers see them. What is left of them is nothing.`,
  },
  {
    name: 'entry.free.times',
    input: 'integer',
    label: 'Free plays',
    help: '0 for none. The way in that asks for no purchase, which many countries want.',
    unit: 'plays',
  },
  { name: 'entry.free.per', input: 'choice', label: 'Free plays in', choices: PERIODS },
  {
    name: 'entry.points',
    input: 'integer',
    optional: true,
    label: 'A play costs',
    help: 'Leave empty where points buy none.',
    unit: 'points',
  },
  {
    name: 'entry.perOrder.tickets',
    input: 'integer',
    label: 'Tickets with an order',
    help: '0 for none. They go when the order is refunded.',
    unit: 'tickets',
  },
  {
    name: 'entry.perOrder.by',
    input: 'choice',
    label: 'Tickets for',
    choices: [
      { value: 'order', label: 'each order' },
      { value: 'amount', label: 'each amount' },
    ],
    more: true,
  },
  {
    name: 'entry.perOrder.amount',
    input: 'money',
    optional: true,
    label: 'Each amount of',
    help: 'Of goods that are kept, without tax and shipping.',
    more: true,
  },
  {
    name: 'entry.perOrder.most',
    input: 'integer',
    optional: true,
    label: 'At most, from one order',
    unit: 'tickets',
    more: true,
  },
  { name: 'entry.tiers', input: 'tier-tickets', label: 'Tickets of tiers', more: true },
  {
    name: 'budgetPoints',
    input: 'integer',
    optional: true,
    label: 'Budget',
    help: 'The most points that its prizes come to, for everybody together.',
    unit: 'points',
  },
  {
    name: 'mostPerDay',
    input: 'integer',
    optional: true,
    label: 'At most, for each member in a day',
    unit: 'plays',
  },
  {
    name: 'mostInAll',
    input: 'integer',
    optional: true,
    label: 'At most, for each member in all',
    unit: 'plays',
  },
  {
    name: 'refunded',
    input: 'choice',
    label: 'What was won with an order that is refunded',
    choices: [
      { value: 'take-back', label: 'is taken back, unless it was used' },
      { value: 'keep', label: 'stays' },
    ],
    more: true,
  },
  { name: 'otherwise.mode', input: 'choice', label: 'In every country', choices: MODES },
  {
    name: 'otherwise.age',
    input: 'integer',
    label: 'The age',
    help: 'Where it is asked for.',
    unit: 'years',
    more: true,
  },
  {
    name: 'countries',
    input: 'country-rules',
    label: 'Other rules for countries',
    help: 'Where we do not know the country, the strictest of these rules holds.',
    more: true,
  },
];
