/**
 * Money in the local Shopify: integer minor units beside a currency, never floats.
 * REST bodies print "10.00", GraphQL prints "10.0"; both are made here.
 */

/** One amount in the shop's currency and in the buyer's, both in minor units. */
export type MinorPair = { shop: number; presentment: number };

export const nothing: MinorPair = { shop: 0, presentment: 0 };

const exponents = new Map<string, number>();

export function exponentOf(currency: string): number {
  let exponent = exponents.get(currency);
  if (exponent === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    exponent = format.resolvedOptions().maximumFractionDigits ?? 2;
    exponents.set(currency, exponent);
  }
  return exponent;
}

/** "10.00" for 1000 EUR cents, "1000" for 1000 yen, "1.000" for 1000 fils. */
export function decimal(minor: number, currency: string): string {
  const exponent = exponentOf(currency);
  const sign = minor < 0 ? '-' : '';
  const digits = String(Math.abs(minor)).padStart(exponent + 1, '0');
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/** The GraphQL scalar Decimal drops trailing zeros but always shows one decimal: "10.0", "9.99". */
export function graphqlDecimal(minor: number, currency: string): string {
  const text = decimal(minor, currency);
  if (!text.includes('.')) return `${text}.0`;
  return text.replace(/0+$/, '').replace(/\.$/, '.0');
}

/** Minor units of a decimal text, or null when it is not an exact amount of that currency. */
export function minorOf(text: string, currency: string): number | null {
  const match = /^(-?)(\d{1,12})(?:\.(\d+))?$/.exec(text.trim());
  if (!match) return null;
  const exponent = exponentOf(currency);
  const fraction = (match[3] ?? '').replace(/0+$/, '');
  if (fraction.length > exponent) return null;
  const minor = Number(`${match[2] ?? '0'}${fraction.padEnd(exponent, '0')}`);
  return match[1] === '-' ? -minor : minor;
}

/** Converts by a decimal rate (target units per source unit), half away from zero. */
export function convert(minor: number, from: string, to: string, rate: string): number {
  if (from === to) return minor;
  const [whole = '0', fraction = ''] = rate.split('.');
  const numerator = BigInt(minor) * BigInt(whole + fraction) * 10n ** BigInt(exponentOf(to));
  const denominator = 10n ** BigInt(fraction.length + exponentOf(from));
  return Number(divideRounded(numerator, denominator));
}

/** `minor × basisPoints / 10000`, half away from zero. */
export function share(minor: number, basisPoints: number): number {
  return Number(divideRounded(BigInt(minor) * BigInt(basisPoints), 10_000n));
}

/** The part of `minor` that `some` of `all` units carry, half away from zero. */
export function portion(minor: number, some: number, all: number): number {
  if (all === 0) return 0;
  return Number(divideRounded(BigInt(minor) * BigInt(some), BigInt(all)));
}

function divideRounded(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n;
  const absolute = negative ? -numerator : numerator;
  const rounded = (absolute * 2n + denominator) / (denominator * 2n);
  return negative ? -rounded : rounded;
}

/** Splits `total` by weights so that the parts add up exactly; the largest remainders get the rest. */
export function allocate(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((all, weight) => all + weight, 0);
  if (sum === 0) return weights.map(() => 0);
  const exact = weights.map((weight) => BigInt(total) * BigInt(weight));
  const parts = exact.map((value) => Number(value / BigInt(sum)));
  const order = exact
    .map((value, index) => ({ index, rest: Number(value % BigInt(sum)) }))
    .sort((a, b) => b.rest - a.rest || a.index - b.index);
  let left = total - parts.reduce((all, part) => all + part, 0);
  for (const { index } of order) {
    if (left <= 0) break;
    parts[index] = (parts[index] ?? 0) + 1;
    left -= 1;
  }
  return parts;
}

export function plus(a: MinorPair, b: MinorPair): MinorPair {
  return { shop: a.shop + b.shop, presentment: a.presentment + b.presentment };
}

export function minus(a: MinorPair, b: MinorPair): MinorPair {
  return { shop: a.shop - b.shop, presentment: a.presentment - b.presentment };
}

export function total(pairs: Iterable<MinorPair>): MinorPair {
  let sum = nothing;
  for (const pair of pairs) sum = plus(sum, pair);
  return sum;
}

export function times(pair: MinorPair, quantity: number): MinorPair {
  return { shop: pair.shop * quantity, presentment: pair.presentment * quantity };
}

export function portionOf(pair: MinorPair, some: number, all: number): MinorPair {
  return { shop: portion(pair.shop, some, all), presentment: portion(pair.presentment, some, all) };
}
