/**
 * An explanation in words: one sentence that a shopper can read, and the arithmetic as rows. The
 * phrases come from outside, so that each language has its own; the numbers come from the explanation.
 */
import type { Explanation, OrderExplanation } from './explanation.ts';
import { decimalsOf } from '../money/decimals.ts';
import { compare, parseRational } from '../money/rational.ts';

export interface Phrases {
  /** "1 point", "49 points". */
  readonly points: (count: number) => string;
  /** "1.25" as the language writes it. */
  readonly decimal: (text: string) => string;
  /** The sentence or label of this key with its places filled in. */
  readonly say: (key: string, values?: Readonly<Record<string, string | number>>) => string;
}

/** Takes minor units, which may carry a fraction ("4995.5"), and the currency. */
export type FormatMoney = (minor: string, currency: string) => string;

/** E.g. "€49.95 × 1 point for every €1.00 × 1.25 (Silver) = 62 points". */
export function sentence(
  explanation: Explanation,
  phrases: Phrases,
  formatMoney: FormatMoney,
): string {
  const { points, say } = phrases;
  switch (explanation.rule) {
    case 'order':
      return orderSentence(explanation, phrases, formatMoney);
    case 'fixed':
      return say(`fixed.${explanation.because}`, {
        name: explanation.ruleName,
        points: points(explanation.points),
      });
    case 'adjustment':
      return say(explanation.points >= 0 ? 'adjustment.added' : 'adjustment.taken', {
        points: points(Math.abs(explanation.points)),
        reason: say(`reason.${explanation.reason}`),
      });
    case 'merge':
      return say('merge', { points: points(Math.abs(explanation.points)) });
    case 'redaction':
      return say('redaction', { points: points(Math.abs(explanation.points)) });
    case 'step':
      return stepSentence(explanation.step, phrases);
  }
}

/** What an entry of an award is: "earn", "mature", "refund:123", "cancel". */
export function stepSentence(step: string, { say }: Phrases): string {
  const [kind = ''] = step.split(':');
  const known = ['earn', 'mature', 'refund', 'dispute', 'cancel', 'withdraw'];
  return say(`step.${known.includes(kind) ? kind : 'other'}`);
}

function orderSentence(
  explanation: OrderExplanation,
  { decimal, points, say }: Phrases,
  formatMoney: FormatMoney,
): string {
  const { nothingBecause, rate, currency } = explanation;
  if (nothingBecause !== null || rate === null) {
    return say('nothing', {
      because: say(`nothingBecause.${nothingBecause ?? 'nothing-eligible'}`),
    });
  }
  const values = {
    base: formatMoney(explanation.baseMinor, currency),
    rate: points(rate.points),
    per: formatMoney(minorOf(rate.per, currency), currency),
    multiplier: decimal(explanation.multiplier),
    tier: explanation.multiplierBecause ?? '',
    points: points(explanation.points),
  };
  return say(isOne(explanation.multiplier) ? 'order' : 'orderMultiplied', values);
}

export interface ArithmeticRow {
  readonly kind: 'line' | 'excluded' | 'sum' | 'rate' | 'multiplier' | 'exact' | 'result';
  readonly label: string;
  readonly value: string;
}

/** The way from the order's lines to its points; empty for what is no calculation. */
export function arithmetic(
  explanation: Explanation,
  phrases: Phrases,
  formatMoney: FormatMoney,
): readonly ArithmeticRow[] {
  if (explanation.rule !== 'order' || explanation.rate === null) return [];
  const { decimal, points, say } = phrases;
  const { currency, rate } = explanation;
  const rows: ArithmeticRow[] = [
    ...explanation.lines.map(({ title, kept, ordered, minor }): ArithmeticRow => ({
      kind: 'line',
      label: say(kept === ordered ? 'row.line' : 'row.lineKept', { title, kept, ordered }),
      value: formatMoney(minor, currency),
    })),
    ...explanation.excluded.map(({ title, because }): ArithmeticRow => ({
      kind: 'excluded',
      label: say('row.excluded', { title, because: say(`excludedBecause.${because}`) }),
      value: formatMoney('0', currency),
    })),
    { kind: 'sum', label: say('row.sum'), value: formatMoney(explanation.baseMinor, currency) },
    {
      kind: 'rate',
      label: say('row.rate'),
      value: say('row.rateValue', {
        points: points(rate.points),
        per: formatMoney(minorOf(rate.per, currency), currency),
      }),
    },
  ];
  if (!isOne(explanation.multiplier)) {
    rows.push({
      kind: 'multiplier',
      label: say('row.multiplier', { tier: explanation.multiplierBecause ?? '' }),
      value: `× ${decimal(explanation.multiplier)}`,
    });
  }
  if (explanation.exact !== String(explanation.points)) {
    rows.push({ kind: 'exact', label: say('row.exact'), value: decimal(explanation.exact) });
  }
  rows.push({ kind: 'result', label: say('row.result'), value: points(explanation.points) });
  return rows;
}

function isOne(multiplier: string): boolean {
  return compare(parseRational(multiplier), parseRational('1')) === 0;
}

/** "4.5" in a currency of two decimals is "450". */
function minorOf(amount: string, currency: string): string {
  const decimals = decimalsOf(currency);
  const [whole = '0', fraction = ''] = amount.split('.');
  const padded = fraction.padEnd(decimals, '0');
  const minor = `${whole}${padded.slice(0, decimals)}`.replace(/^0+(?=\d)/, '');
  return padded.length > decimals ? `${minor}.${padded.slice(decimals)}` : minor;
}
