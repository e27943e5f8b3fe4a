/** Everything a face of the local Shopify is given: its addresses, the app, the clock and the shops. */
import type { AppDeclaration } from './app-declaration.ts';
import type { Clock } from './clock.ts';
import type { Store, StoreListener } from './store.ts';
import { notFound } from './refusal.ts';

/** Origins, without a slash at the end. */
export type Addresses = { admin: string; storefront: string; control: string; tunnel: string };

export type AppCredentials = { apiKey: string; apiSecret: string };

export class World {
  readonly addresses: Addresses;
  readonly credentials: AppCredentials;
  readonly app: AppDeclaration;
  readonly clock: Clock;
  /** Origin of the app's own web process: webhooks go there, and the tunnel stands in front of it. */
  appUrl: string;
  readonly #stores = new Map<string, Store>();
  readonly #listeners = new Set<StoreListener>();

  constructor(parts: {
    addresses: Addresses;
    credentials: AppCredentials;
    app: AppDeclaration;
    clock: Clock;
    appUrl: string;
  }) {
    this.addresses = parts.addresses;
    this.credentials = parts.credentials;
    this.app = parts.app;
    this.clock = parts.clock;
    this.appUrl = parts.appUrl;
  }

  add(store: Store): void {
    this.#stores.set(store.domain, store);
    store.onChange((...heard) => {
      for (const listener of this.#listeners) listener(...heard);
    });
  }

  stores(): Store[] {
    return [...this.#stores.values()];
  }

  find(domain: string): Store | undefined {
    return this.#stores.get(domain.toLowerCase());
  }

  store(domain: string): Store {
    return this.find(domain) ?? notFound(`There is no shop ${domain} here.`);
  }

  /** The shop whose storefront is on the storefront's port. */
  demo(): Store {
    const [first] = this.#stores.values();
    return first ?? notFound('There is no shop here.');
  }

  onChange(listener: StoreListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
