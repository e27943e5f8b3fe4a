import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decimalsOf } from '../../../app/domain/money/decimals.ts';
import {
  decimalAmount,
  formatDecimal,
  MoneyFault,
  parseMoney,
  toLiquidMoney,
} from '../../../app/domain/money/money.ts';

describe('money', () => {
  it.each([
    ['5000', 'JPY', 5000],
    ['5000.00', 'JPY', 5000],
    ['49.95', 'USD', 4995],
    ['49.9', 'USD', 4990],
    ['49', 'USD', 4900],
    ['0.005', 'KWD', 5],
    ['1.5', 'KWD', 1500],
    ['-0.01', 'EUR', -1],
    ['-0.00', 'EUR', 0],
    ['007.10', 'EUR', 710],
    ['90071992547409.91', 'USD', 9_007_199_254_740_991],
  ])('%s %s is %d minor units', (text, currency, minor) => {
    expect(Object.is(parseMoney(text, currency), minor)).toBe(true);
  });

  it.each([
    ['0.5', 'JPY'],
    ['0.005', 'USD'],
    ['0.0005', 'KWD'],
    ['90071992547409.92', 'USD'],
    ['1e3', 'USD'],
    ['1,000.00', 'USD'],
    ['+1', 'USD'],
    [' 1', 'USD'],
    ['.5', 'USD'],
    ['5.', 'USD'],
    ['', 'USD'],
    ['NaN', 'USD'],
    ['--1', 'USD'],
    ['1234567890123456', 'JPY'],
    ['0.0000000000001', 'USD'],
  ])('"%s" is no amount of %s', (text, currency) => {
    expect(() => parseMoney(text, currency)).toThrow(MoneyFault);
  });

  it('a fault names the amount, and never a text of any length', () => {
    expect(() => parseMoney('x'.repeat(500), 'USD')).toThrow(`"${'x'.repeat(40)}" is not an`);
    expect(() => parseMoney('0.005', 'USD')).toThrow('more decimals than USD has (2)');
    expect(() => parseMoney('99999999999999.00', 'USD')).toThrow('too large');
  });

  it('keeps the decimals that Shopify writes: two for a forint, a rupiah and a dinar of Serbia', () => {
    expect(['JPY', 'KRW', 'VND', 'CLP', 'XOF', 'UGX'].map(decimalsOf)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(['BHD', 'JOD', 'KWD', 'OMR', 'TND'].map(decimalsOf)).toEqual([3, 3, 3, 3, 3]);
    const two = ['USD', 'EUR', 'HUF', 'IDR', 'RSD', 'PKR', 'COP', 'TWD', 'LBP', 'XYZ', ''];
    expect(two.map(decimalsOf)).toEqual(two.map(() => 2));
    // 27 % of HUF 4,990 is 1,060.63 of tax: a shop in Hungary must be able to sell.
    expect(parseMoney('1060.63', 'HUF')).toBe(106_063);
  });

  it('writes what it read, in every currency', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.constantFrom('JPY', 'USD', 'KWD'), (minor, currency) => {
        fc.pre(Math.abs(minor) < 1e15);
        expect(parseMoney(formatDecimal(minor, currency), currency)).toBe(minor + 0);
      }),
    );
  });

  it('writes 4995 as 49.95, 5 as 0.05, and minus 5 as -0.05', () => {
    expect(formatDecimal(4995, 'USD')).toBe('49.95');
    expect(formatDecimal(5, 'USD')).toBe('0.05');
    expect(formatDecimal(-5, 'USD')).toBe('-0.05');
    expect(formatDecimal(5, 'KWD')).toBe('0.005');
    expect(formatDecimal(5, 'JPY')).toBe('5');
  });

  it('tells Liquid hundredths of the unit, whatever the currency', () => {
    expect(toLiquidMoney(5000, 'JPY')).toBe(500_000); // ¥5,000 × 100
    expect(toLiquidMoney(4995, 'USD')).toBe(4995);
    expect(toLiquidMoney(4995, 'KWD')).toBe(500); // 4.995 × 100 = 499.5
  });

  it('asks a person for an amount like 10 or 4.50', () => {
    for (const fine of ['10', '4.50', '0.5', '0'])
      expect(decimalAmount.safeParse(fine).success).toBe(true);
    for (const odd of ['-1', '1,5', '', '1e3', '.5', '1.', '1.23456', ' 1'])
      expect(decimalAmount.safeParse(odd).success).toBe(false);
  });
});
