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
  readonly key: 'points' | 'expiry' | 'membership' | 'tiers' | 'referrals' | 'nicknames';
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

const nicknames: DocumentSection = {
  key: 'nicknames',
  fields: [
    {
      name: 'nicknames.refused',
      input: 'texts',
      label: 'Words that no nickname may hold',
      help: 'Besides insults and obscenities, which are always refused.',
    },
  ],
};

export const documentSections: readonly DocumentSection[] = [
  points,
  expiry,
  membership,
  tiers,
  referrals,
  nicknames,
];
