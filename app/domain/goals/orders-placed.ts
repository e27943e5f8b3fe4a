/** "Three orders of at least $40", "five orders with tea": an order of which nothing is kept is none. */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';
import { EVERY_LINE, fitting, lineFields, lineLists, traitsNamed } from './line-filter.ts';
import { keptMinor } from './order-worth.ts';
import { decimalAmount, parseMoney } from '../money/money.ts';

const settings = z.strictObject({
  count: z.int().min(1).max(10_000),
  /** What an order has to come to; empty for any. */
  minimum: z.union([z.literal(''), decimalAmount]),
  ...lineLists,
});

export const ordersPlaced: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'orders',
  words: {
    label: 'Place orders',
    help: 'Reached with a number of orders: of any goods, or with goods that you choose. Refunds take progress back.',
  },
  settings,
  defaults: { count: 3, minimum: '', ...EVERY_LINE },
  fields: [
    { name: 'count', input: 'integer', label: 'How many orders', unit: 'orders' },
    {
      name: 'minimum',
      input: 'money',
      label: 'Of at least',
      help: 'What goods come to after discounts and refunds. Leave empty for any order.',
      optional: true,
    },
    ...lineFields,
  ],
  measure: { setting: 'count', of: 'count' },
  listens: () => ['order'],
  traits: traitsNamed,
  reach: ({ count, minimum, ...lists }, { orders, currency }) => {
    const fits = fitting(lists);
    const least = minimum === '' ? 0 : parseMoney(minimum, currency);
    let have = 0;
    for (const order of orders) {
      if (!order.kept.some(fits) || (least > 0 && keptMinor(order) < least)) continue;
      have += 1;
      if (have === count) {
        return { have, need: count, counted: [], completedAt: order.placedAt };
      }
    }
    return { have, need: count, counted: [], completedAt: null };
  },
};
