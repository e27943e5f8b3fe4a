/**
 * One shop of the local Shopify: what it holds, how to find it, and what can be done in it.
 * Everything that changes state goes through `act`, so that listeners hear of it once, afterwards.
 */
import type { Clock } from './clock.ts';
import type { Collection, Product, Variant } from './product.ts';
import type { Customer } from './customer.ts';
import type { Discount, PlainDiscount } from './discount.ts';
import { Purses, type PurseRecords } from './credit/purses.ts';
import { DiscountShelf } from './discounts/discount-shelf.ts';
import type { StoreEvent } from './events.ts';
import type { Metafield } from './metafield.ts';
import type { Order } from './order.ts';
import type { Review } from './review.ts';
import type { AccessToken, Installation, RefreshToken, Shop, Staff, Theme } from './shop.ts';
import { type Ids } from './ids.ts';
import { convert } from './money.ts';
import { notFound, refuse } from './refusal.ts';
import { placeOrder, type PlaceOrderInput } from './orders/place-order.ts';
import { priceOrder, type PricedOrder, type PriceOrderInput } from './orders/price-order.ts';
import { createCustomer, type CustomerInput } from './customers/create-customer.ts';

/** Everything of a store that is written to disk. Maps are kept in the order of creation. */
export type StoreRecords = {
  shop: Shop;
  staff: Staff;
  theme: Theme;
  installation: Installation | null;
  accessTokens: AccessToken[];
  refreshTokens: RefreshToken[];
  products: Product[];
  collections: Collection[];
  customers: Customer[];
  orders: Order[];
  discounts: (Discount | PlainDiscount)[];
  metafields: Metafield[];
  reviews: Review[];
} & PurseRecords;

/** Hears of an action's events together; `eventId` is the same for all of them. */
export type StoreListener = (store: Store, events: readonly StoreEvent[], eventId: string) => void;

export type StoreContext = {
  clock: Clock;
  ids: Ids;
  /** The number in `app--<number>`, what `$app` stands for. */
  appNumber: string;
  /** A new unique id for an action, for instance a UUID. */
  uniqueId: () => string;
};

export class Store {
  readonly shop: Shop;
  readonly staff: Staff;
  readonly theme: Theme;
  readonly ids: Ids;
  readonly appNumber: string;
  installation: Installation | null;
  accessTokens: AccessToken[];
  refreshTokens: RefreshToken[];
  readonly products = new Map<string, Product>();
  readonly collections = new Map<string, Collection>();
  readonly customers = new Map<string, Customer>();
  readonly orders = new Map<string, Order>();
  readonly discounts: DiscountShelf;
  readonly purses: Purses;
  /** Written in the review app, not in Shopify; kept here so that one can be changed again. */
  readonly reviews: Review[];
  readonly #metafields = new Map<string, Map<string, Metafield>>();
  readonly #customerIdByEmail = new Map<string, string>();
  readonly #orderIdsByCustomer = new Map<string, Set<string>>();
  readonly #variants = new Map<string, { product: Product; variant: Variant }>();
  readonly #clock: Clock;
  readonly #uniqueId: () => string;
  readonly #listeners = new Set<StoreListener>();
  #moment: Date | null = null;

  constructor(records: StoreRecords, context: StoreContext) {
    this.#clock = context.clock;
    this.#uniqueId = context.uniqueId;
    this.ids = context.ids;
    this.appNumber = context.appNumber;
    this.shop = records.shop;
    this.staff = records.staff;
    this.theme = records.theme;
    this.installation = records.installation;
    this.accessTokens = records.accessTokens;
    this.refreshTokens = records.refreshTokens;
    this.discounts = new DiscountShelf(records.discounts, context.ids, records.shop.createdAt);
    this.purses = new Purses(records);
    this.reviews = records.reviews;
    for (const product of records.products) this.keepProduct(product);
    for (const collection of records.collections) this.collections.set(collection.id, collection);
    for (const customer of records.customers) this.keepCustomer(customer);
    // A state that was kept by an older build knows neither disputes nor when things were sent.
    for (const order of records.orders) {
      this.keepOrder({
        ...order,
        disputes: order.disputes ?? [],
        fulfilledAt: order.fulfilledAt ?? null,
      });
    }
    for (const metafield of records.metafields) this.keepMetafield(metafield);
  }

  get domain(): string {
    return this.shop.domain;
  }

  now(): Date {
    return this.#moment ?? this.#clock.now();
  }

  /** Seconds precision, as Shopify stores times. */
  timestamp(): string {
    return `${this.now().toISOString().slice(0, 19)}Z`;
  }

  /** Runs `run` as if it were `moment`; for history. */
  at<T>(moment: Date, run: () => T): T {
    const before = this.#moment;
    this.#moment = moment;
    try {
      return run();
    } finally {
      this.#moment = before;
    }
  }

  /** One action of a buyer, a merchant or the app. If it throws, nobody hears of it. */
  act<T>(run: (tell: (event: StoreEvent) => void) => T): T {
    const events: StoreEvent[] = [];
    const result = run((event) => events.push(event));
    const eventId = this.#uniqueId();
    for (const listener of this.#listeners) listener(this, events, eventId);
    return result;
  }

  /** Also hears of actions without events (an empty list), so that it can write the state down. */
  onChange(listener: StoreListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  // Looking things up.

  productByHandle(handle: string): Product | undefined {
    for (const product of this.products.values()) if (product.handle === handle) return product;
    return undefined;
  }

  variant(id: string): { product: Product; variant: Variant } | undefined {
    return this.#variants.get(id);
  }

  productsIn(collectionId: string): Product[] {
    return [...this.products.values()].filter((one) => one.collectionIds.includes(collectionId));
  }

  findCustomerByEmail(email: string): Customer | undefined {
    const id = this.#customerIdByEmail.get(email.trim().toLowerCase());
    return id === undefined ? undefined : this.customers.get(id);
  }

  ordersOf(customerId: string): Order[] {
    const ids = this.#orderIdsByCustomer.get(customerId) ?? new Set<string>();
    return [...ids].map((id) => this.requireOrder(id));
  }

  /** All metafields of an owner, named by its gid. */
  metafields(ownerId: string): Metafield[] {
    return [...(this.#metafields.get(ownerId)?.values() ?? [])];
  }

  /** `namespace` may be `$app` or `$app:sub`; without one it is `$app`, as in the Admin API. */
  metafield(ownerId: string, namespace: string | null, key: string): Metafield | undefined {
    return this.#metafields.get(ownerId)?.get(`${this.namespaceOf(namespace)}.${key}`);
  }

  /** `$app` → `app--<number>`, `$app:loyalty` → `app--<number>--loyalty`. */
  namespaceOf(namespace: string | null): string {
    const own = `app--${this.appNumber}`;
    if (namespace === null || namespace === '$app') return own;
    return namespace.startsWith('$app:') ? `${own}--${namespace.slice(5)}` : namespace;
  }

  /** All currencies a buyer can pay in, the shop's own first. */
  currencies(): string[] {
    return [this.shop.currency, ...Object.keys(this.shop.presentmentRates)];
  }

  rateTo(currency: string): string {
    if (currency === this.shop.currency) return '1';
    const rate = this.shop.presentmentRates[currency];
    return rate ?? refuse(`${this.domain} does not sell in ${currency}.`);
  }

  /** An amount of the shop's currency in another one, minor units. */
  inCurrency(minor: number, currency: string): number {
    return convert(minor, this.shop.currency, currency, this.rateTo(currency));
  }

  requireOrder(id: string): Order {
    return this.orders.get(id) ?? notFound(`${this.domain} has no order ${id}.`);
  }

  requireCustomer(id: string): Customer {
    return this.customers.get(id) ?? notFound(`${this.domain} has no customer ${id}.`);
  }

  requireProduct(id: string): Product {
    return this.products.get(id) ?? notFound(`${this.domain} has no product ${id}.`);
  }

  // What a checkout needs. Further actions are functions of (store, input) in the folders beside.

  /** What these lines would cost; refuses what placeOrder would refuse. */
  quote(input: PriceOrderInput): PricedOrder {
    return priceOrder(this, input);
  }

  placeOrder(input: PlaceOrderInput): Order {
    return placeOrder(this, input);
  }

  createCustomer(input: CustomerInput): Customer {
    return createCustomer(this, input);
  }

  /** Puts an app block or embed into the published theme, or takes it out. */
  setBlockActive(handle: string, active: boolean): void {
    this.act(() => {
      const others = this.theme.activeBlocks.filter((other) => other !== handle);
      this.theme.activeBlocks = active ? [...others, handle] : others;
    });
  }

  // Keeping records and their indexes together. Only actions call these.

  keepProduct(product: Product): void {
    this.products.set(product.id, product);
    for (const variant of product.variants) this.#variants.set(variant.id, { product, variant });
  }

  dropProduct(product: Product): void {
    this.products.delete(product.id);
    for (const variant of product.variants) this.#variants.delete(variant.id);
  }

  keepCustomer(customer: Customer): void {
    this.customers.set(customer.id, customer);
    if (customer.email) this.#customerIdByEmail.set(customer.email.toLowerCase(), customer.id);
  }

  /** The only way to change an e-mail, so that finding by it stays true. */
  changeEmail(customer: Customer, email: string | null): void {
    if (customer.email) this.#customerIdByEmail.delete(customer.email.toLowerCase());
    customer.email = email;
    if (email) this.#customerIdByEmail.set(email.toLowerCase(), customer.id);
  }

  dropCustomer(customer: Customer): void {
    this.changeEmail(customer, null);
    this.customers.delete(customer.id);
    this.#orderIdsByCustomer.delete(customer.id);
    this.#metafields.delete(`gid://shopify/Customer/${customer.id}`);
  }

  keepOrder(order: Order): void {
    this.orders.set(order.id, order);
    if (order.customerId) this.#ordersOfCustomer(order.customerId).add(order.id);
  }

  /** Gives an order to another customer, or to nobody. */
  moveOrder(order: Order, customerId: string | null): void {
    if (order.customerId) this.#orderIdsByCustomer.get(order.customerId)?.delete(order.id);
    order.customerId = customerId;
    if (customerId) this.#ordersOfCustomer(customerId).add(order.id);
  }

  dropOrder(order: Order): void {
    this.moveOrder(order, null);
    this.orders.delete(order.id);
  }

  keepMetafield(metafield: Metafield): void {
    const owned = this.#metafields.get(metafield.ownerId) ?? new Map<string, Metafield>();
    owned.set(`${metafield.namespace}.${metafield.key}`, metafield);
    this.#metafields.set(metafield.ownerId, owned);
  }

  dropMetafield(metafield: Metafield): void {
    this.#metafields.get(metafield.ownerId)?.delete(`${metafield.namespace}.${metafield.key}`);
  }

  records(): StoreRecords {
    return {
      shop: this.shop,
      staff: this.staff,
      theme: this.theme,
      installation: this.installation,
      accessTokens: this.accessTokens,
      refreshTokens: this.refreshTokens,
      products: [...this.products.values()],
      collections: [...this.collections.values()],
      customers: [...this.customers.values()],
      orders: [...this.orders.values()],
      discounts: this.discounts.all(),
      ...this.purses.records(),
      metafields: [...this.#metafields.values()].flatMap((owned) => [...owned.values()]),
      reviews: this.reviews,
    };
  }

  #ordersOfCustomer(customerId: string): Set<string> {
    const ids = this.#orderIdsByCustomer.get(customerId) ?? new Set<string>();
    this.#orderIdsByCustomer.set(customerId, ids);
    return ids;
  }
}
