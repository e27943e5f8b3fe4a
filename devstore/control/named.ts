/** People name things by what they see: "#1042", "latest", an e-mail address, a handle. */
import type { Customer } from '../state/customer.ts';
import type { Order } from '../state/order.ts';
import type { Product, Variant } from '../state/product.ts';
import type { Store } from '../state/store.ts';
import { notFound } from '../state/refusal.ts';

export function orderNamed(store: Store, name: string): Order {
  if (name === 'latest') {
    return [...store.orders.values()].at(-1) ?? notFound(`${store.domain} has no orders.`);
  }
  const id = withoutGid(name);
  const number = Number(name.replace(/^#/, ''));
  const found =
    store.orders.get(id) ?? [...store.orders.values()].find((one) => one.number === number);
  return found ?? notFound(`${store.domain} has no order ${name}.`);
}

export function customerNamed(store: Store, name: string): Customer {
  const found = name.includes('@')
    ? store.findCustomerByEmail(name)
    : store.customers.get(withoutGid(name));
  return found ?? notFound(`${store.domain} has no customer ${name}.`);
}

export function productNamed(store: Store, name: string): Product {
  const found = store.products.get(withoutGid(name)) ?? store.productByHandle(name);
  return found ?? notFound(`${store.domain} has no product ${name}.`);
}

/** A variant by its id, or the first one of a product by the product's handle or id. */
export function variantNamed(store: Store, name: string): Variant {
  const direct = store.variant(withoutGid(name));
  if (direct) return direct.variant;
  const [first] = productNamed(store, name).variants;
  return first ?? notFound(`${name} has no variants.`);
}

function withoutGid(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
