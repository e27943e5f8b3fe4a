/** Keeps what the merchant wrote, valid or not; what is not valid cannot be published and is told. */
import { keepable, tooDeep } from '../domain/programme/keepable.ts';
import { validateProgramme } from '../domain/programme/validate-programme.ts';
import type { Fault } from '../domain/programme/validate-programme.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const MOST_CHARACTERS = 512 * 1024;

export type SavedDraft =
  | { readonly ok: true; readonly revision: number; readonly faults: readonly Fault[] }
  | { readonly ok: false; readonly refusal: DraftRefusal };

export type DraftRefusal =
  | {
      readonly kind: 'edited-by-another';
      readonly by: string;
      readonly at: number;
      readonly revision: number;
    }
  | { readonly kind: 'too-large' };

export async function saveDraft(
  world: World,
  draft: {
    readonly shopId: string;
    readonly actor: string;
    /** The revision that was edited. */
    readonly revision: number;
    readonly document: unknown;
  },
): Promise<SavedDraft> {
  if (tooDeep(draft.document) !== null) return { ok: false, refusal: { kind: 'too-large' } };
  const document = keepable(draft.document ?? null);
  const text = JSON.stringify(document);
  if (text.length > MOST_CHARACTERS) return { ok: false, refusal: { kind: 'too-large' } };
  const at = new Date(world.now());
  return inTransaction(world.db(draft.shopId), async (client) => {
    const { rows } = await client.query<{
      revision: number;
      edited_by: string;
      edited_at: Date;
      currency: string;
    }>(
      `SELECT d.revision, d.edited_by, d.edited_at, s.currency FROM programme_drafts d
        JOIN shops s ON s.id = d.shop_id WHERE d.shop_id = $1 FOR UPDATE OF d`,
      [draft.shopId],
    );
    const known = rows[0];
    if (!known) throw new Error(`Shop ${draft.shopId} has no draft`);
    if (known.revision !== draft.revision) {
      return {
        ok: false,
        refusal: {
          kind: 'edited-by-another',
          by: known.edited_by,
          at: known.edited_at.getTime(),
          revision: known.revision,
        },
      };
    }
    await client.query(
      `UPDATE programme_drafts SET document = $2, revision = revision + 1, edited_at = $3, edited_by = $4
        WHERE shop_id = $1`,
      [draft.shopId, text, at, draft.actor],
    );
    const validation = validateProgramme(document, known.currency);
    return {
      ok: true,
      revision: known.revision + 1,
      faults: validation.ok ? [] : validation.faults,
    };
  });
}
