/** What a campaign gives besides a multiplier, and what an order must be for it: settings and form. */
import { z } from 'zod';
import type { Field } from '../fields.ts';
import { CHANNELS } from '../orders/channel.ts';

/** As the shop's calendar counts them: Monday is the first. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;

const texts = z.array(z.string().trim().min(1).max(255)).max(250).default([]);

/** Parts of a campaign in the document. What an order must be has no say while it is left empty. */
export const campaignParts = {
  /** Points beside what ways to earn give: once for an order, or for every piece that fits. */
  bonus: z
    .strictObject({
      points: z.int().min(0).max(1_000_000).default(0),
      per: z.enum(['order', 'piece']).default('order'),
    })
    .prefault({}),
  when: z
    .strictObject({
      /** Lines that fit any of these lists; where none names anything, every line does. */
      products: texts,
      variants: texts,
      collections: texts,
      /** Keys of the programme's markets. */
      markets: texts,
      channels: z.array(z.enum(CHANNELS)).max(CHANNELS.length).default([]),
      firstOrder: z.boolean().default(false),
      /** What the goods of the order come to at least; empty for any amount. */
      minimum: z
        .string()
        .regex(/^(\d{1,12}(\.\d{1,4})?)?$/, { error: 'Write an amount like 10 or 4.50.' })
        .default(''),
      weekdays: z.array(z.enum(WEEKDAYS)).max(WEEKDAYS.length).default([]),
      /** Hours of the shop's clock, of each day: from 17 until 20 ends when it strikes 20. */
      fromHour: z.int().min(0).max(23).nullable().default(null),
      untilHour: z.int().min(1).max(24).nullable().default(null),
    })
    .prefault({}),
  /** To how many orders of each member it adds something. */
  times: z.int().min(1).max(1_000).nullable().default(null),
};

/** Of a campaign that was written before there were such settings. */
export function campaignDefaults() {
  return {
    multiplier: '1',
    bonus: campaignParts.bonus.parse(undefined),
    when: campaignParts.when.parse(undefined),
    times: null,
  };
}

export type CampaignBonus = z.infer<typeof campaignParts.bonus>;
export type CampaignConditions = z.infer<typeof campaignParts.when>;

const text = z.string().max(1_000);
const figure = z.union([z.number(), text]);
const listed = z.array(text).max(250).default([]);

/** The same while somebody types. */
export const campaignDraftParts = {
  bonus: z.object({ points: figure.default(0), per: text.default('order') }).prefault({}),
  when: z
    .object({
      products: listed,
      variants: listed,
      collections: listed,
      markets: listed,
      channels: listed,
      firstOrder: z.boolean().default(false),
      minimum: text.default(''),
      weekdays: listed,
      fromHour: figure.nullable().default(null),
      untilHour: figure.nullable().default(null),
    })
    .prefault({}),
  times: figure.nullable().default(null),
};

/** Names are places within the campaign. */
export const campaignFields: readonly Field[] = [
  {
    name: 'multiplier',
    input: 'decimal',
    label: 'Points multiplied by',
    help: '1 multiplies nothing.',
    unit: '×',
  },
  { name: 'bonus.points', input: 'integer', label: 'Extra points', unit: 'points' },
  {
    name: 'bonus.per',
    input: 'choice',
    label: 'Extra points are given',
    choices: [
      { value: 'order', label: 'once for each order' },
      { value: 'piece', label: 'for every piece that fits' },
    ],
  },
  { name: 'startsAt', input: 'first-day', label: 'First day' },
  { name: 'endsAt', input: 'last-day', label: 'Last day' },
  {
    name: 'budgetPoints',
    input: 'integer',
    optional: true,
    label: 'Budget for everybody together',
    help: 'The points that the campaign adds stop here. Leave empty for no budget.',
    unit: 'points',
  },
  {
    name: 'times',
    input: 'integer',
    optional: true,
    label: 'At most, for each member',
    help: 'Leave empty for every order in its time.',
    unit: 'orders',
  },
  {
    name: 'when.firstOrder',
    input: 'switch',
    label: 'Only for the first order of a member',
    help: 'The first that Laurel knows of and of which something was kept.',
  },
  {
    name: 'when.minimum',
    input: 'money',
    optional: true,
    label: 'Only for orders of at least',
    help: 'What its goods come to after discounts, without tax and shipping.',
    more: true,
  },
  {
    name: 'when.products',
    input: 'products',
    label: 'Only for these products',
    help: 'Choose nothing in these three lists, and every product counts.',
    more: true,
  },
  { name: 'when.variants', input: 'variants', label: 'Only for these variants', more: true },
  {
    name: 'when.collections',
    input: 'collections',
    label: 'Only for these collections',
    more: true,
  },
  { name: 'when.markets', input: 'markets', label: 'Only for orders from', more: true },
  {
    name: 'when.channels',
    input: 'choices',
    label: 'Only for orders placed',
    choices: [
      { value: 'online-store', label: 'in the online store' },
      { value: 'pos', label: 'at the till' },
      { value: 'draft', label: 'by your staff, as drafts' },
      { value: 'subscription', label: 'as renewals of subscriptions' },
      { value: 'other', label: 'elsewhere' },
    ],
    more: true,
  },
  {
    name: 'when.weekdays',
    input: 'choices',
    label: 'Only on',
    choices: [
      { value: 'monday', label: 'Mondays' },
      { value: 'tuesday', label: 'Tuesdays' },
      { value: 'wednesday', label: 'Wednesdays' },
      { value: 'thursday', label: 'Thursdays' },
      { value: 'friday', label: 'Fridays' },
      { value: 'saturday', label: 'Saturdays' },
      { value: 'sunday', label: 'Sundays' },
    ],
    more: true,
  },
  {
    name: 'when.fromHour',
    input: 'integer',
    optional: true,
    label: 'Of each day, from',
    help: '17 begins when your shop’s clock strikes 17. Leave empty for the beginning of the day.',
    unit: 'oclock',
    more: true,
  },
  {
    name: 'when.untilHour',
    input: 'integer',
    optional: true,
    label: 'Of each day, until',
    help: '20 ends when it strikes 20. Leave empty for the end of the day.',
    unit: 'oclock',
    more: true,
  },
  {
    name: 'rules',
    input: 'rules',
    label: 'Ways to earn that are multiplied',
    help: 'Choose none for every way to earn that looks at orders.',
    more: true,
  },
];
