/** How the parts of the programme are asked for: what a tier, a reward, a campaign has besides its kind. */
import type { Field } from '../fields.ts';

/** What a tier has besides its name, its threshold and its multiplier. */
export const levelFields: readonly Field[] = [
  { name: 'entryPoints', input: 'integer', label: 'Points for reaching it', unit: 'points' },
  { name: 'entryReward', input: 'reward', label: 'Reward for reaching it', more: true },
  {
    name: 'grantedOnly',
    input: 'switch',
    label: 'Only granted',
    help: 'By your staff, or by a membership that is bought. What members spend or earn does not lead here.',
    more: true,
  },
];

/** Whom a way to earn or a campaign is for, and how much of it. Names are places within it. */
export const audienceFields: readonly Field[] = [
  { name: 'audience.tiers', input: 'tiers', label: 'Only for members in', more: true },
  { name: 'audience.tags', input: 'texts', label: 'Only for customers with a tag of', more: true },
  {
    name: 'audience.withoutTags',
    input: 'texts',
    label: 'Not for customers with a tag of',
    more: true,
  },
];

/** Rewards may ask conditions besides, of what is known when points are spent. */
export const rewardAudienceFields: readonly Field[] = [
  ...audienceFields,
  {
    name: 'audience.segment',
    input: 'segment',
    label: 'Only for members who meet',
    help: 'Looked at when a member spends points on it.',
    more: true,
  },
];

export const limitFields: readonly Field[] = [
  {
    name: 'limits.each',
    input: 'integer',
    optional: true,
    label: 'At most, each time',
    help: 'Leave empty for no limit.',
    unit: 'points',
    more: true,
  },
  { name: 'limits.perMember', input: 'limits', label: 'At most, for each member', more: true },
];

/** What every reward has besides its name and the settings of its kind. */
export const rewardFields: readonly Field[] = [
  { name: 'points', input: 'integer', label: 'Costs', unit: 'points' },
  {
    name: 'forPoints',
    input: 'switch',
    label: 'Members can spend points on it',
    help: 'Otherwise it is only given: as a prize, or by your staff.',
  },
  {
    name: 'description',
    input: 'text',
    label: 'Words for shoppers',
    help: 'What it is, in a sentence.',
  },
  {
    name: 'image',
    input: 'text',
    label: 'Picture',
    help: 'The https address of a picture, such as one of your files in Shopify.',
    more: true,
  },
  {
    name: 'validDays',
    input: 'integer',
    optional: true,
    label: 'Can be used for',
    help: 'Unused after that, it ends and its points come back. Leave empty for good.',
    unit: 'days',
  },
  {
    name: 'stock',
    input: 'integer',
    optional: true,
    label: 'There are',
    help: 'For everybody together. Leave empty for any number.',
    unit: 'pieces',
    more: true,
  },
  {
    name: 'perMember',
    input: 'limits',
    label: 'At most, for each member',
    choices: [{ value: 'times', label: 'times' }],
    more: true,
  },
  { name: 'startsAt', input: 'first-day', optional: true, label: 'From', more: true },
  { name: 'endsAt', input: 'last-day', optional: true, label: 'Until', more: true },
];

export const marketFields: readonly Field[] = [
  { name: 'countries', input: 'codes', label: 'Countries', help: 'Two letters each, such as DE.' },
  {
    name: 'currencies',
    input: 'codes',
    label: 'Currencies paid in',
    help: 'Three letters each, such as EUR. Looked at where the country says nothing.',
  },
];
