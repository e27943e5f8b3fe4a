/** Effects that were given up are tried again. */
import { writeAudit } from '../storage/audit/write-audit.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export async function retryEffects(
  world: World,
  { shopId, actor }: { readonly shopId: string; readonly actor: string },
): Promise<{ readonly retried: number }> {
  const at = new Date(world.now());
  return inTransaction(world.db(shopId), async (client) => {
    const { rowCount } = await client.query(
      `UPDATE effects SET state = 'ready', attempts = 0, run_after = $2 WHERE shop_id = $1 AND state = 'dead'`,
      [shopId, at],
    );
    const retried = rowCount ?? 0;
    await writeAudit(client, shopId, {
      id: world.newId(),
      at,
      actor,
      action: 'effects-retried',
      subject: 'effects',
      requestKey: null,
      content: { retried },
    });
    return { retried };
  });
}
