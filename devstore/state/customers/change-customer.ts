import type { ConsentState, Customer } from '../customer.ts';
import type { Store } from '../store.ts';
import { checkEmail, normaliseTags } from './create-customer.ts';
import { refuse } from '../refusal.ts';

export type CustomerChange = {
  email?: string | null | undefined;
  phone?: string | null | undefined;
  firstName?: string | null | undefined;
  lastName?: string | null | undefined;
  note?: string | null | undefined;
  tags?: readonly string[] | undefined;
  account?: boolean | undefined;
};

/** Tells customers/update, and the tags that came or went. */
export function updateCustomer(store: Store, id: string, change: CustomerChange): Customer {
  return store.act((tell) => {
    const customer = store.requireCustomer(id);
    const email = change.email === undefined ? undefined : change.email?.trim() || null;
    if (email) checkEmail(store, email, customer);

    if (email !== undefined) store.changeEmail(customer, email);
    if (change.phone !== undefined) customer.phone = change.phone;
    if (change.firstName !== undefined) customer.firstName = change.firstName;
    if (change.lastName !== undefined) customer.lastName = change.lastName;
    if (change.note !== undefined) customer.note = change.note;
    if (change.account !== undefined) customer.state = change.account ? 'enabled' : 'disabled';
    const before = customer.tags;
    if (change.tags) customer.tags = normaliseTags(change.tags);
    touch(store, customer);
    tell({ topic: 'customers/update', customer });
    tellTags(tell, customer, before);
    return customer;
  });
}

/** Tells customers/update and the difference, when there is one; without one nothing happened. */
export function changeTags(
  store: Store,
  id: string,
  next: (tags: readonly string[]) => readonly string[],
): Customer {
  return store.act((tell) => {
    const customer = store.requireCustomer(id);
    const before = customer.tags;
    const after = normaliseTags(next(before));
    if (after.join(',') === before.join(',')) return customer;
    customer.tags = after;
    touch(store, customer);
    tell({ topic: 'customers/update', customer });
    tellTags(tell, customer, before);
    return customer;
  });
}

function tellTags(
  tell: Parameters<Parameters<Store['act']>[0]>[0],
  customer: Customer,
  before: readonly string[],
): void {
  const added = customer.tags.filter((tag) => !before.includes(tag));
  const removed = before.filter((tag) => !customer.tags.includes(tag));
  if (added.length > 0) {
    tell({ topic: 'customer.tags_added', customerId: customer.id, tags: added });
  }
  if (removed.length > 0) {
    tell({ topic: 'customer.tags_removed', customerId: customer.id, tags: removed });
  }
}

/** Tells the topic of that channel; Shopify does not send customers/update for it. */
export function changeConsent(
  store: Store,
  id: string,
  channel: 'email' | 'sms',
  state: ConsentState,
): Customer {
  return store.act((tell) => {
    const customer = store.requireCustomer(id);
    if (channel === 'email' && !customer.email) refuse(`Customer ${id} has no e-mail address.`);
    if (channel === 'sms' && !customer.phone) refuse(`Customer ${id} has no phone number.`);
    const consent = { state, optInLevel: 'single_opt_in' as const, updatedAt: store.timestamp() };
    if (channel === 'email') {
      customer.emailConsent = consent;
      tell({ topic: 'customers_email_marketing_consent/update', customer, state });
    } else {
      customer.smsConsent = consent;
      tell({ topic: 'customers_marketing_consent/update', customer, state });
    }
    return customer;
  });
}

/** Tells customers/delete. Shopify keeps customers who have orders. */
export function deleteCustomer(store: Store, id: string): void {
  store.act((tell) => {
    const customer = store.requireCustomer(id);
    if (store.ordersOf(id).length > 0) {
      refuse(`Customer ${id} has orders and cannot be deleted; redact instead.`);
    }
    store.dropCustomer(customer);
    tell({ topic: 'customers/delete', customerId: id });
  });
}

export function touch(store: Store, customer: Customer): void {
  customer.updatedAt = store.timestamp();
}
