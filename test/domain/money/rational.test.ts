import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  divide,
  floor,
  multiply,
  parseRational,
  ratio,
  subtract,
  toText,
} from '../../../app/domain/money/rational.ts';

const fraction = fc
  .tuple(fc.integer({ min: -9999, max: 9999 }), fc.integer({ min: 1, max: 999 }))
  .map(([num, den]) => ratio(num, den));

describe('fractions', () => {
  it('three times a third is one, and not a little less', () => {
    const third = ratio(1, 3);
    expect(floor(add(add(third, third), third))).toBe(1);
  });

  it('0.1 + 0.2 is 0.3', () => {
    expect(compare(add(parseRational('0.1'), parseRational('0.2')), parseRational('0.3'))).toBe(0);
  });

  it('floors toward less: 7/2 is 3, -7/2 is -4, -4/2 is -2', () => {
    expect([ratio(7, 2), ratio(-7, 2), ratio(-4, 2), ratio(4, 2)].map(floor)).toEqual([
      3, -4, -2, 2,
    ]);
  });

  it('keeps a sign in the numerator', () => {
    expect(ratio(1, -2)).toEqual({ num: -1n, den: 2n });
  });

  it('reads 1.25 as five quarters and 2 as two', () => {
    expect(parseRational('1.25')).toEqual({ num: 5n, den: 4n });
    expect(parseRational('2')).toEqual({ num: 2n, den: 1n });
  });

  it('writes three decimals for a sentence, without zeros that say nothing', () => {
    const texts = [ratio(1, 3), ratio(5, 4), ratio(10), ratio(-1, 8), ratio(100), ratio(1, 2000)];
    expect(texts.map((one) => toText(one))).toEqual(['0.333', '1.25', '10', '-0.125', '100', '0']);
    expect(texts.map((one) => toText(one, 0))).toEqual(['0', '1', '10', '0', '100', '0']);
  });

  it('refuses a fraction of zero, a division by zero, and what no number can hold', () => {
    expect(() => ratio(1, 0)).toThrow('denominator');
    expect(() => divide(ratio(1), ratio(0))).toThrow('divided by zero');
    expect(floor(ratio(2n ** 53n - 1n))).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => floor(ratio(2n ** 53n))).toThrow('below 2^53');
  });

  it('what was added can be taken off, what was multiplied can be divided', () => {
    fc.assert(
      fc.property(fraction, fraction, (a, b) => {
        expect(compare(subtract(add(a, b), b), a)).toBe(0);
        if (b.num !== 0n) expect(compare(divide(multiply(a, b), b), a)).toBe(0);
        expect(compare(a, b)).toBe(-compare(b, a) + 0);
        expect(floor(a)).toBe(Math.floor(Number(a.num) / Number(a.den)));
      }),
    );
  });
});
