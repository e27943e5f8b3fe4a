/** Which orders of members are decided again, and what they were awarded. */
import type pg from 'pg';
import type { OrderChange } from './decide-members.ts';
import type { OrderFacts } from '../domain/orders/order-facts.ts';
import type { Recalled } from '../storage/members/recall-histories.ts';
import { readOrders } from '../storage/orders/lock-orders.ts';
import { readAwards } from '../storage/points/member-books.ts';

interface ToLookAt {
  readonly changed: readonly OrderChange[];
  /** Orders of members who are decided wholly. */
  readonly wholeIds: readonly string[] | Promise<readonly string[]>;
  readonly toRead: readonly string[];
  readonly recalled: Recalled;
}

export async function ordersAndAwards(
  client: pg.PoolClient,
  shopId: string,
  { changed, wholeIds, toRead, recalled }: ToLookAt,
) {
  const toDecide = await ordersToDecide(client, shopId, changed, await wholeIds);
  const orderIds = [
    ...[...toDecide.values()].flatMap((orders) => [...orders.keys()]),
    ...changed.map(({ facts }) => facts.id),
  ];
  const read = await readAwards(client, shopId, toRead, orderIds);
  return { toDecide, awards: await recalled.withAwards(read, orderIds) };
}

/** By member: the changed orders, and these. */
async function ordersToDecide(
  client: pg.PoolClient,
  shopId: string,
  changed: readonly OrderChange[],
  wholeIds: readonly string[],
): Promise<ReadonlyMap<string, Map<string, OrderFacts>>> {
  const toDecide = new Map<string, Map<string, OrderFacts>>();
  const look = (memberId: string, facts: OrderFacts): void => {
    toDecide.set(
      memberId,
      (toDecide.get(memberId) ?? new Map<string, OrderFacts>()).set(facts.id, facts),
    );
  };
  for (const { facts, memberId } of changed) if (memberId !== null) look(memberId, facts);
  // Whoever only tries an order has not written it: what is kept of it does not count.
  const told = new Set(changed.map(({ facts }) => facts.id));
  const others = wholeIds.filter((orderId) => !told.has(orderId));
  for (const { facts, memberId } of (await readOrders(client, shopId, others)).values()) {
    if (memberId !== null) look(memberId, facts);
  }
  return toDecide;
}
