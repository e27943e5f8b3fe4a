/**
 * An explanation in words: one sentence that a shopper can read, and the arithmetic as rows. The
 * phrases come from outside, so that each language has its own; the numbers come from the explanation.
 */
import {
  isOne,
  limitRows,
  multiplierRows,
  partRows,
  partTexts,
  pieceRows,
  restRow,
} from './explain-campaigns.ts';
import { nothingText, withLimits, withMultipliers } from './explain-worked.ts';
import type { Explanation, OrderExplanation } from './explanation.ts';
import type { Purpose } from './purpose.ts';
import { decimalsOf } from '../money/decimals.ts';

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
      return withUntaken(orderSentence(explanation, phrases, formatMoney), explanation, phrases);
    case 'fixed':
      return withUntaken(fixedSentence(explanation, phrases), explanation, phrases);
    case 'adjustment':
      return say(explanation.points >= 0 ? 'adjustment.added' : 'adjustment.taken', {
        points: points(Math.abs(explanation.points)),
        reason: say(`reason.${explanation.reason}`),
      });
    case 'gift':
      return say(`gift.${explanation.step}`, {
        points: points(explanation.points),
        reason: explanation.reason,
      });
    case 'merge':
      return say('merge', { points: points(Math.abs(explanation.points)) });
    case 'redaction':
      return say('redaction', { points: points(Math.abs(explanation.points)) });
    case 'step':
      return stepSentence(explanation.step, phrases);
  }
}

/** What could not be taken back stays to be seen. */
function withUntaken(
  text: string,
  { lapsed = 0, waived = 0 }: { lapsed?: number | undefined; waived?: number | undefined },
  { points, say }: Phrases,
): string {
  const parts = [
    ...(lapsed > 0 ? [say('lapsed', { points: points(lapsed) })] : []),
    ...(waived > 0 ? [say('waived', { points: points(waived) })] : []),
  ];
  return [text, ...parts].join(' ');
}

function fixedSentence(
  explanation: Extract<Explanation, { rule: 'fixed' }>,
  phrases: Phrases,
): string {
  const { because, nothingBecause, ruleName: name } = explanation;
  if (nothingBecause) return nothingText(nothingBecause, explanation, phrases);
  const plain = phrases.say(`fixed.${because}`, {
    name,
    points: phrases.points(explanation.points),
    lines: (explanation.lines ?? []).map(({ title, kept }) => `${title} × ${kept}`).join(', '),
  });
  return withLimits(withMultipliers(plain, explanation, phrases), explanation, phrases);
}

/** By which rule of which version: "By the rule Buying, version 3 of the programme." A draft is none yet. */
export function origin(explanation: Explanation, { say }: Phrases, isDraft = false): string | null {
  if (explanation.rule !== 'order' && explanation.rule !== 'fixed') return null;
  const { ruleName: name, programmeVersion: version } = explanation;
  if (name === '' || version === 0) return null;
  const byCampaign =
    explanation.rule === 'fixed' && ['order-bonus', 'piece-bonus'].includes(explanation.because);
  const by = byCampaign ? 'originCampaign' : 'origin';
  return isDraft ? say(`${by}Draft`, { name }) : say(by, { name, version });
}

/** What points were spent on, by its name. */
export interface SpentOn extends Pick<Purpose, 'of'> {
  readonly name: string;
}

/** An entry that follows an award, e.g. "Taken back by a refund: 30 of 100 points, 70 remain." */
export function stepLine(
  { step, of, remain }: Extract<Explanation, { rule: 'step' }>,
  moved: number,
  phrases: Phrases,
  spentOn: SpentOn | null = null,
): string {
  const { points, say } = phrases;
  if (spentOn && step === 'reserve') {
    return say(`spentOn.${spentOn.of}`, { name: spentOn.name, points: points(moved) });
  }
  const told =
    of === undefined || remain === undefined
      ? `${points(moved)}.`
      : say('remaining', { moved, of, remain });
  return `${stepSentence(step, phrases)} ${told}`;
}

/** What an entry of an award is: "earn", "mature", "refund:123", "cancel". */
export function stepSentence(step: string, { say }: Phrases): string {
  const [kind = ''] = step.split(':');
  const known = [
    'earn',
    'mature',
    'expire',
    'revive',
    'reserve',
    'release',
    'return',
    'refund',
    'dispute',
    'cancel',
    'withdraw',
  ];
  return say(`step.${known.includes(kind) ? kind : 'other'}`);
}

function orderSentence(
  explanation: OrderExplanation,
  phrases: Phrases,
  formatMoney: FormatMoney,
): string {
  const { decimal, points, say } = phrases;
  const { nothingBecause, rate, currency, limits = [] } = explanation;
  if (nothingBecause !== null || rate === null) {
    return nothingText(nothingBecause ?? 'nothing-eligible', { limits }, phrases);
  }
  const values = {
    base: formatMoney(explanation.baseMinor, currency),
    rate: points(rate.points),
    per: formatMoney(minorOf(rate.per, currency), currency),
    multiplier: decimal(explanation.multiplier),
    tier: explanation.multiplierBecause ?? '',
    points: points(explanation.points),
  };
  const plain = explanation.parts
    ? say('orderInParts', { ...values, parts: partTexts(explanation.parts, phrases).join('; ') })
    : say(isOne(explanation.multiplier) ? 'order' : 'orderMultiplied', values);
  return withLimits(plain, { limits }, phrases);
}

export interface ArithmeticRow {
  readonly kind:
    | 'presentment'
    | 'line'
    | 'excluded'
    | 'besides'
    | 'given-back'
    | 'store-credit'
    | 'sum'
    | 'rate'
    | 'multiplier'
    | 'part'
    | 'added'
    | 'exact'
    | 'limit'
    | 'rest'
    | 'result';
  readonly label: string;
  readonly value: string;
}

/** The way from the order's lines to its points; empty for what is no calculation. */
export function arithmetic(
  explanation: Explanation,
  phrases: Phrases,
  formatMoney: FormatMoney,
): readonly ArithmeticRow[] {
  if (explanation.rule === 'fixed') return pieceRows(explanation, phrases);
  if (explanation.rule !== 'order' || explanation.rate === null) return [];
  const { decimal, points, say } = phrases;
  const { currency, rate, parts, adds = [] } = explanation;
  const rows: ArithmeticRow[] = [
    ...baseRows(explanation, phrases, formatMoney),
    {
      kind: 'rate',
      label:
        rate.market === undefined ? say('row.rate') : say('row.rateOf', { market: rate.market }),
      value: say('row.rateValue', {
        points: points(rate.points),
        per: formatMoney(minorOf(rate.per, currency), currency),
      }),
    },
    ...(parts ? partRows(parts, phrases) : multiplierRows(explanation, phrases)),
  ];
  if (explanation.exact !== String(explanation.points)) {
    rows.push({ kind: 'exact', label: say('row.exact'), value: decimal(explanation.exact) });
  }
  rows.push(...limitRows(explanation, phrases));
  rows.push(...restRow(explanation, BigInt(explanation.exact.split('.')[0] ?? 0), phrases));
  rows.push({ kind: 'result', label: say('row.result'), value: points(explanation.points) });
  for (const { name, points: added } of explanation.points > 0 ? adds : []) {
    rows.push({ kind: 'added', label: say('row.added', { name }), value: points(added) });
  }
  return rows;
}

/** What was bought, what of it does not count, and what does. */
function baseRows(
  explanation: OrderExplanation,
  { decimal, say }: Phrases,
  formatMoney: FormatMoney,
): ArithmeticRow[] {
  const { presentment, lines, excluded, baseMinor, currency } = explanation;
  const { besidesMinor, givenBackMinor, storeCreditMinor } = explanation;
  const rows: ArithmeticRow[] = [];
  if (presentment) {
    const amount = formatMoney(String(presentment.totalMinor), presentment.currency);
    const label = say('row.presentment', { currency: presentment.currency });
    const rate = `${decimal(presentment.rate)} ${currency}`;
    rows.push({ kind: 'presentment', label, value: say('row.presentmentValue', { amount, rate }) });
  }
  for (const { title, kept, ordered, minor } of lines) {
    const label = say(kept === ordered ? 'row.line' : 'row.lineKept', { title, kept, ordered });
    rows.push({ kind: 'line', label, value: formatMoney(minor, currency) });
  }
  for (const { title, because, rule } of excluded) {
    const plain = say(`excludedBecause.${because}`);
    const told = rule === undefined ? plain : say('excludedBy', { because: plain, rule });
    const label = say('row.excluded', { title, because: told });
    rows.push({ kind: 'excluded', label, value: formatMoney('0', currency) });
  }
  if (besidesMinor !== undefined) {
    const value = formatMoney(besidesMinor, currency);
    rows.push({ kind: 'besides', label: say('row.besides'), value });
  }
  if (givenBackMinor !== undefined) {
    const value = formatMoney(`-${givenBackMinor}`, currency);
    rows.push({ kind: 'given-back', label: say('row.givenBack'), value });
  }
  if (storeCreditMinor !== undefined) {
    const value = formatMoney(`-${storeCreditMinor}`, currency);
    rows.push({ kind: 'store-credit', label: say('row.storeCredit'), value });
  }
  rows.push({ kind: 'sum', label: say('row.sum'), value: formatMoney(baseMinor, currency) });
  return rows;
}

/** "4.5" in a currency of two decimals is "450". */
function minorOf(amount: string, currency: string): string {
  const decimals = decimalsOf(currency);
  const [whole = '0', fraction = ''] = amount.split('.');
  const padded = fraction.padEnd(decimals, '0');
  const minor = `${whole}${padded.slice(0, decimals)}`.replace(/^0+(?=\d)/, '');
  return padded.length > decimals ? `${minor}.${padded.slice(decimals)}` : minor;
}
