/** How a shelf of Fern & Kettle is written down. */
import type { Category } from '../../state/product.ts';
import type { Motif } from '../artwork.ts';

export type Shelf = {
  handle: string;
  title: string;
  productType: string;
  category: Category;
  says: string;
  optionName: string;
  items: Item[];
};

/** Prices in euro cents, one per variant. */
export type Item = {
  title: string;
  vendor: string;
  motif: Motif;
  palette: string;
  tags: string[];
  says: string;
  variants: [title: string, priceMinor: number, grams: number][];
  compareAtMinor?: number;
};

export function taxonomy(id: string, fullName: string): Category {
  const name = fullName.split(' > ').at(-1) ?? fullName;
  return { id: `gid://shopify/TaxonomyCategory/${id}`, name, fullName };
}

export const one = (priceMinor: number, grams: number): Item['variants'] => [
  ['Default Title', priceMinor, grams],
];
export const tea = (small: number, large: number): Item['variants'] => [
  ['50 g', small, 50],
  ['100 g', large, 100],
];
export const coffee = (small: number, large: number): Item['variants'] => [
  ['250 g', small, 250],
  ['1 kg', large, 1000],
];

export function item(
  title: string,
  vendor: string,
  look: `${Motif} ${string}`,
  tags: string[],
  variants: Item['variants'],
  says: string,
): Item {
  const [motif, palette = 'sand'] = look.split(' ') as [Motif, string?];
  return { title, vendor, motif, palette, tags, says, variants };
}
