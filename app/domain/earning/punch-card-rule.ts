/** Every tenth coffee: purchases, or pieces, of chosen products fill a card. */
import { z } from 'zod';
import { cardPeriod, cardPeriodChoices } from './card-period.ts';
import type { EarningDefinition } from './definition.ts';
import { fixedWorth, pointsPaid } from './fixed-worth.ts';
import type { KeptTraits } from '../orders/standing.ts';

const ids = z.array(z.string().trim().min(1).max(255)).max(250);

const settings = z.strictObject({
  points: pointsPaid,
  every: z.int().min(1).max(1000),
  counts: z.enum(['orders', 'pieces']),
  products: ids,
  collections: ids,
  within: cardPeriod,
});

type PunchCard = z.infer<typeof settings>;

export const punchCardRule: EarningDefinition<PunchCard> = {
  kind: 'punch-card',
  words: {
    label: 'Punch card',
    help: 'Points with every tenth purchase, or piece, of products that you choose.',
  },
  settings,
  defaults: {
    points: 100,
    every: 10,
    counts: 'orders',
    products: [],
    collections: [],
    within: 'lifetime',
  },
  fields: [
    { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
    { name: 'every', input: 'integer', label: 'Stamps of a full card' },
    {
      name: 'counts',
      input: 'choice',
      label: 'A stamp is',
      choices: [
        { value: 'orders', label: 'An order with such a product' },
        { value: 'pieces', label: 'A piece of such a product' },
      ],
    },
    {
      name: 'within',
      input: 'choice',
      label: 'Stamps add up for',
      choices: cardPeriodChoices,
    },
    {
      name: 'products',
      input: 'products',
      label: 'Products that count',
      help: 'With no product and no collection, everything counts.',
    },
    { name: 'collections', input: 'collections', label: 'Collections that count' },
  ],
  worth: ({ points }, fact, terms) =>
    fact.kind !== 'card' || fact.of !== 'punch-card'
      ? null
      : fixedWorth(terms, points * fact.times, fact.at, 'card-full'),
  card: {
    lasts: ({ within }) => within,
    stamp: (rule, { kept }, before) => {
      const pieces = kept
        .filter((line) => isChosen(rule, line))
        .reduce((sum, { quantity }) => sum + quantity, 0);
      const adds = rule.counts === 'pieces' ? pieces : Math.min(1, pieces);
      const full = (stamps: number): number => Math.floor(stamps / rule.every);
      return { adds, times: full(before + adds) - full(before) };
    },
  },
  offer: ({ points }) => ({ on: 'punch-card', points }),
};

function isChosen({ products, collections }: PunchCard, line: KeptTraits): boolean {
  if (products.length === 0 && collections.length === 0) return true;
  return (
    (line.product !== null && products.includes(line.product)) ||
    line.collections.some((id) => collections.includes(id))
  );
}
