import type pg from 'pg';
import { raiseFlags } from '../storage/orders/order-flags.ts';
import type { MemberChange } from '../storage/points/member-books.ts';

/** Orders that were given back, though their tickets were played: a person is to see them. */
export async function flagPlays(
  client: pg.PoolClient,
  shopId: string,
  changes: readonly MemberChange[],
  at: Date,
): Promise<void> {
  const played = changes.flatMap(({ decision }) => decision?.played ?? []);
  if (played.length === 0) return;
  const raised = played
    .filter(({ uncovered }) => uncovered > 0)
    .map(({ orderId, name, uncovered, plays }) => ({
      orderId,
      figures: { told: String(uncovered), limit: String(plays), currency: null, of: name },
    }));
  const lookedAt = played.map(({ orderId }) => orderId);
  await raiseFlags(client, shopId, { kind: 'game-played', lookedAt, raised }, at);
}
