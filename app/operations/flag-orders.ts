/** Which orders are to be shown to a person, and which no longer: few ever are, so few are written. */
import type { OrderChange } from './decide-members.ts';
import { contradictionsOf } from '../domain/orders/contradictions.ts';
import type { FlaggedOrder } from '../storage/orders/order-flags.ts';
import type { StoredOrder } from '../storage/orders/lock-orders.ts';

/** Ids of those whose facts contradicted each other before the tidings were taken in. */
export function flaggedOrders(orders: ReadonlyMap<string, StoredOrder>): string[] {
  return [...orders].flatMap(([id, { facts }]) => (contradictionsOf(facts).length > 0 ? [id] : []));
}

export function toFlag(
  changed: readonly OrderChange[],
  before: ReadonlySet<string>,
): readonly FlaggedOrder[] {
  return changed.flatMap(({ facts }) => {
    const contradictions = contradictionsOf(facts);
    if (contradictions.length === 0 && !before.has(facts.id)) return [];
    return [{ orderId: facts.id, contradictions }];
  });
}
