/** The number of orders, and what they come to: paid, of which something is kept. */
import { z } from 'zod';
import { isWithin, keptOf } from './definition.ts';
import type { ScoreFacts, ScoreMetric, Scored } from './definition.ts';
import { decimalAmount, parseMoney } from '../../money/money.ts';

const least = z.union([z.literal(''), decimalAmount]).default('');
const settings = z.strictObject({ least });
type Settings = z.infer<typeof settings>;

const leastField = {
  name: 'least',
  input: 'money',
  optional: true,
  label: 'Only orders of at least',
  help: 'So that tiny orders do not count. Goods after discounts, without tax, shipping and gift cards.',
} as const;

export const spendMetric: ScoreMetric<Settings> = {
  kind: 'spend',
  words: {
    label: 'Amount spent',
    help: 'What paid orders are worth after discounts and refunds. Members see ranks, and nobody else’s amount.',
    unit: 'money',
  },
  settings,
  defaults: { least: '' },
  fields: [leastField],
  hidden: true,
  scored: (asked, facts) => ordersIn(facts, asked, (minor) => minor),
};

export const ordersMetric: ScoreMetric<Settings> = {
  kind: 'orders',
  words: {
    label: 'Number of orders',
    help: 'Paid orders of which something was kept.',
    unit: 'orders',
  },
  settings,
  defaults: { least: '' },
  fields: [leastField],
  hidden: false,
  scored: (asked, facts) => ordersIn(facts, asked, () => 1),
};

function ordersIn(
  { orders, span, currency }: ScoreFacts,
  asked: Settings,
  amountOf: (minor: number) => number,
): readonly Scored[] {
  const leastMinor = asked.least === '' ? 1 : Math.max(1, parseMoney(asked.least, currency));
  return [...orders.values()].flatMap(({ placedAt, changes }) => {
    if (!isWithin(span, placedAt)) return [];
    const minor = keptOf(
      changes.map(([at, amount]) => [at, amount] as const),
      span,
    );
    return minor < leastMinor ? [] : [{ at: placedAt, amount: amountOf(minor) }];
  });
}
