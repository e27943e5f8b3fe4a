/** Somebody of the staff gives a member a freeze of a streak: with a reason, once for each request. */
import { decideNow, freezeStreak, roomRefusal, standingIn, streakNow } from './freeze-streak.ts';
import type { Freezing, FreezeRefusal } from './freeze-streak.ts';
import type { Decision } from '../domain/decide.ts';
import type { StreakTerms } from '../domain/streaks/streak-terms.ts';
import { isAudited, writeAudit } from '../storage/audit/write-audit.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export interface GiveFreezeWish {
  readonly shopId: string;
  readonly memberId: string;
  readonly streak: string;
  /** From now on; or from when the streak ended, which then goes on. */
  readonly from: 'now' | 'its-end';
  readonly reason: string;
  readonly note: string;
  readonly actor: string;
  /** The same key is carried out once, however often it is sent. */
  readonly requestKey: string;
}

export type GivenFreeze =
  { readonly ok: true } | { readonly ok: false; readonly refusal: GiveFreezeRefusal };

export type GiveFreezeRefusal =
  | FreezeRefusal
  | { readonly kind: 'unknown-member' | 'member-gone' | 'no-reason' }
  /** It did not end in the last 31 days. */
  | { readonly kind: 'not-over' };

/** Undoes the transaction, and becomes the answer. */
class Declined extends Error {
  readonly refusal: GiveFreezeRefusal;
  constructor(refusal: GiveFreezeRefusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function giveFreeze(world: World, wish: GiveFreezeWish): Promise<GivenFreeze> {
  if (wish.reason.trim() === '') return { ok: false, refusal: { kind: 'no-reason' } };
  if (!UUID.test(wish.memberId)) return { ok: false, refusal: { kind: 'unknown-member' } };
  try {
    await giveUnderLock(world, wish);
    return { ok: true };
  } catch (error) {
    if (error instanceof Declined) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

async function giveUnderLock(world: World, wish: GiveFreezeWish): Promise<void> {
  const { shopId, memberId, actor } = wish;
  const now = world.now();
  await inTransaction(world.db(shopId), async (client) => {
    const member = (await lockMembers(client, shopId, [memberId])).get(memberId);
    if (!member) throw new Declined({ kind: 'unknown-member' });
    const requestKey = `freeze-given:${memberId}:${wish.requestKey}`;
    if (await isAudited(client, shopId, requestKey)) return;
    if (member.state !== 'active') throw new Declined({ kind: 'member-gone' });
    const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
    const freezing: Freezing = { client, shopId, shop, member, now };
    const streak = streakNow(freezing, wish.streak);
    if ('kind' in streak) throw new Declined(streak);
    const from = await countsFrom(freezing, streak, wish.from);
    const id = world.newId();
    await freezeStreak(freezing, streak, { id, from });
    await writeAudit(client, shopId, {
      ...{ id, at: new Date(now), actor, requestKey },
      ...{ action: 'freeze-given', subject: `member:${memberId}` },
      content: {
        ...{ streak: streak.key, from: new Date(from).toISOString() },
        reason: wish.reason.trim().slice(0, 100),
      },
      words: { memberId, text: wish.note.trim().slice(0, 500) },
    });
  });
}

async function countsFrom(
  freezing: Freezing,
  streak: StreakTerms,
  from: GiveFreezeWish['from'],
): Promise<number> {
  const { now } = freezing;
  let moment = now;
  await decideNow(freezing, (_books, _redemptions, _grace, decision) => {
    if (decision.membership.outside(now) !== null) throw new Declined({ kind: 'not-a-member' });
    if (from === 'its-end') {
      if (streak.freezes.most === 0) throw new Declined({ kind: 'no-room', most: 0 });
      moment = endOf(decision, streak);
      return {};
    }
    const standing = standingIn(decision, streak);
    if (standing.now === 0) throw new Declined({ kind: 'no-streak' });
    const full = roomRefusal(streak, standing);
    if (full) throw new Declined(full);
    return {};
  });
  return moment;
}

/** The last moment of the period in which it ended: a freeze that is held then bridges it. */
function endOf({ events }: Decision, { key }: StreakTerms): number {
  const ends = events
    .filter(({ kind, content }) => kind === 'streak-broken' && content['streak'] === key)
    .map(({ at }) => at);
  if (ends.length === 0) throw new Declined({ kind: 'not-over' });
  return Math.max(...ends) - 1;
}
