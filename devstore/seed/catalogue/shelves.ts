/** What Fern & Kettle sells: thirty-nine products in six categories, and a gift card. */
import { drinks } from './drinks.ts';
import { home } from './home.ts';
import { table } from './table.ts';
import { taxonomy, type Shelf } from './shelf.ts';

export const shelves: Shelf[] = [...drinks, ...table, ...home];

export const giftCard = {
  title: 'Fern & Kettle Gift Card',
  says: 'By e-mail, at once. Never expires.',
  category: taxonomy('gc', 'Gift Cards'),
  variants: [
    ['€25', 2500],
    ['€50', 5000],
    ['€100', 10_000],
  ] as [string, number][],
};
