/** A receipt from elsewhere, claimed by the member and approved by a person, earns as an order does. */
import { z } from 'zod';
import type { EarningDefinition, EarningTerms, Worth } from './definition.ts';
import { pointsPaid } from './fixed-worth.ts';
import { isTooOld } from '../activities/receipt-age.ts';
import { decimalAmount, MoneyFault, parseMoney } from '../money/money.ts';
import { divide, wholePoints, multiply, ratio, toText } from '../money/rational.ts';
import type { NothingReason } from '../points/explanation.ts';
import type { Moment } from '../time/shop-time.ts';

const settings = z.strictObject({
  points: pointsPaid,
  per: decimalAmount.refine((text) => /[1-9]/.test(text), { error: 'Must be more than zero.' }),
  withinDays: z.int().min(0).max(3660),
});

type ReceiptRule = z.infer<typeof settings>;

export const receiptRule: EarningDefinition<ReceiptRule> = {
  kind: 'receipt',
  words: {
    label: 'Claiming a receipt',
    help: 'Points for purchases made elsewhere. Your staff approves each receipt, and each counts once.',
  },
  settings,
  defaults: { points: 1, per: '1', withinDays: 30 },
  fields: [
    { name: 'points', input: 'integer', label: 'Points', unit: 'points' },
    { name: 'per', input: 'money', label: 'For every' },
    {
      name: 'withinDays',
      input: 'integer',
      label: 'Can be claimed for',
      unit: 'days',
      help: 'Counted from the day on the receipt.',
    },
  ],
  worth: (rule, fact, terms) => {
    if (fact.kind !== 'receipt') return null;
    const { number, amount, currency, purchasedOn } = fact.content;
    if (typeof amount !== 'string' || typeof currency !== 'string') return null;
    // Of several rules another may have let it in.
    const old =
      typeof purchasedOn === 'string' && isTooOld(purchasedOn, rule.withinDays, fact.at, fact.zone);
    if (old) return null;
    return receiptWorth(rule, terms, fact.at, { title: String(number), amount, currency });
  },
  offer: ({ points }) => ({ on: 'receipt', points }),
};

function receiptWorth(
  rule: ReceiptRule,
  terms: EarningTerms,
  at: Moment,
  receipt: { readonly title: string; readonly amount: string; readonly currency: string },
): Worth {
  const foreign = receipt.currency !== terms.currency;
  const minor = foreign ? 0 : minorOf(receipt.amount, terms.currency);
  const rate = divide(ratio(rule.points), ratio(parseMoney(rule.per, terms.currency)));
  const exact = multiply(ratio(minor), rate);
  const points = wholePoints(exact);
  const nothing: NothingReason = foreign ? 'foreign-currency' : 'below-one-point';
  return {
    steps: [{ step: 'earn', at, total: points, exact }],
    explanation: {
      rule: 'order',
      programmeVersion: terms.programmeVersion,
      ruleName: terms.ruleName,
      currency: receipt.currency,
      lines: [{ title: receipt.title, kept: 1, ordered: 1, minor: String(minor) }],
      excluded: [],
      baseMinor: String(minor),
      rate: { points: rule.points, per: rule.per },
      multiplier: '1',
      multiplierBecause: null,
      exact: toText(exact),
      points,
      nothingBecause: points > 0 ? null : nothing,
    },
  };
}

/** Checked when it was claimed; the currency may have fewer decimals by now. */
function minorOf(amount: string, currency: string): number {
  try {
    return parseMoney(amount, currency);
  } catch (fault) {
    if (fault instanceof MoneyFault) return 0;
    throw fault;
  }
}
