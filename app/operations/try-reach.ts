/**
 * Who would have a badge, or have completed a challenge, of a draft as it is typed: one batch of members,
 * decided by the engine as if the draft had always been in force. Reads only; the page asks for batch
 * after batch, and whoever goes away ends it.
 */
import type pg from 'pg';
import { proposeChanges } from './decide-members.ts';
import { NOBODY_YET, whole } from './try-draft.ts';
import { asIfBegun } from '../domain/back-test/as-if-begun.ts';
import { EMPTY_REACH_TALLY, reachTallied, shareOf } from '../domain/back-test/reach-tally.ts';
import type { ReachTally } from '../domain/back-test/reach-tally.ts';
import { draftDocument } from '../domain/programme/draft.ts';
import type { ProgrammeDocument } from '../domain/programme/document.ts';
import { termsOf } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { validateProgramme } from '../domain/programme/validate-programme.ts';
import type { Fault } from '../domain/programme/validate-programme.ts';
import type { ProgressRow } from '../domain/reaches/rows.ts';
import { readMembersAfter } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readPlaces } from '../storage/memberships/places.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inSnapshot } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const BATCH = 200;

export interface ReachWish {
  readonly shopId: string;
  readonly list: 'badges' | 'challenges';
  readonly key: string;
  /** As it is typed. */
  readonly document: unknown;
  /** The last member of the batch before; null at the beginning. */
  readonly after: string | null;
  /** One moment for the whole of it, so that all members are looked at on one day. */
  readonly now: number;
}

export type TriedReach =
  | {
      readonly ok: true;
      readonly tally: ReachTally;
      /** Null when there are no more. */
      readonly cursor: string | null;
    }
  | {
      readonly ok: false;
      readonly refusal:
        | { readonly kind: 'unreadable' | 'unknown' | 'switched-off' }
        | { readonly kind: 'invalid'; readonly faults: readonly Fault[] };
    };

export async function tryReach(world: World, wish: ReachWish): Promise<TriedReach> {
  const { shopId, list, key, now } = wish;
  const pool = world.db(shopId);
  const shop = await readShopTerms(pool, shopId, termsMemoryOf(pool));
  const read = readDraft(wish, shop.currency);
  if (!read.ok) return read;
  const document = list === 'challenges' ? asIfBegun(read.document, key, now) : read.document;
  const terms = termsOf({ version: 1, effectiveAt: 0, document }, shop.currency);
  return inSnapshot(pool, (client) => tryBatch(client, { ...shop, versions: [terms] }, wish));
}

type ReadDraft =
  | { readonly ok: true; readonly document: ProgrammeDocument }
  | Extract<TriedReach, { readonly ok: false }>;

/** Only what is asked about must be without faults: what else is half typed does nothing meanwhile. */
function readDraft({ list, key, document }: ReachWish, currency: string): ReadDraft {
  const draft = draftDocument.safeParse(document);
  if (!draft.success) return { ok: false, refusal: { kind: 'unreadable' } };
  const index = draft.data[list].findIndex((one) => one.key === key);
  const item = draft.data[list][index];
  if (!item) return { ok: false, refusal: { kind: 'unknown' } };
  if (!item.enabled) return { ok: false, refusal: { kind: 'switched-off' } };
  const validation = validateProgramme(document, currency);
  if (validation.ok) return { ok: true, document: validation.document };
  const place = `${list}.${index}`;
  const faults = validation.faults.filter((one) => `${one.place}.`.startsWith(`${place}.`));
  if (faults.length > 0) return { ok: false, refusal: { kind: 'invalid', faults } };
  return { ok: true, document: draft.data as ProgrammeDocument };
}

async function tryBatch(
  client: pg.PoolClient,
  shop: ShopTerms,
  { shopId, list, key, after, now }: ReachWish,
): Promise<TriedReach> {
  const members = await readMembersAfter(client, shopId, after ?? NOBODY_YET, BATCH);
  const joined = members.filter(
    ({ state, membership }) => state === 'active' && membership === 'joined',
  );
  const changes = await proposeChanges(
    client,
    shopId,
    shop,
    () => now,
    { members: joined, changed: [], customers: new Map<string, never>(), wholly: new Set() },
    { budgets: whole, places: readPlaces },
  );
  const rows = new Map(
    changes.map(({ memberId, decision }) => [memberId, rowOf(decision?.progress ?? [], list, key)]),
  );
  const tally = joined
    .map((member) => tallyOf(member, rows.get(member.id) ?? null))
    .reduce(reachTallied, EMPTY_REACH_TALLY);
  const cursor = members.length < BATCH ? null : (members.at(-1)?.id ?? null);
  return { ok: true, tally, cursor };
}

/** Of what comes again, the newest round of which something is known. */
function rowOf(
  rows: readonly ProgressRow[],
  list: ReachWish['list'],
  key: string,
): ProgressRow | null {
  const name = `${list === 'badges' ? 'badge' : 'challenge'}:${key}`;
  const own = rows.filter((row) => row.key === name || row.key.startsWith(`${name}@`));
  return own.toSorted((a, b) => (a.key < b.key ? -1 : 1)).at(-1) ?? null;
}

function tallyOf({ id: memberId, name, email }: StoredMember, row: ProgressRow | null): ReachTally {
  const share = shareOf(row);
  return {
    members: 1,
    shares: { ...EMPTY_REACH_TALLY.shares, [share]: 1 },
    examples:
      row && share === 'done' ? [{ memberId, name, email, have: row.have, need: row.need }] : [],
  };
}
