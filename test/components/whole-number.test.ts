import { expect, it } from 'vitest';
import { wholeNumberIn } from '../../app/components/whole-number.ts';

it.each([
  ['50', 50],
  ['+50', 50],
  ['-50', -50],
  ['\u221250', -50],
  [' 1000 ', 1000],
  ['1,000', 1000],
  ['-12,345,678', -12_345_678],
  ['1 000', 1000],
  ['', null],
  ['-', null],
  ['12.5', null],
  ['1.000', null],
  ['1,00', null],
  ['1,0000', null],
  ['1,000 000', null],
  ['123456789', null],
  ['12,3456', null],
  ['1e3', null],
])('reads %j, typed where English is spoken, as %s', (text, number) => {
  expect(wholeNumberIn(text, 'en')).toBe(number);
});

it('takes a thousand for a thousand where points group it, and never for one', () => {
  expect(wholeNumberIn('1.000', 'de')).toBe(1000);
  expect(wholeNumberIn('1,000', 'de')).toBeNull();
  expect(wholeNumberIn('1\u202f000', 'fr')).toBe(1000);
});
