import type { Field } from '../fields.ts';
import { BADGE_SHAPES } from './settings.ts';

const SHAPE_WORDS: Readonly<Record<(typeof BADGE_SHAPES)[number], string>> = {
  circle: 'circle',
  shield: 'shield',
  star: 'star',
  heart: 'heart',
  ribbon: 'ribbon',
  trophy: 'trophy',
  medal: 'medal',
  crown: 'crown',
  leaf: 'leaf',
  flame: 'flame',
  bolt: 'bolt',
  gem: 'gem',
  rocket: 'rocket',
  cup: 'cup',
  flag: 'flag',
  sun: 'sun',
};

/** What a badge has besides its name and what it asks for. */
export const badgeFields: readonly Field[] = [
  { name: 'words', input: 'text', label: 'Words for shoppers', help: 'What it is, in a sentence.' },
  { name: 'bonusPoints', input: 'integer', label: 'Bonus', unit: 'points' },
  { name: 'bonusReward', input: 'reward', label: 'Reward for earning it' },
  {
    name: 'season',
    input: 'choice',
    label: 'Can be earned',
    choices: [
      { value: 'once', label: 'once' },
      { value: 'month', label: 'once in each month' },
      { value: 'quarter', label: 'once in each quarter' },
      { value: 'year', label: 'once in each year' },
    ],
    more: true,
  },
  {
    name: 'levels',
    input: 'levels',
    label: 'Levels',
    help: 'Bronze, silver, gold: from the lowest up. What each needs stands in the place of what the goal asks for.',
    more: true,
  },
  {
    name: 'hidden',
    input: 'switch',
    label: 'Hidden until it is earned',
    more: true,
  },
  {
    name: 'art.shape',
    input: 'choice',
    label: 'Shape',
    choices: BADGE_SHAPES.map((value) => ({ value, label: SHAPE_WORDS[value] })),
    more: true,
  },
  { name: 'art.colour', input: 'text', label: 'Colour', help: 'Such as #8a6116.', more: true },
  {
    name: 'art.image',
    input: 'text',
    label: 'Picture instead',
    help: 'The https address of a picture, such as one of your files in Shopify.',
    more: true,
  },
  { name: 'startsAt', input: 'first-day', optional: true, label: 'From', more: true },
  { name: 'endsAt', input: 'last-day', optional: true, label: 'Until', more: true },
];
