/**
 * Games of chance: tickets that orders give, and the prizes of what was drawn. What a draw gave was written
 * when it was drawn; here it is only handed out, once, and taken back where its order was.
 */
import type { Deciding } from './deciding.ts';
import { givesOrderTickets, isCovered, orderTicketsOf, ticketsKey } from './games/order-tickets.ts';
import type { OrderTickets } from './games/order-tickets.ts';
import { playsOf } from './games/plays.ts';
import type { Play } from './games/plays.ts';
import type { GameItem } from './games/settings.ts';
import { givePrizes } from './prizes/give-prizes.ts';
import type { DuePrize } from './prizes/give-prizes.ts';
import type { ShopTerms } from './programme/terms.ts';

export interface DecidedGames {
  /** Null where no version of the programme gives tickets for orders. */
  readonly tickets: readonly TicketRow[] | null;
  readonly played: readonly PlayedOrder[];
}

/** As it is kept among the member's progress: have of tickets, played or not. */
export interface TicketRow {
  readonly key: string;
  readonly have: number;
  readonly need: number;
  /** "orderId tickets" each. */
  readonly counted: readonly string[];
}

/** An order of whose tickets some were played. */
export interface PlayedOrder {
  readonly orderId: string;
  /** Of the game. */
  readonly name: string;
  /** Plays with tickets that it gives no more. */
  readonly uncovered: number;
  readonly plays: number;
}

export function decideGames(deciding: Deciding): DecidedGames {
  const { member, shop, standings, membership } = deciding;
  const plays = playsOf(member.activities ?? []);
  const counting = standings.filter(({ placedAt }) => membership.outside(placedAt) === null);
  const tickets = givesOrderTickets(shop) ? orderTicketsOf(counting, shop) : null;
  givePrizes(
    deciding,
    'game',
    plays
      .filter(({ at }) => membership.outside(at) === null)
      .flatMap((play) => duePrize(play, tickets ?? [], shop) ?? []),
  );
  return {
    tickets:
      tickets?.filter(({ orders }) => orders.some(([, many]) => many > 0)).map(rowOf) ?? null,
    played: playedOrders(plays, tickets ?? [], shop),
  };
}

function duePrize(play: Play, tickets: readonly OrderTickets[], shop: ShopTerms): DuePrize | null {
  const game = gameOf(play, shop);
  const prize = game?.prizes.find(({ key }) => key === play.prize);
  if (!game || !prize) return null;
  if (game.refunded === 'take-back' && !isCovered(play, tickets)) return null;
  return {
    ...{ sourceId: play.game, ruleKey: play.id, name: `${game.name}: ${prize.name}` },
    ...{ because: 'game-won', at: play.at, programmeVersion: play.version, prize: prize.prize },
  };
}

/** By the version by which it was played, whatever became of the game since. */
function gameOf({ game, version: number }: Play, shop: ShopTerms): GameItem | undefined {
  const terms = shop.versions.find(({ version }) => version.version === number);
  return terms?.version.document.games.find(({ key }) => key === game);
}

function playedOrders(
  plays: readonly Play[],
  tickets: readonly OrderTickets[],
  shop: ShopTerms,
): PlayedOrder[] {
  const byOrder = Map.groupBy(
    plays.filter(({ route, ref, as }) => route === 'order' && ref !== null && as !== 'ticket'),
    ({ ref }) => ref ?? '',
  );
  return [...byOrder].map(([orderId, own]) => ({
    orderId,
    name: own[0] ? (gameOf(own[0], shop)?.name ?? own[0].game) : '',
    uncovered: own.filter((play) => !isCovered(play, tickets)).length,
    plays: own.length,
  }));
}

function rowOf(tickets: OrderTickets): TicketRow {
  const orders = tickets.orders.filter(([, many]) => many > 0);
  return {
    key: ticketsKey(tickets),
    have: orders.reduce((sum, [, many]) => sum + many, 0),
    need: 0,
    counted: orders.map(([orderId, many]) => `${orderId} ${many}`),
  };
}

/** What a row of tickets says, read again. */
export function ordersIn(counted: readonly string[]): readonly (readonly [string, number])[] {
  return counted.map((one) => {
    const [orderId = '', many = '0'] = one.split(' ');
    return [orderId, Number(many)] as const;
  });
}
