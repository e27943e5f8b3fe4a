/**
 * What a game may be where the shopper is. Their country is what their last order and the page they look at
 * say; each of them that is known binds, and where none is, the strictest rule of the game does.
 */
import type { GameItem, LegalMode } from './settings.ts';

export interface Permitted {
  readonly off: boolean;
  /** Points and orders open no way in; the free route does. */
  readonly freeOnly: boolean;
  /** The age to be confirmed; null for none. */
  readonly age: number | null;
}

interface Rule {
  readonly mode: LegalMode;
  readonly age: number;
}

export function permitted(
  { otherwise, countries }: Pick<GameItem, 'otherwise' | 'countries'>,
  known: readonly (string | null)[],
): Permitted {
  const where = known.flatMap((country) => (country === null ? [] : [country.toUpperCase()]));
  const rules: readonly Rule[] =
    where.length === 0
      ? [otherwise, ...countries]
      : where.map((country) => countries.find((rule) => rule.country === country) ?? otherwise);
  const ages = rules.flatMap(({ mode, age }) => (mode === 'age-gate' ? [age] : []));
  return {
    off: rules.some(({ mode }) => mode === 'off'),
    freeOnly: rules.some(({ mode }) => mode === 'free-only'),
    age: ages.length === 0 ? null : Math.max(...ages),
  };
}
