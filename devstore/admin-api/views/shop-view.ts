import type { Installation } from '../../state/shop.ts';
import type { Store } from '../../state/store.ts';
import type { Context, View } from '../context.ts';
import { gid } from '../../state/ids.ts';
import { metafieldFields } from './metafield-view.ts';

const planNames = {
  basic: 'Basic',
  advanced: 'Advanced',
  plus: 'Shopify Plus',
  enterprise: 'Shopify for enterprise',
} as const;

export function shopView(store: Store): View {
  const { shop } = store;
  const id = gid('Shop', shop.id);
  const plus = shop.plan === 'plus' || shop.plan === 'enterprise';
  return {
    __typename: 'Shop',
    id,
    name: shop.name,
    email: shop.email,
    contactEmail: shop.email,
    shopOwnerName: shop.owner,
    myshopifyDomain: shop.domain,
    url: `https://${shop.domain}`,
    primaryDomain: {
      __typename: 'Domain',
      id: gid('Domain', shop.id),
      host: shop.domain,
      url: `https://${shop.domain}`,
      sslEnabled: true,
    },
    currencyCode: shop.currency,
    enabledPresentmentCurrencies: store.currencies(),
    currencyFormats: {
      __typename: 'CurrencyFormats',
      moneyFormat: shop.moneyFormat,
      moneyInEmailsFormat: shop.moneyFormat,
      moneyWithCurrencyFormat: `${shop.moneyFormat} ${shop.currency}`,
      moneyWithCurrencyInEmailsFormat: `${shop.moneyFormat} ${shop.currency}`,
    },
    ianaTimezone: shop.ianaTimezone,
    taxesIncluded: shop.taxesIncluded,
    taxShipping: shop.taxShipping,
    customerAccountsV2: {
      __typename: 'CustomerAccountsV2',
      customerAccountsVersion: shop.classicCustomerAccounts ? 'CLASSIC' : 'NEW_CUSTOMER_ACCOUNTS',
      loginLinksVisibleOnStorefrontAndCheckout: true,
      loginRequiredAtCheckout: false,
      url: null,
    },
    setupRequired: false,
    checkoutApiSupported: true,
    weightUnit: 'KILOGRAMS',
    unitSystem: 'METRIC_SYSTEM',
    plan: {
      __typename: 'ShopPlan',
      displayName: planNames[shop.plan],
      publicDisplayName: planNames[shop.plan],
      partnerDevelopment: true,
      shopifyPlus: plus,
    },
    shopAddress: {
      __typename: 'ShopAddress',
      id: gid('ShopAddress', shop.id),
      address1: shop.address1,
      address2: null,
      city: shop.city,
      zip: shop.zip,
      province: shop.province,
      provinceCode: shop.provinceCode,
      country: shop.countryName,
      countryCodeV2: shop.countryCode,
      phone: shop.phone,
    },
    createdAt: shop.createdAt,
    updatedAt: shop.updatedAt,
    ...metafieldFields(store, id),
  };
}

export function installationView(store: Store, installation: Installation): View {
  const id = gid('AppInstallation', installation.id);
  return {
    __typename: 'AppInstallation',
    id,
    accessScopes: installation.grantedScopes.map((handle) => ({
      __typename: 'AccessScope',
      handle,
      description: handle.replaceAll('_', ' '),
    })),
    activeSubscriptions: [],
    launchUrl: (_args: unknown, { world }: Context) =>
      `${world.addresses.admin}/store/${store.domain.split('.')[0]}/apps/${world.app.handle}`,
    uninstallUrl: null,
    app: (_args: unknown, { world }: Context) => ({
      __typename: 'App',
      id: gid('App', store.appNumber),
      handle: world.app.handle,
      title: world.app.name,
      apiKey: world.credentials.apiKey,
      embedded: true,
    }),
    ...metafieldFields(store, id),
  };
}
