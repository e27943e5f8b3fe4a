/** Support gives or takes points by hand, with a reason, once for each request. */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { Acted } from './decide-members.ts';
import type { Award } from '../domain/points/awards.ts';
import { give, spend } from '../domain/points/books.ts';
import type { Books, Movement } from '../domain/points/books.ts';
import type { Explanation } from '../domain/points/explanation.ts';
import { readAudited, writeAudit } from '../storage/audit/write-audit.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
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
  | { readonly kind: 'not-joined' }
  | { readonly kind: 'bad-points' }
  | { readonly kind: 'no-reason' }
  /** The key was used for other points: those stand, and these are not booked. */
  | { readonly kind: 'key-used-otherwise'; readonly points: number }
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

type Audited = Adjustment & { readonly auditId: string };

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
    const booked = await readAudited(client, wish.shopId, requestKey);
    if (booked) {
      const before = Number(booked['points']);
      return before === points
        ? { ok: true, points, available: member.available, debt: member.debt }
        : refuse({ kind: 'key-used-otherwise', points: before });
    }
    if (member.state !== 'active') return refuse({ kind: 'member-gone' });
    if (member.membership === 'not-joined') return refuse({ kind: 'not-joined' });
    const auditId = world.newId();
    const moved = await moveByHand(client, world, { ...wish, auditId }, member, now);
    if (moved.refusal) return refuse(moved.refusal);
    await writeAudit(client, wish.shopId, {
      id: auditId,
      at,
      actor: wish.actor,
      action: 'adjusted',
      subject: `member:${wish.memberId}`,
      requestKey,
      content: { points, reason: wish.reason.trim().slice(0, 100) },
      words: { memberId: wish.memberId, text: wish.note.trim().slice(0, 500) },
    });
    return { ok: true, points, available: moved.available, debt: moved.debt };
  });
}

/**
 * The books are brought to date first, so that what has expired is not there to be taken; afterwards
 * the member is decided again: an adjustment can count for the tier, and what is due next may change.
 */
async function moveByHand(
  client: pg.PoolClient,
  world: World,
  wish: Audited,
  member: StoredMember,
  now: number,
): Promise<{ available: number; debt: number; refusal: AdjustRefusal | null }> {
  const { shopId, points } = wish;
  const after = { available: 0, debt: 0, refusal: null as AdjustRefusal | null };
  const act = (books: Books): Acted => {
    const { available } = books;
    if (points < 0 && !wish.allowDebt && available < -points) {
      after.refusal = { kind: 'not-enough', available, wanted: -points };
      return {};
    }
    const movement = movementOf(wish, now);
    if (points > 0) give(books, movement, 'adjust', 'adjusted', points, now);
    else spend(books, movement, 'adjust', 'adjusted', -points, wish.allowDebt);
    after.available = books.available;
    after.debt = books.debt;
    return { awards: [awardOf(movement, points, wish.countsForTier)] };
  };
  const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
  const members = [member];
  const nothing = { changed: [], customers: new Map(), wholly: new Set<string>() };
  const moment = { now, at: new Date(now) };
  await decideMembers(client, shopId, shop, moment, { ...nothing, members, act });
  return after;
}

/** An adjustment is an award, too: ladders that climb by points count it when the agent says so. */
function awardOf(movement: Movement, points: number, qualifies: boolean): Award {
  const { sourceKind, sourceId, ruleKey, explanation, occurredAt } = movement;
  return {
    ...{ sourceKind, sourceId, ruleKey, explanation, occurredAt, qualifies },
    programmeVersion: 0,
    tierKey: null,
    posted: points,
    steps: [['earn', points, occurredAt]],
    corrections: 0,
    availableAt: occurredAt,
  };
}

function movementOf(wish: Audited, now: number): Movement {
  const explanation: Explanation = {
    rule: 'adjustment',
    reason: wish.reason.trim().slice(0, 100),
    // Entries stay for ever: what was written stands with the audit's line, and can be erased.
    note: '',
    ...(wish.note.trim() !== '' && { audit: wish.auditId }),
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
