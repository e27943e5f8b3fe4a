/**
 * A filled-in profile pays once, when the last of the wanted fields is. What stands in the fields is
 * never kept for this, only when each was first seen filled in; emptying one later takes nothing.
 */
import { z } from 'zod';
import { PROFILE_FIELDS } from '../activities/profile-fields.ts';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';

const settings = z
  .strictObject({
    points: pointsPaid,
    name: z.boolean(),
    email: z.boolean(),
    phone: z.boolean(),
    address: z.boolean(),
    birthday: z.boolean(),
  })
  .refine((rule) => PROFILE_FIELDS.some((field) => rule[field]), {
    error: 'Choose at least one field.',
    path: ['name'],
  });

export const profileRule: EarningDefinition<z.infer<typeof settings>> = {
  kind: 'profile',
  words: {
    label: 'Completing the profile',
    help: 'Points once, when the customer has filled in every field that you choose.',
  },
  settings,
  defaults: {
    points: 50,
    name: true,
    email: true,
    phone: false,
    address: true,
    birthday: false,
  },
  fields: [
    { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
    { name: 'name', input: 'switch', label: 'Name' },
    { name: 'email', input: 'switch', label: 'E-mail address' },
    { name: 'phone', input: 'switch', label: 'Phone number' },
    { name: 'address', input: 'switch', label: 'Address' },
    { name: 'birthday', input: 'switch', label: 'Birthday' },
  ],
  worth: (rule, fact, terms) => {
    if (fact.kind !== 'profile') return null;
    const wanted = PROFILE_FIELDS.filter((field) => rule[field]);
    const complete = (fields: ReadonlySet<string>): boolean =>
      wanted.every((field) => fields.has(field));
    if (!complete(fact.given) || complete(fact.before)) return null;
    return fixedWorth(terms, rule.points, fact.at, 'profile-completed');
  },
  offer: ({ points }) => ({ on: 'profile', points }),
};
