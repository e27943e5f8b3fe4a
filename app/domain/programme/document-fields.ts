/**
 * How the settings of the programme itself are asked for: the admin's form and the list of changes
 * are drawn from these, as those of definitions are from theirs. Names are places in the document.
 */
import type { DraftDocument } from './draft.ts';
import type { Field } from '../fields.ts';
import { referralFields, referralSwitch } from '../referrals/fields.ts';

export interface DocumentField extends Field {
  /** Whether it plays a part, by the rest of the document; it always does when left out. */
  readonly when?: (document: DraftDocument) => boolean;
}

export interface DocumentSection {
  readonly key: 'points' | 'expiry' | 'membership' | 'tiers' | 'referrals';
  readonly fields: readonly DocumentField[];
}

const points: DocumentSection = {
  key: 'points',
  fields: [
    {
      name: 'maturityDays',
      input: 'integer',
      label: 'Points can be spent after',
      help: 'Until then they are pending. Choose your return period to be safe.',
      unit: 'days',
    },
    {
      name: 'maturesAfter',
      input: 'choice',
      label: 'Counted from',
      choices: [
        { value: 'paid', label: 'the payment of the order' },
        { value: 'fulfilled', label: 'the fulfilment of the order' },
      ],
    },
    {
      name: 'multipliers',
      input: 'choice',
      label: 'When several multipliers meet',
      help: 'Tier 1.5 and campaign 2: the highest gives 2, multiplied they give 3, added 2.5.',
      choices: [
        { value: 'highest', label: 'the highest counts' },
        { value: 'multiply', label: 'they multiply' },
        { value: 'add', label: 'they add up' },
      ],
    },
    {
      name: 'clawback',
      input: 'choice',
      label: 'When refunded points were already spent',
      help: 'Refunds take back exactly the points of what was returned.',
      choices: [
        { value: 'unlimited', label: 'Members owe them; what they earn next makes up for it' },
        { value: 'within-balance', label: 'Take what is there, and waive the rest' },
        { value: 'only-pending', label: 'Take pending points only' },
      ],
    },
    {
      name: 'returnGraceDays',
      input: 'integer',
      label: 'Given-back points live at least',
      help: 'When points that were spent come back after their own date, they can be spent for these days.',
      unit: 'days',
    },
    {
      name: 'worthOf100',
      input: 'money',
      label: '100 points are worth',
      help: 'What they cost you when they are spent. Used for figures only.',
    },
    {
      name: 'pastOrdersEarn',
      input: 'switch',
      label: 'Past orders earn',
      help: 'Orders from before the first version earn by the first version.',
    },
    {
      name: 'testOrdersEarn',
      input: 'switch',
      label: 'Test orders earn',
      help: 'For trying things out. Switch it off before you go live.',
    },
  ],
};

const expires = ({ expiry }: DraftDocument): boolean => expiry.kind !== 'never';

const expiry: DocumentSection = {
  key: 'expiry',
  fields: [
    {
      name: 'expiry.kind',
      input: 'choice',
      label: 'Points expire',
      help: 'Switching expiry on, or shortening it, takes nothing before one full period has passed.',
      choices: [
        { value: 'never', label: 'never' },
        { value: 'lot', label: 'each award by itself, some time after it could be spent' },
        { value: 'inactivity', label: 'all together, after a time without earning or spending' },
      ],
    },
    { name: 'expiry.length', input: 'integer', label: 'After', when: expires },
    {
      name: 'expiry.unit',
      input: 'choice',
      label: 'Unit',
      choices: [
        { value: 'months', label: 'months' },
        { value: 'days', label: 'days' },
      ],
      when: expires,
    },
    {
      name: 'expiry.noticeDays',
      input: 'integer',
      label: 'Announced at least',
      help: 'Nothing expires sooner than this after you switch expiry on or shorten it.',
      unit: 'days',
      when: expires,
    },
    {
      name: 'expiry.reminderDays',
      input: 'integers',
      label: 'Remind members before',
      unit: 'days',
      when: expires,
    },
  ],
};

const membership: DocumentSection = {
  key: 'membership',
  fields: [
    {
      name: 'membership.policy',
      input: 'choice',
      label: 'Who is a member',
      choices: [
        { value: 'everyone', label: 'every customer' },
        { value: 'opted-in', label: 'customers who joined' },
        { value: 'tagged', label: 'customers with a tag' },
      ],
    },
    {
      name: 'membership.tag',
      input: 'text',
      label: 'Tag',
      help: 'As it is written in Shopify.',
      when: ({ membership: { policy } }) => policy === 'tagged',
    },
    {
      name: 'membership.claimDays',
      input: 'integer',
      label: 'Orders from before joining count back',
      help: 'Orders of guests, and of customers before they joined, are claimed once, when they join.',
      unit: 'days',
    },
  ],
};

const terms = ({ tiers: { window } }: DraftDocument): boolean => window.kind !== 'lifetime';

const tiers: DocumentSection = {
  key: 'tiers',
  fields: [
    {
      name: 'tiers.graceDays',
      input: 'integer',
      label: 'Grace',
      help: 'How long a member keeps a tier after its term without qualifying again.',
      unit: 'days',
      when: terms,
    },
    {
      name: 'tiers.noticeDays',
      input: 'integer',
      label: 'Notice before a tier is lost',
      unit: 'days',
      when: terms,
    },
    {
      name: 'tiers.downgrade',
      input: 'choice',
      label: 'Who does not qualify again goes',
      choices: [
        { value: 'recompute', label: 'to the tier they reach' },
        { value: 'one-down', label: 'one tier down' },
      ],
      when: terms,
    },
    {
      name: 'tiers.skippedRewards',
      input: 'choice',
      label: 'Members who skip tiers upward get',
      choices: [
        { value: 'all', label: 'the rewards of every tier they pass' },
        { value: 'highest', label: 'the reward of the highest only' },
      ],
    },
    {
      name: 'pendingCountsForTiers',
      input: 'switch',
      label: 'Pending points count for tiers',
      when: ({ tiers: { metric } }) => metric === 'points',
    },
    {
      name: 'tiers.lowersAtOnce',
      input: 'switch',
      label: 'Publishing a stricter ladder lowers members at once',
      help: 'Otherwise everybody keeps their tier to the end of its term.',
    },
  ],
};

const referrals: DocumentSection = {
  key: 'referrals',
  fields: [
    referralSwitch,
    ...referralFields.map((field) => ({
      ...field,
      when: ({ referrals: { enabled } }: DraftDocument) => enabled,
    })),
  ],
};

export const documentSections: readonly DocumentSection[] = [
  points,
  expiry,
  membership,
  tiers,
  referrals,
];

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

/** What a badge or a challenge gives besides points. */
export const prizeFields: Readonly<Record<'badges' | 'challenges', Field>> = {
  badges: { name: 'bonusReward', input: 'reward', label: 'Reward for earning it' },
  challenges: { name: 'prizeReward', input: 'reward', label: 'Reward for completing it' },
};

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
