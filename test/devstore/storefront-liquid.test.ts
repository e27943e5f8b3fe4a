import { describe, expect, test } from 'vitest';
import { colourContrast } from '../../devstore/storefront/colours.ts';
import { createEngine } from '../../devstore/storefront/liquid.ts';
import { flatten } from '../../devstore/storefront/translations.ts';
import {
  formatMoney,
  formatWithoutCurrency,
  hundredths,
  moneyFormatOf,
} from '../../devstore/storefront/money-format.ts';
import { smallShop } from './small-shop.ts';

function liquid(source: string, locale = 'en', escapes = false): string {
  const engine = createEngine({
    page: { locale, currency: 'EUR', moneyFormat: '€{{amount}}', now: new Date(0) },
    roots: [],
    assetUrl: (name) => `/assets/${name}`,
    escapes,
    translations: new Map([
      [
        'en',
        flatten({
          a: {
            hello: 'Hi {{ name }} & co',
            n: { one: '{{ count }} cat', other: '{{ count }} cats' },
          },
        }),
      ],
      [
        'pl',
        flatten({ a: { n: { one: 'kot', few: '{{ count }} koty', other: '{{ count }} kotów' } } }),
      ],
    ]),
  });
  return String(engine.parseAndRenderSync(source));
}

describe('the t filter', () => {
  test('inserts values and escapes the whole', () => {
    expect(liquid(`{{ 'a.hello' | t: name: '<i>' }}`)).toBe('Hi &lt;i&gt; &amp; co');
  });
  test('chooses the plural form by the rules of the language', () => {
    expect(liquid(`{{ 'a.n' | t: count: 1 }}, {{ 'a.n' | t: count: 3 }}`)).toBe('1 cat, 3 cats');
    expect(liquid(`{{ 'a.n' | t: count: 3 }}, {{ 'a.n' | t: count: 5 }}`, 'pl')).toBe(
      '3 koty, 5 kotów',
    );
  });
  test('falls back to English, and says so where there is no text at all', () => {
    expect(liquid(`{{ 'a.hello' | t: name: 'you' }}`, 'pl')).toBe('Hi you &amp; co');
    expect(liquid(`{{ 'a.nothing' | t }}`)).toBe('Translation missing: en.a.nothing');
  });
});

describe('filters where LiquidJS differs from Shopify', () => {
  test('whole numbers divide as whole numbers', () => {
    expect(
      liquid('{{ 12450 | divided_by: 1000 }} {{ 7 | divided_by: 2.5 }} {{ -7 | divided_by: 2 }}'),
    ).toBe('12 2.8 -4');
  });
  test('escape writes &quot;, and escape_once leaves entities as they are', () => {
    expect(liquid(`{{ '"<&' | escape }}`)).toBe('&quot;&lt;&amp;');
    expect(liquid(`{{ '&lt;b> &quot; &#39; & "' | escape_once }}`)).toBe(
      '&lt;b&gt; &quot; &#39; &amp; &quot;',
    );
  });
  test('the demo theme’s own engine escapes what it prints, once', () => {
    expect(liquid(`{{ '<b>' }} {{ 'a.hello' | t: name: '<i>' }}`, 'en', true)).toBe(
      '&lt;b&gt; Hi &lt;i&gt; &amp; co',
    );
  });
  test('a filter that Shopify does not have is an error', () => {
    expect(() => liquid('{{ 1 | sparkle }}')).toThrow('sparkle');
  });
});

describe('money', () => {
  test('is counted in hundredths whatever the currency', () => {
    // 12.34 euros, 500 yen, 1.235 dinars
    expect([hundredths(1234, 'EUR'), hundredths(500, 'JPY'), hundredths(1235, 'KWD')]).toEqual([
      1234, 50000, 124,
    ]);
  });
  test('is printed by the shop’s format', () => {
    expect(formatMoney(123456789, '€{{amount}}')).toBe('€1,234,567.89');
    expect(formatMoney(123456789, '{{ amount_with_comma_separator }} €')).toBe('1.234.567,89 €');
    expect(formatMoney(1250, '¥{{amount_no_decimals}}')).toBe('¥13');
    expect(formatMoney(-5, '€{{amount}}')).toBe('€-0.05');
    expect(formatWithoutCurrency(100050, '€{{amount_with_comma_separator}}')).toBe('1.000,50');
  });
  test('of another currency than the shop’s has that currency’s sign and decimals', () => {
    const { store } = smallShop();
    expect(formatMoney(50000, moneyFormatOf(store, 'JPY'))).toBe('¥500');
    expect(formatMoney(1234, moneyFormatOf(store, 'USD'))).toBe('$12.34');
  });
});

test('contrast is WCAG’s, so that the extension’s choice of black or white can be trusted', () => {
  expect(colourContrast('#000000', '#FFFFFF')).toBe(21);
  expect(colourContrast('#fff', '#FFFFFF')).toBe(1);
  expect(colourContrast('#767676', '#FFFFFF')).toBe(4.5);
  expect(() => colourContrast('green', '#FFFFFF')).toThrow('green is not a colour');
});
