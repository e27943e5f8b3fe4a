/** A till sale gets its customer afterwards. Tells orders/updated. */
import type { Order } from '../order.ts';
import type { Store } from '../store.ts';
import { refuse } from '../refusal.ts';

export function attachCustomer(
  store: Store,
  input: { orderId: string; customerId: string },
): Order {
  return store.act((tell) => {
    const order = store.requireOrder(input.orderId);
    if (order.customerId !== null) refuse(`${order.name} has a customer already.`);
    const customer = store.requireCustomer(input.customerId);
    order.customerId = customer.id;
    order.email = customer.email;
    order.updatedAt = store.timestamp();
    tell({ topic: 'orders/updated', order });
    return order;
  });
}
