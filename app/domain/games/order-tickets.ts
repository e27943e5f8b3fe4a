/**
 * Tickets that orders give: a function of what is kept of them, by the programme that was in force when they
 * were placed. Whoever has played one that was given back has played too much, and the newest go first.
 */
import { runsAt } from './game.ts';
import type { GameTerms } from './game.ts';
import type { Play } from './plays.ts';
import type { Standing } from '../orders/standing.ts';
import { inForce } from '../programme/terms.ts';
import type { ShopTerms } from '../programme/terms.ts';
import { shopDay } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** Tickets of one game, or of one giveaway. */
export interface OrderTickets {
  readonly game: string;
  /** Null for tickets that can be played as long as the game runs. */
  readonly epoch: string | null;
  /** The order by which they were bought, and how many it gives as it is now; the oldest order first. */
  readonly orders: readonly (readonly [orderId: string, tickets: number])[];
}

/** Row of progress under which they are kept. */
export function ticketsKey({ game, epoch }: Pick<OrderTickets, 'game' | 'epoch'>): string {
  return epoch === null ? `game:${game}` : `game:${game}:${epoch}`;
}

/** Whether any version of the programme gives tickets for orders: otherwise nobody needs to look. */
export function givesOrderTickets(shop: ShopTerms): boolean {
  return shop.versions.some(({ games }) =>
    games.some(({ item }) => item.entry.perOrder.tickets > 0),
  );
}

/** @param standings oldest first, all of a time of membership */
export function orderTicketsOf(standings: readonly Standing[], shop: ShopTerms): OrderTickets[] {
  const found = new Map<
    string,
    { game: string; epoch: string | null; orders: [string, number][] }
  >();
  for (const standing of standings) {
    const terms = inForce(shop, standing.placedAt);
    if (!terms || !standing.counts) continue;
    if (standing.test && !terms.version.document.testOrdersEarn) continue;
    for (const game of terms.games) {
      if (game.item.entry.perOrder.tickets === 0 || !runsAt(game, standing.placedAt)) continue;
      const epoch = epochOfTickets(game, shop.timeZone, standing.placedAt);
      const key = ticketsKey({ game: game.key, epoch });
      const row = found.get(key) ?? { game: game.key, epoch, orders: [] };
      found.set(key, row);
      row.orders.push([standing.orderId, ticketsFor(standing, game)]);
    }
  }
  return [...found.values()];
}

export function epochOfTickets(
  { definition, startsAt }: GameTerms,
  zone: string,
  at: Moment,
): string | null {
  return definition.draws === 'at-the-end' ? shopDay(startsAt ?? at, zone) : null;
}

function ticketsFor({ changes }: Standing, { item, orderAmount }: GameTerms): number {
  const { tickets, most } = item.entry.perOrder;
  let [spend, kept] = [0, 0];
  for (const [, minor, orders] of changes) {
    spend += minor;
    kept += orders;
  }
  const times = orderAmount === null ? kept : Math.floor(Math.max(0, spend) / orderAmount);
  return Math.min(times * tickets, most ?? Infinity);
}

/** The oldest order with a ticket that was not played, and which of its tickets that is. */
export function nextTicket(
  { orders }: Pick<OrderTickets, 'orders'>,
  plays: readonly Play[],
): { readonly orderId: string; readonly place: number } | null {
  for (const [orderId, tickets] of orders) {
    const played = new Set(plays.filter(({ ref }) => ref === orderId).map(({ place }) => place));
    for (let place = 0; place < tickets; place += 1) {
      if (!played.has(place)) return { orderId, place };
    }
  }
  return null;
}

/** Tickets that were not played yet. */
export function ticketsLeft(
  { orders }: Pick<OrderTickets, 'orders'>,
  plays: readonly Play[],
): number {
  return orders.reduce((sum, [orderId, tickets]) => {
    const played = plays.filter(({ ref, place }) => ref === orderId && place < tickets);
    return sum + tickets - new Set(played.map(({ place }) => place)).size;
  }, 0);
}

/** Whether the order still gives the ticket with which this was played. */
export function isCovered(
  { route, ref, place, game, epoch, as }: Play,
  tickets: readonly OrderTickets[],
): boolean {
  if (route !== 'order') return true;
  const own = tickets.find(
    (one) => one.game === game && one.epoch === (as === 'draw' ? null : epoch),
  );
  return (own?.orders.find(([orderId]) => orderId === ref)?.[1] ?? 0) > place;
}
