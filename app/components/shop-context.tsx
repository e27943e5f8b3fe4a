import { createContext, useContext } from 'react';
import { invariant } from '../domain/invariant.ts';

/** What every page of a shop needs to draw money and times. */
export interface ShopView {
  readonly domain: string;
  readonly currency: string;
  readonly timeZone: string;
  /** The staff member who looks, as the audit names them, e.g. "staff:123". */
  readonly staff: string;
}

const ShopContext = createContext<ShopView | null>(null);
const LocaleContext = createContext('en');

export const ShopProvider = ShopContext.Provider;
export const LocaleProvider = LocaleContext.Provider;

export function useShop(): ShopView {
  const shop = useContext(ShopContext);
  invariant(shop, 'pages of a shop are drawn within its context');
  return shop;
}

/** A BCP 47 tag for numbers and dates, e.g. "en-GB". */
export function useLocale(): string {
  return useContext(LocaleContext);
}
