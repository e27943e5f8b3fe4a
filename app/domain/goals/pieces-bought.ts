/** A punch card: "buy ten coffees". Pieces that were given back do not count. */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';
import { EVERY_LINE, fitting, lineFields, lineLists, traitsNamed } from './line-filter.ts';

const settings = z.strictObject({ count: z.int().min(1).max(100_000), ...lineLists });

export const piecesBought: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'pieces',
  words: {
    label: 'Buy pieces (a punch card)',
    help: 'Reached with a number of pieces of goods that you choose, such as ten coffees. Refunds take progress back.',
  },
  settings,
  defaults: { count: 10, ...EVERY_LINE },
  fields: [
    { name: 'count', input: 'integer', label: 'How many pieces', unit: 'pieces' },
    ...lineFields,
  ],
  measure: { setting: 'count', of: 'count' },
  listens: () => ['order'],
  traits: traitsNamed,
  reach: ({ count, ...lists }, { orders }) => {
    const fits = fitting(lists);
    let have = 0;
    for (const { kept, placedAt } of orders) {
      for (const line of kept) if (fits(line)) have += line.quantity;
      if (have >= count) return { have: count, need: count, counted: [], completedAt: placedAt };
    }
    return { have, need: count, counted: [], completedAt: null };
  },
};
