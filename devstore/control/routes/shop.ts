import { z } from 'zod';
import { redactShop } from '../../state/customers/privacy.ts';
import {
  createProduct,
  deleteProduct,
  updateProduct,
} from '../../state/products/change-product.ts';
import { updateShop } from '../../state/shops/change-shop.ts';
import {
  grantScopes,
  installApp,
  revokeScopes,
  uninstallApp,
} from '../../state/shops/install-app.ts';
import type { Product } from '../../state/product.ts';
import { describeProduct } from '../describe.ts';
import { productNamed } from '../named.ts';
import { minor, noBody, reading, route, type Call, type Route } from '../route.ts';

function productOf({ store, params }: Call): Product {
  return productNamed(store, params['product'] ?? '');
}

const answer = ({ store }: Call, product: Product) => ({
  product: describeProduct(store, product),
});

const productFields = {
  productType: z.string().optional(),
  vendor: z.string().optional(),
  tags: z.array(z.string()).optional(),
};

export const shopRoutes: Route[] = [
  reading('/shops', 'The shops, and how much is in them.', ({ devstore }) => ({
    shops: devstore.world.stores().map((store) => ({
      domain: store.domain,
      name: store.shop.name,
      currency: store.shop.currency,
      installed: store.installation !== null,
      scopes: store.installation?.grantedScopes ?? [],
      products: store.products.size,
      customers: store.customers.size,
      orders: store.orders.size,
    })),
  })),
  route(
    'PATCH',
    '/shop',
    'Changes the shop and sends shop/update.',
    z.strictObject({
      name: z.string().min(1).optional(),
      email: z.string().optional(),
      currency: z.string().optional(),
      ianaTimezone: z.string().optional(),
      taxesIncluded: z.boolean().optional(),
      presentmentRates: z.record(z.string(), z.string()).optional(),
      plan: z.enum(['basic', 'advanced', 'plus', 'enterprise']).optional(),
      classicCustomerAccounts: z.boolean().optional(),
      giftCardLimitMinor: minor.optional(),
      creditLimitMinor: minor.optional(),
      searchLagMs: minor.optional(),
    }),
    { ianaTimezone: 'Europe/Lisbon' },
    ({ store }, body) => ({ shop: updateShop(store, body) }),
  ),
  route(
    'POST',
    '/app/install',
    'Installs the app with the scopes of shopify.app.toml.',
    noBody,
    {},
    (call) => ({
      installation: installApp(call.store, call.devstore.world.app),
    }),
  ),
  route(
    'POST',
    '/app/scopes',
    'Grants or revokes optional scopes and sends app/scopes_update.',
    z.strictObject({
      grant: z.array(z.string()).optional(),
      revoke: z.array(z.string()).optional(),
    }),
    { grant: ['read_all_orders'] },
    ({ store, devstore }, { grant, revoke }) => {
      const { app } = devstore.world;
      if (grant) grantScopes(store, app, grant);
      if (revoke) revokeScopes(store, app, revoke);
      return { scopes: store.installation?.grantedScopes ?? [] };
    },
  ),
  route(
    'POST',
    '/app/uninstall',
    'Uninstalls: every token dies, app/uninstalled is sent.',
    noBody,
    {},
    (call) => {
      uninstallApp(call.store);
      return { installed: false };
    },
  ),
  route(
    'POST',
    '/app/shop-redact',
    'Sends shop/redact, as 48 hours after an uninstall.',
    noBody,
    {},
    (call) => {
      redactShop(call.store);
      return { sent: 'shop/redact' };
    },
  ),
  reading('/products', 'All products with their variants.', ({ store }) => ({
    products: [...store.products.values()].map((product) => describeProduct(store, product)),
  })),
  route(
    'POST',
    '/products',
    'Creates a product with one variant.',
    z.strictObject({
      title: z.string().min(1),
      priceMinor: minor,
      giftCard: z.boolean().optional(),
      ...productFields,
    }),
    { title: 'Copper Scoop', priceMinor: 1900, productType: 'Teaware' },
    (call, body) => answer(call, createProduct(call.store, body)),
  ),
  route(
    'PATCH',
    '/products/:product',
    'Changes a product.',
    z.strictObject({
      title: z.string().min(1).optional(),
      priceMinor: minor.optional(),
      status: z.enum(['ACTIVE', 'DRAFT', 'ARCHIVED']).optional(),
      ...productFields,
    }),
    { productType: 'Gifts' },
    (call, body) => answer(call, updateProduct(call.store, productOf(call).id, body)),
  ),
  route(
    'DELETE',
    '/products/:product',
    'Deletes a product; orders keep their lines.',
    noBody,
    {},
    (call) => {
      const { id } = productOf(call);
      deleteProduct(call.store, id);
      return { deleted: id };
    },
  ),
];
