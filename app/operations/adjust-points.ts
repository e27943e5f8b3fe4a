/** Support gives or takes points by hand, with a reason, once for each request. */
import { give, booksOf, spend } from '../domain/points/books.ts';
import type { Movement } from '../domain/points/books.ts';
import type { Explanation } from '../domain/points/explanation.ts';
import { mirrorMember } from './decide-members.ts';
import { isAudited, writeAudit } from '../storage/audit/write-audit.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import type { WantedEffect } from '../storage/effects/effects.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import { readOpenLots, writeMemberChanges } from '../storage/points/member-books.ts';
import { writeAdjustmentAward } from '../storage/points/adjustment-award.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const MOST_POINTS = 10_000_000;

export type Adjusted =
  | {
      readonly ok: true;
      readonly points: number;
      readonly available: number;
      readonly debt: number;
    }
  | { readonly ok: false; readonly refusal: AdjustRefusal };

export type AdjustRefusal =
  | { readonly kind: 'unknown-member' }
  | { readonly kind: 'member-gone' }
  | { readonly kind: 'bad-points' }
  | { readonly kind: 'no-reason' }
  | { readonly kind: 'not-enough'; readonly available: number; readonly wanted: number };

export interface Adjustment {
  readonly shopId: string;
  readonly memberId: string;
  /** Positive gives, negative takes. */
  readonly points: number;
  readonly reason: string;
  readonly note: string;
  readonly actor: string;
  /** The same key is carried out once, however often it is sent. */
  readonly requestKey: string;
  readonly allowDebt: boolean;
  readonly countsForTier: boolean;
}

export async function adjustPoints(world: World, wish: Adjustment): Promise<Adjusted> {
  const { points } = wish;
  if (!Number.isSafeInteger(points) || points === 0 || Math.abs(points) > MOST_POINTS) {
    return refuse({ kind: 'bad-points' });
  }
  if (wish.reason.trim() === '') return refuse({ kind: 'no-reason' });
  if (!isUuid(wish.memberId)) return refuse({ kind: 'unknown-member' });

  const now = world.now();
  const at = new Date(now);
  return inTransaction(world.db(wish.shopId), async (client) => {
    const member = (await lockMembers(client, wish.shopId, [wish.memberId])).get(wish.memberId);
    if (!member) return refuse({ kind: 'unknown-member' });
    const requestKey = `adjust:${wish.memberId}:${wish.requestKey}`;
    if (await isAudited(client, wish.shopId, requestKey)) {
      return { ok: true, points, available: member.available, debt: member.debt };
    }
    const refusal = whyNot(wish, member);
    if (refusal) return refuse(refusal);
    // From here on it must succeed.
    const lots = await readOpenLots(client, wish.shopId, [member.id]);
    const books = booksOf({ ...member, lots: lots.get(member.id) ?? [] });
    const movement = movementOf(wish, now);
    if (points > 0) give(books, movement, 'adjust', 'adjusted', points, now);
    else spend(books, movement, 'adjust', 'adjusted', -points, wish.allowDebt);
    await writeMemberChanges(
      client,
      wish.shopId,
      [{ memberId: member.id, books, decision: null }],
      at,
    );
    await writeAdjustmentAward(client, wish.shopId, member.id, {
      movement,
      points,
      qualifies: wish.countsForTier,
      at,
    });
    await writeAudit(client, wish.shopId, {
      id: world.newId(),
      at,
      actor: wish.actor,
      action: 'adjusted',
      subject: `member:${wish.memberId}`,
      requestKey,
      content: { points, reason: wish.reason, note: wish.note.slice(0, 500) },
    });
    const effects: WantedEffect[] = [mirrorMember(member.id)];
    if (wish.countsForTier) effects.push(lookAtMember(member.id));
    await wantEffects(client, wish.shopId, effects, at);
    return { ok: true, points, available: books.available, debt: books.debt };
  });
}

/** The engine looks at the member again; its tier may have moved. */
function lookAtMember(memberId: string): WantedEffect {
  return { key: `look-at-member:${memberId}`, kind: 'look-at-member', memberId, payload: {} };
}

function whyNot(
  wish: Adjustment,
  member: { readonly state: string; readonly available: number },
): AdjustRefusal | null {
  if (member.state !== 'active') return { kind: 'member-gone' };
  if (wish.points < 0 && !wish.allowDebt && member.available < -wish.points) {
    return { kind: 'not-enough', available: member.available, wanted: -wish.points };
  }
  return null;
}

function movementOf(wish: Adjustment, now: number): Movement {
  const explanation: Explanation = {
    rule: 'adjustment',
    reason: wish.reason.trim().slice(0, 100),
    note: wish.note.trim().slice(0, 500),
    points: wish.points,
  };
  return {
    key: `adjustment:${wish.requestKey}`,
    sourceKind: 'adjustment',
    sourceId: wish.requestKey,
    ruleKey: 'adjustment',
    programmeVersion: null,
    explanation,
    occurredAt: now,
  };
}

function refuse(refusal: AdjustRefusal): Adjusted {
  return { ok: false, refusal };
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
