/** What multiplied which lines, what a campaign gave for which pieces, and what was cut: row by row. */
import { limitText } from './explain-worked.ts';
import type { ArithmeticRow, Phrases } from './explain.ts';
import type { Explanation, NothingReason, OrderExplanation } from './explanation.ts';
import { compare, ONE, parseRational } from '../money/rational.ts';

type Parts = NonNullable<OrderExplanation['parts']>;
type Fixed = Extract<Explanation, { rule: 'fixed' }>;

/** "Tea times 2 for Tea week", "everything else times 1.5 for Gold". */
export function partTexts(parts: Parts, { decimal, say }: Phrases): string[] {
  return parts.map(({ lines, multiplier, because }) => {
    const values = {
      lines: lines.length > 0 ? lines.join(', ') : say('part.rest'),
      by: decimal(multiplier),
      name: because.join(', '),
    };
    return say(because.length > 0 ? 'part.because' : 'part.plain', values);
  });
}

export function partRows(parts: Parts, { decimal, say }: Phrases): ArithmeticRow[] {
  return parts.map(({ lines, worth, multiplier, because }) => {
    const named = lines.length > 0 ? lines.join(', ') : say('row.rest');
    const label =
      because.length > 0 ? say('row.part', { lines: named, name: because.join(', ') }) : named;
    return { kind: 'part', label, value: `${decimal(worth)} × ${decimal(multiplier)}` };
  });
}

/** Each multiplier by its name, and what they make together where there are several. */
export function multiplierRows(
  { multiplier, multiplierBecause, multipliers, yielded = [], stacking }: OrderExplanation,
  { decimal, say }: Phrases,
): ArithmeticRow[] {
  if (isOne(multiplier)) return [];
  const row = (label: string, by: string): ArithmeticRow => ({
    kind: 'multiplier',
    label,
    value: `× ${decimal(by)}`,
  });
  // Awards from before campaigns know the tier only.
  const known = multipliers ?? [
    { of: 'tier' as const, name: multiplierBecause ?? '', by: multiplier },
  ];
  const rows = known.map(({ of, name, by }) =>
    row(say(MULTIPLIER_ROWS[of], { tier: name, name }), by),
  );
  const lower = yielded.map(({ of, name, by }) =>
    row(say('row.yielded', { of: say(MULTIPLIER_ROWS[of], { tier: name, name }) }), by),
  );
  const together = stacking ? [row(say(`stacking.${stacking}`), multiplier)] : [];
  return [...lower, ...rows, ...together];
}

const MULTIPLIER_ROWS = {
  tier: 'row.multiplier',
  prize: 'row.prize',
  campaign: 'row.campaign',
} as const;

/** So many points for each piece, line by line; empty where it is not about pieces. */
export function pieceRows(explanation: Fixed, phrases: Phrases): readonly ArithmeticRow[] {
  const { each, lines = [] } = explanation;
  if (each === undefined) return [];
  const { points, say } = phrases;
  return [
    ...lines.map(({ title, kept, ordered }): ArithmeticRow => {
      const label = say(kept === ordered ? 'row.line' : 'row.lineKept', { title, kept, ordered });
      return { kind: 'line', label, value: `${kept} × ${points(each)}` };
    }),
    ...limitRows(explanation, phrases),
    ...restRow(explanation, BigInt(each) * BigInt(sumOf(lines)), phrases),
    { kind: 'result', label: say('row.result'), value: points(explanation.points) },
  ];
}

export function limitRows(
  { limits = [] }: Pick<OrderExplanation, 'limits'>,
  phrases: Phrases,
): ArithmeticRow[] {
  return limits.map((limit) => ({
    kind: 'limit',
    label: phrases.say('row.limit', { limit: limitText(limit, phrases) }),
    value: `− ${phrases.points(limit.cut)}`,
  }));
}

interface Given extends Pick<OrderExplanation, 'points' | 'limits'> {
  readonly nothingBecause?: NothingReason | null | undefined;
}

/** Why less is given than was worked out where no limit cut it: the rows add up to the result. */
export function restRow(
  { points: given, nothingBecause = null, limits = [] }: Given,
  workedOut: bigint,
  { points, say }: Phrases,
): ArithmeticRow[] {
  const rest = workedOut - BigInt(given) - BigInt(limits.reduce((sum, { cut }) => sum + cut, 0));
  if (rest <= 0n) return [];
  const label =
    nothingBecause === null
      ? say('row.most')
      : say('row.notGiven', { because: say(`nothingBecause.${nothingBecause}`, { limits: '' }) });
  return [{ kind: 'rest', label, value: `− ${points(Number(rest))}` }];
}

function sumOf(lines: readonly { readonly kept: number }[]): number {
  return lines.reduce((sum, { kept }) => sum + kept, 0);
}

export function isOne(multiplier: string): boolean {
  return compare(parseRational(multiplier), ONE) === 0;
}
