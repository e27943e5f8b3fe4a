/** Puts the set-up checklist away for the whole shop. The audit remembers it, so it stays away. */
import { isAudited, writeAudit } from '../storage/audit/write-audit.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

/** The request key under which the audit remembers it. */
const SET_UP_DISMISSED = 'set-up-dismissed';

export async function dismissSetUp(
  world: World,
  { shopId, actor }: { readonly shopId: string; readonly actor: string },
): Promise<void> {
  await inTransaction(world.db(shopId), async (client) => {
    // The shop's row is the lock: two clicks at once write one line.
    await client.query('SELECT 1 FROM shops WHERE id = $1 FOR UPDATE', [shopId]);
    if (await isAudited(client, shopId, SET_UP_DISMISSED)) return;
    await writeAudit(client, shopId, {
      id: world.newId(),
      at: new Date(world.now()),
      actor,
      action: 'set-up-dismissed',
      subject: 'shop',
      requestKey: SET_UP_DISMISSED,
      content: {},
    });
  });
}
