import type { Field } from '../fields.ts';

/** What every quiz and every vote has besides its name and the settings of its kind. */
export const quizFields: readonly Field[] = [
  {
    name: 'words',
    input: 'text',
    label: 'Words for shoppers',
    help: 'What it is about, in a sentence.',
  },
  { name: 'questions', input: 'questions', label: 'Questions' },
  { name: 'prize.points', input: 'integer', label: 'Points for answering', unit: 'points' },
  { name: 'prize.reward', input: 'reward', label: 'Reward for answering' },
  { name: 'prize.badge', input: 'badge', label: 'Badge for answering' },
  { name: 'startsAt', input: 'first-day', optional: true, label: 'From' },
  { name: 'endsAt', input: 'last-day', optional: true, label: 'Until' },
  {
    name: 'resultsShown',
    input: 'choice',
    label: 'Members see how all have answered',
    choices: [
      { value: 'never', label: 'never' },
      { value: 'answered', label: 'once they have answered' },
      { value: 'ended', label: 'when it has ended' },
    ],
  },
  {
    name: 'changeable',
    input: 'switch',
    label: 'Answers can be changed until the end',
    help: 'The newest answers count. The prize is given once.',
  },
];
