/** Starts the local Shopify: its state, the API and webhooks behind it, and its four faces. */
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { RequestListener } from 'node:http';
import { AdminApi } from './admin-api/admin-api.ts';
import { BulkOperations } from './admin-api/bulk/bulk-operations.ts';
import { Faults } from './admin-api/faults.ts';
import { Throttle } from './admin-api/throttle.ts';
import { createAdminPages } from './admin-pages/index.ts';
import { createTunnel } from './admin-pages/tunnel.ts';
import { createControl } from './control/control.ts';
import { createShopifyHost } from './shopify-host.ts';
import { seedStores, type Seed } from './seed/seed.ts';
import { readAppDeclaration } from './state/app-declaration.ts';
import { systemClock, type Clock } from './state/clock.ts';
import { Ids } from './state/ids.ts';
import { Autosave, readSnapshot, writeSnapshot } from './state/snapshot.ts';
import { Store, type StoreContext } from './state/store.ts';
import { grantScopes } from './state/shops/install-app.ts';
import { World, type Addresses } from './state/world.ts';
import { createStorefront } from './storefront/index.ts';
import { Courier, type CourierOptions } from './webhooks/courier.ts';
import { deliveriesFor } from './webhooks/delivery.ts';

export type DevstoreOptions = {
  /** The faces listen on this port and the next three; 0 gives each of them a free one. */
  basePort: number;
  /** Origin of the app's web process. May be set later: `devstore.world.appUrl`. */
  appUrl: string;
  apiKey: string;
  apiSecret: string;
  /** Where the state is kept between starts; null keeps it in memory. */
  dataDir: string | null;
  seed?: Partial<Seed> | undefined;
  clock?: Clock | undefined;
  /** Path of shopify.app.toml; the project's own when absent. */
  appToml?: string | undefined;
  webhooks?: CourierOptions | undefined;
  /** Real time in milliseconds for the API's leaky bucket. */
  elapsedMs?: (() => number) | undefined;
  /** Slows bulk operations down, so that their progress can be watched. */
  bulkPause?: (() => Promise<unknown>) | undefined;
};

export type Devstore = {
  world: World;
  addresses: Addresses;
  courier: Courier;
  faults: Faults;
  api: AdminApi;
  bulkOperations: BulkOperations;
  /** Writes the state down and stops everything. */
  close(): Promise<void>;
};

const faces = ['admin', 'storefront', 'control', 'tunnel'] as const;

export async function startDevstore(options: DevstoreOptions): Promise<Devstore> {
  const servers = await listen(options.basePort);
  const addresses = addressesOf(servers);
  const app = readAppDeclaration(
    options.appToml ?? fileURLToPath(new URL('../shopify.app.toml', import.meta.url)),
  );
  const clock = options.clock ?? systemClock;
  const { apiKey, apiSecret, appUrl, dataDir } = options;
  const world = new World({ addresses, credentials: { apiKey, apiSecret }, app, clock, appUrl });
  const courier = new Courier(options.webhooks);
  const bulkOperations = new BulkOperations(options.bulkPause);
  const api = new AdminApi(world, bulkOperations, new Throttle(options.elapsedMs));
  bulkOperations.runOn(api);

  const saved = dataDir === null ? null : readSnapshot(dataDir);
  const context: StoreContext = {
    clock,
    ids: new Ids(saved?.ids),
    appNumber: appNumberOf(apiKey),
    uniqueId: randomUUID,
  };
  const seed: Seed = {
    kind: 'demo',
    installed: true,
    wholeHistory: false,
    ...options.seed,
  };
  const stores = saved
    ? saved.stores.map((records) => new Store(records, context))
    : seedStores(context, app, seed);
  for (const store of stores) world.add(store);

  const save = (): void => {
    if (dataDir === null) return;
    writeSnapshot(dataDir, {
      version: 1,
      ids: context.ids.snapshot(),
      stores: world.stores().map((store) => store.records()),
      deliveries: courier.unfinished(),
      bulkOperations: bulkOperations.records(),
    });
  };
  const autosave = new Autosave(save);
  world.onChange((store, events, eventId) => {
    for (const delivery of deliveriesFor(world, store, events, eventId)) courier.take(delivery);
    autosave.touch();
  });
  if (saved) {
    bulkOperations.restore(saved.bulkOperations);
    courier.restore(saved.deliveries, appUrl);
    // What was declared since is granted, as a merchant does when the app is opened next.
    for (const store of stores) if (store.installation) grantScopes(store, app, app.scopes);
  } else {
    // At once: a folder that cannot be written to is better known now than later.
    save();
  }

  const faults = new Faults();
  const devstore: Devstore = {
    world,
    addresses,
    courier,
    faults,
    api,
    bulkOperations,
    close: async () => {
      bulkOperations.close();
      autosave.close();
      courier.close();
      await Promise.all(faces.map((face) => stop(servers[face])));
    },
  };
  const listeners: Record<(typeof faces)[number], RequestListener> = {
    admin: createShopifyHost(devstore, createAdminPages(world)),
    storefront: createStorefront(world),
    control: createControl(devstore),
    tunnel: createTunnel(world),
  };
  for (const face of faces) servers[face].on('request', listeners[face]);
  return devstore;
}

type Servers = Record<(typeof faces)[number], Server>;

/** All four or none: a port that is taken stops those that were opened before it. */
async function listen(basePort: number): Promise<Servers> {
  const open: Server[] = [];
  const opened = async (index: number): Promise<Server> => {
    const server = createServer();
    // Whoever calls keeps connections open as long as they like: none is closed under their next request.
    server.keepAliveTimeout = 0;
    const port = basePort === 0 ? 0 : basePort + index;
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(sentenceFor(error, port)));
      server.listen(port, '127.0.0.1', resolve);
    });
    open.push(server);
    return server;
  };
  try {
    return {
      admin: await opened(0),
      storefront: await opened(1),
      control: await opened(2),
      tunnel: await opened(3),
    };
  } catch (error) {
    await Promise.all(open.map(stop));
    throw error;
  }
}

function sentenceFor(error: Error, port: number): Error {
  if ('code' in error && error.code === 'EADDRINUSE') {
    return new Error(
      `Port ${port} is taken. Stop what listens there or choose another base port with LAUREL_PORT.`,
      { cause: error },
    );
  }
  return error;
}

function addressesOf(servers: Servers): Addresses {
  const origin = (face: (typeof faces)[number]): string =>
    `http://localhost:${(servers[face].address() as AddressInfo).port}`;
  return {
    admin: origin('admin'),
    storefront: origin('storefront'),
    control: origin('control'),
    tunnel: origin('tunnel'),
  };
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

/** A number of its own for every client id, as Shopify gives every app one. */
function appNumberOf(apiKey: string): string {
  const digest = createHash('sha256').update(apiKey).digest();
  return String(100_000_000_000 + (digest.readUIntBE(0, 5) % 200_000_000_000));
}
