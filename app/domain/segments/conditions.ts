/** The conditions that a segment can be made of. */
import { z } from 'zod';
import type { ConditionDefinition } from './definition.ts';

const texts = z.array(z.string().trim().min(1).max(255)).min(1, { error: 'Choose at least one.' });
const list = texts.max(250);

export const tierCondition: ConditionDefinition<{ tiers: string[] }> = {
  kind: 'tier',
  words: { label: 'Is in a tier', help: 'Members whose tier is one of these today.' },
  settings: z.strictObject({ tiers: list }),
  defaults: { tiers: [] },
  fields: [{ name: 'tiers', input: 'tiers', label: 'Tiers' }],
};

export const tagCondition: ConditionDefinition<{ tags: string[] }> = {
  kind: 'tag',
  words: { label: 'Has a tag', help: 'Customers who have any of these tags in Shopify.' },
  settings: z.strictObject({ tags: list }),
  defaults: { tags: [] },
  fields: [{ name: 'tags', input: 'texts', label: 'Tags' }],
};

/** From the first of these moments until just before the second; null for open. */
export const joinedCondition: ConditionDefinition<{ from: string | null; until: string | null }> = {
  kind: 'joined',
  words: { label: 'Joined', help: 'Members who joined the programme in this time.' },
  settings: z
    .strictObject({
      from: z.iso.datetime({ offset: true }).nullable(),
      until: z.iso.datetime({ offset: true }).nullable(),
    })
    .refine(({ from, until }) => from !== null || until !== null, {
      error: 'Choose a first or a last day.',
      path: ['from'],
    })
    .refine(({ from, until }) => !from || !until || Date.parse(from) < Date.parse(until), {
      error: 'Must end after it starts.',
      path: ['until'],
    }),
  defaults: { from: null, until: null },
  fields: [
    { name: 'from', input: 'first-day', label: 'First day', optional: true },
    { name: 'until', input: 'last-day', label: 'Last day', optional: true },
  ],
};

export const lastOrderCondition: ConditionDefinition<{
  when: 'before' | 'within' | 'never';
  days: number;
}> = {
  kind: 'last-order',
  words: { label: 'Last order', help: 'When members last placed an order that was paid.' },
  settings: z.strictObject({
    when: z.enum(['before', 'within', 'never']),
    days: z.int().min(1).max(3660),
  }),
  defaults: { when: 'before', days: 90 },
  fields: [
    {
      name: 'when',
      input: 'choice',
      label: 'Their last order',
      choices: [
        { value: 'before', label: 'is longer ago than' },
        { value: 'within', label: 'is not longer ago than' },
        { value: 'never', label: 'has yet to come' },
      ],
    },
    {
      name: 'days',
      input: 'integer',
      label: 'Days',
      help: 'Not looked at where the first order has yet to come.',
      unit: 'days',
    },
  ],
};

const bound = z.int().min(0).max(1_000_000_000).nullable();

export const pointsCondition: ConditionDefinition<{ least: number | null; most: number | null }> = {
  kind: 'points',
  words: { label: 'Has points', help: 'Members by the points that they can spend now.' },
  settings: z
    .strictObject({ least: bound, most: bound })
    .refine(({ least, most }) => least !== null || most !== null, {
      error: 'Write the least or the most.',
      path: ['least'],
    })
    .refine(({ least, most }) => least === null || most === null || least <= most, {
      error: 'Must not be less than the least.',
      path: ['most'],
    }),
  defaults: { least: null, most: null },
  fields: [
    { name: 'least', input: 'integer', label: 'At least', optional: true, unit: 'points' },
    { name: 'most', input: 'integer', label: 'At most', optional: true, unit: 'points' },
  ],
};

export const neverRedeemedCondition: ConditionDefinition<Record<string, never>> = {
  kind: 'never-redeemed',
  words: {
    label: 'Never redeemed',
    help: 'Members who never spent points on a reward, or had them all back.',
  },
  settings: z.strictObject({}),
  defaults: {},
  fields: [],
};

export const boughtCondition: ConditionDefinition<{ products: string[]; collections: string[] }> = {
  kind: 'bought',
  words: { label: 'Bought', help: 'Members who bought, paid and kept any of these.' },
  settings: z
    .strictObject({
      products: z.array(z.string().regex(/^\d{1,19}$/)).max(250),
      collections: z.array(z.string().regex(/^\d{1,19}$/)).max(250),
    })
    .refine(({ products, collections }) => products.length + collections.length > 0, {
      error: 'Choose at least one.',
      path: ['products'],
    }),
  defaults: { products: [], collections: [] },
  fields: [
    { name: 'products', input: 'products', label: 'Products' },
    { name: 'collections', input: 'collections', label: 'Collections' },
  ],
};
