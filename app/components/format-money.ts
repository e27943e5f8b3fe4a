/** Money in a language: exactly what it is, also where people print no coins of a currency. */
import { decimalsOf } from '../domain/money/decimals.ts';

/** @param minor e.g. "4995.5": minor units, which may carry a fraction */
export function moneyOfMinor(locale: string, minor: string, currency: string): string {
  return money(locale, decimalOfMinor(minor, currency), currency);
}

/** @param decimal e.g. "49.955"; what is no amount yet stays as it was typed */
export function money(locale: string, decimal: string, currency: string): string {
  if (!/^-?\d+(\.\d+)?$/.test(decimal)) return decimal;
  const style = /^[A-Z]{3}$/.test(currency)
    ? ({ style: 'currency', currency } as const)
    : ({ minimumFractionDigits: 2 } as const);
  const usual = new Intl.NumberFormat(locale, style);
  const { maximumFractionDigits: printed = 2 } = usual.resolvedOptions();
  const fraction = /\.(\d*[1-9])0*$/.exec(decimal)?.[1] ?? '';
  // Fractions of a cent, tax of a forint and fils of Iraq are not rounded away: sums must come out.
  const format =
    fraction.length > printed
      ? new Intl.NumberFormat(locale, {
          ...style,
          minimumFractionDigits: decimalsOf(currency),
          maximumFractionDigits: Math.max(fraction.length, decimalsOf(currency)),
        })
      : usual;
  return plain(format.format(decimal as `${number}`));
}

/** Browsers and Node do not agree on narrow spaces, and what they draw must be the same. */
export function plain(text: string): string {
  return text.replaceAll('\u202f', ' ');
}

/** "4995.5" minor units of a currency with two decimals are "49.955". */
function decimalOfMinor(minor: string, currency: string): string {
  const decimals = decimalsOf(currency);
  const negative = minor.startsWith('-');
  const [whole = '0', fraction = ''] = minor.replace('-', '').split('.');
  const digits = whole.padStart(decimals + 1, '0');
  const cut = digits.length - decimals;
  const rest = `${digits.slice(cut)}${fraction}`;
  return `${negative ? '-' : ''}${digits.slice(0, cut)}${rest === '' ? '' : `.${rest}`}`;
}
