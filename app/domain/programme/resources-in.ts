/** Products, variants and collections that stand anywhere in a draft, as `gid://shopify/…`, each once. */
import { picksIn } from './check-picks.ts';
import type { Pick } from './check-picks.ts';
import type { DraftDocument } from './draft.ts';

const TYPES: Readonly<Record<Pick['of'], string>> = {
  products: 'Product',
  variants: 'ProductVariant',
  collections: 'Collection',
};

export function resourcesIn(document: DraftDocument): readonly string[] {
  const known = picksIn(document).filter(({ id }) => /^\d{1,18}$/.test(id));
  return [...new Set(known.map(({ of, id }) => `gid://shopify/${TYPES[of]}/${id}`))];
}
