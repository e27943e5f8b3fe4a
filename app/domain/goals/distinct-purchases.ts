/** "Buy from three different categories", in one order or in several: only kept lines count. */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';
import type { KeptTraits } from '../orders/standing.ts';

const settings = z.strictObject({
  count: z.int().min(2).max(100),
  by: z.enum(['category', 'type', 'collection', 'vendor', 'product']),
});

export const distinctPurchases: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'distinct-purchases',
  words: {
    label: 'Buy from different categories',
    help: 'Completed by buying from a number of different categories. Refunds take progress back.',
  },
  settings,
  defaults: { count: 3, by: 'category' },
  fields: [
    { name: 'count', input: 'integer', label: 'How many' },
    {
      name: 'by',
      input: 'choice',
      label: 'Different',
      choices: [
        { value: 'category', label: 'categories' },
        { value: 'type', label: 'product types' },
        { value: 'collection', label: 'collections' },
        { value: 'vendor', label: 'vendors' },
        { value: 'product', label: 'products' },
      ],
    },
  ],
  measure: { setting: 'count', of: 'count' },
  listens: () => ['order'],
  reach: ({ count, by }, { orders }) => {
    const seen = new Set<string>();
    let completedAt: number | null = null;
    for (const order of orders) {
      for (const kept of order.kept) for (const trait of traitsBy(kept, by)) seen.add(trait);
      if (completedAt === null && seen.size >= count) completedAt = order.placedAt;
    }
    const named = by === 'category' || by === 'type' || by === 'vendor';
    return {
      have: Math.min(seen.size, count),
      need: count,
      counted: named ? [...seen].slice(0, count) : [],
      completedAt,
    };
  },
};

/** A product without a category counts by its type, which is what small shops fill in. */
function traitsBy(kept: KeptTraits, by: z.infer<typeof settings>['by']): readonly string[] {
  switch (by) {
    case 'category':
      return present(kept.category ?? kept.type);
    case 'type':
      return present(kept.type);
    case 'collection':
      return kept.collections;
    case 'vendor':
      return present(kept.vendor);
    case 'product':
      return present(kept.product);
  }
}

function present(trait: string | null): readonly string[] {
  return trait ? [trait] : [];
}
