/** Pine Street Supply: small, in dollars, taxes on top. There so that two shops can be kept apart. */
import type { Ids } from '../state/ids.ts';
import type { StoreRecords } from '../state/store.ts';
import { demoShop } from './demo-shop.ts';

export const secondDomain = 'laurel-second.myshopify.com';

export function secondShop(ids: Ids, since: string): StoreRecords {
  const like = demoShop(ids, since);
  const products = like.products.filter((one) => ['Coffee', 'Teaware'].includes(one.productType));
  const sold = new Set(products.flatMap((product) => product.collectionIds));
  return {
    ...like,
    shop: {
      ...like.shop,
      domain: secondDomain,
      name: 'Pine Street Supply',
      email: 'hello@pinestreet.example',
      owner: 'Jo Park',
      currency: 'USD',
      presentmentRates: {},
      ianaTimezone: 'America/New_York',
      timezoneLabel: '(GMT-05:00) Eastern Time (US & Canada)',
      taxesIncluded: false,
      taxTitle: 'State tax',
      taxBasisPoints: 800,
      taxShipping: false,
      shippingMinor: 600,
      freeShippingFromMinor: null,
      phone: '+1 212 555 0100',
      address1: '40 Pine Street',
      city: 'New York',
      zip: '10005',
      province: 'New York',
      provinceCode: 'NY',
      countryCode: 'US',
      countryName: 'United States',
      moneyFormat: '${{amount}}',
      locationId: '82110000018',
    },
    staff: { ...like.staff, firstName: 'Jo', lastName: 'Park', email: 'jo@pinestreet.example' },
    products,
    collections: like.collections.filter((collection) => sold.has(collection.id)),
    discounts: [
      { code: 'PINE10', title: 'Ten percent off', value: { percent: '10' }, productIds: null },
    ],
  };
}
