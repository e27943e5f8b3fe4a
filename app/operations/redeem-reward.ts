/**
 * A member spends points on a reward. The same request is carried out once, however often it is sent;
 * the member's row is the lock, so requests at the same time spend a balance once. Whatever is refused
 * leaves nothing behind: neither points nor a piece of a stock.
 */
import type pg from 'pg';
import { askConditions } from './ask-conditions.ts';
import { staffLine } from './change-redemption.ts';
import type { ChangeWish } from './change-redemption.ts';
import { decideMembers } from './decide-members.ts';
import type { Act } from './decide-members.ts';
import { hadAtOnce, issue, offerOf, rewardEffects, takePieces } from './issue-rewards.ts';
import type { Issued } from './issue-rewards.ts';
import { reserve } from '../domain/points/redemption.ts';
import type { Redemption } from '../domain/points/redemption.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { RewardOffer, ShopTerms } from '../domain/programme/terms.ts';
import { usedBy } from '../domain/rewards/definition.ts';
import { gift } from '../domain/rewards/gifts.ts';
import { givenNews } from '../domain/rewards/given-news.ts';
import type { RewardOrigin } from '../domain/rewards/issued.ts';
import { isAllowed } from '../domain/rewards/missing-scopes.ts';
import { offerRefusal, standingRefusal } from '../domain/rewards/offer-refusal.ts';
import type { OfferRefusal, StandingRefusal } from '../domain/rewards/offer-refusal.ts';
import { writeAudit } from '../storage/audit/write-audit.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readRedemptions } from '../storage/points/redemptions.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { insertIssued } from '../storage/rewards/issued-rewards.ts';
import type { StoredReward } from '../storage/rewards/issued-rewards.ts';
import { inTransaction, together } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const LONGEST_KEY = 200;

/** For so long whoever asked may make the reward themself; then the outbox does. */
export const PROMPT_MS = 60_000;

export interface RewardWish {
  readonly shopId: string;
  readonly memberId: string;
  readonly rewardKey: string;
  /** The same key of a member is the same redemption. */
  readonly requestKey: string;
  /** How many times its points, where the member may choose; 1 otherwise. */
  readonly steps: number;
  /** The caller makes it at once, and the outbox only if the caller does not. */
  readonly prompt: boolean;
}

export interface FreeWish extends Omit<RewardWish, 'steps' | 'prompt'> {
  readonly origin: Exclude<RewardOrigin, 'points' | 'prize'>;
  /** What an agent wrote; at most 500 characters are kept. */
  readonly note?: string;
  readonly audit?: ChangeWish['audit'];
}

/** What Shopify needs to know of a reward, as it was reserved. */
export type ReservedReward = Pick<
  StoredReward,
  'id' | 'memberId' | 'customerId' | 'name' | 'terms' | 'code' | 'givenAt' | 'validUntil'
>;

/** To be made in Shopify. */
export interface AskedReward {
  readonly reward: ReservedReward;
  readonly timeZone: string;
  /** That Shopify is asked is noted already: whoever takes this over looks first. */
  readonly isTried: boolean;
}

export type RewardAnswer =
  | {
      readonly ok: true;
      readonly redemption: Redemption;
      readonly already: boolean;
      /** Null where there is nothing to be made, or another call was the one that asked for it. */
      readonly asked: AskedReward | null;
      readonly shop: ShopTerms;
    }
  | { readonly ok: false; readonly refusal: RewardRefusal };

export type RewardRefusal =
  | { readonly kind: 'unknown-member' }
  | { readonly kind: 'member-gone' }
  | { readonly kind: 'not-a-member' }
  | { readonly kind: 'bad-request' }
  | { readonly kind: 'unknown-reward' }
  /** The merchant has not allowed Laurel to make it. */
  | { readonly kind: 'needs-permission' }
  | OfferRefusal
  | StandingRefusal
  | { readonly kind: 'out-of-stock' }
  /** The key was used for another wish: that one stands, and this one is not carried out. */
  | { readonly kind: 'key-used-otherwise' };

/** Undoes the transaction, and becomes the answer. */
class Declined extends Error {
  readonly refusal: RewardRefusal;
  constructor(refusal: RewardRefusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

export async function redeemReward(world: World, wish: RewardWish): Promise<RewardAnswer> {
  return carryOut(world, { ...wish, origin: 'points', note: null });
}

/** Given for nothing: by an agent, for a referral, as a gift. Stock counts; limits and audience do not. */
export async function giveReward(world: World, wish: FreeWish): Promise<RewardAnswer> {
  const note = wish.note?.trim().slice(0, 500) ?? '';
  return carryOut(world, { ...wish, steps: 1, prompt: false, note: note === '' ? null : note });
}

interface Wish extends Omit<RewardWish, 'prompt'> {
  readonly prompt: boolean;
  readonly origin: RewardOrigin;
  readonly note: string | null;
  readonly audit?: ChangeWish['audit'];
}

async function carryOut(world: World, wish: Wish): Promise<RewardAnswer> {
  const { shopId, memberId, requestKey, rewardKey, steps } = wish;
  const isReadable =
    requestKey !== '' && requestKey.length <= LONGEST_KEY && rewardKey.length <= LONGEST_KEY;
  // Keys of prizes are the engine's own.
  if (!isReadable || requestKey.startsWith('prize:') || !Number.isSafeInteger(steps) || steps < 1) {
    return { ok: false, refusal: { kind: 'bad-request' } };
  }
  if (!isUuid(memberId)) return { ok: false, refusal: { kind: 'unknown-member' } };
  try {
    const give = async (client: pg.PoolClient): Promise<RewardAnswer> => {
      // The statements after the lock wait for it, and see what was done under it before.
      const [members, redemptions, shop] = await together([
        lockMembers(client, shopId, [memberId]),
        readRedemptions(client, shopId, [memberId]),
        readShopTerms(client, shopId, termsMemoryOf(world.db(shopId))),
      ]);
      const member = members.get(memberId);
      if (!member) throw new Declined({ kind: 'unknown-member' });
      return giveTo(client, world, wish, { member, redemptions, shop });
    };
    return await inTransaction(world.db(shopId), give, { reads: true });
  } catch (error) {
    if (error instanceof Declined) return { ok: false, refusal: error.refusal };
    throw error;
  }
}

async function giveTo(
  client: pg.PoolClient,
  world: World,
  wish: Wish,
  { member: found, redemptions, shop }: Locked,
): Promise<RewardAnswer> {
  const { shopId, requestKey, rewardKey, steps } = wish;
  const now = world.now();
  const known = redemptions.get(found.id) ?? [];
  const same = known.find((redemption) => redemption.requestKey === requestKey);
  const terms = inForce(shop, now);
  const version = terms?.version.version ?? 0;
  const offer = offerOf(shop, version, rewardKey);
  const cost = wish.origin === 'points' ? (offer?.item.points ?? 0) * steps : 0;
  if (same) {
    if (!isSameWish(shop, wish, same)) throw new Declined({ kind: 'key-used-otherwise' });
    return { ok: true, redemption: same, already: true, asked: null, shop };
  }
  if (found.state !== 'active') throw new Declined({ kind: 'member-gone' });
  if (!offer) throw new Declined({ kind: 'unknown-reward' });
  if (!isAllowed(offer.definition.kind, shop.scopes)) {
    throw new Declined({ kind: 'needs-permission' });
  }
  const untimely = wish.origin === 'points' ? offerRefusal(offer, steps, now) : null;
  if (untimely) throw new Declined(untimely);
  const wanted = wish.origin === 'points' ? [offer] : [];
  const { member, outside } = await askConditions(client, shopId, shop, found, wanted, now);
  const empty = gift({
    ...{ memberId: member.id, requestKey, purpose: rewardKey, now, newId: world.newId },
  });
  const done = await issue(client, shopId, shop, offer, {
    ...{ redemption: empty, programmeVersion: version, steps },
    ...{ origin: wish.origin, note: wish.note },
  });
  let redemption = done.redemption;
  const act: Act = (books, redemptions, _grace, decision) => {
    if (decision.membership.state === 'not-joined') throw new Declined({ kind: 'not-a-member' });
    if (wish.origin === 'points') {
      const standing = {
        ...{ tierKey: decision.stand?.rung?.key ?? null, tags: member.tags, spent: redemptions },
        ...{ available: books.available, debt: books.debt, outside },
      };
      const { timeZone } = shop;
      const because = standingRefusal(offer, cost, standing, { now, timeZone });
      if (because) throw new Declined(because);
    }
    const reserved = reserve(books, { ...done.redemption, points: cost }, now);
    redemption = hadAtOnce({ ...done, redemption: reserved });
    return { redemptions: [redemption], events: givenNews(redemption, done.issued) };
  };
  // What is found again by its code may be asked for as soon as this is committed.
  const isAsked = done.issued.making === 'asked';
  const isTried = wish.prompt && isAsked && usedBy(done.issued.terms) === 'order';
  const giving = { ...done, issued: { ...done.issued, isTried } };
  const about = {
    shop,
    offer,
    member,
    done: giving,
    act,
    ...(member === found && { redemptions }),
  };
  await write(client, wish, about, { now, newId: world.newId });
  const reward = reservedReward(member, redemption, done.issued);
  const { timeZone } = shop;
  return {
    ...{ ok: true, redemption, already: false, shop },
    asked: isAsked ? { reward, timeZone, isTried } : null,
  };
}

interface Locked {
  readonly member: StoredMember;
  readonly redemptions: ReadonlyMap<string, readonly Redemption[]>;
  readonly shop: ShopTerms;
}

function reservedReward(
  { customerId }: StoredMember,
  { id, memberId, code, validUntil, reservedAt: givenAt }: Redemption,
  { name, terms }: Issued['issued'],
): ReservedReward {
  return { id, memberId, customerId, name, terms, code, givenAt, validUntil };
}

/** By the price of any version: it may have changed since the wish was first carried out. */
function isSameWish(
  shop: ShopTerms,
  { origin, rewardKey, steps }: Wish,
  { purpose, points }: Redemption,
): boolean {
  if (purpose !== rewardKey || origin !== 'points') return purpose === rewardKey && points === 0;
  return shop.versions.some(({ version }) => {
    const item = version.document.rewards.find(({ key }) => key === rewardKey);
    return item !== undefined && item.points * steps === points;
  });
}

interface Written extends Pick<Locked, 'member' | 'shop'>, Partial<Pick<Locked, 'redemptions'>> {
  readonly offer: RewardOffer;
  readonly done: Issued;
  readonly act: Act;
}

async function write(
  client: pg.PoolClient,
  { shopId, prompt, audit }: Wish,
  { shop, offer, member, done, act, ...read }: Written,
  { now, newId }: { readonly now: number; readonly newId: () => string },
): Promise<void> {
  const moment = { now, at: new Date(now) };
  const due = new Date(prompt ? now + PROMPT_MS : now);
  const effects = rewardEffects([done.issued], [done.redemption]);
  const also = async (): Promise<void> => {
    if (!(await takePieces(client, shopId, offer, [done.issued]))) {
      throw new Declined({ kind: 'out-of-stock' });
    }
    await together([
      insertIssued(client, shopId, [done.issued], moment.at),
      wantEffects(client, shopId, effects, due),
    ]);
  };
  await decideMembers(client, shopId, shop, moment, {
    ...{ changed: [], customers: new Map(), wholly: new Set<string>(), members: [member], act },
    ...{ ...read, also },
  });
  if (audit) {
    await writeAudit(client, shopId, staffLine(audit, member.id, { id: newId(), at: moment.at }));
  }
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text);
}
