/**
 * Gives a reward for nothing to many members in one transaction: members locked in their order, what there
 * is a limited number of taken together. Where there are fewer than members, those who come first in the
 * gift have them.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { Act } from './decide-members.ts';
import { doneLine, nextBatch, refusalOf } from './gift-batch.ts';
import type { Batch, LineWithMember } from './gift-batch.ts';
import { hadAtOnce, issueTo, offerOf, rewardEffects, takePieces } from './issue-rewards.ts';
import type { Issued } from './issue-rewards.ts';
import type { LineRefusal } from '../domain/gifts/gift.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { RewardOffer, ShopTerms } from '../domain/programme/terms.ts';
import { gift as emptyGift } from '../domain/rewards/gifts.ts';
import { givenNews } from '../domain/rewards/given-news.ts';
import { isAllowed } from '../domain/rewards/missing-scopes.ts';
import { wantEffects } from '../storage/effects/effects.ts';
import type { LineDone } from '../storage/gifts/gift-lines.ts';
import type { StoredGift } from '../storage/gifts/gifts.ts';
import { marketsOfMembers } from '../storage/orders/last-market.ts';
import { redemptionsByKey } from '../storage/points/redemptions.ts';
import { insertIssued } from '../storage/rewards/issued-rewards.ts';
import { freePartnerCodes } from '../storage/rewards/partner-codes.ts';
import { readStocks } from '../storage/rewards/stock.ts';
import type { World } from '../world.ts';

/** Undoes the transaction: others took of what there is a limited number of. */
class TooFew extends Error {
  readonly asked: number;
  constructor(asked: number) {
    super(`fewer than ${asked} were left`);
    this.asked = asked;
  }
}

export async function giveRewards(
  world: World,
  gift: StoredGift,
  rewardKey: string,
): Promise<void> {
  let most = Number.MAX_SAFE_INTEGER;
  for (let given = false; !given;) {
    try {
      await nextBatch(world, gift, (client, batch) =>
        giveRewardsIn(client, world, gift, { ...batch, rewardKey, most }),
      );
      given = true;
    } catch (error) {
      if (!(error instanceof TooFew)) throw error;
      most = error.asked - 1;
    }
  }
}

interface Asked extends Batch {
  readonly rewardKey: string;
  /** To so many of them. */
  readonly most: number;
}

/** Whoever was given it by this gift already has it. */
async function giveRewardsIn(
  client: pg.PoolClient,
  { newId }: Pick<World, 'newId'>,
  gift: StoredGift,
  asked: Asked,
): Promise<readonly LineDone[]> {
  const { shopId, id } = gift;
  const { theirs, members, shop, now, rewardKey } = asked;
  const ids = theirs.map((line) => line.now);
  const had = await redemptionsByKey(client, shopId, `gift:${id}`, ids);
  const refusals = new Map<LineWithMember, LineRefusal>();
  const refuse = (lines: readonly LineWithMember[], because: LineRefusal): void =>
    lines.forEach((line) => refusals.set(line, because));
  for (const line of theirs) {
    const because = refusalOf(members.get(line.now), NOBODY);
    if (because !== null) refuse([line], because);
  }
  const wanting = theirs.filter((line) => !refusals.has(line) && !had.has(line.now));
  const version = inForce(shop, now)?.version.version ?? 0;
  const offer = offerOf(shop, version, rewardKey);
  if (!offer || !isAllowed(offer.definition.kind, shop.scopes)) refuse(wanting, 'not-offered');
  else {
    const left = await piecesLeft(client, shopId, offer, Math.min(asked.most, wanting.length));
    const takers = wanting.slice(0, left);
    refuse(wanting.slice(left), 'out-of-stock');
    const markets = await marketsOf(client, shopId, shop, takers, now);
    const pinned = takers.map((line) =>
      pin(gift, line, { shop, offer, version, now, newId }, markets.get(line.now) ?? null),
    );
    const given = await book(client, shopId, asked, pinned);
    const issued = given.map((one) => one.issued);
    if (!(await takePieces(client, shopId, offer, issued))) throw new TooFew(takers.length);
    await insertIssued(client, shopId, issued, new Date(now));
    const redemptions = given.map(({ redemption }) => redemption);
    await wantEffects(client, shopId, rewardEffects(issued, redemptions), new Date(now));
    const having = new Set(redemptions.map(({ memberId }) => memberId));
    refuse(
      takers.filter((line) => !having.has(line.now)),
      'not-joined',
    );
  }
  return theirs.map((line) => doneLine(line.line, refusals.get(line) ?? null));
}

const NOBODY: ReadonlySet<string> = new Set();

/** As many as are surely not too many; whether they are there is known when they are taken. */
async function piecesLeft(
  client: pg.PoolClient,
  shopId: string,
  { key, item, definition }: RewardOffer,
  wanted: number,
): Promise<number> {
  const stock = item.stock;
  const given = stock === null ? 0 : ((await readStocks(client, shopId, [key])).get(key) ?? 0);
  const inStock = stock === null ? wanted : Math.max(0, Math.min(wanted, stock - given));
  if (definition.kind !== 'partner-code') return inStock;
  return freePartnerCodes(client, shopId, key, inStock);
}

function marketsOf(
  client: pg.PoolClient,
  shopId: string,
  shop: ShopTerms,
  lines: readonly LineWithMember[],
  now: number,
): Promise<ReadonlyMap<string, string>> {
  const markets = inForce(shop, now)?.version.document.markets ?? [];
  const ids = lines.map((line) => line.now);
  return marketsOfMembers(client, shopId, markets, ids);
}

function pin(
  { id, reason }: StoredGift,
  { now: memberId }: LineWithMember,
  about: {
    readonly shop: ShopTerms;
    readonly offer: RewardOffer;
    readonly version: number;
    readonly now: number;
    readonly newId: () => string;
  },
  market: string | null,
): Issued {
  const { shop, offer, version: programmeVersion, now, newId } = about;
  const requestKey = `gift:${id}`;
  const redemption = emptyGift({ memberId, requestKey, purpose: offer.key, now, newId });
  const issuing = { redemption, programmeVersion, origin: 'gift', note: reason, steps: 1 } as const;
  return issueTo(shop, offer, issuing, market);
}

/** @returns those of whom all that is known now says that they are members */
async function book(
  client: pg.PoolClient,
  shopId: string,
  { members, shop, now }: Batch,
  pinned: readonly Issued[],
): Promise<readonly Issued[]> {
  const byMember = new Map(pinned.map((one) => [one.redemption.memberId, one]));
  const given: Issued[] = [];
  const act: Act = (_books, _redemptions, _grace, { membership }, { memberId }) => {
    const one = byMember.get(memberId);
    if (!one || membership.state === 'not-joined') return {};
    const redemption = hadAtOnce(one);
    given.push({ ...one, redemption });
    return { redemptions: [redemption], events: givenNews(redemption, one.issued) };
  };
  const concerned = pinned.flatMap(({ redemption }) => members.get(redemption.memberId) ?? []);
  await decideMembers(
    client,
    shopId,
    shop,
    { now, at: new Date(now) },
    { members: concerned, changed: [], customers: new Map(), wholly: new Set<string>(), act },
  );
  return given;
}
