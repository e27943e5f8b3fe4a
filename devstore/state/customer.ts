export type Address = {
  id: string;
  firstName: string | null;
  lastName: string | null;
  company: string | null;
  address1: string | null;
  address2: string | null;
  city: string | null;
  province: string | null;
  provinceCode: string | null;
  country: string | null;
  countryCode: string | null;
  zip: string | null;
  phone: string | null;
};

export type ConsentState =
  'not_subscribed' | 'pending' | 'subscribed' | 'unsubscribed' | 'redacted' | 'invalid';

export type Consent = {
  state: ConsentState;
  optInLevel: 'single_opt_in' | 'confirmed_opt_in' | 'unknown' | null;
  updatedAt: string | null;
};

export type Customer = {
  id: string;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  state: 'disabled' | 'invited' | 'enabled' | 'declined';
  note: string | null;
  tags: string[];
  verifiedEmail: boolean;
  taxExempt: boolean;
  locale: string;
  addresses: Address[];
  defaultAddressId: string | null;
  emailConsent: Consent;
  smsConsent: Consent;
  createdAt: string;
  updatedAt: string;
};
