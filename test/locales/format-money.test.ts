import { expect, it } from 'vitest';
import { money, moneyOfMinor } from '../../app/components/format-money.ts';

it.each([
  ['4995', 'USD', '$49.95'],
  ['5000', 'USD', '$50.00'],
  // A kept third of a discount, in thousandths of a cent.
  ['3333.333', 'USD', '$33.33333'],
  ['-50', 'USD', '-$0.50'],
  ['1500', 'JPY', '¥1,500'],
  ['33.333', 'JPY', '¥33.333'],
  ['4995', 'KWD', 'KWD\u00a04.995'],
  // Nobody prints coins of these, but Shopify’s taxes and discounts have them.
  ['10050', 'HUF', 'HUF\u00a0100.50'],
  ['10000', 'HUF', 'HUF\u00a0100'],
  ['250', 'IQD', 'IQD\u00a00.250'],
])('%s of the smallest unit of %s are %s', (minor, currency, shown) => {
  expect(moneyOfMinor('en', minor, currency)).toBe(shown);
});

it('an amount is drawn as it is written, and what is none stays as it was typed', () => {
  expect(money('en', '4.50', 'USD')).toBe('$4.50');
  expect(money('de', '0.005', 'USD')).toBe('0,005\u00a0$');
  expect(money('en', '4,5', 'USD')).toBe('4,5');
});
