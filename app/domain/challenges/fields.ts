import type { Field } from '../fields.ts';
import { valueAt } from '../programme/value-at.ts';

/** What a challenge has besides its name, what it asks for, and whom it is for. */
export const challengeFields: readonly Field[] = [
  {
    name: 'words',
    input: 'text',
    label: 'Words for shoppers',
    help: 'What it is about, in a sentence.',
  },
  { name: 'prizePoints', input: 'integer', label: 'Prize', unit: 'points' },
  { name: 'prizeReward', input: 'reward', label: 'Reward for completing it' },
  { name: 'prizeBadge', input: 'badge', label: 'Badge for completing it', more: true },
  {
    name: 'prizeMultiplier',
    input: 'decimal',
    label: 'Multiplies orders by',
    help: 'Those placed from then on, together with tier and campaigns. Leave empty for nothing.',
    unit: '×',
    more: true,
  },
  { name: 'prizeDays', input: 'integer', label: 'So long', unit: 'days', more: true },
  {
    name: 'startsAt',
    input: 'first-day',
    optional: true,
    label: 'First day',
    help: 'Leave empty to begin at once.',
  },
  {
    name: 'endsAt',
    input: 'last-day',
    optional: true,
    label: 'Last day',
    help: 'Leave empty to run without an end.',
  },
  {
    name: 'window.kind',
    input: 'choice',
    label: 'Time for it',
    choices: [
      { value: 'fixed', label: 'from the first day to the last' },
      { value: 'rolling', label: 'some days for each member' },
      { value: 'recurring', label: 'anew each week or month' },
    ],
  },
  { name: 'window.days', input: 'integer', label: 'Days for each member', unit: 'days' },
  {
    name: 'window.from',
    input: 'choice',
    label: 'Counted from',
    choices: [
      { value: 'joined-challenge', label: 'joining the challenge' },
      { value: 'became-member', label: 'becoming a member' },
    ],
  },
  {
    name: 'window.every',
    input: 'choice',
    label: 'Anew each',
    choices: [
      { value: 'week', label: 'week, from Monday' },
      { value: 'month', label: 'month' },
    ],
  },
  {
    name: 'joining',
    input: 'choice',
    label: 'Who takes part',
    choices: [
      { value: 'automatic', label: 'every member it is for' },
      { value: 'opt-in', label: 'members who join it' },
    ],
  },
  {
    name: 'capacity',
    input: 'integer',
    optional: true,
    label: 'Places',
    help: 'The first who join take part, in each round. Leave empty for no limit.',
    unit: 'members',
  },
  {
    name: 'backfill',
    input: 'switch',
    label: 'Count what was done before',
    help: 'Otherwise only what happens once the challenge is published counts.',
    more: true,
  },
];

const ONLY: Readonly<Record<string, readonly [place: string, value: string]>> = {
  'window.days': ['window.kind', 'rolling'],
  'window.from': ['window.kind', 'rolling'],
  'window.every': ['window.kind', 'recurring'],
  capacity: ['joining', 'opt-in'],
};

/** Those that play a part, by the rest of the challenge. */
export function challengeFieldsOf(challenge: unknown): readonly Field[] {
  return challengeFields.filter(({ name }) => {
    const only = ONLY[name];
    return only === undefined || valueAt(challenge, only[0]) === only[1];
  });
}
