/** "Spend $200": goods after discounts and refunds, without tax, shipping and gift cards. */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';
import { keptMinor } from './order-worth.ts';
import { decimalAmount, parseMoney } from '../money/money.ts';

const settings = z.strictObject({
  amount: decimalAmount.refine((text) => /[1-9]/.test(text), {
    error: 'Must be more than zero.',
  }),
});

export const amountSpent: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'spend',
  words: {
    label: 'Spend an amount',
    help: 'Reached when orders add up to an amount. Gift cards do not count, and refunds take progress back.',
  },
  settings,
  defaults: { amount: '200' },
  fields: [{ name: 'amount', input: 'money', label: 'Amount' }],
  measure: { setting: 'amount', of: 'money' },
  listens: () => ['order'],
  reach: ({ amount }, { orders, currency }) => {
    const need = parseMoney(amount, currency);
    let spent = 0;
    for (const order of orders) {
      spent += keptMinor(order);
      if (spent >= need) {
        return { have: need, need, counted: [], completedAt: order.placedAt };
      }
    }
    return { have: Math.max(0, spent), need, counted: [], completedAt: null };
  },
};
