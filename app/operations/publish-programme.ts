/**
 * Makes a document the programme: an immutable version, in force from now on or from a later moment.
 * Every member is then looked at again in the background, because tiers, badges and challenges may
 * have moved.
 */
import type pg from 'pg';
import type { ProgrammeDocument } from '../domain/programme/document.ts';
import { keepableText } from '../domain/programme/keepable.ts';
import { validateProgramme } from '../domain/programme/validate-programme.ts';
import type { Fault } from '../domain/programme/validate-programme.ts';
import { DAY } from '../domain/time/shop-time.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { addVersion, saysTheSame } from '../storage/programme/versions.ts';
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
  | { readonly kind: 'nothing-changed' }
  | { readonly kind: 'bad-moment' };

export interface PublishWish {
  readonly shopId: string;
  readonly actor: string;
  readonly revision: number;
  readonly note: string;
  /** From when on it is in force; at once when left out. */
  readonly effectiveAt?: number | null;
}

/** Nobody plans further ahead; a year that was mistyped does. */
const LATEST = 5 * 366 * DAY;

export async function publishProgramme(world: World, wish: PublishWish): Promise<Published> {
  const now = world.now();
  const effectiveAt = wish.effectiveAt ?? now;
  if (!Number.isSafeInteger(effectiveAt) || effectiveAt < now || effectiveAt > now + LATEST) {
    return refuse({ kind: 'bad-moment' });
  }
  return inTransaction(world.db(wish.shopId), async (client) => {
    const draft = await lockDraft(client, wish.shopId);
    if (draft.revision !== wish.revision) {
      return refuse({
        kind: 'edited-by-another',
        by: draft.editedBy,
        at: draft.editedAt,
        revision: draft.revision,
      });
    }
    const validation = validateProgramme(draft.document, draft.currency);
    if (!validation.ok) return refuse({ kind: 'invalid', faults: validation.faults });
    const { document } = validation;
    if (await saysTheSame(client, wish.shopId, document, new Date(effectiveAt))) {
      return refuse({ kind: 'nothing-changed' });
    }
    const version = await putInForce(world, client, { ...wish, document, effectiveAt, now });
    return { ok: true, version };
  });
}

export interface LockedDraft {
  readonly document: unknown;
  readonly revision: number;
  readonly editedBy: string;
  readonly editedAt: number;
  readonly currency: string;
}

/** The draft's row is the lock under which versions are numbered. */
export async function lockDraft(client: pg.PoolClient, shopId: string): Promise<LockedDraft> {
  const { rows } = await client.query<{
    document: unknown;
    revision: number;
    edited_by: string;
    edited_at: Date;
    currency: string;
  }>(
    `SELECT d.document, d.revision, d.edited_by, d.edited_at, s.currency
      FROM programme_drafts d JOIN shops s ON s.id = d.shop_id WHERE d.shop_id = $1 FOR UPDATE OF d`,
    [shopId],
  );
  const [draft] = rows;
  if (!draft) throw new Error(`Shop ${shopId} has no draft`);
  return {
    document: draft.document,
    revision: draft.revision,
    editedBy: draft.edited_by,
    editedAt: draft.edited_at.getTime(),
    currency: draft.currency,
  };
}

/** Writes the version, and asks for everything that follows from it at its moment. */
export async function putInForce(
  world: World,
  client: pg.PoolClient,
  published: {
    readonly shopId: string;
    readonly actor: string;
    readonly note: string;
    readonly document: ProgrammeDocument;
    readonly effectiveAt: number;
    readonly now: number;
  },
): Promise<number> {
  const { shopId, actor, document, now } = published;
  const at = new Date(now);
  const effectiveAt = new Date(published.effectiveAt);
  const note = keepableText(published.note.slice(0, 500));
  const version = await addVersion(client, shopId, {
    ...{ document, effectiveAt, note },
    publishedAt: at,
    publishedBy: actor,
  });
  // A version for later has effects of its own, which wait for its moment.
  const own = effectiveAt > at ? `:${version}` : '';
  await wantEffects(
    client,
    shopId,
    ['mirror-programme', 'look-at-everyone'].map((kind) => ({
      ...{ key: `${kind}${own}`, kind, memberId: null, payload: {} },
    })),
    effectiveAt,
  );
  await writeAudit(client, shopId, {
    id: world.newId(),
    at,
    actor,
    action: 'published',
    subject: `programme:${version}`,
    requestKey: null,
    content: { version, note, effectiveAt: effectiveAt.toISOString() },
  });
  return version;
}

function refuse(refusal: PublishRefusal): { readonly ok: false; readonly refusal: PublishRefusal } {
  return { ok: false, refusal };
}
