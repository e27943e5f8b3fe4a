import type { Plan, Shop } from '../shop.ts';
import type { Store } from '../store.ts';
import { refuse } from '../refusal.ts';

export type ShopChange = {
  name?: string | undefined;
  email?: string | undefined;
  currency?: string | undefined;
  ianaTimezone?: string | undefined;
  taxesIncluded?: boolean | undefined;
  plan?: Plan | undefined;
  /** Decimal text, buyer’s units per unit of the shop’s currency; replaces all of them. */
  presentmentRates?: Record<string, string> | undefined;
  classicCustomerAccounts?: boolean | undefined;
  giftCardLimitMinor?: number | undefined;
  creditLimitMinor?: number | undefined;
  searchLagMs?: number | undefined;
};

/** Tells shop/update. Orders keep the currency they were placed in. */
export function updateShop(store: Store, change: ShopChange): Shop {
  return store.act((tell) => {
    if (change.ianaTimezone !== undefined) checkTimezone(change.ianaTimezone);
    if (change.currency !== undefined) checkCurrency(store, change.currency);
    for (const [currency, rate] of Object.entries(change.presentmentRates ?? {})) {
      checkCode(currency);
      if (!/^\d{1,9}(\.\d{1,9})?$/.test(rate) || Number(rate) === 0) {
        refuse(`The rate of ${currency} must be a decimal above 0, such as "1.08".`);
      }
    }

    for (const [key, value] of Object.entries(change)) {
      if (value !== undefined) Object.assign(store.shop, { [key]: value });
    }
    if (change.currency !== undefined) delete store.shop.presentmentRates[change.currency];
    store.shop.updatedAt = store.timestamp();
    tell({ topic: 'shop/update' });
    return store.shop;
  });
}

function checkTimezone(name: string): void {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    refuse(`${name} is not an IANA time zone.`);
  }
}

/** Shopify lets a shop change its currency only before its first sale. */
function checkCurrency(store: Store, currency: string): void {
  checkCode(currency);
  if (store.orders.size > 0 && currency !== store.shop.currency) {
    refuse(`${store.domain} has orders, so its currency stays ${store.shop.currency}.`);
  }
}

function checkCode(currency: string): void {
  if (!Intl.supportedValuesOf('currency').includes(currency)) {
    refuse(`${currency} is not a currency code.`);
  }
}
