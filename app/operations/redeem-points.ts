/**
 * Reserves points for a reward. The same request of a member is carried out once, however often it is
 * sent; the member's row is the lock, so requests at the same time spend a balance once.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { Acted } from './decide-members.ts';
import type { Books } from '../domain/points/books.ts';
import { reserve } from '../domain/points/redemption.ts';
import type { Redemption } from '../domain/points/redemption.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { isRedemptionCode, readRedemptions } from '../storage/points/redemptions.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const MOST_POINTS = 1_000_000_000;
const LONGEST_KEY = 200;

export interface RedemptionWish {
  readonly shopId: string;
  readonly memberId: string;
  /** The same key is the same redemption. */
  readonly requestKey: string;
  readonly points: number;
  /** What the points are for, e.g. the key of a reward; at most 200 characters. */
  readonly purpose: string;
  /** The discount code by which an order will use it, where there is one already. */
  readonly code: string | null;
}

export type Redeemed =
  | { readonly ok: true; readonly redemption: Redemption }
  | { readonly ok: false; readonly refusal: RedeemRefusal };

export type RedeemRefusal =
  | { readonly kind: 'unknown-member' }
  | { readonly kind: 'member-gone' }
  | { readonly kind: 'bad-points' }
  | { readonly kind: 'bad-request' }
  /** The key was used for another wish: that one stands, and this one is not carried out. */
  | { readonly kind: 'key-used-otherwise'; readonly redemption: Redemption }
  | { readonly kind: 'code-used' }
  | { readonly kind: 'owes'; readonly debt: number }
  | { readonly kind: 'not-enough'; readonly available: number; readonly wanted: number };

export async function redeemPoints(world: World, wish: RedemptionWish): Promise<Redeemed> {
  const { points, requestKey, purpose } = wish;
  if (!Number.isSafeInteger(points) || points <= 0 || points > MOST_POINTS) {
    return refuse({ kind: 'bad-points' });
  }
  if (requestKey === '' || requestKey.length > LONGEST_KEY || purpose.length > LONGEST_KEY) {
    return refuse({ kind: 'bad-request' });
  }
  if (!isUuid(wish.memberId)) return refuse({ kind: 'unknown-member' });
  const id = world.newId();
  const now = world.now();
  return inTransaction(world.db(wish.shopId), async (client) => {
    const member = (await lockMembers(client, wish.shopId, [wish.memberId])).get(wish.memberId);
    if (!member) return refuse({ kind: 'unknown-member' });
    const known = await sameRequest(client, wish);
    if (known) {
      const same = known.points === points && known.purpose === purpose;
      return same
        ? { ok: true, redemption: known }
        : refuse({ kind: 'key-used-otherwise', redemption: known });
    }
    if (member.state !== 'active') return refuse({ kind: 'member-gone' });
    if (wish.code !== null && (await isRedemptionCode(client, wish.shopId, wish.code))) {
      return refuse({ kind: 'code-used' });
    }
    return spendOn(client, world, wish, id, member, now);
  });
}

async function sameRequest(
  client: pg.PoolClient,
  { shopId, memberId, requestKey }: RedemptionWish,
): Promise<Redemption | null> {
  const known = (await readRedemptions(client, shopId, [memberId])).get(memberId) ?? [];
  return known.find((redemption) => redemption.requestKey === requestKey) ?? null;
}

/** What has expired by now is not there to be spent: the books are brought to date first. */
async function spendOn(
  client: pg.PoolClient,
  world: World,
  wish: RedemptionWish,
  id: string,
  member: StoredMember,
  now: number,
): Promise<Redeemed> {
  const { shopId, points, requestKey, purpose, code } = wish;
  let answer: Redeemed = refuse({ kind: 'not-enough', available: 0, wanted: points });
  const act = (books: Books): Acted => {
    const { available, debt } = books;
    if (debt > 0) {
      answer = refuse({ kind: 'owes', debt });
      return {};
    }
    if (available < points) {
      answer = refuse({ kind: 'not-enough', available, wanted: points });
      return {};
    }
    const asked = { id, memberId: member.id, requestKey, purpose, points, code, validUntil: null };
    const redemption = reserve(books, asked, now);
    answer = { ok: true, redemption };
    return { redemptions: [redemption] };
  };
  const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
  const nothing = { changed: [], customers: new Map(), wholly: new Set<string>() };
  const moment = { now, at: new Date(now) };
  await decideMembers(client, shopId, shop, moment, { ...nothing, members: [member], act });
  return answer;
}

function refuse(refusal: RedeemRefusal): Redeemed {
  return { ok: false, refusal };
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
