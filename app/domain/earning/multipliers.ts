/** How the multipliers of the tier, of prizes and of campaigns go together. */
import { add, compare, multiply, ONE, subtract, ZERO } from '../money/rational.ts';
import type { Rational } from '../money/rational.ts';
import type { ProgrammeDocument } from '../programme/document.ts';

export type StackingPolicy = ProgrammeDocument['multipliers'];

export interface Multiplier {
  readonly of: 'tier' | 'prize' | 'campaign';
  readonly name: string;
  readonly by: Rational;
}

/** $50 at 1 for $1, tier 1.5, campaign 2: highest 100, multiply 150, add 125 (1 + ½ + 1). */
export function stacked(policy: StackingPolicy, multipliers: readonly Rational[]): Rational {
  const [first, ...others] = multipliers;
  if (!first) return ONE;
  switch (policy) {
    case 'highest':
      return others.reduce((most, by) => (compare(by, most) > 0 ? by : most), first);
    case 'multiply':
      return others.reduce(multiply, first);
    case 'add': {
      const sum = multipliers.reduce((total, by) => add(total, subtract(by, ONE)), ONE);
      return compare(sum, ZERO) < 0 ? ZERO : sum;
    }
  }
}

/** Those that count for the result: of the highest only one. */
export function effective(
  policy: StackingPolicy,
  multipliers: readonly Multiplier[],
): readonly Multiplier[] {
  if (policy !== 'highest') return multipliers.filter(({ by }) => compare(by, ONE) !== 0);
  const most = stacked(
    policy,
    multipliers.map(({ by }) => by),
  );
  const found = multipliers.find(({ by }) => compare(by, most) === 0);
  return found && compare(most, ONE) !== 0 ? [found] : [];
}
