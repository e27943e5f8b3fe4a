/** The root fields of queries that the local Shopify answers; others are refused by name. */
import type { GraphQLResolveInfo } from 'graphql';
import type { Collection, Product } from '../state/product.ts';
import type { Customer } from '../state/customer.ts';
import type { Order } from '../state/order.ts';
import { orderFigures } from '../state/orders/order-figures.ts';
import { requireInstallation } from '../state/shops/install-app.ts';
import { connectionOf, type ConnectionArguments, type SortKey } from './connection.ts';
import type { Context } from './context.ts';
import { giftCardQueries } from './credit/gift-cards.ts';
import { discountQueries } from './discounts/discount-queries.ts';
import { notImplemented } from './errors.ts';
import { byAnyText, byId, byNumber, byText, byTime, searching, type Filters } from './search.ts';
import { bulkOperationView } from './views/bulk-operation-view.ts';
import { customerView } from './views/customer-view.ts';
import { idOf, nodeView } from './views/node-view.ts';
import { orderSorts, orderView } from './views/order-view.ts';
import {
  collectionSorts,
  collectionView,
  count,
  productSorts,
  productView,
} from './views/product-view.ts';
import { installationView, shopView } from './views/shop-view.ts';
import { isVisible } from './visible-orders.ts';

type ById = { id: string };
type Listing = ConnectionArguments & { query?: string | null; sortKey: string };

export const queries = {
  ...discountQueries,
  ...giftCardQueries,

  shop: (_args: unknown, { store }: Context) => shopView(store),

  currentAppInstallation: (_args: unknown, { store }: Context) =>
    installationView(store, requireInstallation(store)),

  node: ({ id }: ById, context: Context) => nodeView(context, id),

  nodes: ({ ids }: { ids: readonly string[] }, context: Context) =>
    ids.map((id) => nodeView(context, id)),

  customer: ({ id }: ById, { store }: Context) => {
    const customer = store.customers.get(idOf('Customer', id));
    return customer ? customerView(store, customer) : null;
  },

  customers: (args: Listing, context: Context, info: GraphQLResolveInfo) => {
    const { store } = context;
    const found = [...store.customers.values()].filter(searching(args.query, customerFilters));
    return connectionOf(found, args, context, info, customerSorts(args.sortKey), (one) =>
      customerView(store, one),
    );
  },

  customersCount: ({ query }: Listing, { store }: Context) =>
    count([...store.customers.values()].filter(searching(query, customerFilters)).length),

  order: ({ id }: ById, context: Context) => {
    const order = context.store.orders.get(idOf('Order', id));
    return order && isVisible(context, order) ? orderView(context.store, order) : null;
  },

  orders: (args: Listing, context: Context, info: GraphQLResolveInfo) =>
    connectionOf(
      ordersFound(args, context),
      args,
      context,
      info,
      orderSorts(args.sortKey),
      (order) => orderView(context.store, order),
    ),

  ordersCount: (args: Listing, context: Context) => count(ordersFound(args, context).length),

  product: ({ id }: ById, { store }: Context) => {
    const product = store.products.get(idOf('Product', id));
    return product ? productView(store, product) : null;
  },

  products: (args: Listing, context: Context, info: GraphQLResolveInfo) => {
    const { store } = context;
    const found = [...store.products.values()].filter(searching(args.query, productFilters));
    return connectionOf(found, args, context, info, productSorts(args.sortKey), (one) =>
      productView(store, one),
    );
  },

  productsCount: ({ query }: Listing, { store }: Context) =>
    count([...store.products.values()].filter(searching(query, productFilters)).length),

  collection: ({ id }: ById, { store }: Context) => {
    const collection = store.collections.get(idOf('Collection', id));
    return collection ? collectionView(store, collection) : null;
  },

  collections: (args: Listing, context: Context, info: GraphQLResolveInfo) => {
    const { store } = context;
    const found = [...store.collections.values()].filter(searching(args.query, collectionFilters));
    return connectionOf(found, args, context, info, collectionSorts(args.sortKey), (one) =>
      collectionView(store, one),
    );
  },

  bulkOperation: ({ id }: ById, { world, store, bulkOperations }: Context) => {
    const operation = bulkOperations.find(store, idOf('BulkOperation', id));
    return operation ? bulkOperationView(world, operation) : null;
  },
};

function ordersFound({ query }: { query?: string | null }, context: Context): Order[] {
  const fits = searching(query, orderFilters);
  return [...context.store.orders.values()].filter((one) => isVisible(context, one) && fits(one));
}

const orderFilters: Filters<Order> = {
  text: (order) => `${order.name} ${order.email ?? ''}`,
  named: {
    created_at: byTime((order) => order.createdAt),
    customer_id: (order, value) =>
      order.customerId === value.replace(/^gid:\/\/shopify\/\w+\//, ''),
    email: byText((order) => order.email),
    financial_status: byText((order) => orderFigures(order).financialStatus),
    fulfillment_status: byText((order) => (order.fulfilled ? 'shipped' : 'unshipped')),
    id: byId((order) => order.id),
    name: byText((order) => order.name),
    processed_at: byTime((order) => order.processedAt),
    source_name: byText((order) => order.sourceName),
    status: (order, value) => hasStatus(order, value),
    tag: byAnyText((order) => order.tags),
    test: byText((order) => String(order.test)),
    updated_at: byTime((order) => order.updatedAt),
  },
};

function hasStatus(order: Order, status: string): boolean {
  switch (status) {
    case 'any':
      return true;
    case 'open':
      return order.closedAt === null && order.cancelledAt === null;
    case 'closed':
      return order.closedAt !== null;
    case 'cancelled':
      return order.cancelledAt !== null;
    case 'not_closed':
      return order.closedAt === null;
    default:
      throw notImplemented(`the order status ${status} in a search`);
  }
}

const customerFilters: Filters<Customer> = {
  text: (one) =>
    `${one.firstName ?? ''} ${one.lastName ?? ''} ${one.email ?? ''} ${one.phone ?? ''}`,
  named: {
    customer_date: byTime((one) => one.createdAt),
    email: byText((one) => one.email),
    first_name: byText((one) => one.firstName),
    id: byId((one) => one.id),
    last_name: byText((one) => one.lastName),
    phone: byText((one) => one.phone),
    state: byText((one) => one.state),
    tag: byAnyText((one) => one.tags),
    updated_at: byTime((one) => one.updatedAt),
  },
};

function customerSorts(key: string): SortKey<Customer> {
  const id = (one: Customer): string => one.id;
  switch (key) {
    case 'CREATED_AT':
      return { of: (one) => one.createdAt, id };
    case 'ID':
    case 'RELEVANCE':
      return { of: (one) => one.id.padStart(20, '0'), id };
    case 'NAME':
      return { of: (one) => `${one.lastName ?? ''}, ${one.firstName ?? ''}`.toLowerCase(), id };
    case 'UPDATED_AT':
      return { of: (one) => one.updatedAt, id };
    default:
      throw notImplemented(`sorting customers by ${key}`);
  }
}

const productFilters: Filters<Product> = {
  text: (one) => `${one.title} ${one.vendor} ${one.productType} ${one.tags.join(' ')}`,
  named: {
    created_at: byTime((one) => one.createdAt),
    gift_card: byText((one) => String(one.giftCard)),
    handle: byText((one) => one.handle),
    id: byId((one) => one.id),
    inventory_total: byNumber((one) => one.variants.reduce((sum, v) => sum + v.inventory, 0)),
    product_type: byText((one) => one.productType),
    status: byText((one) => one.status),
    tag: byAnyText((one) => one.tags),
    title: byText((one) => one.title),
    updated_at: byTime((one) => one.updatedAt),
    vendor: byText((one) => one.vendor),
  },
};

const collectionFilters: Filters<Collection> = {
  text: (one) => one.title,
  named: {
    handle: byText((one) => one.handle),
    id: byId((one) => one.id),
    title: byText((one) => one.title),
    updated_at: byTime((one) => one.updatedAt),
  },
};
