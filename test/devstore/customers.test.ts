import { expect, test } from 'vitest';
import {
  changeConsent,
  changeTags,
  deleteCustomer,
  updateCustomer,
} from '../../devstore/state/customers/change-customer.ts';
import { mergeCustomers } from '../../devstore/state/customers/merge-customers.ts';
import { redactCustomer } from '../../devstore/state/customers/privacy.ts';
import type { StoreEvent } from '../../devstore/state/events.ts';
import { setMetafields } from '../../devstore/state/metafields/write-metafields.ts';
import type { Store } from '../../devstore/state/store.ts';
import { smallShop } from './small-shop.ts';

function shop() {
  const { store } = smallShop();
  const told: StoreEvent[] = [];
  store.onChange((_store, events) => told.push(...events));
  const ann = store.createCustomer({ email: 'ann@example.com', firstName: 'Ann', tags: ['a'] });
  const bea = store.createCustomer({
    email: 'bea@example.com',
    phone: '+4930555',
    tags: ['b'],
    address: { city: 'Berlin' },
  });
  told.length = 0;
  return { store, told, ann, bea, topics: () => told.map((event) => event.topic) };
}

function order(store: Store, customerId: string) {
  const [product] = store.products.values();
  const variantId = product?.variants[0]?.id ?? '';
  return store.placeOrder({ buyer: { customerId }, lines: [{ variantId, quantity: 1 }] });
}

function note(store: Store, customerId: string, key: string, value: string): void {
  const ownerId = `gid://shopify/Customer/${customerId}`;
  setMetafields(store, [], [{ ownerId, namespace: 'notes', key, type: 'json', value }]);
}

test('a merge brings orders, tags and missing metafields to the one that is kept', () => {
  const { store, ann, bea, told, topics } = shop();
  const bought = order(store, bea.id);
  note(store, ann.id, 'both', '"ann"');
  note(store, bea.id, 'both', '"bea"');
  note(store, bea.id, 'only', '"bea"');
  told.length = 0;
  mergeCustomers(store, { keptId: ann.id, deletedId: bea.id });
  expect(topics()).toEqual(['customers/merge', 'customers/update']);
  expect(store.customers.has(bea.id)).toBe(false);
  expect(store.ordersOf(ann.id)).toEqual([bought]);
  expect(ann).toMatchObject({ email: 'ann@example.com', phone: '+4930555', tags: ['a', 'b'] });
  const owner = `gid://shopify/Customer/${ann.id}`;
  expect(store.metafield(owner, 'notes', 'both')?.value).toBe('"ann"');
  expect(store.metafield(owner, 'notes', 'only')?.value).toBe('"bea"');
  expect(store.findCustomerByEmail('bea@example.com')).toBeUndefined();
});

test('a failed merge is told and changes nothing', () => {
  const { store, ann, bea, told } = shop();
  const before = JSON.stringify(store.records());
  mergeCustomers(store, { keptId: ann.id, deletedId: bea.id, fail: true });
  expect(told).toMatchObject([{ topic: 'customers/merge', merge: { status: 'failed' } }]);
  expect(JSON.stringify(store.records())).toBe(before);
});

test('redaction leaves an id without a person, and tells who it was', () => {
  const { store, bea, told } = shop();
  const bought = order(store, bea.id);
  told.length = 0;
  redactCustomer(store, bea.id);
  expect(told).toMatchObject([
    {
      topic: 'customers/redact',
      customer: { id: bea.id, email: 'bea@example.com', phone: '+4930555' },
      orderIds: [bought.id],
    },
  ]);
  expect(bea).toMatchObject({ email: null, phone: null, firstName: null, addresses: [], tags: [] });
  expect(bought).toMatchObject({ email: null, shippingAddress: null, customerId: bea.id });
  expect(JSON.stringify(store.records())).not.toContain('bea@example.com');
});

test('an e-mail address belongs to one customer at a time', () => {
  const { store, ann, bea } = shop();
  expect(() => updateCustomer(store, ann.id, { email: 'BEA@example.com' })).toThrow(bea.id);
  updateCustomer(store, bea.id, { email: 'b@example.com' });
  updateCustomer(store, ann.id, { email: 'bea@example.com' });
  expect(store.findCustomerByEmail('Bea@Example.com')).toBe(ann);
});

test('tags that are there already are no change, and differences are told once', () => {
  const { store, ann, told, topics } = shop();
  changeTags(store, ann.id, (tags) => [...tags, 'A']);
  expect(topics()).toEqual([]);
  changeTags(store, ann.id, () => ['c', 'd']);
  expect(told).toMatchObject([
    { topic: 'customers/update' },
    { topic: 'customer.tags_added', tags: ['c', 'd'] },
    { topic: 'customer.tags_removed', tags: ['a'] },
  ]);
});

test('a customer with orders stays; one without can go', () => {
  const { store, ann, bea, topics } = shop();
  order(store, ann.id);
  expect(() => deleteCustomer(store, ann.id)).toThrow('has orders');
  deleteCustomer(store, bea.id);
  expect(topics().at(-1)).toBe('customers/delete');
  expect(store.customers.has(bea.id)).toBe(false);
});

test('consent needs the address it is for', () => {
  const { store, ann } = shop();
  expect(() => changeConsent(store, ann.id, 'sms', 'subscribed')).toThrow('no phone number');
  expect(changeConsent(store, ann.id, 'email', 'subscribed').emailConsent.state).toBe('subscribed');
});
