/** Games that a shopper can play: ways in, what is left of them, odds, the commitment, and what the law says. */
import { openGames } from './open-games.ts';
import type { PlayPart } from './play.ts';
import type { SignIn } from './sign-in.ts';
import { ordersIn } from '../domain/decide-games.ts';
import { outsideOf } from '../domain/earning/audience.ts';
import { runsAt } from '../domain/games/game.ts';
import type { GameTerms } from '../domain/games/game.ts';
import { permitted } from '../domain/games/legal.ts';
import { epochOfTickets, ticketsKey } from '../domain/games/order-tickets.ts';
import { ageConfirmed, playsOf } from '../domain/games/plays.ts';
import { publishedOdds } from '../domain/games/odds.ts';
import { chooseWay, waysIn } from '../domain/games/ways-in.ts';
import { boreTag } from '../domain/members/tags.ts';
import { inForce } from '../domain/programme/terms.ts';
import { shownGame } from '../domain/storefront/games.ts';
import { readActivities } from '../storage/activities/activities.ts';
import { lastCountry } from '../storage/games/draws.ts';
import type { StoredEpoch } from '../storage/games/epochs.ts';
import { holderCode, orderTicketRows } from '../storage/games/giveaway-list.ts';
import { readMembers } from '../storage/members/lock-members.ts';
import type { StoredMember } from '../storage/members/lock-members.ts';
import { readVisitor } from '../storage/members/visitor.ts';
import { readShopTerms, termsMemoryOf } from '../storage/programme/shop-terms.ts';
import { inTransaction } from '../storage/transaction.ts';
import type { World } from '../world.ts';

export type OpenGame = Readonly<Record<string, unknown>> & { readonly key: string };

export const playGames: PlayPart = async (world, shopper, country) => ({
  games: await gamesFor(world, shopper, country),
});

/** @param country what the page says of where the shopper is */
export async function gamesFor(
  world: World,
  { shopId, customerId }: SignIn,
  country: string | null,
): Promise<readonly OpenGame[]> {
  const db = world.db(shopId);
  const shop = await readShopTerms(db, shopId, termsMemoryOf(db));
  const now = world.now();
  const terms = inForce(shop, now);
  const games = (terms?.games ?? []).filter((game) => runsAt(game, now));
  if (!terms || games.length === 0) return [];
  const opened = await openGames(world, shopId, shop);
  const visitor = await readVisitor(db, shopId, customerId);
  const found = await readPlayer(world, shopId, visitor?.memberId ?? null);
  const known = [country, found?.country ?? null];
  return Promise.all(
    games.flatMap((game) => {
      const epoch = opened.get(game.key);
      return epoch
        ? [openGame({ world, shopId, game, epoch, shop, terms, found, known, now })]
        : [];
    }),
  );
}

interface Found {
  readonly member: StoredMember;
  readonly activities: Parameters<typeof playsOf>[0];
  readonly country: string | null;
}

async function readPlayer(
  world: World,
  shopId: string,
  memberId: string | null,
): Promise<Found | null> {
  if (memberId === null) return null;
  return inTransaction(world.db(shopId), async (client) => {
    const [member] = await readMembers(client, shopId, [memberId]);
    if (member?.state !== 'active' || member.membership === 'not-joined') return null;
    const activities = (await readActivities(client, shopId, [memberId])).get(memberId) ?? [];
    return { member, activities, country: await lastCountry(client, shopId, memberId) };
  });
}

async function openGame(about: {
  readonly world: World;
  readonly shopId: string;
  readonly game: GameTerms;
  readonly epoch: StoredEpoch;
  readonly shop: Awaited<ReturnType<typeof readShopTerms>>;
  readonly terms: NonNullable<ReturnType<typeof inForce>>;
  readonly found: Found | null;
  readonly known: readonly (string | null)[];
  readonly now: number;
}): Promise<OpenGame> {
  const { world, shopId, game, epoch, shop, terms, found, known, now } = about;
  const { currency, timeZone } = shop;
  const { off, freeOnly, age } = permitted(game.item, known);
  const { commit, epoch: name, endsAt } = epoch;
  const shown = {
    ...shownGame(game, terms, currency, timeZone),
    ...{ key: game.key, commit, epoch: name, revealed: Math.floor(endsAt / 1_000) },
    odds: publishedOdds(game.item),
  };
  const confirmed = found ? ageConfirmed(found.activities) : 0;
  const legal = { off, freeOnly, age: age !== null && confirmed < age ? age : null };
  if (!found) return { ...shown, legal, next: null, why: { kind: 'not-a-member' } };
  const { member, activities } = found;
  const rowKey = ticketsKey({ game: game.key, epoch: epochOfTickets(game, timeZone, now) });
  const rows = await orderTicketRows(world.db(shopId), shopId, rowKey, [member.id]);
  const orders = ordersIn(rows.get(member.id) ?? []);
  const plays = playsOf(activities);
  const player = { plays, orders, tierKey: member.tierKey, ...balanceOf(member) };
  const ways = waysIn(game, player, { now, zone: timeZone, epoch: name });
  const choice = chooseWay(game, player, ways, { freeOnly }, null);
  const outside = outsideOf(game.item.audience, {
    tierKey: () => member.tierKey,
    hasTag: (tag) => boreTag(member.tags, tag, now),
  });
  const barred = off
    ? { kind: 'not-here' as const }
    : legal.age !== null
      ? { kind: 'age-needed' as const, age: legal.age }
      : outside
        ? { kind: 'not-for-you' as const, because: outside }
        : null;
  return {
    ...{ ...shown, legal, free: ways.free, cost: ways.cost },
    tickets: ways.tier + ways.order,
    left: { today: ways.leftToday, all: ways.leftInAll },
    next: choice.ok && !barred ? { route: choice.way.route, points: choice.way.points } : null,
    why: barred ?? (choice.ok ? null : choice.refusal),
    ...(game.definition.draws === 'at-the-end' && {
      holding: heldIn(plays, game.key, name) + orders.reduce((sum, [, many]) => sum + many, 0),
      holder: holderCode({ shopId, game: game.key, epoch: name }, member.id),
    }),
  };
}

function balanceOf({ available, debt }: StoredMember): { available: number; debt: number } {
  return { available, debt };
}

function heldIn(plays: ReturnType<typeof playsOf>, game: string, epoch: string): number {
  return plays.filter((play) => play.as === 'ticket' && play.game === game && play.epoch === epoch)
    .length;
}
