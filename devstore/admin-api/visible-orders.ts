import type { Order } from '../state/order.ts';
import type { Context } from './context.ts';

const withoutAllOrders = 60 * 86_400_000;

/** read_orders alone shows the last sixty days. */
export function isVisible({ token, store }: Context, order: Order): boolean {
  if (token.scopes.includes('read_all_orders')) return true;
  return Date.parse(order.createdAt) >= store.now().getTime() - withoutAllOrders;
}
