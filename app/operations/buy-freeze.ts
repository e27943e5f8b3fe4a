/**
 * A member spends points on a freeze of a streak. The points are spent for good at once; the freeze is a
 * fact of its own, under the redemption that paid for it. The same request is carried out once.
 */
import type pg from 'pg';
import { decideNow, freezeStreak, roomRefusal, standingIn, streakNow } from './freeze-streak.ts';
import type { Freezing, FreezeRefusal } from './freeze-streak.ts';
import type { SignIn } from './sign-in.ts';
import { purposeText } from '../domain/points/purpose.ts';
import { reserve } from '../domain/points/redemption.ts';
import type { Redemption } from '../domain/points/redemption.ts';
import type { ShownStreak } from '../domain/streaks/shown.ts';
import type { StreakTerms } from '../domain/streaks/streak-terms.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { readRedemptions } from '../storage/points/redemptions.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction, isContention } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const MOST_TURNS = 5;
/** Keys of a page are no keys of staff or of programs. */
const PREFIX = 'storefront:';

export type BoughtFreeze =
  | { readonly ok: true; readonly already: boolean; readonly freezes: number }
  | { readonly ok: false; readonly refusal: BuyRefusal };

export type BuyRefusal =
  | FreezeRefusal
  | { readonly kind: 'not-for-sale' }
  /** The key was used for another wish: that one stands, and this one is not carried out. */
  | { readonly kind: 'key-used-otherwise' }
  | { readonly kind: 'owes'; readonly debt: number }
  | { readonly kind: 'not-enough'; readonly available: number; readonly wanted: number };

/** Undoes the transaction, and becomes the answer. */
class Declined extends Error {
  readonly refusal: BuyRefusal;
  constructor(refusal: BuyRefusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

export async function buyFreeze(
  world: World,
  { shopId, customerId }: SignIn,
  wish: { readonly streak: string; readonly key: string },
): Promise<BoughtFreeze> {
  const visitor = await readVisitor(world.db(shopId), shopId, customerId);
  if (!visitor) return { ok: false, refusal: { kind: 'not-a-member' } };
  for (let turn = 1; ; turn += 1) {
    try {
      return await inTransaction(world.db(shopId), (client) =>
        buyUnderLock(client, world, { ...wish, shopId, memberId: visitor.memberId }),
      );
    } catch (error) {
      if (error instanceof Declined) return { ok: false, refusal: error.refusal };
      if (turn === MOST_TURNS || !isContention(error)) throw error;
    }
  }
}

async function buyUnderLock(
  client: pg.PoolClient,
  world: World,
  wish: {
    readonly shopId: string;
    readonly memberId: string;
    readonly streak: string;
    readonly key: string;
  },
): Promise<BoughtFreeze> {
  const { shopId, memberId } = wish;
  const now = world.now();
  const member = (await lockMembers(client, shopId, [memberId])).get(memberId);
  if (member?.state !== 'active') throw new Declined({ kind: 'not-a-member' });
  const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
  const freezing: Freezing = { client, shopId, shop, member, now };
  const requestKey = PREFIX + wish.key;
  const purpose = purposeText({ of: 'freeze', key: wish.streak });
  const known = (await readRedemptions(client, shopId, [memberId])).get(memberId) ?? [];
  const same = known.find((redemption) => redemption.requestKey === requestKey);
  if (same && same.purpose !== purpose) throw new Declined({ kind: 'key-used-otherwise' });
  const streak = streakNow(freezing, wish.streak);
  if (same) {
    const freezes = 'kind' in streak ? 0 : await heldNow(freezing, streak);
    return { ok: true, already: true, freezes };
  }
  if ('kind' in streak) throw new Declined(streak);
  const asked = { id: world.newId(), memberId, requestKey, purpose };
  await pay(freezing, streak, asked);
  const { freezes } = await freezeStreak(freezing, streak, { id: asked.id, from: now });
  return { ok: true, already: false, freezes };
}

/** By what is right now: the books and the streak are brought to date first. */
async function pay(
  freezing: Freezing,
  streak: StreakTerms,
  asked: Pick<Redemption, 'id' | 'memberId' | 'requestKey' | 'purpose'>,
): Promise<void> {
  const { now } = freezing;
  const { cost } = streak.freezes;
  await decideNow(freezing, (books, _redemptions, _grace, decision) => {
    if (decision.membership.outside(now) !== null) throw new Declined({ kind: 'not-a-member' });
    if (cost === null) throw new Declined({ kind: 'not-for-sale' });
    const standing = standingIn(decision, streak);
    if (standing.now === 0) throw new Declined({ kind: 'no-streak' });
    const full = roomRefusal(streak, standing);
    if (full) throw new Declined(full);
    const { available, debt } = books;
    if (debt > 0) throw new Declined({ kind: 'owes', debt });
    if (available < cost) throw new Declined({ kind: 'not-enough', available, wanted: cost });
    // From here on it must succeed.
    const redemption = reserve(
      books,
      { ...asked, points: cost, code: null, validUntil: null },
      now,
    );
    return { redemptions: [{ ...redemption, state: 'captured', capturedAt: now }] };
  });
}

async function heldNow(freezing: Freezing, streak: StreakTerms): Promise<number> {
  const found: ShownStreak[] = [];
  await decideNow(freezing, (_books, _redemptions, _grace, decision) => {
    found.push(standingIn(decision, streak));
    return {};
  });
  return found[0]?.freezes ?? 0;
}
