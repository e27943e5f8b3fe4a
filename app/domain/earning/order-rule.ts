/** Points for buying: "P points per amount A" on what the order's kept lines are worth. */
import type { EarningDefinition, EarningFact, EarningTerms, Worth } from './definition.ts';
import { exclusionOf } from './order-eligibility.ts';
import { orderRuleDefaults, orderRuleFields, orderRuleSettings } from './order-rule-settings.ts';
import type { OrderRuleSettings } from './order-rule-settings.ts';
import { decimalsOf } from '../money/decimals.ts';
import { parseMoney } from '../money/money.ts';
import {
  compare,
  divide,
  wholePoints,
  multiply,
  ONE,
  ratio,
  subtract,
  toText,
  ZERO,
} from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';
import { disputeNow } from '../orders/disputes.ts';
import { lineAmount, stageAmount, stageParts } from '../orders/order-amounts.ts';
import { courseOf } from '../orders/order-course.ts';
import type { OrderStage } from '../orders/order-course.ts';
import type { OrderFacts, OrderLine, OrderSnapshot } from '../orders/order-facts.ts';
import { paidWith } from '../orders/payments.ts';
import type { OrderDetail } from '../orders/wanting.ts';
import { nothingOf } from '../points/explanation.ts';
import type { NothingReason, OrderExplanation } from '../points/explanation.ts';

export type { OrderRuleSettings };

export const orderRule: EarningDefinition<OrderRuleSettings> = {
  kind: 'order',
  words: {
    label: 'Buying',
    help: 'Points on what members pay for goods. Refunded goods take their points back.',
  },
  settings: orderRuleSettings,
  defaults: orderRuleDefaults,
  fields: orderRuleFields,
  worth: orderWorth,
  asks,
  offer: ({ points, per }) => ({ on: 'order', points, per }),
};

type OrderFact = Extract<EarningFact, { kind: 'order' }>;

function orderWorth(rule: OrderRuleSettings, fact: EarningFact, terms: EarningTerms): Worth | null {
  if (fact.kind !== 'order') return null;
  const { facts, snapshot } = fact;
  const refused = refusal(snapshot, terms);
  if (refused) return nothing(terms, snapshot, refused);

  const rate = rateOf(rule, terms);
  const perUnit = divide(ratio(rate.points), ratio(parseMoney(rate.per, terms.currency)));
  const earns = (line: OrderLine): boolean => exclusionOf(line, rule, terms.taken) === null;
  const counts = rule.storeCreditEarns ? ONE : subtract(ONE, storeCreditShare(facts, snapshot));
  const course = courseOf(facts, snapshot, fact.portion);
  const whole = course.map((stage) => stageAmount(stage, snapshot, rule, earns));
  const steps = course.map(({ step, at }, index) => {
    const exact = multiply(multiply(whole[index] ?? ZERO, counts), perUnit);
    return { step, at, total: wholePoints(exact), exact };
  });
  const last = course.at(-1);
  const base = whole.at(-1) ?? ZERO;
  const points = steps.at(-1)?.total ?? 0;
  return {
    steps,
    ...(rule.alone && { takes: snapshot.lines.filter(earns).map(({ id }) => id) }),
    byLine: () => {
      const worth = multiply(counts, perUnit);
      return course.map((stage) => worthByLine(stage, snapshot, rule, earns, worth));
    },
    explanation: {
      rule: 'order',
      programmeVersion: terms.programmeVersion,
      ruleName: terms.ruleName,
      currency: terms.currency,
      lines: last ? countedLines(last, snapshot, rule, earns) : [],
      excluded: linesOf(fact, course).flatMap((line) =>
        line.tip && rule.includeTips ? [] : (exclusionOf(line, rule, terms.taken) ?? []),
      ),
      ...presentmentOf(snapshot),
      ...(last && besideLines(last, snapshot, rule, earns)),
      ...(compare(counts, ONE) < 0 && {
        storeCreditMinor: toText(subtract(base, multiply(base, counts))),
      }),
      baseMinor: toText(multiply(base, counts)),
      rate,
      multiplier: '1',
      multiplierBecause: null,
      exact: toText(steps.at(-1)?.exact ?? ZERO),
      points,
      nothingBecause: points > 0 ? null : whyNothing(facts, snapshot, base, counts),
    },
  };
}

/** What leads from the lines to what counts, where there is such a thing. */
function besideLines(
  stage: OrderStage,
  snapshot: OrderSnapshot,
  rule: OrderRuleSettings,
  earns: (line: OrderLine) => boolean,
): Pick<OrderExplanation, 'besidesMinor' | 'givenBackMinor'> {
  const { includeShipping, includeTips, includeDuties } = rule;
  const beside = includeShipping || includeTips || includeDuties;
  if (!beside && stage.extraRefundedMinor === 0) return {};
  const { besides, givenBack } = stageParts(stage, snapshot, rule, earns);
  return {
    ...(compare(besides, ZERO) > 0 && { besidesMinor: toText(besides) }),
    ...(compare(givenBack, ZERO) > 0 && { givenBackMinor: toText(givenBack) }),
  };
}

/** Kept lines at a stage, each by what it is worth in points before multipliers. */
function worthByLine(
  stage: OrderStage,
  snapshot: OrderSnapshot,
  rule: OrderRuleSettings,
  earns: (line: OrderLine) => boolean,
  perMinor: Rational,
): ReadonlyMap<string, Rational> {
  if (stage.nothingLeft) return new Map();
  const worth = multiply(stage.shareLeft, perMinor);
  return new Map(
    stage.lines
      .filter(({ line, kept }) => kept > 0 && earns(line))
      .map((part) => [part.line.id, multiply(lineAmount(part, snapshot, rule), worth)]),
  );
}

function rateOf(
  { points, per, marketRates }: OrderRuleSettings,
  { market }: EarningTerms,
): { points: number; per: string; market?: string } {
  const own = market && marketRates.find((rate) => rate.market === market.key);
  return market && own
    ? { points: own.points, per: own.per, market: market.name }
    : { points, per };
}

/** Whether a line is part of a subscription, webhooks do not tell. */
function asks({ purchases }: OrderRuleSettings): readonly OrderDetail[] {
  return purchases === 'any' ? [] : ['selling-plans'];
}

/** Of all that was paid; refunds take from every way of paying alike. */
function storeCreditShare(facts: OrderFacts, snapshot: OrderSnapshot): Rational {
  const { storeCreditMinor } = paidWith(facts, snapshot);
  const several = snapshot.gateways.length > 1;
  const paid = several ? (facts.payments?.totalMinor ?? 0) : snapshot.totalMinor;
  if (storeCreditMinor <= 0 || paid <= 0) return ZERO;
  const share = ratio(storeCreditMinor, paid);
  return compare(share, ONE) > 0 ? ONE : share;
}

/** Lines of this portion of the order, kept or not. */
function linesOf({ snapshot, portion }: OrderFact, course: readonly OrderStage[]): OrderLine[] {
  if (!portion) return [...snapshot.lines];
  return (course[0]?.lines ?? []).filter(({ came }) => came > 0).map(({ line }) => line);
}

function presentmentOf(snapshot: OrderSnapshot): Pick<OrderExplanation, 'presentment'> {
  const { presentmentCurrency: currency, presentmentTotalMinor, totalMinor } = snapshot;
  if (currency === null || currency === snapshot.currency || !presentmentTotalMinor) return {};
  const units = (minor: number, of: string): Rational =>
    ratio(minor, 10n ** BigInt(decimalsOf(of)));
  const rate = divide(units(totalMinor, snapshot.currency), units(presentmentTotalMinor, currency));
  return {
    presentment: { currency, totalMinor: presentmentTotalMinor, rate: rateText(rate) },
  };
}

/** Six decimals, or as many more as a small currency begins later. */
function rateText(rate: Rational): string {
  const text = toText(rate, 20);
  const zeros = /^0\.00(0+)/.exec(text)?.[1]?.length ?? 0;
  return toText(rate, 6 + zeros);
}

export function refusal(
  snapshot: OrderSnapshot,
  terms: Pick<EarningTerms, 'testOrdersCount' | 'currency'>,
): NothingReason | null {
  if (snapshot.test && !terms.testOrdersCount) return 'test-order';
  if (snapshot.currency !== terms.currency) return 'foreign-currency';
  return null;
}

function whyNothing(
  facts: OrderFacts,
  snapshot: OrderSnapshot,
  base: Rational,
  counts: Rational,
): NothingReason {
  const undone = whyUndone(facts, snapshot);
  if (undone) return undone;
  if (compare(base, ZERO) <= 0) return 'nothing-eligible';
  return compare(counts, ZERO) > 0 ? 'below-one-point' : 'store-credit';
}

/** What may have taken an order's points back, the gravest first. */
export function whyUndone(facts: OrderFacts, snapshot: OrderSnapshot): NothingReason | null {
  if (facts.deletedAt !== null) return 'deleted';
  if (snapshot.cancelledAt !== null) return 'cancelled';
  if (snapshot.payment === 'voided') return 'voided';
  if (facts.disputes.some((dispute) => disputeNow(dispute).state === 'lost')) return 'disputed';
  return facts.refunds.length > 0 ? 'refunded' : null;
}

function nothing(terms: EarningTerms, snapshot: OrderSnapshot, because: NothingReason): Worth {
  return {
    steps: [{ step: 'earn', at: snapshot.placedAt, total: 0 }],
    explanation: nothingOf({ ...terms, currency: snapshot.currency }, because),
  };
}

function countedLines(
  stage: OrderStage,
  snapshot: OrderSnapshot,
  rule: OrderRuleSettings,
  earns: (line: OrderLine) => boolean,
): OrderExplanation['lines'] {
  return stage.lines
    .filter(({ line, came }) => earns(line) && came > 0)
    .map((part) => ({
      title: part.line.title,
      kept: stage.nothingLeft ? 0 : part.kept,
      ordered: part.came,
      minor: stage.nothingLeft ? '0' : toText(lineAmount(part, snapshot, rule)),
    }));
}
