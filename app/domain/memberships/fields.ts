import type { Field } from '../fields.ts';

/** Memberships that are sold as products. */
export const membershipFields: readonly Field[] = [
  {
    name: 'plans',
    input: 'plans',
    label: 'What is sold',
    help: 'Each piece that is bought adds its term. Renewals go on from the end of the running one.',
  },
  { name: 'tier', input: 'tier', label: 'Tier that it grants' },
  {
    name: 'reward',
    input: 'reward',
    label: 'Reward with each piece',
    help: 'Store credit, for example: pay 50, get 60.',
  },
  {
    name: 'graceDays',
    input: 'integer',
    label: 'Holds on when it is not renewed',
    unit: 'days',
    more: true,
  },
  {
    name: 'noticeDays',
    input: 'integer',
    label: 'Members are told before it ends',
    help: '0 for never.',
    unit: 'days',
    more: true,
  },
  {
    name: 'limit',
    input: 'integer',
    optional: true,
    label: 'At most',
    help: 'Who buys it when it is full gets nothing, and you are shown the order. Leave empty for no limit.',
    unit: 'members',
    more: true,
  },
];
