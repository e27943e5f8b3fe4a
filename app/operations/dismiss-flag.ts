/** A person has seen what contradicts itself in an order, and puts it away. */
import { writeAudit } from '../storage/audit/write-audit.ts';
import { dismissOrderFlag } from '../storage/orders/order-flags.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export interface DismissWish {
  readonly shopId: string;
  readonly actor: string;
  readonly orderId: string;
  readonly kind: string;
}

/** @returns false when somebody put it away before, or the facts agree by now */
export async function dismissFlag(
  world: World,
  { shopId, actor, orderId, kind }: DismissWish,
): Promise<boolean> {
  const at = new Date(world.now());
  return inTransaction(world.db(shopId), async (client) => {
    if (!(await dismissOrderFlag(client, shopId, { orderId, kind }, { actor, at }))) return false;
    await writeAudit(client, shopId, {
      id: world.newId(),
      at,
      actor,
      action: 'flag-dismissed',
      subject: `order:${orderId}`,
      requestKey: null,
      content: { kind },
    });
    return true;
  });
}
