/**
 * A member plays a game of chance, or takes a ticket of a giveaway. One transaction under the member's lock:
 * the way in is used up, the draw is made and written, and the engine pays what it gave. The same request is
 * the same play.
 */
import type pg from 'pg';
import { decideMembers } from './decide-members.ts';
import type { Act } from './decide-members.ts';
import { drawFor } from './draw-prize.ts';
import type { Shopper } from './tell-activity.ts';
import { outsideOf } from '../domain/earning/audience.ts';
import type { AudienceReason } from '../domain/earning/audience.ts';
import { ordersIn } from '../domain/decide-games.ts';
import { epochAt, runsAt } from '../domain/games/game.ts';
import type { Epoch, GameTerms } from '../domain/games/game.ts';
import { permitted } from '../domain/games/legal.ts';
import type { Permitted } from '../domain/games/legal.ts';
import { epochOfTickets, ticketsKey } from '../domain/games/order-tickets.ts';
import { ageConfirmed, playActivity, playsOf } from '../domain/games/plays.ts';
import type { Play, Route } from '../domain/games/plays.ts';
import { chooseWay, waysIn } from '../domain/games/ways-in.ts';
import type { Way, WayRefusal } from '../domain/games/ways-in.ts';
import { boreTag } from '../domain/members/tags.ts';
import { purposeText } from '../domain/points/purpose.ts';
import { reserve } from '../domain/points/redemption.ts';
import { inForce } from '../domain/programme/terms.ts';
import type { ShopTerms } from '../domain/programme/terms.ts';
import { readActivities, writeActivities } from '../storage/activities/activities.ts';
import { lastCountry } from '../storage/games/draws.ts';
import { holdOpen, openEpoch } from '../storage/games/epochs.ts';
import { lockMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction, isContention, MetOthers } from '../storage/transaction.ts';
import type { World } from '../world.ts';

const MOST_TURNS = 5;

export interface PlayWish {
  readonly game: string;
  /** Made by the page for one press of the button. */
  readonly key: string;
  /** By the shopper's browser: part of what is signed by the seed. */
  readonly chosen: string;
  /** The way in, where the shopper chose one. */
  readonly route: Route | null;
  /** The commitment that the shopper saw, where their page tells it. */
  readonly commit: string | null;
  /** What the page says of where the shopper is. */
  readonly country: string | null;
}

export type PlayAnswer =
  | { readonly ok: true; readonly already: boolean; readonly play: Play }
  | { readonly ok: false; readonly refusal: PlayRefusal };

export type PlayRefusal =
  | { readonly kind: 'not-running' | 'not-a-member' | 'unknown-game' | 'key-used-otherwise' }
  | { readonly kind: 'not-now'; readonly startsAt: number | null; readonly endsAt: number | null }
  | { readonly kind: 'not-here' }
  | { readonly kind: 'age-needed'; readonly age: number }
  | { readonly kind: 'not-for-you'; readonly because: AudienceReason }
  /** Another seed serves by now: its hash is to be seen first. */
  | { readonly kind: 'commit-changed'; readonly commit: string }
  | WayRefusal;

/** Undoes the transaction, and becomes the answer. */
class Declined extends Error {
  readonly refusal: PlayRefusal;
  constructor(refusal: PlayRefusal) {
    super(refusal.kind);
    this.refusal = refusal;
  }
}

export async function playGame(
  world: World,
  { shopId, customerId }: Shopper,
  wish: PlayWish,
): Promise<PlayAnswer> {
  const visitor = await readVisitor(world.db(shopId), shopId, customerId);
  if (!visitor) return { ok: false, refusal: { kind: 'not-a-member' } };
  for (let turn = 1; ; turn += 1) {
    try {
      return await inTransaction(world.db(shopId), (client) =>
        playUnderLock(client, world, shopId, visitor.memberId, wish),
      );
    } catch (error) {
      if (error instanceof Declined) return { ok: false, refusal: error.refusal };
      if (turn === MOST_TURNS || !isContention(error)) throw error;
    }
  }
}

async function playUnderLock(
  client: pg.PoolClient,
  world: World,
  shopId: string,
  memberId: string,
  wish: PlayWish,
): Promise<PlayAnswer> {
  const now = world.now();
  const member = (await lockMembers(client, shopId, [memberId])).get(memberId);
  if (member?.state !== 'active') throw new Declined({ kind: 'not-a-member' });
  const activities = (await readActivities(client, shopId, [memberId])).get(memberId) ?? [];
  const plays = playsOf(activities);
  const same = plays.find(({ requestKey, as }) => as !== 'win' && requestKey === wish.key);
  if (same && same.game !== wish.game) throw new Declined({ kind: 'key-used-otherwise' });
  if (same) return { ok: true, already: true, play: same };
  const shop = await readShopTerms(client, shopId, termsMemoryOf(world.db(shopId)));
  const game = gameNow(shop, wish.game, now);
  const version = inForce(shop, now)?.version.version ?? 0;
  const known = [wish.country, await lastCountry(client, shopId, memberId)];
  const allowed = allowedTo(game, known, ageConfirmed(activities));
  const epoch = epochAt(game, now, shop.timeZone);
  const { commit } = await openEpoch(
    client,
    world.sealer,
    { shopId, game: game.key, epoch: epoch.name },
    { endsAt: epoch.endsAt, at: new Date(now) },
  );
  if (wish.commit !== null && wish.commit !== commit) {
    throw new Declined({ kind: 'commit-changed', commit });
  }
  const id = world.newId();
  const playing = { shopId, shop, game, version, now, epoch, id, member };
  const way = await payFor(client, playing, plays, allowed, wish.route);
  const play: Play = {
    ...{ id, at: now, game: game.key, epoch: epoch.name, route: way.route, ref: way.ref },
    as: game.definition.draws === 'at-once' ? 'draw' : 'ticket',
    ...{ place: way.place, version, prize: null, requestKey: wish.key },
  };
  const made =
    play.as === 'draw'
      ? await drawFor(client, world, { ...playing, play, chosen: wish.chosen })
      : await takeTicket(client, playing, play);
  return { ok: true, already: false, play: made };
}

function gameNow(shop: ShopTerms, key: string, now: number): GameTerms {
  const terms = inForce(shop, now);
  if (!terms) throw new Declined({ kind: 'not-running' });
  const game = terms.games.find((one) => one.key === key);
  if (!game) throw new Declined({ kind: 'unknown-game' });
  const { startsAt, endsAt } = game;
  if (!runsAt(game, now)) throw new Declined({ kind: 'not-now', startsAt, endsAt });
  return game;
}

function allowedTo(
  game: GameTerms,
  countries: readonly (string | null)[],
  confirmed: number,
): Permitted {
  const allowed = permitted(game.item, countries);
  if (allowed.off) throw new Declined({ kind: 'not-here' });
  if (allowed.age !== null && confirmed < allowed.age) {
    throw new Declined({ kind: 'age-needed', age: allowed.age });
  }
  return allowed;
}

export interface Playing {
  readonly shopId: string;
  readonly shop: ShopTerms;
  readonly game: GameTerms;
  readonly version: number;
  readonly now: number;
  readonly epoch: Epoch;
  /** Of the play. */
  readonly id: string;
  readonly member: StoredMember;
}

/**
 * Chooses the way in by what is right now: the books are brought to date first. Points are gone before the
 * draw is made, so that no prize ever pays for its own play.
 */
async function payFor(
  client: pg.PoolClient,
  { shopId, shop, game, now, epoch, id, member }: Playing,
  plays: readonly Play[],
  allowed: Permitted,
  wished: Route | null,
): Promise<Way> {
  const chosen: Way[] = [];
  const key = ticketsKey({
    game: game.key,
    epoch: epochOfTickets(game, shop.timeZone, now),
  });
  const act: Act = (books, _redemptions, _grace, decision) => {
    if (decision.membership.outside(now) !== null) throw new Declined({ kind: 'not-a-member' });
    const tierKey = decision.stand?.rung?.key ?? null;
    const because = outsideOf(game.item.audience, {
      tierKey: () => tierKey,
      hasTag: (tag) => boreTag(member.tags, tag, now),
    });
    if (because) throw new Declined({ kind: 'not-for-you', because });
    const { available, debt } = books;
    const counted = decision.tickets?.find((row) => row.key === key)?.counted ?? [];
    const player = { plays, orders: ordersIn(counted), tierKey, available, debt };
    const ways = waysIn(game, player, { now, zone: shop.timeZone, epoch: epoch.name });
    const choice = chooseWay(game, player, ways, allowed, wished);
    if (!choice.ok) throw new Declined(choice.refusal);
    chosen.push(choice.way);
    if (choice.way.points === 0) return {};
    const asked = {
      ...{ id, memberId: member.id, requestKey: `game:${game.key}:${id}`, code: null },
      purpose: purposeText({ of: 'play', key: game.key }),
      ...{ points: choice.way.points, validUntil: null },
    };
    const redemption = reserve(books, asked, now);
    return { redemptions: [{ ...redemption, state: 'captured', capturedAt: now }] };
  };
  const moment = { now, at: new Date(now) };
  const nothing = { changed: [], customers: new Map(), wholly: new Set<string>() };
  await decideMembers(client, shopId, shop, moment, { ...nothing, members: [member], act });
  const [way] = chosen;
  if (!way) throw new Error('Whoever was not refused has a way in');
  return way;
}

async function takeTicket(
  client: pg.PoolClient,
  { shopId, game, member }: Playing,
  play: Play,
): Promise<Play> {
  const { epoch } = play;
  if (!(await holdOpen(client, { shopId, game: game.key, epoch }))) {
    throw new MetOthers('the giveaway is over');
  }
  await writeActivities(client, shopId, [{ memberId: member.id, activity: playActivity(play) }]);
  return play;
}
