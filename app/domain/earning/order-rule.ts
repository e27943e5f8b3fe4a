/** Points for buying: "P points per amount A" on what the order's kept lines are worth. */
import { z } from 'zod';
import type { EarningDefinition, EarningFact, EarningTerms, Worth } from './definition.ts';
import { decimalAmount, parseMoney } from '../money/money.ts';
import { compare, divide, floor, multiply, ratio, toText } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';
import { lineAmount, stageAmount } from '../orders/order-amounts.ts';
import { courseOf } from '../orders/order-course.ts';
import type { OrderStage } from '../orders/order-course.ts';
import type { OrderFacts, OrderLine, OrderSnapshot } from '../orders/order-facts.ts';
import type { ExcludedLine, ExcludedReason, NothingReason } from '../points/explanation.ts';

const texts = z.array(z.string().trim().min(1).max(255)).max(250);

const settings = z.strictObject({
  points: z.int().min(1).max(1_000_000),
  per: decimalAmount.refine((text) => /[1-9]/.test(text), { error: 'Must be more than zero.' }),
  includeTax: z.boolean(),
  includeShipping: z.boolean(),
  includeTips: z.boolean(),
  includeDuties: z.boolean(),
  afterDiscounts: z.boolean(),
  excludedProducts: texts,
  excludedCollections: texts,
  excludedVendors: texts,
  excludedTypes: texts,
  excludedTags: texts,
});

export type OrderRuleSettings = z.infer<typeof settings>;

export const orderRule: EarningDefinition<OrderRuleSettings> = {
  kind: 'order',
  words: {
    label: 'Buying',
    help: 'Points on what members pay for goods. Refunded goods take their points back.',
  },
  settings,
  defaults: {
    points: 1,
    per: '1',
    includeTax: false,
    includeShipping: false,
    includeTips: false,
    includeDuties: false,
    afterDiscounts: true,
    excludedProducts: [],
    excludedCollections: [],
    excludedVendors: [],
    excludedTypes: [],
    excludedTags: [],
  },
  fields: [
    { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
    {
      name: 'per',
      input: 'money',
      label: 'For every',
      help: '1 point for every 10 is possible, too.',
    },
    { name: 'afterDiscounts', input: 'switch', label: 'Count prices after discounts' },
    { name: 'includeTax', input: 'switch', label: 'Count tax' },
    { name: 'includeShipping', input: 'switch', label: 'Count shipping' },
    { name: 'includeTips', input: 'switch', label: 'Count tips' },
    { name: 'includeDuties', input: 'switch', label: 'Count duties' },
    { name: 'excludedProducts', input: 'products', label: 'Products that earn nothing' },
    { name: 'excludedCollections', input: 'collections', label: 'Collections that earn nothing' },
    { name: 'excludedTypes', input: 'texts', label: 'Product types that earn nothing' },
    { name: 'excludedVendors', input: 'texts', label: 'Vendors that earn nothing' },
    { name: 'excludedTags', input: 'texts', label: 'Product tags that earn nothing' },
  ],
  worth: orderWorth,
  offer: ({ points, per }) => ({ on: 'order', points, per }),
};

function orderWorth(rule: OrderRuleSettings, fact: EarningFact, terms: EarningTerms): Worth | null {
  if (fact.kind !== 'order') return null;
  const { facts, snapshot } = fact;
  const refused = refusal(snapshot, terms);
  if (refused) return nothing(terms, snapshot, refused);

  const rate = divide(ratio(rule.points), ratio(parseMoney(rule.per, terms.currency)));
  const eligible = (line: OrderLine): boolean => exclusionOf(line, rule) === null;
  const course = courseOf(facts, snapshot);
  const steps = course.map((stage) => ({
    step: stage.step,
    at: stage.at,
    total: floor(pointsFor(stageAmount(stage, snapshot, rule, eligible), rate, terms)),
  }));
  const last = course.at(-1);
  const points = steps.at(-1)?.total ?? 0;
  const base = last ? stageAmount(last, snapshot, rule, eligible) : ratio(0);
  return {
    steps,
    explanation: {
      rule: 'order',
      programmeVersion: terms.programmeVersion,
      ruleName: terms.ruleName,
      currency: terms.currency,
      lines: last ? countedLines(last, snapshot, rule, eligible) : [],
      excluded: excludedLines(snapshot, rule),
      baseMinor: toText(base),
      rate: { points: rule.points, per: rule.per },
      multiplier: toText(terms.multiplier.by),
      multiplierBecause: terms.multiplier.because,
      exact: toText(pointsFor(base, rate, terms)),
      points,
      nothingBecause: points > 0 ? null : whyNothing(facts, snapshot, base),
    },
  };
}

function pointsFor(base: Rational, rate: Rational, terms: EarningTerms): Rational {
  return multiply(multiply(base, rate), terms.multiplier.by);
}

function refusal(snapshot: OrderSnapshot, terms: EarningTerms): NothingReason | null {
  if (snapshot.test && !terms.testOrdersCount) return 'test-order';
  if (snapshot.currency !== terms.currency) return 'foreign-currency';
  return null;
}

function whyNothing(facts: OrderFacts, snapshot: OrderSnapshot, base: Rational): NothingReason {
  if (facts.deletedAt !== null) return 'deleted';
  if (snapshot.cancelledAt !== null) return 'cancelled';
  if (snapshot.payment === 'voided') return 'voided';
  if (facts.refunds.length > 0) return 'refunded';
  return compare(base, ratio(0)) > 0 ? 'below-one-point' : 'nothing-eligible';
}

function nothing(terms: EarningTerms, snapshot: OrderSnapshot, because: NothingReason): Worth {
  return {
    steps: [{ step: 'earn', at: snapshot.placedAt, total: 0 }],
    explanation: {
      rule: 'order',
      programmeVersion: terms.programmeVersion,
      ruleName: terms.ruleName,
      currency: snapshot.currency,
      lines: [],
      excluded: [],
      baseMinor: '0',
      rate: null,
      multiplier: '1',
      multiplierBecause: null,
      exact: '0',
      points: 0,
      nothingBecause: because,
    },
  };
}

function exclusionOf(line: OrderLine, rule: OrderRuleSettings): ExcludedReason | null {
  if (line.giftCard) return 'gift-card';
  if (line.productId !== null && rule.excludedProducts.includes(line.productId)) return 'product';
  const traits = line.product;
  const vendor = traits?.vendor ?? line.vendor;
  if (vendor && holds(rule.excludedVendors, vendor)) return 'vendor';
  if (traits?.type && holds(rule.excludedTypes, traits.type)) return 'type';
  if (traits?.tags.some((tag) => holds(rule.excludedTags, tag))) return 'tag';
  if (traits?.collectionIds.some((id) => rule.excludedCollections.includes(id)))
    return 'collection';
  return null;
}

/** Shopify compares vendors, types and tags without regard to case. */
function holds(list: readonly string[], text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return list.some((item) => item.trim().toLowerCase() === wanted);
}

function countedLines(
  stage: OrderStage,
  snapshot: OrderSnapshot,
  rule: OrderRuleSettings,
  eligible: (line: OrderLine) => boolean,
): { title: string; kept: number; ordered: number; minor: string }[] {
  return stage.lines
    .filter(({ line }) => eligible(line))
    .map((part) => ({
      title: part.line.title,
      kept: stage.nothingLeft ? 0 : part.kept,
      ordered: part.line.quantity,
      minor: stage.nothingLeft ? '0' : toText(lineAmount(part, snapshot, rule)),
    }));
}

function excludedLines(snapshot: OrderSnapshot, rule: OrderRuleSettings): ExcludedLine[] {
  return snapshot.lines.flatMap((line) => {
    const because = exclusionOf(line, rule);
    return because ? [{ title: line.title, because }] : [];
  });
}
