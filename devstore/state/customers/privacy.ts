/** The three requests of privacy law that Shopify passes on to apps. */
import type { Store } from '../store.ts';

/** Erases who the customer was, then tells customers/redact with what the app must look for. */
export function redactCustomer(store: Store, id: string): void {
  store.act((tell) => {
    const customer = store.requireCustomer(id);
    const { email, phone } = customer;
    const orders = store.ordersOf(id);
    store.changeEmail(customer, null);
    Object.assign(customer, { phone: null, firstName: null, lastName: null, note: null, tags: [] });
    Object.assign(customer, { addresses: [], defaultAddressId: null, state: 'disabled' });
    const redacted = { state: 'redacted' as const, optInLevel: null, updatedAt: null };
    Object.assign(customer, { emailConsent: redacted, smsConsent: redacted });
    customer.updatedAt = store.timestamp();
    for (const order of orders) {
      Object.assign(order, {
        email: null,
        phone: null,
        billingAddress: null,
        shippingAddress: null,
      });
      order.updatedAt = customer.updatedAt;
    }
    tell({
      topic: 'customers/redact',
      customer: { id, email, phone },
      orderIds: orders.map((order) => order.id),
      requestId: store.ids.next('DataRequest'),
    });
  });
}

/** Tells customers/data_request. */
export function requestCustomerData(store: Store, id: string): void {
  store.act((tell) => {
    const customer = store.requireCustomer(id);
    tell({
      topic: 'customers/data_request',
      customer: { id, email: customer.email, phone: customer.phone },
      orderIds: store.ordersOf(id).map((order) => order.id),
      requestId: store.ids.next('DataRequest'),
    });
  });
}

/** Shopify sends this 48 hours after an uninstall. */
export function redactShop(store: Store): void {
  store.act((tell) => tell({ topic: 'shop/redact' }));
}
