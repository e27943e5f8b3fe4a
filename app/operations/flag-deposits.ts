import type pg from 'pg';
import { raiseFlags } from '../storage/orders/order-flags.ts';
import type { MemberChange } from '../storage/points/member-books.ts';

/** Orders that were given back, though what came with them was used: a person is to see them. */
export async function flagDeposits(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly MemberChange[],
  at: Date,
): Promise<void> {
  const deposits = changes.flatMap(({ decision }) => decision?.deposits ?? []);
  if (!deposits.some(({ returned }) => returned > 0)) return;
  const raised = deposits
    .filter(({ used }) => used > 0)
    .map(({ orderId, name, used, returned }) => ({
      orderId,
      figures: { told: String(used), limit: String(returned), currency: null, of: name },
    }));
  const lookedAt = deposits.map(({ orderId }) => orderId);
  await raiseFlags(client, shopId, { kind: 'deposit-used', lookedAt, raised }, at);
}
