/** How a member can come to a play now: by the free route, their tier's tickets, an order's, or points. */
import type { GameTerms } from './game.ts';
import type { Permitted } from './legal.ts';
import { nextTicket, ticketsLeft } from './order-tickets.ts';
import type { OrderTickets } from './order-tickets.ts';
import type { Play, Route } from './plays.ts';
import { startOfPeriod } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Player {
  /** Of every game, oldest first. */
  readonly plays: readonly Play[];
  /** Tickets that their orders give for this game. */
  readonly orders: OrderTickets['orders'];
  readonly tierKey: string | null;
  readonly available: number;
  readonly debt: number;
}

export interface WaysIn {
  /** Plays that are left of each, while nothing else forbids them. */
  readonly free: number;
  readonly tier: number;
  readonly order: number;
  /** What a play costs; null where points buy none. */
  readonly cost: number | null;
  /** Plays that are left to the member; null for any number. */
  readonly leftToday: number | null;
  readonly leftInAll: number | null;
}

export function waysIn(
  { key, item, definition }: GameTerms,
  { plays, orders, tierKey }: Player,
  { now, zone, epoch }: { readonly now: Moment; readonly zone: string; readonly epoch: string },
): WaysIn {
  const atOnce = definition.draws === 'at-once';
  const own = plays.filter(
    ({ game, as, epoch: of }) => game === key && as !== 'win' && (atOnce || of === epoch),
  );
  const since = (period: 'day' | 'week' | 'month', route: Route | null): number => {
    const from = startOfPeriod(now, period, zone);
    return own.filter((play) => play.at >= from && (route === null || play.route === route)).length;
  };
  const { points, tiers, free } = item.entry;
  const tier = tiers.find((one) => one.tier === tierKey);
  const left = (most: number, used: number): number => Math.max(0, most - used);
  return {
    free: left(free.times, since(free.per, 'free')),
    tier: tier ? left(tier.tickets, since(tier.per, 'tier')) : 0,
    // A giveaway counts them by itself when it ends.
    order: atOnce ? ticketsLeft({ orders }, own) : 0,
    cost: points,
    leftToday: item.mostPerDay === null ? null : left(item.mostPerDay, since('day', null)),
    leftInAll: item.mostInAll === null ? null : left(item.mostInAll, own.length),
  };
}

export type WayRefusal =
  | { readonly kind: 'limit-reached'; readonly most: number; readonly per: 'day' | 'all' }
  /** Where the shopper is, only the free route is open. */
  | { readonly kind: 'free-only' }
  | { readonly kind: 'owes'; readonly debt: number }
  | { readonly kind: 'not-enough'; readonly available: number; readonly wanted: number }
  | { readonly kind: 'no-ticket' };

export interface Way {
  readonly route: Route;
  readonly points: number;
  readonly ref: string | null;
  readonly place: number;
}

/** The way that costs least; points are only spent where nothing else is left, or they are asked for. */
export function chooseWay(
  game: GameTerms,
  player: Player,
  ways: WaysIn,
  { freeOnly }: Pick<Permitted, 'freeOnly'>,
  wished: Route | null,
): { readonly ok: true; readonly way: Way } | { readonly ok: false; readonly refusal: WayRefusal } {
  const refuse = (refusal: WayRefusal) => ({ ok: false, refusal }) as const;
  const { mostPerDay, mostInAll } = game.item;
  if (ways.leftToday === 0) {
    return refuse({ kind: 'limit-reached', most: mostPerDay ?? 0, per: 'day' });
  }
  if (ways.leftInAll === 0) {
    return refuse({ kind: 'limit-reached', most: mostInAll ?? 0, per: 'all' });
  }
  const open = (['free', 'tier', 'order'] as const).filter((route) => ways[route] > 0);
  const wanted = (route: Route): boolean => wished === null || wished === route;
  const way = (route: Route): Way => ({ route, points: 0, ref: null, place: 0 });
  if (freeOnly) {
    if (open.includes('free') && wanted('free')) return { ok: true, way: way('free') };
    return refuse({ kind: 'free-only' });
  }
  const route = open.find(wanted);
  if (route === 'order') {
    const ticket = nextTicket(player, playsOfGame(player, game));
    if (!ticket) return refuse({ kind: 'no-ticket' });
    const { orderId: ref, place } = ticket;
    return { ok: true, way: { ...way('order'), ref, place } };
  }
  if (route !== undefined) return { ok: true, way: way(route) };
  if (ways.cost === null || !wanted('points')) return refuse({ kind: 'no-ticket' });
  if (player.debt > 0) return refuse({ kind: 'owes', debt: player.debt });
  if (player.available < ways.cost) {
    return refuse({ kind: 'not-enough', available: player.available, wanted: ways.cost });
  }
  return { ok: true, way: { ...way('points'), points: ways.cost } };
}

function playsOfGame({ plays }: Player, { key }: GameTerms): readonly Play[] {
  return plays.filter(({ game, as }) => game === key && as === 'draw');
}
