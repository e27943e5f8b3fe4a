/** A game as the engine uses it, and what follows from its dates. */
import type { GameDefinition } from './definition.ts';
import type { GameItem } from './settings.ts';
import { parseMoney } from '../money/money.ts';
import { dayEnd, shopDay } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface GameTerms {
  readonly key: string;
  readonly name: string;
  readonly definition: GameDefinition;
  readonly settings: unknown;
  readonly item: GameItem;
  readonly startsAt: Moment | null;
  readonly endsAt: Moment | null;
  /** Each amount of an order that gives tickets, in minor units; null where it is not by amount. */
  readonly orderAmount: number | null;
}

export function gameTerms(
  item: GameItem,
  definition: GameDefinition,
  currency: string,
): Omit<GameTerms, 'key' | 'name' | 'settings'> {
  const { by, amount } = item.entry.perOrder;
  return {
    ...{ item, definition },
    startsAt: item.startsAt === null ? null : Date.parse(item.startsAt),
    endsAt: item.endsAt === null ? null : Date.parse(item.endsAt),
    orderAmount: by === 'amount' && amount !== '' ? parseMoney(amount, currency) : null,
  };
}

export function runsAt({ startsAt, endsAt }: GameTerms, at: Moment): boolean {
  return (startsAt === null || at >= startsAt) && (endsAt === null || at < endsAt);
}

export interface Epoch {
  /** A shop's day; a whole giveaway is called by its first. */
  readonly name: string;
  /** When no draw can follow any more, and the seed is shown. */
  readonly endsAt: Moment;
}

/** For how long one seed serves: a shop's day, or a giveaway from its beginning to its end. */
export function epochAt(game: GameTerms, at: Moment, zone: string): Epoch {
  const { definition, startsAt, endsAt } = game;
  if (definition.draws === 'at-the-end') {
    return { name: shopDay(startsAt ?? at, zone), endsAt: endsAt ?? at };
  }
  const day = shopDay(at, zone);
  return { name: day, endsAt: dayEnd(day, zone) };
}
