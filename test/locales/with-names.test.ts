import { expect, it } from 'vitest';
import { withNames } from '../../app/components/with-names.ts';
import type { Shown } from '../../app/domain/programme/shown.ts';

const products = (...ids: string[]): Shown => ({ as: 'ids', of: 'products', ids });

it('products of a change are told by their names, and by their ids where nobody knows one', () => {
  expect(withNames('2 products', ['1', '2'], undefined, { 1: 'Tea', 2: '' })).toBe(
    '2 products (Tea, 2)',
  );
  expect(withNames('0 products', [], products('1'), {})).toBe('0 products');
});

it('of many those that make the difference come first', () => {
  const ids = Array.from({ length: 20 }, (_one, index) => String(index + 1));
  const before = products(...ids.filter((id) => id !== '17'), '99');
  expect(withNames('20 products', ids, before, {})).toBe(
    '20 products (17, 1, 2, 3, 4, 5, 6, 7, …)',
  );
  const plans: Shown = { as: 'plans', plans: [{ length: '1', unit: 'months', ids: ['1', '2'] }] };
  expect(withNames('3 products', ['1', '2', '3'], plans, {})).toBe('3 products (3, 1, 2)');
});
