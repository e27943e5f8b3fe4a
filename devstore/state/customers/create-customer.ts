import type { Address, Consent, Customer } from '../customer.ts';
import type { Store } from '../store.ts';
import { refuse } from '../refusal.ts';

export type AddressInput = Partial<Omit<Address, 'id'>>;

export type CustomerInput = {
  email?: string | null | undefined;
  phone?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  note?: string | null | undefined;
  tags?: readonly string[] | undefined;
  locale?: string | undefined;
  /** True: can log in. A checkout makes customers without an account. */
  account?: boolean | undefined;
  acceptsMarketing?: boolean | undefined;
  address?: AddressInput | undefined;
};

/** Tells customers/create. */
export function createCustomer(store: Store, input: CustomerInput): Customer {
  return store.act((tell) => {
    const customer = addCustomer(store, input);
    tell({ topic: 'customers/create', customer });
    return customer;
  });
}

export function addCustomer(store: Store, input: CustomerInput): Customer {
  const email = input.email?.trim() || null;
  if (email) checkEmail(store, email);
  if (!email && !input.phone && !input.firstName && !input.lastName) {
    refuse('A customer needs a name, an e-mail address or a phone number.');
  }
  const now = store.timestamp();
  const address = input.address ? addressOf(store, input.address, input) : null;
  const customer: Customer = {
    id: store.ids.next('Customer'),
    email,
    phone: input.phone ?? null,
    firstName: input.firstName ?? null,
    lastName: input.lastName ?? null,
    state: input.account ? 'enabled' : 'disabled',
    note: input.note ?? null,
    tags: normaliseTags(input.tags ?? []),
    verifiedEmail: email !== null,
    taxExempt: false,
    locale: input.locale ?? store.shop.primaryLocale,
    addresses: address ? [address] : [],
    defaultAddressId: address?.id ?? null,
    emailConsent: consentOf(input.acceptsMarketing === true, now),
    smsConsent: consentOf(false, now),
    createdAt: now,
    updatedAt: now,
  };
  store.keepCustomer(customer);
  return customer;
}

export function checkEmail(store: Store, email: string, except?: Customer): void {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) refuse(`${email} is not an e-mail address.`);
  const holder = store.findCustomerByEmail(email);
  if (holder && holder !== except) refuse(`${email} belongs to customer ${holder.id} already.`);
}

export function addressOf(
  store: Store,
  input: AddressInput,
  person: { firstName?: string | null | undefined; lastName?: string | null | undefined },
): Address {
  return {
    id: store.ids.next('Address'),
    firstName: input.firstName ?? person.firstName ?? null,
    lastName: input.lastName ?? person.lastName ?? null,
    company: input.company ?? null,
    address1: input.address1 ?? null,
    address2: input.address2 ?? null,
    city: input.city ?? null,
    province: input.province ?? null,
    provinceCode: input.provinceCode ?? null,
    country: input.country ?? store.shop.countryName,
    countryCode: input.countryCode ?? store.shop.countryCode,
    zip: input.zip ?? null,
    phone: input.phone ?? null,
  };
}

/** Shopify keeps tags trimmed, once each regardless of case, and sorted. */
export function normaliseTags(tags: readonly string[]): string[] {
  const byLower = new Map<string, string>();
  for (const tag of tags) {
    const trimmed = tag.trim();
    if (trimmed && !byLower.has(trimmed.toLowerCase())) byLower.set(trimmed.toLowerCase(), trimmed);
  }
  return [...byLower.values()].sort((a, b) => a.localeCompare(b, 'en'));
}

function consentOf(subscribed: boolean, now: string): Consent {
  return subscribed
    ? { state: 'subscribed', optInLevel: 'single_opt_in', updatedAt: now }
    : { state: 'not_subscribed', optInLevel: 'single_opt_in', updatedAt: null };
}
