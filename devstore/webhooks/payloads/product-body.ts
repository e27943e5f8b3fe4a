import type { Product, Variant } from '../../state/product.ts';
import type { Store } from '../../state/store.ts';
import { decimal } from '../../state/money.ts';
import { gid } from '../../state/ids.ts';
import { idNumber, localTime, localTimeOrNull, type JsonObject } from './body-parts.ts';

export function productBody(store: Store, product: Product, adminUrl: string): JsonObject {
  const zone = store.shop.ianaTimezone;
  const image = imageBody(store, product, adminUrl);
  return {
    admin_graphql_api_id: gid('Product', product.id),
    body_html: product.descriptionHtml,
    created_at: localTime(product.createdAt, zone),
    handle: product.handle,
    id: idNumber(product.id),
    product_type: product.productType,
    published_at: localTimeOrNull(product.publishedAt, zone),
    template_suffix: null,
    title: product.title,
    updated_at: localTime(product.updatedAt, zone),
    vendor: product.vendor,
    status: product.status.toLowerCase(),
    published_scope: 'web',
    tags: product.tags.join(', '),
    variants: product.variants.map((variant, index) => variantBody(store, product, variant, index)),
    options: [
      {
        name: product.optionName,
        id: idNumber(product.id) + 2,
        product_id: idNumber(product.id),
        position: 1,
        values: product.variants.map((variant) => variant.option ?? variant.title),
      },
    ],
    images: [image],
    image,
    media: [],
    variant_gids: product.variants.map((variant) => ({
      admin_graphql_api_id: gid('ProductVariant', variant.id),
      updated_at: variant.updatedAt,
    })),
    has_variants_that_requires_components: false,
    category: product.category
      ? {
          admin_graphql_api_id: product.category.id,
          name: product.category.name,
          full_name: product.category.fullName,
        }
      : null,
  };
}

function variantBody(store: Store, product: Product, variant: Variant, index: number): JsonObject {
  const { currency, ianaTimezone: zone } = store.shop;
  return {
    admin_graphql_api_id: gid('ProductVariant', variant.id),
    barcode: null,
    compare_at_price:
      variant.compareAtMinor === null ? null : decimal(variant.compareAtMinor, currency),
    created_at: localTime(variant.createdAt, zone),
    id: idNumber(variant.id),
    inventory_policy: 'deny',
    position: index + 1,
    price: decimal(variant.priceMinor, currency),
    product_id: idNumber(product.id),
    sku: variant.sku,
    taxable: product.taxable,
    title: variant.title,
    updated_at: localTime(variant.updatedAt, zone),
    option1: variant.option ?? variant.title,
    option2: null,
    option3: null,
    image_id: null,
    inventory_item_id: null,
    inventory_quantity: variant.inventory,
    old_inventory_quantity: variant.inventory,
  };
}

function imageBody(store: Store, product: Product, adminUrl: string): JsonObject {
  return {
    id: idNumber(product.id) + 1,
    product_id: idNumber(product.id),
    position: 1,
    alt: product.title,
    width: 400,
    height: 400,
    src: artworkUrl(store, product, adminUrl),
    variant_ids: [],
    admin_graphql_api_id: gid('ProductImage', String(idNumber(product.id) + 1)),
  };
}

export function artworkUrl(store: Store, product: Product, adminUrl: string): string {
  return `${adminUrl}/cdn/${store.domain}/products/${product.id}.svg`;
}
