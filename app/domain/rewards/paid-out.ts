/** What is worth money at once: gift cards and store credit. */
import { z } from 'zod';
import type { RewardDefinition } from './definition.ts';
import {
  amountFields,
  amountFor,
  amountGiven,
  amountOfMarkets,
  paidOutFields,
  paidOutSettings,
} from './shared-settings.ts';

const settings = z.strictObject({
  amount: amountGiven,
  marketAmounts: amountOfMarkets,
  ...paidOutSettings,
});

type Settings = z.infer<typeof settings>;

const defaults: Settings = { amount: '10', marketAmounts: [], expiresInDays: null, notify: true };
const fields = [...amountFields, ...paidOutFields];

export const giftCard: RewardDefinition<Settings> = {
  kind: 'gift-card',
  words: {
    label: 'Gift card',
    help: 'A gift card of your shop. You are asked for the permission when you publish. Shopify does not merge customers who have one.',
  },
  settings,
  defaults,
  fields,
  scopes: ['write_gift_cards'],
  terms: ({ expiresInDays, notify, ...worth }, given) => ({
    kind: 'gift-card',
    ...amountFor(worth, given),
    expiresInDays,
    notify,
  }),
};

export const storeCredit: RewardDefinition<Settings> = {
  kind: 'store-credit',
  words: {
    label: 'Store credit',
    help: 'Spendable at the checkout by who is signed in. Your shop must use the new customer accounts. Shopify does not merge customers who have some.',
  },
  settings,
  defaults,
  fields,
  scopes: ['read_store_credit_accounts', 'write_store_credit_account_transactions'],
  terms: ({ expiresInDays, notify, ...worth }, given) => ({
    kind: 'store-credit',
    ...amountFor(worth, given),
    expiresInDays,
    notify,
  }),
};
