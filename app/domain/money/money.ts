/**
 * Money as an integer count of the currency's minor unit. Shopify writes decimals as strings;
 * they are read digit by digit, so no float ever stands for money.
 */
import { z } from 'zod';
import { decimalsOf } from './decimals.ts';

export { decimalsOf };

export class MoneyFault extends Error {
  override name = 'MoneyFault';
}

const DECIMAL = /^(-?)(\d{1,15})(?:\.(\d{1,12}))?$/;

/** A positive amount as a person writes it, e.g. "10" or "4.50". */
export const decimalAmount = z
  .string()
  .regex(/^\d{1,12}(\.\d{1,4})?$/, { error: 'Write an amount like 10 or 4.50.' });

/**
 * Reads "49.95" USD as 4995 (minor units).
 * @throws MoneyFault for text that is no decimal, or that has more decimals than the currency.
 */
export function parseMoney(text: string, currency: string): number {
  const match = DECIMAL.exec(text);
  if (!match) throw new MoneyFault(`"${text.slice(0, 40)}" is not an amount of money`);
  const decimals = decimalsOf(currency);
  const fraction = match[3] ?? '';
  if (/[1-9]/.test(fraction.slice(decimals))) {
    throw new MoneyFault(`"${text}" has more decimals than ${currency} has (${decimals})`);
  }
  const minor = Number(`${match[2]}${fraction.slice(0, decimals).padEnd(decimals, '0')}`);
  if (!Number.isSafeInteger(minor)) throw new MoneyFault(`"${text}" is too large`);
  return match[1] === '-' && minor !== 0 ? -minor : minor;
}

/** Writes 4995 USD as "49.95". */
export function formatDecimal(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const text = decimals === 0 ? whole : `${whole}.${digits.slice(digits.length - decimals)}`;
  return minor < 0 ? `-${text}` : text;
}

/** Minor units as Liquid's `money` filter takes them: hundredths of the unit, in every currency. */
export function toLiquidMoney(minor: number, currency: string): number {
  return Math.round((minor * 100) / 10 ** decimalsOf(currency));
}
