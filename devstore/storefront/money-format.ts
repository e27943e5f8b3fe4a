/** Shopify's money filters: hundredths of a currency unit, printed by the shop's money format. */
import { exponentOf } from '../state/money.ts';
import type { Store } from '../state/store.ts';

/** Liquid counts money in hundredths, whatever the currency: 500 yen are 50000. */
export function hundredths(minor: number, currency: string): number {
  return Math.round(minor * 10 ** (2 - exponentOf(currency)));
}

export function moneyFormatOf(store: Store, currency: string): string {
  if (currency === store.shop.currency) return store.shop.moneyFormat;
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
  });
  const symbol =
    format.formatToParts(0).find((part) => part.type === 'currency')?.value ?? currency;
  return symbol + (exponentOf(currency) === 0 ? '{{amount_no_decimals}}' : '{{amount}}');
}

/** Separator of thousands, of decimals (absent: none are shown). */
const amounts: Record<string, [string, string | null]> = {
  amount: [',', '.'],
  amount_no_decimals: [',', null],
  amount_with_comma_separator: ['.', ','],
  amount_no_decimals_with_comma_separator: ['.', null],
  amount_with_apostrophe_separator: ["'", '.'],
  amount_no_decimals_with_space_separator: [' ', null],
  amount_with_space_separator: [' ', ','],
  amount_with_period_and_space_separator: [' ', '.'],
};

export function formatMoney(cents: number, format: string): string {
  return format.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => amountAs(cents, name));
}

export function formatWithoutCurrency(cents: number, format: string): string {
  return amountAs(cents, /\{\{\s*(\w+)\s*\}\}/.exec(format)?.[1] ?? 'amount');
}

function amountAs(cents: number, name: string): string {
  const [thousands, point] = amounts[name] ?? [',', '.'];
  const whole = Math.round(cents);
  const sign = whole < 0 ? '-' : '';
  const rounded = point === null ? Math.round(Math.abs(whole) / 100) * 100 : Math.abs(whole);
  const units = String(Math.floor(rounded / 100)).replaceAll(/\B(?=(\d{3})+$)/g, thousands);
  return point === null
    ? sign + units
    : `${sign}${units}${point}${String(rounded % 100).padStart(2, '0')}`;
}
