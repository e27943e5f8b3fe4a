/** What each way to earn gives for an order, straight from the law (1.1 to 1.7), knowing nothing of the engine. */
import type { Case } from './any-order.ts';

/** Numerator and denominator. */
type Fraction = readonly [bigint, bigint];
type Line = Case['lines'][number];
type Rule = Case['rules'][number];

const DECIMALS: Readonly<Record<string, number>> = { USD: 2, JPY: 0, KWD: 3 };

export function pointsByTheLaw(order: Case): number[] {
  const paidAlone = new Set<Line>();
  return order.rules.map((rule, index) => {
    const lines = order.lines.filter((line) => earns(line, rule) && !paidAlone.has(line));
    if (rule.tier === 'other') return 0;
    if (rule.alone) for (const line of lines) paidAlone.add(line);
    const { points, per } = rule.swiss && order.country === 'CH' ? rule.swiss : rule;
    const unit = 10n ** BigInt(DECIMALS[order.currency] ?? 2);
    const rate: Fraction = [BigInt(points), BigInt(per) * unit];
    const counts: Fraction = [BigInt(rule.storeCreditEarns ? 100 : 100 - order.credit), 100n];
    const worth = lines
      .map((line) => times([amountOf(line, rule, order), 1n], factor(order, index, unit, line)))
      .reduce(plus, times([besides(order, rule), 1n], factor(order, index, unit, null)));
    const [num, den] = times(times(worth, counts), rate);
    return Math.min(Number(num / den), rule.each ?? Infinity, rule.lifetime ?? Infinity);
  });
}

/** Law 1.2. */
function earns(line: Line, rule: Rule): boolean {
  if (line.giftCard) return false;
  if (rule.purchases === 'one-time' && line.subscription) return false;
  if (rule.purchases === 'subscription' && !line.subscription) return false;
  const traits = [
    [line.product],
    [line.variant],
    line.collections,
    [line.type],
    [line.vendor],
    line.tags,
  ];
  const named = (lists: readonly string[][]): boolean =>
    lists.some((list, at) => traits[at]?.some((trait) => trait !== null && isIn(list, trait)));
  const { excludedProducts, excludedVariants, excludedCollections, excludedTypes } = rule;
  const { includedProducts, includedVariants, includedCollections, includedTypes } = rule;
  const out = [excludedProducts, excludedVariants, excludedCollections, excludedTypes];
  const only = [includedProducts, includedVariants, includedCollections, includedTypes];
  if (named([...out, rule.excludedVendors, rule.excludedTags])) return false;
  const lists = [...only, rule.includedVendors, rule.includedTags];
  return lists.every(({ length }) => length === 0) || named(lists);
}

function isIn(list: readonly string[], one: string): boolean {
  return list.some((other) => other.toLowerCase() === one.toLowerCase());
}

type Switches = Pick<Rule, 'includeTax' | 'includeDuties' | 'afterDiscounts'>;

/** Law 1.1. */
function amountOf(line: Line, rule: Switches, order: Case): bigint {
  const discount = rule.afterDiscounts ? line.discount : 0;
  const duty = order.dutiesIncluded && !rule.includeDuties ? line.duty : 0;
  const tax = order.taxesIncluded
    ? rule.includeTax
      ? 0
      : -line.tax
    : rule.includeTax
      ? line.tax
      : 0;
  return BigInt(Math.max(0, line.price * line.quantity - discount - duty + tax));
}

function besides(order: Case, rule: Rule): bigint {
  const { shipping, shippingTax, taxesIncluded } = order;
  const net = taxesIncluded ? shipping - shippingTax : shipping;
  const gross = taxesIncluded ? shipping : shipping + shippingTax;
  return BigInt(
    (rule.includeShipping ? (rule.includeTax ? gross : Math.max(0, net)) : 0) +
      (rule.includeTips ? order.tip : 0) +
      (rule.includeDuties && !order.dutiesIncluded ? order.duties : 0),
  );
}

/** Law 1.5. @param line null for what is no line */
function factor(order: Case, rule: number, unit: bigint, line: Line | null): Fraction {
  const goods = order.lines
    .filter(({ giftCard }) => !giftCard)
    .map((one) =>
      amountOf(one, { includeTax: false, includeDuties: false, afterDiscounts: true }, order),
    )
    .reduce((sum, amount) => sum + amount, 0n);
  const lying = order.campaigns.filter(
    (campaign) =>
      (campaign.rule === null || campaign.rule >= order.rules.length || campaign.rule === rule) &&
      (campaign.products.length === 0 ||
        (typeof line?.product === 'string' && campaign.products.includes(line.product))) &&
      goods >= BigInt(campaign.minimum) * unit,
  );
  const all = [order.tier, ...lying.map(({ by }) => by)].map(fraction);
  if (order.policy === 'multiply') return all.reduce(times);
  if (order.policy === 'highest') return all.reduce((a, b) => (a[0] * b[1] > b[0] * a[1] ? a : b));
  return all.reduce<Fraction>((sum, one) => plus(sum, plus(one, [-1n, 1n])), [1n, 1n]);
}

function fraction(decimal: string): Fraction {
  const [whole = '', decimals = ''] = decimal.split('.');
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)];
}

function plus(a: Fraction, b: Fraction): Fraction {
  return [a[0] * b[1] + b[0] * a[1], a[1] * b[1]];
}

function times(a: Fraction, b: Fraction): Fraction {
  return [a[0] * b[0], a[1] * b[1]];
}
