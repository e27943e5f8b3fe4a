/** Sends stored deliveries down the road again. Points follow facts, so a replay can only repair. */
import { writeAudit } from '../storage/audit/write-audit.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type Replay =
  | { readonly kind: 'one'; readonly id: string }
  | { readonly kind: 'range'; readonly fromId: string; readonly toId: string }
  | { readonly kind: 'all-dead' };

export async function replayDeliveries(
  world: World,
  wish: { readonly shopId: string; readonly actor: string; readonly which: Replay },
): Promise<{ readonly replayed: number }> {
  const chosen = chosenBy(wish.which);
  if (!chosen) return { replayed: 0 };
  return inTransaction(world.db(wish.shopId), async (client) => {
    const { rowCount } = await client.query(
      `UPDATE deliveries SET state = 'ready', attempts = 0, run_after = NULL, outcome = NULL, detail = NULL, done_at = NULL
        WHERE shop_id = $1 AND redacted_at IS NULL AND ${chosen.where}`,
      [wish.shopId, ...chosen.values],
    );
    const replayed = rowCount ?? 0;
    await writeAudit(client, wish.shopId, {
      id: world.newId(),
      at: new Date(world.now()),
      actor: wish.actor,
      action: 'replayed',
      subject: 'deliveries',
      requestKey: null,
      content: { ...wish.which, replayed },
    });
    return { replayed };
  });
}

function chosenBy(which: Replay): { readonly where: string; readonly values: string[] } | null {
  switch (which.kind) {
    case 'one':
      return isId(which.id)
        ? { where: `id = $2 AND state IN ('done', 'dead', 'waiting')`, values: [which.id] }
        : null;
    case 'range':
      return isId(which.fromId) && isId(which.toId)
        ? {
            where: `id BETWEEN $2 AND $3 AND state IN ('done', 'dead', 'waiting')`,
            values: [which.fromId, which.toId],
          }
        : null;
    case 'all-dead':
      return { where: `state = 'dead'`, values: [] };
  }
}

function isId(text: string): boolean {
  return /^\d{1,18}$/.test(text);
}
