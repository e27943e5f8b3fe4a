/** Rewards for one shopper: what they can have, or why not yet, and what they hold. */
import { stepsOf, offerRefusal, standingRefusal } from '../domain/rewards/offer-refusal.ts';
import type { OfferRefusal, Standing, StandingRefusal } from '../domain/rewards/offer-refusal.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ProgrammeTerms, RewardOffer, ShopTerms } from '../domain/programme/terms.ts';
import { isAllowed } from '../domain/rewards/missing-scopes.ts';
import { heldReward, heldRewards, shownReward } from '../domain/storefront/rewards.ts';
import type { HeldReward, ShownReward } from '../domain/storefront/rewards.ts';
import { marketsOfMembers } from '../storage/orders/last-market.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import {
  readMemberRewards,
  readShopper,
  readShopperReward,
} from '../storage/rewards/member-rewards.ts';
import type { MemberReward, Shopper } from '../storage/rewards/member-rewards.ts';
import { withPartnerCodes } from '../storage/rewards/partner-codes.ts';
import { readStocks } from '../storage/rewards/stock.ts';
import { outsideSegments } from '../storage/segments/outside-segments.ts';
import { giftCardPlace, partnerCodePlace, SealFault } from '../storage/sealing.ts';
import type { World } from '../world.ts';

export type WhyNot =
  | { readonly kind: 'signed-out' }
  | { readonly kind: 'not-a-member' }
  | { readonly kind: 'out-of-stock' }
  | OfferRefusal
  | StandingRefusal;

export interface RewardForShopper extends ShownReward {
  /** Null when it can be had now, at least once its points. */
  readonly why: WhyNot | null;
}

export interface OwnReward extends HeldReward {
  /** The code of a gift card or of a partner: its owner's alone. */
  readonly secret: string | null;
}

export interface StorefrontRewards {
  readonly word: { readonly one: string; readonly other: string };
  readonly currency: string;
  readonly timeZone: string;
  /** What can be spent, less what is owed; null for who is no member. */
  readonly points: number | null;
  readonly rewards: readonly RewardForShopper[];
  readonly held: readonly OwnReward[];
}

const NOWHERE: ReadonlySet<string> = new Set();
const NO_WORD = { one: '', other: '' };

/** @param customerId from the signed query: the caller's own; null for a guest */
export async function storefrontRewards(
  world: World,
  shopId: string,
  customerId: string | null,
): Promise<StorefrontRewards> {
  const pool = world.db(shopId);
  const now = world.now();
  const shop = await readShopTerms(pool, shopId, termsMemoryOf(pool));
  const { currency, timeZone } = shop;
  const terms = inForce(shop, now);
  const shopper = await activeShopper(world, shopId, customerId);
  const kept = shopper ? await readMemberRewards(pool, shopId, [shopper.memberId]) : [];
  const secrets = new Map(kept.map((one) => [one.id, one]));
  const isMember = shopper !== null && shopper.membership !== 'not-joined';
  return {
    ...{ word: terms?.version.document.word ?? NO_WORD, currency, timeZone },
    points: isMember ? shopper.available - shopper.debt : null,
    rewards: terms ? await offersFor(world, shopId, shop, terms, shopper) : [],
    held: heldRewards(kept, { now, timeZone }).map((held) => ({
      ...held,
      secret: opened(world, shopId, secrets.get(held.id)),
    })),
  };
}

/** How the shop speaks of points and days. */
export type Speech = Pick<StorefrontRewards, 'word' | 'timeZone'>;

export function speechOf(shop: ShopTerms, now: number): Speech {
  const word = inForce(shop, now)?.version.document.word ?? NO_WORD;
  return { word, timeZone: shop.timeZone };
}

export async function rewardSpeech(world: World, shopId: string): Promise<Speech> {
  const pool = world.db(shopId);
  return speechOf(await readShopTerms(pool, shopId, termsMemoryOf(pool)), world.now());
}

/** One that the shopper holds, whatever became of it; null where it is none of theirs. */
export async function storefrontReward(
  world: World,
  { shopId, customerId }: { readonly shopId: string; readonly customerId: string },
  redemptionId: string,
  timeZone: string,
): Promise<OwnReward | null> {
  const kept = await readShopperReward(world.db(shopId), shopId, customerId, redemptionId);
  if (!kept) return null;
  return { ...heldReward(kept, timeZone), secret: opened(world, shopId, kept) };
}

async function activeShopper(
  world: World,
  shopId: string,
  customerId: string | null,
): Promise<Shopper | null> {
  if (customerId === null) return null;
  const shopper = await readShopper(world.db(shopId), shopId, customerId);
  return shopper?.state === 'active' ? shopper : null;
}

async function offersFor(
  world: World,
  shopId: string,
  shop: ShopTerms,
  terms: ProgrammeTerms,
  shopper: Shopper | null,
): Promise<readonly RewardForShopper[]> {
  const pool = world.db(shopId);
  const now = world.now();
  const offers = terms.rewards.filter(
    ({ item, endsAt }) =>
      item.forPoints && (endsAt === null || endsAt > now) && isAllowed(item.kind, shop.scopes),
  );
  const keysOf = (some: readonly RewardOffer[]): string[] => some.map(({ key }) => key);
  const listed = offers.filter(({ definition }) => definition.kind === 'partner-code');
  const [given, withCodes, outside, markets] = await Promise.all([
    readStocks(pool, shopId, keysOf(offers.filter(({ item }) => item.stock !== null))),
    withPartnerCodes(pool, shopId, keysOf(listed)),
    shopper ? outsideSegments(pool, shopId, shopper.memberId, offers, new Date(now)) : NOWHERE,
    marketsOfMembers(
      pool,
      shopId,
      terms.version.document.markets,
      shopper ? [shopper.memberId] : [],
    ),
  ]);
  const market = (shopper && markets.get(shopper.memberId)) ?? null;
  const isGone = (offer: RewardOffer): boolean =>
    (offer.item.stock !== null && (given.get(offer.key) ?? 0) >= offer.item.stock) ||
    (listed.includes(offer) && !withCodes.has(offer.key));
  return offers.map((offer) => ({
    ...shownReward(offer, terms, { currency: shop.currency, market }),
    why: whyNot(offer, shopper && { ...shopper, outside }, isGone(offer), {
      ...{ now, timeZone: shop.timeZone },
    }),
  }));
}

function whyNot(
  offer: RewardOffer,
  shopper: (Shopper & Pick<Standing, 'outside'>) | null,
  isGone: boolean,
  moment: { readonly now: number; readonly timeZone: string },
): WhyNot | null {
  const { least } = stepsOf(offer);
  const untimely = offerRefusal(offer, least, moment.now);
  if (untimely) return untimely;
  if (isGone) return { kind: 'out-of-stock' };
  if (!shopper) return { kind: 'signed-out' };
  if (shopper.membership === 'not-joined') return { kind: 'not-a-member' };
  return standingRefusal(offer, offer.item.points * least, shopper, moment);
}

function opened(world: World, shopId: string, kept: MemberReward | undefined): string | null {
  if (!kept || kept.secret === null || kept.state !== 'captured') return null;
  const isListed = kept.terms.kind === 'partner-code';
  const place = isListed ? partnerCodePlace(shopId, kept.key) : giftCardPlace(shopId, kept.id);
  try {
    return world.sealer.open(kept.secret, place);
  } catch (fault) {
    if (!(fault instanceof SealFault)) throw fault;
    const about = { shopId, redemptionId: kept.id, reason: fault.message };
    world.log.error(about, 'the code of a reward could not be opened');
    return null;
  }
}
