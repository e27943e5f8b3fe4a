/**
 * Makes the draft the programme: an immutable version, in force from now on. Every member is then
 * looked at again in the background, because tiers, badges and challenges may have moved.
 */
import { validateProgramme } from '../domain/programme/validate-programme.ts';
import type { Fault } from '../domain/programme/validate-programme.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type Published =
  | { readonly ok: true; readonly version: number }
  | { readonly ok: false; readonly refusal: PublishRefusal };

export type PublishRefusal =
  | { readonly kind: 'invalid'; readonly faults: readonly Fault[] }
  | {
      readonly kind: 'edited-by-another';
      readonly by: string;
      readonly at: number;
      readonly revision: number;
    }
  | { readonly kind: 'nothing-changed' };

export async function publishProgramme(
  world: World,
  wish: {
    readonly shopId: string;
    readonly actor: string;
    readonly revision: number;
    readonly note: string;
  },
): Promise<Published> {
  const at = new Date(world.now());
  return inTransaction(world.db(wish.shopId), async (client) => {
    const { rows } = await client.query<{
      document: unknown;
      revision: number;
      edited_by: string;
      edited_at: Date;
      currency: string;
      same: boolean;
      version: number;
    }>(
      `SELECT d.document, d.revision, d.edited_by, d.edited_at, s.currency,
          coalesce(v.document = d.document, false) AS same, coalesce(v.version, 0) AS version
        FROM programme_drafts d JOIN shops s ON s.id = d.shop_id
        LEFT JOIN LATERAL (SELECT version, document FROM programme_versions
          WHERE shop_id = $1 ORDER BY version DESC LIMIT 1) v ON true
        WHERE d.shop_id = $1 FOR UPDATE OF d`,
      [wish.shopId],
    );
    const draft = rows[0];
    if (!draft) throw new Error(`Shop ${wish.shopId} has no draft`);
    if (draft.revision !== wish.revision) {
      return refuse({
        kind: 'edited-by-another',
        by: draft.edited_by,
        at: draft.edited_at.getTime(),
        revision: draft.revision,
      });
    }
    const validation = validateProgramme(draft.document, draft.currency);
    if (!validation.ok) return refuse({ kind: 'invalid', faults: validation.faults });
    if (draft.same) return refuse({ kind: 'nothing-changed' });

    const version = draft.version + 1;
    await client.query(
      `INSERT INTO programme_versions (shop_id, version, document, effective_at, published_at, published_by, note)
        VALUES ($1, $2, $3, $4, $4, $5, $6)`,
      [
        wish.shopId,
        version,
        JSON.stringify(validation.document),
        at,
        wish.actor,
        wish.note.slice(0, 500),
      ],
    );
    await wantEffects(
      client,
      wish.shopId,
      [
        { key: 'mirror-programme', kind: 'mirror-programme', memberId: null, payload: {} },
        { key: 'look-at-everyone', kind: 'look-at-everyone', memberId: null, payload: {} },
      ],
      at,
    );
    await writeAudit(client, wish.shopId, {
      id: world.newId(),
      at,
      actor: wish.actor,
      action: 'published',
      subject: `programme:${version}`,
      requestKey: null,
      content: { version, note: wish.note.slice(0, 500) },
    });
    return { ok: true, version };
  });
}

function refuse(refusal: PublishRefusal): Published {
  return { ok: false, refusal };
}
