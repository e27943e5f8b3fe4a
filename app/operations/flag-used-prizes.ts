import type pg from 'pg';
import { raiseFlags } from '../storage/orders/order-flags.ts';
import type { MemberChange } from '../storage/points/member-books.ts';

/** Rewards that were used, of badges and challenges that are no longer complete: a person is to see them. */
export async function flagUsedPrizes(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly MemberChange[],
  at: Date,
): Promise<void> {
  const used = changes.flatMap(({ decision }) => decision?.prizesUsed ?? []);
  if (used.length === 0) return;
  const raised = used.flatMap(({ raised: found }) => found);
  await raiseFlags(
    client,
    shopId,
    {
      kind: 'prize-used',
      lookedAt: used.flatMap(({ lookedAt }) => lookedAt),
      raised: raised.map(({ orderId, name, reward }) => ({
        orderId,
        figures: { told: reward, limit: '', currency: null, of: name },
      })),
    },
    at,
  );
}
