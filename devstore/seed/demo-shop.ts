/** Fern & Kettle: a shop in Berlin that sells in euros and dollars, with taxes in its prices. */
import type { Shop, Staff } from '../state/shop.ts';
import type { Collection, Product } from '../state/product.ts';
import type { PlainDiscount } from '../state/discount.ts';
import type { Ids } from '../state/ids.ts';
import type { StoreRecords } from '../state/store.ts';
import { slug } from '../state/products/change-product.ts';
import { artwork, palettes } from './artwork.ts';
import { giftCard, shelves } from './catalogue/shelves.ts';
import type { Item, Shelf } from './catalogue/shelf.ts';

export const demoDomain = 'laurel-demo.myshopify.com';

export function demoShop(ids: Ids, since: string): StoreRecords {
  const collections: Collection[] = [];
  const products: Product[] = [];
  for (const shelf of shelves) {
    const collection: Collection = {
      id: ids.next('Collection'),
      handle: shelf.handle,
      title: shelf.title,
      descriptionHtml: `<p>${shelf.says}</p>`,
      updatedAt: since,
    };
    collections.push(collection);
    for (const item of shelf.items) products.push(productOf(ids, shelf, item, collection, since));
  }
  const [popular, gifts] = ['Bestsellers', 'Gifts'].map((title) => {
    const updatedAt = since;
    const handle = slug(title);
    return { id: ids.next('Collection'), handle, title, descriptionHtml: '', updatedAt };
  });
  if (popular && gifts) {
    collections.push(popular, gifts);
    for (const product of products) {
      if (product.tags.includes('bestseller')) product.collectionIds.push(popular.id);
      if (product.tags.includes('gift idea')) product.collectionIds.push(gifts.id);
    }
    products.push({ ...giftCardOf(ids, since), collectionIds: [gifts.id] });
  }
  return {
    shop: shopOf(ids, since),
    staff: staffOf(ids),
    theme: { activeBlocks: [] },
    installation: null,
    accessTokens: [],
    refreshTokens: [],
    products,
    collections,
    customers: [],
    orders: [],
    discounts: discountsOf(products),
    metafields: [],
    reviews: [],
  };
}

function productOf(
  ids: Ids,
  shelf: Shelf,
  item: Item,
  collection: Collection,
  since: string,
): Product {
  const handle = slug(item.title);
  const palette = palettes[item.palette] ?? {
    ground: '#eee',
    shade: '#ddd',
    body: '#777',
    accent: '#fff',
  };
  return {
    id: ids.next('Product'),
    handle,
    title: item.title,
    descriptionHtml: `<p>${item.says}</p>`,
    vendor: item.vendor,
    productType: shelf.productType,
    category: shelf.category,
    tags: item.tags.toSorted(),
    status: 'ACTIVE',
    giftCard: false,
    taxable: true,
    optionName: item.variants.length > 1 ? shelf.optionName.replace('Title', 'Kind') : 'Title',
    variants: item.variants.map(([title, priceMinor, grams], index) => ({
      id: ids.next('ProductVariant'),
      title,
      option: title,
      sku: `FK-${handle.slice(0, 12).toUpperCase()}-${index + 1}`,
      priceMinor,
      compareAtMinor: null,
      grams,
      inventory: 5_000,
      createdAt: since,
      updatedAt: since,
    })),
    collectionIds: [collection.id],
    artwork: artwork(item.motif, palette, item.title, item.title.length),
    createdAt: since,
    updatedAt: since,
    publishedAt: since,
  };
}

function giftCardOf(ids: Ids, since: string): Omit<Product, 'collectionIds'> {
  const palette = palettes['plum'] ?? {
    ground: '#eee',
    shade: '#ddd',
    body: '#777',
    accent: '#fff',
  };
  return {
    id: ids.next('Product'),
    handle: 'gift-card',
    title: giftCard.title,
    descriptionHtml: `<p>${giftCard.says}</p>`,
    vendor: 'Fern & Kettle',
    productType: 'Gift Cards',
    category: giftCard.category,
    tags: ['gift idea'],
    status: 'ACTIVE',
    giftCard: true,
    taxable: false,
    optionName: 'Denomination',
    variants: giftCard.variants.map(([title, priceMinor], index) => ({
      id: ids.next('ProductVariant'),
      title,
      option: title,
      sku: `FK-GIFT-${index + 1}`,
      priceMinor,
      compareAtMinor: null,
      grams: 0,
      inventory: 5_000,
      createdAt: since,
      updatedAt: since,
    })),
    artwork: artwork('card', palette, giftCard.title, 2),
    createdAt: since,
    updatedAt: since,
    publishedAt: since,
  };
}

function discountsOf(products: readonly Product[]): PlainDiscount[] {
  const teas = products.filter((product) => product.productType === 'Tea').map((one) => one.id);
  return [
    { code: 'WELCOME10', title: 'Ten percent off', value: { percent: '10' }, productIds: null },
    { code: 'FERN5', title: 'Five euros off', value: { amountMinor: 500 }, productIds: null },
    { code: 'TEATIME', title: 'A fifth off tea', value: { percent: '20' }, productIds: teas },
  ];
}

function staffOf(ids: Ids): Staff {
  const id = ids.next('StaffMember');
  return { id, firstName: 'Rike', lastName: 'Sommer', email: 'rike@fernandkettle.example' };
}

function shopOf(ids: Ids, since: string): Shop {
  return {
    id: ids.next('Shop'),
    domain: demoDomain,
    name: 'Fern & Kettle',
    email: 'hello@fernandkettle.example',
    owner: 'Rike Sommer',
    currency: 'EUR',
    presentmentRates: { USD: '1.08' },
    ianaTimezone: 'Europe/Berlin',
    timezoneLabel: '(GMT+01:00) Europe/Berlin',
    taxesIncluded: true,
    taxTitle: 'VAT',
    taxBasisPoints: 1900,
    taxShipping: true,
    shippingMinor: 490,
    freeShippingFromMinor: 6000,
    plan: 'basic',
    phone: '+49 30 5550100',
    address1: 'Oderberger Straße 12',
    city: 'Berlin',
    zip: '10435',
    province: null,
    provinceCode: null,
    countryCode: 'DE',
    countryName: 'Germany',
    primaryLocale: 'en',
    moneyFormat: '€{{amount}}',
    locationId: '82110000017',
    createdAt: since,
    updatedAt: since,
    orderCount: 0,
    judgemeSecret: null,
  };
}
