/** Reads the shop's history again. What is known already changes nothing. */
import { writeAudit } from '../storage/audit/write-audit.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type Started =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: { readonly kind: 'already-running' } };

export async function startImport(
  world: World,
  { shopId, actor }: { readonly shopId: string; readonly actor: string },
): Promise<Started> {
  const at = new Date(world.now());
  return inTransaction(world.db(shopId), async (client): Promise<Started> => {
    const { rows } = await client.query<{ state: string }>(
      `SELECT state FROM imports WHERE shop_id = $1 FOR UPDATE`,
      [shopId],
    );
    if (rows.some(({ state }) => ['wanted', 'asked', 'reading'].includes(state))) {
      return { ok: false, refusal: { kind: 'already-running' } };
    }
    await client.query(
      `INSERT INTO imports (shop_id, subject, state, started_at)
        SELECT $1, unnest(ARRAY['products', 'customers', 'orders']), 'wanted', $2
        ON CONFLICT (shop_id, subject) DO UPDATE SET state = 'wanted', bulk_operation_gid = NULL, found = 0,
          taken_in = 0, started_at = EXCLUDED.started_at, finished_at = NULL, detail = NULL`,
      [shopId, at],
    );
    await writeAudit(client, shopId, {
      id: world.newId(),
      at,
      actor,
      action: 'import-started',
      subject: 'imports',
      requestKey: null,
      content: {},
    });
    return { ok: true };
  });
}
