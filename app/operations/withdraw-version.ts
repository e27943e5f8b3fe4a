/** Takes a version back that was published for a later moment, as long as that has not come. */
import { lockDraft } from './publish-programme.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { readVersion, withdrawVersion as markWithdrawn } from '../storage/programme/versions.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type Withdrawn =
  | { readonly ok: true }
  | { readonly ok: false; readonly refusal: { readonly kind: 'unknown-version' | 'in-force' } };

export async function withdrawVersion(
  world: World,
  wish: { readonly shopId: string; readonly actor: string; readonly version: number },
): Promise<Withdrawn> {
  const at = new Date(world.now());
  return inTransaction(world.db(wish.shopId), async (client) => {
    await lockDraft(client, wish.shopId);
    const known = await readVersion(client, wish.shopId, wish.version);
    if (!known) return { ok: false, refusal: { kind: 'unknown-version' } };
    if (known.withdrawn) return { ok: true };
    if (known.effectiveAt <= at.getTime()) return { ok: false, refusal: { kind: 'in-force' } };
    await markWithdrawn(client, wish.shopId, wish.version, { at, actor: wish.actor });
    await writeAudit(client, wish.shopId, {
      id: world.newId(),
      at,
      actor: wish.actor,
      action: 'withdrawn',
      subject: `programme:${wish.version}`,
      requestKey: null,
      content: { version: wish.version },
    });
    return { ok: true };
  });
}
