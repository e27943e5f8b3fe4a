/**
 * Puts an older version in force again, as a new version that says the same. What members earned
 * under the versions between stays as it was. A draft without changes of its own follows.
 */
import { lockDraft, putInForce } from './publish-programme.ts';
import { validateProgramme } from '../domain/programme/validate-programme.ts';
import type { Fault } from '../domain/programme/validate-programme.ts';
import { noteOfVersionAgain } from '../domain/programme/version-again.ts';
import { readVersion, saysTheSame } from '../storage/programme/versions.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type RolledBack =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly refusal: RollBackRefusal };

export type RollBackRefusal =
  | { readonly kind: 'unknown-version' }
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] }
  | { readonly kind: 'nothing-changed' };

export async function rollBackProgramme(
  world: World,
  wish: { readonly shopId: string; readonly actor: string; readonly version: number },
): Promise<RolledBack> {
  const now = world.now();
  const at = new Date(now);
  return inTransaction(world.db(wish.shopId), async (client) => {
    const draft = await lockDraft(client, wish.shopId);
    const old = await readVersion(client, wish.shopId, wish.version);
    if (!old) return refuse({ kind: 'unknown-version' });
    // What an older Laurel published may not be what this one, or the shop's currency, allows.
    const validation = validateProgramme(old.document, draft.currency);
    if (!validation.ok) return refuse({ kind: 'invalid', faults: validation.faults });
    const { document } = validation;
    if (await saysTheSame(client, wish.shopId, document, at)) {
      return refuse({ kind: 'nothing-changed' });
    }
    const follows = await saysTheSame(client, wish.shopId, draft.document, at);
    const version = await putInForce(world, client, {
      ...wish,
      ...{ document, now, effectiveAt: now },
      note: noteOfVersionAgain(wish.version),
    });
    if (follows) {
      await client.query(
        `UPDATE programme_drafts SET document = $2, revision = revision + 1, edited_at = $3, edited_by = $4
          WHERE shop_id = $1`,
        [wish.shopId, JSON.stringify(document), at, wish.actor],
      );
    }
    return { ok: true, version };
  });
}

function refuse(refusal: RollBackRefusal): RolledBack {
  return { ok: false, refusal };
}
