import type { GraphQLResolveInfo } from 'graphql';
import type { Collection, Product, Variant } from '../../state/product.ts';
import type { Store } from '../../state/store.ts';
import { gid } from '../../state/ids.ts';
import { decimal } from '../../state/money.ts';
import { artworkUrl } from '../../webhooks/payloads/product-body.ts';
import { connectionOf, type ConnectionArguments, type SortKey } from '../connection.ts';
import type { Context, View } from '../context.ts';
import { notImplemented } from '../errors.ts';
import { metafieldFields } from './metafield-view.ts';
import { moneyView } from './money-view.ts';

type Args = ConnectionArguments;
type SortedArgs = Args & { sortKey: string };

export function productView(store: Store, product: Product): View {
  const id = gid('Product', product.id);
  const prices = product.variants.map((variant) => variant.priceMinor);
  const { currency, domain } = store.shop;
  return {
    __typename: 'Product',
    id,
    legacyResourceId: product.id,
    title: product.title,
    handle: product.handle,
    description: product.descriptionHtml.replace(/<[^>]*>/g, '').trim(),
    descriptionHtml: product.descriptionHtml,
    vendor: product.vendor,
    productType: product.productType,
    category: product.category ? { __typename: 'TaxonomyCategory', ...product.category } : null,
    tags: product.tags,
    status: product.status,
    isGiftCard: product.giftCard,
    hasOnlyDefaultVariant: product.variants.length === 1,
    totalInventory: product.variants.reduce((sum, variant) => sum + variant.inventory, 0),
    tracksInventory: true,
    onlineStoreUrl: `https://${domain}/products/${product.handle}`,
    createdAt: product.createdAt,
    updatedAt: product.updatedAt,
    publishedAt: product.publishedAt,
    priceRangeV2: {
      __typename: 'ProductPriceRangeV2',
      minVariantPrice: moneyView(Math.min(...prices), currency),
      maxVariantPrice: moneyView(Math.max(...prices), currency),
    },
    featuredMedia: (_args: unknown, { world }: Context) => {
      const image = imageView(product, artworkUrl(store, product, world.addresses.admin));
      return {
        __typename: 'MediaImage',
        id: gid('MediaImage', product.id),
        alt: product.title,
        mediaContentType: 'IMAGE',
        status: 'READY',
        image,
        preview: { __typename: 'MediaPreviewImage', status: 'READY', image },
      };
    },
    featuredImage: (_args: unknown, { world }: Context) =>
      imageView(product, artworkUrl(store, product, world.addresses.admin)),
    inCollection: ({ id: wanted }: { id: string }) =>
      product.collectionIds.some((one) => gid('Collection', one) === wanted),
    collections: (args: SortedArgs, context: Context, info: GraphQLResolveInfo) => {
      const items = product.collectionIds.flatMap((one) => store.collections.get(one) ?? []);
      return connectionOf(items, args, context, info, collectionSorts(args.sortKey), (one) =>
        collectionView(store, one),
      );
    },
    variants: (args: SortedArgs, context: Context, info: GraphQLResolveInfo) => {
      const place = (variant: Variant): number => product.variants.indexOf(variant);
      const sort = { of: place, id: (variant: Variant) => variant.id };
      return connectionOf(product.variants, args, context, info, sort, (one) =>
        variantView(store, product, one),
      );
    },
    variantsCount: count(product.variants.length),
    ...metafieldFields(store, id),
  };
}

export function variantView(store: Store, product: Product, variant: Variant): View {
  const id = gid('ProductVariant', variant.id);
  const { currency } = store.shop;
  const whole = product.variants.length > 1;
  return {
    __typename: 'ProductVariant',
    id,
    legacyResourceId: variant.id,
    title: variant.title,
    displayName: whole ? `${product.title} - ${variant.title}` : product.title,
    sku: variant.sku,
    barcode: null,
    price: decimal(variant.priceMinor, currency),
    compareAtPrice:
      variant.compareAtMinor === null ? null : decimal(variant.compareAtMinor, currency),
    position: product.variants.indexOf(variant) + 1,
    taxable: product.taxable,
    availableForSale: variant.inventory > 0,
    inventoryQuantity: variant.inventory,
    inventoryPolicy: 'DENY',
    selectedOptions: [
      {
        __typename: 'SelectedOption',
        name: product.optionName,
        value: variant.option ?? variant.title,
      },
    ],
    product: () => productView(store, product),
    createdAt: variant.createdAt,
    updatedAt: variant.updatedAt,
    ...metafieldFields(store, id),
  };
}

export function collectionView(store: Store, collection: Collection): View {
  const id = gid('Collection', collection.id);
  return {
    __typename: 'Collection',
    id,
    legacyResourceId: collection.id,
    title: collection.title,
    handle: collection.handle,
    description: collection.descriptionHtml.replace(/<[^>]*>/g, '').trim(),
    descriptionHtml: collection.descriptionHtml,
    updatedAt: collection.updatedAt,
    image: null,
    productsCount: () => count(store.productsIn(collection.id).length),
    hasProduct: ({ id: wanted }: { id: string }) =>
      store.productsIn(collection.id).some((one) => gid('Product', one.id) === wanted),
    products: (args: Args, context: Context, info: GraphQLResolveInfo) => {
      const items = store.productsIn(collection.id);
      return connectionOf(items, args, context, info, productSorts('ID'), (one) =>
        productView(store, one),
      );
    },
    ...metafieldFields(store, id),
  };
}

export function productSorts(key: string): SortKey<Product> {
  const id = (product: Product): string => product.id;
  switch (key) {
    case 'CREATED_AT':
      return { of: (one) => one.createdAt, id };
    case 'ID':
    case 'RELEVANCE':
      return { of: (one) => one.id.padStart(20, '0'), id };
    case 'PRODUCT_TYPE':
      return { of: (one) => one.productType, id };
    case 'TITLE':
      return { of: (one) => one.title, id };
    case 'UPDATED_AT':
      return { of: (one) => one.updatedAt, id };
    case 'VENDOR':
      return { of: (one) => one.vendor, id };
    default:
      throw notImplemented(`sorting products by ${key}`);
  }
}

export function collectionSorts(key: string): SortKey<Collection> {
  const id = (collection: Collection): string => collection.id;
  switch (key) {
    case 'ID':
    case 'RELEVANCE':
      return { of: (one) => one.id.padStart(20, '0'), id };
    case 'TITLE':
      return { of: (one) => one.title, id };
    case 'UPDATED_AT':
      return { of: (one) => one.updatedAt, id };
    default:
      throw notImplemented(`sorting collections by ${key}`);
  }
}

export function count(number: number): View {
  return { __typename: 'Count', count: number, precision: 'EXACT' };
}

function imageView(product: Product, url: string): View {
  return {
    __typename: 'Image',
    id: gid('ProductImage', product.id),
    altText: product.title,
    url,
    width: 400,
    height: 400,
  };
}
