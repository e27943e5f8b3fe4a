/**
 * An agent merges two members of one person, or looks first what would come of it. The look is the
 * merge itself, of which nothing is kept.
 */
import { lockBoth, merge } from './merge-members.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import type { MergeRecord } from '../storage/members/merges.ts';
import { termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction, isContention } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export interface MergeWish {
  readonly shopId: string;
  readonly keptId: string;
  readonly goneId: string;
}

export type MergeRefusal =
  | { readonly kind: 'same-member' }
  | { readonly kind: 'unknown-member' }
  | { readonly kind: 'member-gone' }
  | { readonly kind: 'no-reason' };

export interface MergeFigures {
  readonly customerId: string | null;
  readonly name: string | null;
  readonly available: number;
  readonly pending: number;
  readonly debt: number;
  readonly tierKey: string | null;
}

export interface MergePreview {
  readonly kept: MergeFigures;
  readonly gone: MergeFigures;
  readonly after: MergeFigures;
  readonly orders: number;
  /** Bonuses that both have, of which one stays: by their source and rule, with the points taken back. */
  readonly once: readonly { readonly kind: string; readonly id: string; readonly points: number }[];
}

export type Previewed =
  | { readonly ok: true; readonly preview: MergePreview }
  | { readonly ok: false; readonly refusal: MergeRefusal };
export type MergedByHand =
  { readonly ok: true } | { readonly ok: false; readonly refusal: MergeRefusal };

const MOST_TURNS = 5;

export async function previewMerge(world: World, wish: MergeWish): Promise<Previewed> {
  const nothingKept = new NothingKept();
  try {
    return await inTransaction(world.db(wish.shopId), async (client) => {
      const both = whyNot(wish) ?? (await lockBoth(client, wish.shopId, wish.keptId, wish.goneId));
      if (!both) return { ok: false, refusal: { kind: 'member-gone' } };
      if ('kind' in both) return { ok: false, refusal: both };
      const by = { by: 'preview', reason: '' };
      const record = await merge(client, wish.shopId, both, by, momentOf(world, wish.shopId));
      const after = await lockMembers(client, wish.shopId, [wish.keptId]);
      nothingKept.preview = previewOf(both, after.get(wish.keptId) ?? both.survivor, record);
      throw nothingKept;
    });
  } catch (thrown) {
    if (thrown !== nothingKept || !nothingKept.preview) throw thrown;
    return { ok: true, preview: nothingKept.preview };
  }
}

export async function mergeByHand(
  world: World,
  wish: MergeWish & { readonly reason: string; readonly actor: string },
): Promise<MergedByHand> {
  const { shopId } = wish;
  const reason = wish.reason.trim().slice(0, 500);
  const refusal = whyNot(wish) ?? (reason === '' ? ({ kind: 'no-reason' } as const) : null);
  if (refusal) return { ok: false, refusal };
  return withPatience(() =>
    inTransaction(world.db(shopId), async (client): Promise<MergedByHand> => {
      const both = await lockBoth(client, shopId, wish.keptId, wish.goneId);
      if (!both) return { ok: false, refusal: { kind: 'member-gone' } };
      const moment = momentOf(world, shopId);
      await merge(client, shopId, both, { by: wish.actor, reason }, moment);
      for (const id of [wish.keptId, wish.goneId]) {
        await writeAudit(client, shopId, {
          id: world.newId(),
          at: new Date(moment.now),
          actor: wish.actor,
          action: 'merged',
          subject: `member:${id}`,
          requestKey: null,
          // Why is kept with the merge, where it can be erased.
          content: { kept: wish.keptId, gone: wish.goneId },
        });
      }
      return { ok: true };
    }),
  );
}

export function momentOf(world: World, shopId: string) {
  return {
    ...{ now: world.now(), newId: world.newId, hashes: world.sealer.hashes },
    termsMemory: termsMemoryOf(world.db(shopId)),
  };
}

/** Others may be at the same rows: then it is done again. */
export async function withPatience<T>(work: () => Promise<T>): Promise<T> {
  for (let turn = 1; ; turn += 1) {
    try {
      return await work();
    } catch (error) {
      if (turn === MOST_TURNS || !isContention(error)) throw error;
    }
  }
}

class NothingKept extends Error {
  override name = 'NothingKept';
  preview: MergePreview | null = null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function whyNot({ keptId, goneId }: MergeWish): MergeRefusal | null {
  if (!UUID.test(keptId) || !UUID.test(goneId)) return { kind: 'unknown-member' };
  return keptId === goneId ? { kind: 'same-member' } : null;
}

function previewOf(
  { survivor, leaver }: { readonly survivor: StoredMember; readonly leaver: StoredMember },
  after: StoredMember,
  record: MergeRecord,
): MergePreview {
  return {
    kept: figuresOf(survivor),
    gone: figuresOf(leaver),
    after: figuresOf(after),
    orders: record.orders.length,
    once: record.once.map((row) => ({
      kind: String(row['source_kind']),
      id: String(row['source_id']),
      points: Number(row['posted']) - Number(row['expired']),
    })),
  };
}

function figuresOf(member: StoredMember): MergeFigures {
  const { customerId, name, email, available, pending, debt, tierKey } = member;
  return { customerId, name: name ?? email, available, pending, debt, tierKey };
}
