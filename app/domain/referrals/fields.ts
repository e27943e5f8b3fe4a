/** How the settings of referrals are asked for. Names are places in the document. */
import { referralSignals } from './signals.ts';
import type { Field } from '../fields.ts';

export const referralSwitch: Field = {
  name: 'referrals.enabled',
  input: 'switch',
  label: 'Members can refer friends',
};

/** They play a part only while referrals are switched on. */
export const referralFields: readonly Field[] = [
  { name: 'referrals.friend.points', input: 'integer', label: 'The friend gets', unit: 'points' },
  {
    name: 'referrals.friend.reward',
    input: 'reward',
    label: 'And this reward for the friend',
  },
  {
    name: 'referrals.advocate.points',
    input: 'integer',
    label: 'The member who referred them gets',
    unit: 'points',
  },
  {
    name: 'referrals.advocate.reward',
    input: 'reward',
    label: 'And this reward for the member',
  },
  {
    name: 'referrals.onOrder',
    input: 'choice',
    label: 'The member is rewarded for the friend’s',
    help: 'Waiting for the second order keeps away who comes for the prize alone.',
    choices: [
      { value: 'first', label: 'first paid order' },
      { value: 'second', label: 'second paid order' },
    ],
  },
  {
    name: 'referrals.minimum',
    input: 'money',
    label: 'Of at least',
    help: 'Goods after discounts. 0 for any order.',
  },
  {
    name: 'referrals.returnDays',
    input: 'integer',
    label: 'Return window',
    help: 'The member is rewarded when it has passed. What is refunded in it makes the next order count.',
    unit: 'days',
  },
  {
    name: 'referrals.countedFrom',
    input: 'choice',
    label: 'The window begins with',
    choices: [
      { value: 'paid', label: 'the payment' },
      { value: 'fulfilled', label: 'the fulfilment' },
    ],
  },
  {
    name: 'referrals.friendMustBeNew',
    input: 'switch',
    label: 'Only friends who never ordered before',
  },
  {
    name: 'referrals.shadow',
    input: 'switch',
    label: 'Only watch',
    help: 'Suspicious referrals are shown to you, and nothing is held back or refused.',
  },
  {
    name: 'referrals.vanityCodes',
    input: 'switch',
    label: 'Members may choose a code of their own',
  },
  {
    name: 'referrals.audience.tiers',
    input: 'tiers',
    label: 'Only members in these tiers may refer',
    more: true,
  },
  {
    name: 'referrals.audience.tags',
    input: 'texts',
    label: 'Only customers with a tag of these may refer',
    more: true,
  },
  {
    name: 'referrals.audience.withoutTags',
    input: 'texts',
    label: 'Customers with a tag of these may not refer',
    more: true,
  },
  ...limitOf('perDay', 'At most, for each member and day'),
  ...limitOf('perMonth', 'At most, for each member and month'),
  ...limitOf('perLifetime', 'At most, for each member altogether'),
  {
    name: 'referrals.flagAt',
    input: 'integer',
    label: 'Ask a person from a score of',
    help: 'The weights of all signals below add up to the score.',
    more: true,
  },
  { name: 'referrals.refuseAt', input: 'integer', label: 'Refuse from a score of', more: true },
  {
    name: 'referrals.manyPerDay',
    input: 'integer',
    label: 'Likely friends of one member within a day',
    help: 'More of them are a signal.',
    more: true,
  },
  ...referralSignals.all.map(({ kind, words, weight }): Field => ({
    name: `referrals.signals.${kind}`,
    input: 'switch',
    label: `${words.label} (${weight})`,
    help: words.help,
    more: true,
  })),
];

function limitOf(name: string, label: string): readonly Field[] {
  return [
    {
      name: `referrals.${name}`,
      input: 'integer',
      optional: true,
      label,
      help: 'Leave empty for no limit.',
      unit: 'referrals',
      more: true,
    },
  ];
}
