import type { Product } from '../product.ts';
import type { Store } from '../store.ts';
import { refuse } from '../refusal.ts';

export type ProductInput = {
  title: string;
  handle?: string | undefined;
  productType?: string | undefined;
  vendor?: string | undefined;
  tags?: readonly string[] | undefined;
  /** In minor units of the shop's currency. */
  priceMinor: number;
  giftCard?: boolean | undefined;
  collectionIds?: readonly string[] | undefined;
};

/** Tells products/create. */
export function createProduct(store: Store, input: ProductInput): Product {
  return store.act((tell) => {
    const handle = input.handle ?? slug(input.title);
    if (!handle) refuse('A product needs a title with letters or digits.');
    if (store.productByHandle(handle)) refuse(`${store.domain} has a product ${handle} already.`);
    checkPrice(input.priceMinor);
    const unknown = input.collectionIds?.find((one) => !store.collections.has(one));
    if (unknown !== undefined) refuse(`${store.domain} has no collection ${unknown}.`);
    const now = store.timestamp();
    const product: Product = {
      id: store.ids.next('Product'),
      handle,
      title: input.title,
      descriptionHtml: '',
      vendor: input.vendor ?? store.shop.name,
      productType: input.productType ?? '',
      category: null,
      tags: [...(input.tags ?? [])],
      status: 'ACTIVE',
      giftCard: input.giftCard ?? false,
      taxable: !input.giftCard,
      optionName: 'Title',
      variants: [
        {
          id: store.ids.next('ProductVariant'),
          title: 'Default Title',
          option: 'Default Title',
          sku: '',
          priceMinor: input.priceMinor,
          compareAtMinor: null,
          grams: 0,
          inventory: 100,
          createdAt: now,
          updatedAt: now,
        },
      ],
      collectionIds: [...(input.collectionIds ?? [])],
      artwork: plainArtwork,
      createdAt: now,
      updatedAt: now,
      publishedAt: now,
    };
    store.keepProduct(product);
    tell({ topic: 'products/create', product });
    return product;
  });
}

export type ProductChange = {
  title?: string | undefined;
  productType?: string | undefined;
  vendor?: string | undefined;
  tags?: readonly string[] | undefined;
  status?: Product['status'] | undefined;
  /** Of every variant, in minor units of the shop's currency. */
  priceMinor?: number | undefined;
};

/** Tells products/update. */
export function updateProduct(store: Store, id: string, change: ProductChange): Product {
  return store.act((tell) => {
    const product = store.requireProduct(id);
    if (change.priceMinor !== undefined) checkPrice(change.priceMinor);
    if (change.title?.trim() === '') refuse('A product needs a title.');
    if (change.title !== undefined) product.title = change.title;
    if (change.productType !== undefined) product.productType = change.productType;
    if (change.vendor !== undefined) product.vendor = change.vendor;
    if (change.tags !== undefined) product.tags = [...change.tags];
    if (change.status !== undefined) product.status = change.status;
    product.updatedAt = store.timestamp();
    if (change.priceMinor !== undefined) {
      for (const variant of product.variants) {
        variant.priceMinor = change.priceMinor;
        variant.updatedAt = product.updatedAt;
      }
    }
    tell({ topic: 'products/update', product });
    return product;
  });
}

/** Tells products/delete. Orders keep their lines, without a product. */
export function deleteProduct(store: Store, id: string): void {
  store.act((tell) => {
    const product = store.requireProduct(id);
    store.dropProduct(product);
    tell({ topic: 'products/delete', productId: id });
  });
}

function checkPrice(minor: number): void {
  if (!Number.isSafeInteger(minor) || minor < 0) {
    refuse('A price must be a whole number of minor units, not negative.');
  }
}

export function slug(title: string): string {
  return title
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

const plainArtwork =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img" aria-label="">' +
  '<rect width="400" height="400" fill="#e9e6df"/><circle cx="200" cy="200" r="90" fill="#c9c2b4"/></svg>';
