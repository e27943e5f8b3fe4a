/** Exact fractions for rates and multipliers: points are floored once, at the very end. */
import { invariant } from '../invariant.ts';

export interface Rational {
  readonly num: bigint;
  readonly den: bigint;
}

export const ONE: Rational = { num: 1n, den: 1n };
export const ZERO: Rational = { num: 0n, den: 1n };

export function ratio(num: number | bigint, den: number | bigint = 1n): Rational {
  const n = BigInt(num);
  const d = BigInt(den);
  invariant(d !== 0n, 'a fraction has a denominator');
  return d < 0n ? { num: -n, den: -d } : { num: n, den: d };
}

/** Reads "1.25" as 5/4. */
export function parseRational(text: string): Rational {
  const [whole = '0', fraction = ''] = text.split('.');
  return reduce({ num: BigInt(whole + fraction), den: 10n ** BigInt(fraction.length) });
}

export function add(a: Rational, b: Rational): Rational {
  if (a.den === b.den) return { num: a.num + b.num, den: a.den };
  return reduce({ num: a.num * b.den + b.num * a.den, den: a.den * b.den });
}

export function subtract(a: Rational, b: Rational): Rational {
  return add(a, { num: -b.num, den: b.den });
}

export function multiply(a: Rational, b: Rational): Rational {
  return reduce({ num: a.num * b.num, den: a.den * b.den });
}

export function divide(a: Rational, b: Rational): Rational {
  invariant(b.num !== 0n, 'nothing is divided by zero');
  return reduce(ratio(a.num * b.den, a.den * b.num));
}

export function compare(a: Rational, b: Rational): number {
  const difference = a.num * b.den - b.num * a.den;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

export function floor(a: Rational): number {
  const quotient = a.num / a.den;
  const floored = a.num < 0n && a.num % a.den !== 0n ? quotient - 1n : quotient;
  const value = Number(floored);
  invariant(Number.isSafeInteger(value), 'points and money stay below 2^53');
  return value;
}

/** A million million: nobody is given more at once, whatever rate and multipliers come to. */
const MOST_POINTS = 1_000_000_000_000;

/** Rounded down to whole points. */
export function wholePoints(a: Rational): number {
  return compare(a, ratio(MOST_POINTS)) >= 0 ? MOST_POINTS : floor(a);
}

/** The value to three decimals, or so many, for a sentence; never for a sum. */
export function toText(a: Rational, decimals = 3): string {
  const scaled = (a.num * 10n ** BigInt(decimals)) / a.den;
  const sign = scaled < 0n ? '-' : '';
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  const [whole, fraction] = [digits.slice(0, point), digits.slice(point).replace(/0+$/, '')];
  return fraction === '' ? sign + whole : `${sign}${whole}.${fraction}`;
}

function reduce(a: Rational): Rational {
  let x = a.num < 0n ? -a.num : a.num;
  let y = a.den;
  while (y !== 0n) [x, y] = [y, x % y];
  return x > 1n ? { num: a.num / x, den: a.den / x } : a;
}
