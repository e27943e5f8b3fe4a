/** A click through to a network: nobody can see what is done there, so each counts once. */
import { z } from 'zod';
import { NETWORKS } from '../activities/networks.ts';
import type { Network } from '../activities/networks.ts';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';
import type { Field } from '../fields.ts';

const names: Readonly<Record<Network, string>> = {
  instagram: 'Instagram',
  tiktok: 'TikTok',
  youtube: 'YouTube',
  facebook: 'Facebook',
  x: 'X',
  pinterest: 'Pinterest',
  threads: 'Threads',
  discord: 'Discord',
};

const settings = z.strictObject({
  points: pointsPaid,
  network: z.enum(NETWORKS),
  url: z
    .string()
    .trim()
    .max(500)
    .regex(/^https:\/\/[^\s/.]+\.[^\s]+$/, {
      error: 'Write an address that begins with https://.',
    }),
});

export type SocialSettings = z.infer<typeof settings>;

const fields: readonly Field[] = [
  { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
  {
    name: 'network',
    input: 'choice',
    label: 'Network',
    choices: NETWORKS.map((value) => ({ value, label: names[value] })),
  },
  { name: 'url', input: 'text', label: 'Address to go to' },
];

const defaults: SocialSettings = {
  points: 25,
  network: 'instagram',
  url: 'https://www.instagram.com/',
};

export const socialFollowRule: EarningDefinition<SocialSettings> = {
  kind: 'social-follow',
  words: {
    label: 'Following on a network',
    help: 'Points for going to your profile from the shop, once for each network.',
  },
  settings,
  defaults,
  fields,
  worth: ({ points, network }, fact, terms) =>
    fact.kind !== 'social-follow' || fact.content['network'] !== network
      ? null
      : fixedWorth(terms, points, fact.at, 'social-followed'),
  offer: ({ points }) => ({ on: 'social-follow', points }),
};

export const socialShareRule: EarningDefinition<SocialSettings> = {
  kind: 'social-share',
  words: {
    label: 'Sharing on a network',
    help: 'Points for sharing from the shop, once a day for each network. Limits can make it less.',
  },
  settings,
  defaults,
  fields,
  worth: ({ points, network }, fact, terms) =>
    fact.kind !== 'social-share' || fact.content['network'] !== network
      ? null
      : fixedWorth(terms, points, fact.at, 'social-shared'),
  offer: ({ points }) => ({ on: 'social-share', points }),
};
