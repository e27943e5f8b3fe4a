/**
 * What is written when a reward is given: its terms are pinned, one is taken from its stock, its code
 * is made, and the outbox is asked to make it in Shopify. What Shopify has no part in is had at once.
 */
import type pg from 'pg';
import type { Decision } from '../domain/decide.ts';
import type { NewGift } from '../domain/rewards/gifts.ts';
import type { Redemption } from '../domain/points/redemption.ts';
import type { RewardOffer, ShopTerms } from '../domain/programme/terms.ts';
import { usedBy } from '../domain/rewards/definition.ts';
import { givenNews } from '../domain/rewards/given-news.ts';
import { issueReward, validUntil } from '../domain/rewards/issued.ts';
import type { RewardOrigin } from '../domain/rewards/issued.ts';
import type { RewardTerms } from '../domain/rewards/terms.ts';
import type { WantedEffect } from '../storage/effects/effects.ts';
import { marketsOfMembers } from '../storage/orders/last-market.ts';
import type { NewlyIssued } from '../storage/rewards/issued-rewards.ts';
import { newDiscountCode } from '../storage/rewards/new-codes.ts';
import { takePartnerCodes } from '../storage/rewards/partner-codes.ts';
import { putBackInStock, takeFromStock } from '../storage/rewards/stock.ts';

export interface Issuing {
  readonly redemption: Redemption;
  readonly programmeVersion: number;
  readonly origin: RewardOrigin;
  readonly note: string | null;
  readonly steps: number;
}

export interface Issued {
  readonly redemption: Redemption;
  readonly issued: NewlyIssued;
}

/** Pins what is given; nothing is written or taken yet. */
export async function issue(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  offer: RewardOffer,
  issuing: Issuing,
): Promise<Issued> {
  const { memberId } = issuing.redemption;
  const { version } = versionOf(shop, issuing.programmeVersion);
  const markets = await marketsOfMembers(client, shopId, version.document.markets, [memberId]);
  return issueTo(shop, offer, issuing, markets.get(memberId) ?? null);
}

/** @param market the member's, by which it is worth what it is */
export function issueTo(
  shop: ShopTerms,
  offer: RewardOffer,
  { redemption, ...issuing }: Issuing,
  market: string | null,
): Issued {
  const { id, reservedAt: now } = redemption;
  const one = issueReward(offer, { ...issuing, id, currency: shop.currency, market });
  const { terms } = one;
  const how = usedBy(terms);
  return {
    redemption: {
      ...redemption,
      code: how === 'order' ? newDiscountCode() : null,
      // What waits for a person does not end while it waits.
      validUntil: how === 'person' ? null : validUntil(offer, terms, now, shop.timeZone),
    },
    issued: {
      ...one,
      making: isMadeElsewhere(terms) ? 'asked' : 'made',
      refusal: null,
      isTried: false,
    },
  };
}

/**
 * Takes as many of what there is a limited number of, all for one offer. After members and budgets were
 * locked: everybody locks in that order.
 * @returns whether there were so many left; otherwise nothing was taken
 */
export async function takePieces(
  client: pg.PoolClient,
  shopId: string,
  { key, item }: RewardOffer,
  issued: readonly NewlyIssued[],
): Promise<boolean> {
  const pieces = issued.length;
  if (item.stock !== null) {
    if (!(await takeFromStock(client, shopId, key, { stock: item.stock, pieces }))) return false;
  }
  const [first] = issued;
  if (first?.terms.kind !== 'partner-code') return true;
  const ids = issued.map(({ id }) => id);
  if (await takePartnerCodes(client, shopId, first.terms.list, ids)) return true;
  if (item.stock !== null) await putBackInStock(client, shopId, key, pieces);
  return false;
}

/** What one simply has is spent in the moment in which it is given. */
export function hadAtOnce({ redemption, issued }: Issued): Redemption {
  const isHad = issued.making === 'made' && usedBy(issued.terms) === 'having';
  return isHad
    ? { ...redemption, state: 'captured', capturedAt: redemption.reservedAt }
    : redemption;
}

/** By Shopify, after this. */
export function isMadeElsewhere({ kind }: RewardTerms): boolean {
  return kind !== 'perk' && kind !== 'by-hand' && kind !== 'partner-code';
}

function versionOf(shop: ShopTerms, number: number): ShopTerms['versions'][number] {
  const found = shop.versions.find(({ version }) => version.version === number);
  if (!found) throw new Error(`The shop has no version ${number}`);
  return found;
}

/** The offer that a version of the programme made; null when it has none of that key in use. */
export function offerOf(shop: ShopTerms, version: number, rewardKey: string): RewardOffer | null {
  const terms = shop.versions.find((one) => one.version.version === version);
  return terms?.rewards.find(({ key }) => key === rewardKey) ?? null;
}

export interface GiftsIssued<Change> {
  readonly changes: readonly Change[];
  readonly issued: readonly NewlyIssued[];
}

/** Prizes that were decided: what there is none left of is noted, and not asked for again. */
export async function issueGifts<Change extends { readonly decision: Decision | null }>(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  changes: readonly Change[],
): Promise<GiftsIssued<Change>> {
  const gifts = changes
    .flatMap(({ decision }) => decision?.given ?? [])
    // Stocks are locked in the order of their keys.
    .sort((a, b) => (a.redemption.purpose < b.redemption.purpose ? -1 : 1));
  if (gifts.length === 0) return { changes, issued: [] };
  const done = new Map<string, Issued>();
  for (const gift of gifts) {
    done.set(gift.redemption.id, await issueGift(client, shopId, shop, gift));
  }
  return {
    issued: [...done.values()].map(({ issued }) => issued),
    changes: changes.map((change) =>
      change.decision && change.decision.given.length > 0
        ? { ...change, decision: withIssued(change.decision, done) }
        : change,
    ),
  };
}

/** What there was none left of is told to nobody as given. */
function withIssued(decision: Decision, done: ReadonlyMap<string, Issued>): Decision {
  const told = decision.given.flatMap(({ redemption: { id } }) => {
    const one = done.get(id);
    return one && one.issued.refusal === null ? givenNews(one.redemption, one.issued) : [];
  });
  return {
    ...decision,
    events: [...decision.events, ...told],
    redemptions: decision.redemptions.map((one) => done.get(one.id)?.redemption ?? one),
  };
}

async function issueGift(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  { redemption, programmeVersion }: NewGift,
): Promise<Issued> {
  const offer = offerOf(shop, programmeVersion, redemption.purpose);
  if (!offer) throw new Error(`Version ${programmeVersion} has no reward ${redemption.purpose}`);
  const about = { redemption, programmeVersion, origin: 'prize', note: null, steps: 1 } as const;
  const done = await issue(client, shopId, shop, offer, about);
  if (await takePieces(client, shopId, offer, [done.issued])) {
    return { ...done, redemption: hadAtOnce(done) };
  }
  const { reservedAt: releasedAt } = redemption;
  const refusal = { reason: 'out-of-stock', scope: null, message: '' };
  return {
    redemption: { ...redemption, state: 'released', releasedAt, ending: 'refused' },
    issued: { ...done.issued, counts: false, making: 'refused', refusal },
  };
}

/** What the outbox is asked for: new rewards are made, and those that are to end are ended. */
export function rewardEffects(
  issued: readonly NewlyIssued[],
  redemptions: readonly Redemption[],
): readonly WantedEffect[] {
  const byId = new Map(redemptions.map((redemption) => [redemption.id, redemption]));
  return [
    ...issued
      .filter(({ making }) => making === 'asked')
      .map(({ id }) => rewardEffect('make-reward', id, byId.get(id)?.memberId ?? null)),
    ...redemptions
      .filter(({ state, ending }) => state === 'reserved' && ending !== null)
      .map(({ id, memberId }) => rewardEffect('end-reward', id, memberId)),
  ];
}

export function rewardEffect(
  kind: 'make-reward' | 'end-reward' | 'check-reward' | 'make-codes',
  redemptionId: string,
  memberId: string | null,
): WantedEffect {
  return { key: `${kind}:${redemptionId}`, kind, memberId, payload: { redemptionId } };
}
