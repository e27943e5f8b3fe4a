/** Products, variants and collections as the resource picker hands them to an app. */
import type { Collection, Product, Variant } from '../state/product.ts';
import type { Store } from '../state/store.ts';
import { decimal } from '../state/money.ts';
import { gid } from '../state/ids.ts';
import { money } from './words.ts';

export type Wanted = {
  type: 'product' | 'variant' | 'collection';
  query: string;
  within: string;
  draft: 'yes' | 'no';
  archived: 'yes' | 'no';
  hidden: 'yes' | 'no';
};

export function resources(store: Store, wanted: Wanted): object[] {
  const words = `${wanted.query} ${wanted.within}`.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (text: string) => words.every((word) => text.toLowerCase().includes(word));
  if (wanted.type === 'collection') {
    return [...store.collections.values()]
      .filter((one) => fits(one.title))
      .map((one) => collection(store, one));
  }
  const products = [...store.products.values()].filter(
    (one) =>
      (wanted.draft === 'yes' || one.status !== 'DRAFT') &&
      (wanted.archived === 'yes' || one.status !== 'ARCHIVED') &&
      (wanted.hidden === 'yes' || one.publishedAt !== null) &&
      fits(`${one.title} ${one.vendor} ${one.productType} ${one.tags.join(' ')}`),
  );
  if (wanted.type === 'product') return products.map((one) => product(store, one));
  return products.flatMap((one) =>
    one.variants.map((each) => ({
      ...variant(store, one, each),
      title: one.variants.length > 1 ? `${one.title}, ${each.title}` : one.title,
      product: { id: gid('Product', one.id), title: one.title, handle: one.handle },
    })),
  );
}

function product(store: Store, one: Product): object {
  return {
    id: gid('Product', one.id),
    title: one.title,
    note: one.vendor,
    handle: one.handle,
    descriptionHtml: one.descriptionHtml,
    vendor: one.vendor,
    productType: one.productType,
    tags: one.tags,
    status: one.status,
    createdAt: one.createdAt,
    updatedAt: one.updatedAt,
    publishedAt: one.publishedAt,
    images: [],
    hasOnlyDefaultVariant: one.variants.length === 1,
    totalVariants: one.variants.length,
    totalInventory: one.variants.reduce((sum, each) => sum + each.inventory, 0),
    tracksInventory: true,
    variants: one.variants.map((each) => variant(store, one, each)),
  };
}

function variant(store: Store, owner: Product, one: Variant): object {
  return {
    id: gid('ProductVariant', one.id),
    title: one.title,
    note: money(one.priceMinor, store.shop.currency),
    displayName: `${owner.title} - ${one.title}`,
    sku: one.sku,
    price: decimal(one.priceMinor, store.shop.currency),
    compareAtPrice:
      one.compareAtMinor === null ? null : decimal(one.compareAtMinor, store.shop.currency),
    inventoryQuantity: one.inventory,
    taxable: owner.taxable,
    createdAt: one.createdAt,
    updatedAt: one.updatedAt,
  };
}

function collection(store: Store, one: Collection): object {
  const count = store.productsIn(one.id).length;
  return {
    id: gid('Collection', one.id),
    title: one.title,
    note: `${count} products`,
    handle: one.handle,
    descriptionHtml: one.descriptionHtml,
    productsCount: count,
    updatedAt: one.updatedAt,
  };
}
