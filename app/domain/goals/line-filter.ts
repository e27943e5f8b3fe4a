/** Which lines of an order a goal looks at, by what they are. One of the lists is enough. */
import { z } from 'zod';
import type { Field } from '../fields.ts';
import type { KeptTraits } from '../orders/standing.ts';

const texts = z.array(z.string().trim().min(1).max(255)).max(250);

/** Where none of these lists names anything, every line fits. */
export const lineLists = {
  products: texts,
  collections: texts,
  types: texts,
  vendors: texts,
  tags: texts,
};
export type LineLists = { readonly [List in keyof typeof lineLists]: readonly string[] };

export const EVERY_LINE = { products: [], collections: [], types: [], vendors: [], tags: [] };

export const lineFields: readonly Field[] = [
  {
    name: 'products',
    input: 'products',
    label: 'Only these products',
    help: 'Choose nothing in all of these lists, and every product counts.',
  },
  { name: 'collections', input: 'collections', label: 'Only these collections' },
  { name: 'types', input: 'texts', label: 'Only these product types', more: true },
  { name: 'vendors', input: 'texts', label: 'Only these vendors', more: true },
  { name: 'tags', input: 'texts', label: 'Only products with a tag of', more: true },
];

/** "product:77" for each thing that the lists name; nothing where they name nothing. */
export function traitsNamed(lists: LineLists): readonly string[] {
  return [
    ...lists.products.map((id) => `product:${id}`),
    ...lists.collections.map((id) => `collection:${id}`),
    ...lists.types.map((text) => `type:${plain(text)}`),
    ...lists.vendors.map((text) => `vendor:${plain(text)}`),
    ...lists.tags.map((text) => `tag:${plain(text)}`),
  ];
}

/** All that a line could be named by. */
export function traitsOf(kept: KeptTraits): readonly string[] {
  return [
    ...(kept.product === null ? [] : [`product:${kept.product}`]),
    ...kept.collections.map((id) => `collection:${id}`),
    ...(kept.type ? [`type:${plain(kept.type)}`] : []),
    ...(kept.vendor ? [`vendor:${plain(kept.vendor)}`] : []),
    ...(kept.tags ?? []).map((tag) => `tag:${plain(tag)}`),
  ];
}

/** Whether a line fits, for as many lines as one likes. */
export function fitting(lists: LineLists): (kept: KeptTraits) => boolean {
  const named = new Set(traitsNamed(lists));
  if (named.size === 0) return () => true;
  return (kept) => traitsOf(kept).some((trait) => named.has(trait));
}

/** Shopify compares tags, vendors and types without regard to case. */
function plain(text: string): string {
  return text.trim().toLowerCase();
}
