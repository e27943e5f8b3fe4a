/** LiquidJS with the filters of Shopify's Liquid that the theme and the theme extension use. */
import { filters, Liquid, type LiquidOptions } from 'liquidjs';
import { colourContrast } from './colours.ts';
import { escapeHtml, html } from '../admin-pages/html.ts';
import { formatMoney, formatWithoutCurrency } from './money-format.ts';
import type { Translations } from './translations.ts';

/** What filters need to know of the page that is being drawn. */
export type Page = { locale: string; moneyFormat: string; currency: string; now: Date };

export type EngineParts = {
  page: Page;
  /** Folders of snippets and templates. */
  roots: string[];
  translations: Map<string, Translations>;
  assetUrl: (name: string) => string;
  /** The demo theme escapes what it prints; an extension is drawn as Shopify draws it, unescaped. */
  escapes: boolean;
};

const drawDate = filters['date'] as (this: unknown, value: unknown, ...format: string[]) => unknown;

export function createEngine(parts: EngineParts): Liquid {
  const options: LiquidOptions = {
    root: parts.roots,
    partials: parts.roots,
    layouts: parts.roots,
    extname: '.liquid',
    cache: false,
    strictFilters: true,
    ownPropertyOnly: true,
    relativeReference: false,
    ...(parts.escapes && { outputEscape: 'escape' as const }),
  };
  const engine = new Liquid(options);
  const { page } = parts;
  engine.registerFilter('t', (key: unknown, ...named: unknown[]) => {
    const inserted = namedArguments(named);
    const text = translate(parts.translations, page.locale, String(key), inserted);
    // An engine that escapes its output would escape this a second time.
    return parts.escapes ? text : escapeHtml(text);
  });
  engine.registerFilter('money', (cents: unknown) =>
    isBlank(cents) ? '' : formatMoney(Number(cents), page.moneyFormat),
  );
  engine.registerFilter('money_with_currency', (cents: unknown) =>
    isBlank(cents) ? '' : `${formatMoney(Number(cents), page.moneyFormat)} ${page.currency}`,
  );
  engine.registerFilter('money_without_currency', (cents: unknown) =>
    isBlank(cents) ? '' : formatWithoutCurrency(Number(cents), page.moneyFormat),
  );
  engine.registerFilter('escape', (text: unknown) => escapeHtml(textOf(text)));
  engine.registerFilter('escape_once', (text: unknown) =>
    textOf(text).replaceAll(/["'<>]|&(?!(?:[a-zA-Z]+|#\d+);)/g, escapeHtml),
  );
  // Whole numbers divide as whole numbers in Shopify's Liquid; LiquidJS would make fractions of them.
  engine.registerFilter('divided_by', (dividend: unknown, divisor: unknown) => {
    const [one, other] = [Number(dividend), Number(divisor)];
    const whole =
      Number.isInteger(one) && Number.isInteger(other) && !String(divisor).includes('.');
    return whole ? Math.floor(one / other) : one / other;
  });
  // The shop's clock, which a test may have set.
  engine.registerFilter('date', function (value: unknown, ...format: string[]) {
    const isNow = value === 'now' || value === 'today';
    return drawDate.call(this, isNow ? page.now : value, ...format);
  });
  engine.registerFilter('asset_url', (name: unknown) => parts.assetUrl(String(name)));
  engine.registerFilter(
    'stylesheet_tag',
    (address: unknown) =>
      html`<link href="${String(address)}" rel="stylesheet" type="text/css" media="all" />`.text,
  );
  engine.registerFilter('color_contrast', (one: unknown, other: unknown) =>
    colourContrast(String(one), String(other)),
  );
  return engine;
}

/** The shopper's language, else English; with `count` the form of that language's plural rules. */
export function translate(
  translations: Map<string, Translations>,
  locale: string,
  key: string,
  inserted: Record<string, unknown>,
): string {
  const language = translations.get(locale) ?? translations.get(locale.split('-')[0] ?? '');
  const text =
    pick(language, locale, key, inserted) ?? pick(translations.get('en'), 'en', key, inserted);
  if (text === undefined) return `Translation missing: ${locale}.${key}`;
  return text.replaceAll(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => textOf(inserted[name]));
}

function pick(
  language: Translations | undefined,
  locale: string,
  key: string,
  inserted: Record<string, unknown>,
): string | undefined {
  const { count } = inserted;
  if (count === undefined) return language?.get(key);
  const number = Number(count);
  const zero = number === 0 ? language?.get(`${key}.zero`) : undefined;
  const form = new Intl.PluralRules(locale).select(number);
  return (
    zero ?? language?.get(`${key}.${form}`) ?? language?.get(`${key}.other`) ?? language?.get(key)
  );
}

/** LiquidJS hands `name: value` to a filter as a pair. */
function namedArguments(given: readonly unknown[]): Record<string, unknown> {
  const pairs = given.filter(
    (one): one is [string, unknown] => Array.isArray(one) && one.length === 2,
  );
  return Object.fromEntries(pairs);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

function isBlank(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}
