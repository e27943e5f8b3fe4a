/** A shop with three products and one customer, on free ports, for tests of what people see. */
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import type { AddressInfo } from 'node:net';
import { createCustomer } from '../../devstore/state/customers/create-customer.ts';
import { createProduct } from '../../devstore/state/products/change-product.ts';
import { gid, Ids } from '../../devstore/state/ids.ts';
import { installApp } from '../../devstore/state/shops/install-app.ts';
import { readAppDeclaration } from '../../devstore/state/app-declaration.ts';
import { SettableClock, type Clock } from '../../devstore/state/clock.ts';
import { Store, type StoreRecords } from '../../devstore/state/store.ts';
import { World } from '../../devstore/state/world.ts';

export const apiSecret = 'hush';
export const domain = 'small-shop.myshopify.com';

const shop: StoreRecords['shop'] = {
  id: '68120000049',
  domain,
  name: 'Small <Shop>',
  email: 'owner@example.com',
  owner: 'Olive Owner',
  currency: 'EUR',
  presentmentRates: { USD: '1.10', JPY: '160' },
  ianaTimezone: 'Europe/Berlin',
  timezoneLabel: '(GMT+01:00) Europe/Berlin',
  taxesIncluded: true,
  taxTitle: 'VAT',
  taxBasisPoints: 1900,
  taxShipping: true,
  shippingMinor: 490,
  freeShippingFromMinor: 5000,
  plan: 'basic',
  phone: null,
  address1: 'Street 1',
  city: 'Berlin',
  zip: '10115',
  province: null,
  provinceCode: null,
  countryCode: 'DE',
  countryName: 'Germany',
  primaryLocale: 'en',
  moneyFormat: '€{{amount}}',
  locationId: '1',
  createdAt: '2025-01-01T00:00:00Z',
  updatedAt: '2025-01-01T00:00:00Z',
  orderCount: 0,
  judgemeSecret: null,
};

export type SmallShop = { world: World; store: Store; customerId: string };

export function smallShop(clock: Clock = new SettableClock('2026-11-20T12:00:00Z')): SmallShop {
  const world = new World({
    addresses: { admin: '', storefront: '', control: '', tunnel: '' },
    credentials: { apiKey: 'local-client-id', apiSecret },
    app: readAppDeclaration(fileURLToPath(new URL('../../shopify.app.toml', import.meta.url))),
    clock,
    appUrl: '',
  });
  let action = 0;
  const store = new Store(
    {
      shop: { ...shop },
      staff: { id: '96120000305', firstName: 'Olive', lastName: 'Owner', email: shop.email },
      theme: { activeBlocks: [] },
      installation: null,
      accessTokens: [],
      refreshTokens: [],
      products: [],
      collections: [],
      customers: [],
      orders: [],
      discounts: [
        { code: 'TEN', title: 'Ten percent', value: { percent: '10' }, productIds: null },
      ],
      metafields: [],
      reviews: [],
    },
    { clock, ids: new Ids(), appNumber: '77', uniqueId: () => `action-${(action += 1)}` },
  );
  world.add(store);
  installApp(store, world.app);
  const collection = {
    id: '4881',
    handle: 'tea',
    title: 'Tea',
    descriptionHtml: '<p>Leaves.</p>',
    updatedAt: shop.updatedAt,
  };
  store.collections.set(collection.id, collection);
  for (const [title, priceMinor] of [
    ['Green tea', 1250],
    ['Black tea', 990],
    ['Teapot', 3900],
  ] as const) {
    createProduct(store, { title, priceMinor }).collectionIds.push(collection.id);
  }
  const customer = createCustomer(store, {
    email: 'ada@example.com',
    firstName: 'Ada',
    lastName: 'Member',
    account: true,
  });
  return { world, store, customerId: customer.id };
}

/** Writes a metafield as the app's effects do. */
export function writeMetafield(
  store: Store,
  owner: { customer: string } | { app: true; namespace: string },
  key: string,
  type: string,
  value: unknown,
): void {
  const ownerId =
    'customer' in owner
      ? gid('Customer', owner.customer)
      : gid('AppInstallation', store.installation?.id ?? '');
  store.keepMetafield({
    id: store.ids.next('Metafield'),
    ownerId,
    namespace: store.namespaceOf('customer' in owner ? '$app' : owner.namespace),
    key,
    type,
    value: typeof value === 'string' ? value : JSON.stringify(value),
    compareDigest: '',
    createdAt: store.timestamp(),
    updatedAt: store.timestamp(),
  });
}

export type Served = { origin: string; close: () => Promise<void> };

/** Listens first and asks for the app afterwards, because the app must know its own address. */
export async function serve(): Promise<Served & { use: (listener: http.RequestListener) => void }> {
  let listener: http.RequestListener = (_request, response) => response.end();
  const server = http.createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    use: (app) => {
      listener = app;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

/** A request as written, where fetch would tidy the path up or refuse a header. */
export function rawRequest(
  origin: string,
  options: { method?: string; path: string; headers?: http.OutgoingHttpHeaders; body?: string },
): Promise<{ status: number; headers: http.IncomingHttpHeaders; body: string }> {
  const { port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const request = http.request({ host: '127.0.0.1', port, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end(options.body);
  });
}
