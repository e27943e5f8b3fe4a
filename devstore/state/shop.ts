export type Plan = 'basic' | 'advanced' | 'plus' | 'enterprise';

export type Shop = {
  id: string;
  domain: string;
  name: string;
  email: string;
  owner: string;
  currency: string;
  /** Decimal text, buyer's units per unit of the shop's currency; the shop's own currency is not in it. */
  presentmentRates: Record<string, string>;
  ianaTimezone: string;
  timezoneLabel: string;
  taxesIncluded: boolean;
  taxTitle: string;
  taxBasisPoints: number;
  taxShipping: boolean;
  shippingMinor: number;
  freeShippingFromMinor: number | null;
  plan: Plan;
  phone: string | null;
  address1: string;
  city: string;
  zip: string;
  province: string | null;
  provinceCode: string | null;
  countryCode: string;
  countryName: string;
  primaryLocale: string;
  moneyFormat: string;
  locationId: string;
  createdAt: string;
  updatedAt: string;
  orderCount: number;
  /** What the merchant gave Judge.me as the secret that signs its webhooks. */
  judgemeSecret: string | null;
  /** Store credit cannot be spent with them. */
  classicCustomerAccounts?: boolean;
  /** The largest gift card, and the most store credit in an account; Shopify's own when absent. */
  giftCardLimitMinor?: number;
  creditLimitMinor?: number;
  /** How late the search of gift cards learns of a new one. */
  searchLagMs?: number;
};

export type Staff = { id: string; firstName: string; lastName: string; email: string };

/** The app in one shop: what managed install granted and the tokens it was given. */
export type Installation = {
  id: string;
  installedAt: string;
  grantedScopes: string[];
};

export type AccessToken = {
  token: string;
  mode: 'offline' | 'online';
  staffId: string | null;
  expiresAt: string | null;
  scopes: string[];
};

export type RefreshToken = {
  token: string;
  expiresAt: string;
  /** The access token it was issued with. Using that one retires the refresh token before it. */
  accessToken: string;
  replacedBy: string | null;
  retired: boolean;
};

/** Handles of the theme extension's blocks and embeds that the merchant has put into the theme. */
export type Theme = {
  activeBlocks: string[];
  /** What the merchant changed in the theme editor, by block; everything else is as it comes. */
  settings?: Record<string, Record<string, unknown>>;
};
