/** An agent undoes a merge within thirty days: each gets back what is theirs by now. */
import type pg from 'pg';
import { decideAnew } from './merge-members.ts';
import { momentOf, withPatience } from './merge-by-hand.ts';
import { unmerge } from '../domain/members/unmerge.ts';
import type { Award } from '../domain/points/awards.ts';
import { booksOf, earn, sourceKey } from '../domain/points/books.ts';
import { addDays } from '../domain/time/shop-time.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { heldBy } from '../storage/campaigns/budgets.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { lockMerge, lockOrdersOf, markUndone, spentSince } from '../storage/members/merges.ts';
import type { Merge, MergeRecord } from '../storage/members/merges.ts';
import { heldNow, moveBack, ordersOfTheGone } from '../storage/members/move-back.ts';
import { readAwards, readOpenLots, writeMemberChanges } from '../storage/points/member-books.ts';
import { readShopTerms } from '../storage/programme/shop-terms.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export const UNDO_DAYS = 30;

export type Undone =
  | { readonly ok: true; readonly spent: number }
  | { readonly ok: false; readonly refusal: UndoRefusal };

export type UndoRefusal =
  | { readonly kind: 'unknown-merge' }
  | { readonly kind: 'already-undone' }
  | { readonly kind: 'too-late'; readonly until: number }
  /** The survivor was merged into somebody else: that merge is undone first. */
  | { readonly kind: 'merged-again' }
  | { readonly kind: 'erased' };

interface UndoWish {
  readonly shopId: string;
  readonly mergeId: string;
  readonly actor: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function undoMerge(world: World, wish: UndoWish): Promise<Undone> {
  if (!UUID.test(wish.mergeId)) return { ok: false, refusal: { kind: 'unknown-merge' } };
  return withPatience(() =>
    inTransaction(world.db(wish.shopId), (client) => undo(client, world, wish)),
  );
}

async function undo(client: pg.PoolClient, world: World, wish: UndoWish): Promise<Undone> {
  const { shopId, mergeId } = wish;
  const moment = momentOf(world, shopId);
  const merge = await lockMerge(client, shopId, mergeId);
  if (!merge) return { ok: false, refusal: { kind: 'unknown-merge' } };
  await lockOrdersOf(client, shopId, [merge.kept, merge.gone]);
  const members = await lockMembers(client, shopId, [merge.kept, merge.gone]);
  const [kept, gone] = [members.get(merge.kept), members.get(merge.gone)];
  const { timeZone } = await readShopTerms(client, shopId, moment.termsMemory);
  const until = addDays(merge.at, UNDO_DAYS, timeZone);
  const refusal = whyNot(merge, kept, gone, moment.now > until ? until : null);
  if (refusal || !merge.record || !kept || !gone) {
    return { ok: false, refusal: refusal ?? { kind: 'erased' } };
  }
  // From here on it must succeed.
  const spent = await part(
    client,
    shopId,
    { ...merge, record: merge.record },
    kept,
    gone,
    moment.now,
  );
  const drawn = heldBy(merge.record.once, 'come');
  await decideAnew(client, shopId, [kept.id, gone.id], moment, drawn);
  const at = new Date(moment.now);
  await markUndone(client, shopId, mergeId, at, wish.actor);
  for (const { id } of [kept, gone]) {
    await writeAudit(client, shopId, {
      id: world.newId(),
      at,
      actor: wish.actor,
      action: 'merge-undone',
      subject: `member:${id}`,
      requestKey: null,
      content: { kept: kept.id, gone: gone.id, spent },
    });
  }
  return { ok: true, spent };
}

function whyNot(
  merge: Merge,
  kept: StoredMember | undefined,
  gone: StoredMember | undefined,
  tooLate: number | null,
): UndoRefusal | null {
  if (merge.undoneAt !== null) return { kind: 'already-undone' };
  if (!merge.record || kept?.state === 'redacted' || gone?.state !== 'merged') {
    return { kind: 'erased' };
  }
  if (tooLate !== null) return { kind: 'too-late', until: tooLate };
  return kept?.state === 'merged' ? { kind: 'merged-again' } : null;
}

/** @returns how many points of the one who comes back were spent and stay spent */
async function part(
  client: pg.PoolClient,
  shopId: string,
  merge: Merge & { readonly record: MergeRecord },
  kept: StoredMember,
  gone: StoredMember,
  now: number,
): Promise<number> {
  const { record } = merge;
  const lots = (await readOpenLots(client, shopId, [kept.id])).get(kept.id) ?? [];
  // Shopify merged them since, the other way round: what its customer buys is the survivor's.
  const isOfBoth = kept.customerId === record.customerId;
  const own = isOfBoth ? { ...record, customerId: null } : record;
  const orderIds = await ordersOfTheGone(client, shopId, kept.id, own);
  const all = (await readAwards(client, shopId, [kept.id], [])).get(kept.id) ?? [];
  const awards = theirAwards(all, record, new Set(orderIds));
  const keys = new Set(awards.map(sourceKey));
  const came = record.awards.reduce((sum, { posted, expired }) => sum + posted - expired, 0);
  const have = awards.reduce((sum, { posted, expired }) => sum + posted - (expired ?? 0), 0);
  const held = record.redemptions.reduce((sum, { heldPoints }) => sum + heldPoints, 0);
  const returned = held - (await heldNow(client, shopId, record));
  const spentNow = (await spentSince(client, shopId, kept.id, record.keptSeq)) + returned;

  const from = booksOf({ ...kept, lots });
  const to = booksOf({ ...gone, lots: [] });
  const stay = unmerge(
    from,
    to,
    {
      mergeId: merge.id,
      net: record.net - record.twice + have - came + returned,
      spent: Math.max(0, spentNow),
      isTheirs: (lot) => record.lots.includes(lot.lot) || keys.has(sourceKey(lot)),
    },
    now,
  );
  const postedSince =
    awards.reduce((sum, { posted }) => sum + posted, 0) -
    record.awards.reduce((sum, { posted }) => sum + posted, 0);
  const earned = record.earned - record.twice + postedSince;
  from.earnedTotal -= earned;
  to.earnedTotal += earned;
  giveTwiceAgain(to, merge, now);
  const change = (books: typeof from, memberId: string) => ({ memberId, books, decision: null });
  await writeMemberChanges(
    client,
    shopId,
    [change(from, kept.id), change(to, gone.id)],
    new Date(now),
  );
  const forGood = merge.by === 'shopify' || isOfBoth;
  await moveBack(client, shopId, { ...merge, orderIds, awards, forGood });
  return stay;
}

function theirAwards(
  awards: readonly Award[],
  record: MergeRecord,
  orderIds: ReadonlySet<string>,
): readonly Award[] {
  const { made = [], came = [] } = record.referrals ?? {};
  const referred = new Set([
    ...made.map((id) => `referral ${id} advocate`),
    ...came.map((id) => `referral ${id} friend`),
  ]);
  const moved = new Set(record.awards.map(({ kind, id, rule }) => `${kind} ${id} ${rule}`));
  return awards.filter(
    (award) =>
      moved.has(sourceKey(award)) ||
      (award.sourceKind === 'order' && orderIds.has(award.sourceId)) ||
      referred.has(sourceKey(award)),
  );
}

/** What both had was kept once: now each has it. */
function giveTwiceAgain(
  books: ReturnType<typeof booksOf>,
  { id, record }: { readonly id: string; readonly record: MergeRecord },
  now: number,
): void {
  for (const row of record.once) {
    const points = Number(row['posted']) - Number(row['expired']) - Number(row['waived'] ?? 0);
    if (points <= 0) continue;
    const source = {
      sourceKind: String(row['source_kind']),
      sourceId: String(row['source_id']),
      ruleKey: String(row['rule_key']),
    };
    const movement = {
      ...source,
      key: `undo:${id}:once:${sourceKey(source)}`,
      programmeVersion: null,
      explanation: { rule: 'merge', points } as const,
      occurredAt: now,
    };
    earn(books, movement, points, { availableAt: now, now });
  }
}
