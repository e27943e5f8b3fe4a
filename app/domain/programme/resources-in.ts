/** Products, variants and collections that stand anywhere in a draft, as `gid://shopify/…`. */
import type { DraftDocument } from './draft.ts';

/** Settings are called so in whatever part they stand: `includedProducts`, `when.collections`. */
const KINDS = [
  [/products$/i, 'Product'],
  [/variants$/i, 'ProductVariant'],
  [/collections$/i, 'Collection'],
] as const;

export function resourcesIn(document: DraftDocument): readonly string[] {
  const found = new Set<string>();
  const walk = (value: unknown, name: string): void => {
    if (Array.isArray(value)) {
      const kind = KINDS.find(([pattern]) => pattern.test(name))?.[1];
      for (const one of value) {
        if (kind && typeof one === 'string' && /^\d{1,18}$/.test(one)) {
          found.add(`gid://shopify/${kind}/${one}`);
        } else walk(one, '');
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) walk(inner, key);
    }
  };
  walk(document, '');
  return [...found];
}
