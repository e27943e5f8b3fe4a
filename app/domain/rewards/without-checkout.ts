/** Rewards that no checkout knows: what a person does, what one simply has, codes of a partner. */
import { z } from 'zod';
import type { RewardDefinition } from './definition.ts';

const nothing = z.strictObject({});
type Nothing = z.infer<typeof nothing>;

export const byHand: RewardDefinition<Nothing> = {
  kind: 'by-hand',
  isCostUnknown: true,
  words: {
    label: 'Something of your own',
    help: 'Your staff fulfils it, such as a phone call or a ticket: it waits in the queue of rewards.',
  },
  settings: nothing,
  defaults: {},
  fields: [],
  terms: () => ({ kind: 'by-hand' }),
};

export const perk: RewardDefinition<Nothing> = {
  kind: 'perk',
  isCostUnknown: true,
  words: {
    label: 'Perk',
    help: 'Held simply by having it, such as early access. Nothing is made in Shopify.',
  },
  settings: nothing,
  defaults: {},
  fields: [],
  terms: () => ({ kind: 'perk' }),
};

export const partnerCode: RewardDefinition<Nothing> = {
  kind: 'partner-code',
  isCostUnknown: true,
  words: {
    label: 'Code of a partner',
    help: 'From a list of codes that you upload on the page of rewards. Each code is given once.',
  },
  settings: nothing,
  defaults: {},
  fields: [],
  terms: (_settings, { key }) => ({ kind: 'partner-code', list: key }),
};
