/** A member's score: what the metric finds in the season, no more of a day than the board allows. */
import type { ScoreFacts } from './metrics/definition.ts';
import type { Season } from './seasons.ts';
import { parseMoney } from '../money/money.ts';
import { shopDay } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

/** Of whom a nickname is kept: whether they are shown and ranked under it. */
export const NAME_STATES = ['listed', 'reported', 'hidden', 'refused'] as const;
export type NameState = (typeof NAME_STATES)[number];

export interface ScoreRow {
  readonly board: string;
  readonly season: string;
  readonly score: number;
  /** When the last of it was done. */
  readonly reachedAt: Moment;
  /** Whether the member is shown, ranked and given prizes. */
  readonly listed: boolean;
}

export function scoreIn(
  { terms, ...span }: Season,
  facts: Omit<ScoreFacts, 'span'>,
  timeZone: string,
): { readonly score: number; readonly reachedAt: Moment } {
  const { definition, settings, item } = terms;
  const scored = definition.scored(settings, { ...facts, span }).filter(({ amount }) => amount > 0);
  const most = inUnits(item.mostPerDay, terms, facts.currency) ?? Infinity;
  const days = new Map<string, number>();
  for (const { at, amount } of scored) {
    const day = most === Infinity ? '' : shopDay(at, timeZone);
    days.set(day, Math.min(most, (days.get(day) ?? 0) + amount));
  }
  return {
    score: [...days.values()].reduce((sum, amount) => sum + amount, 0),
    reachedAt: scored.reduce((last, { at }) => Math.max(last, at), span.startsAt),
  };
}

/** A figure of the board's settings as scores count: amounts of money in minor units. */
export function inUnits(
  figure: number | null,
  { definition }: Pick<Season['terms'], 'definition'>,
  currency: string,
): number | null {
  if (figure === null || definition.words.unit !== 'money') return figure;
  return parseMoney(String(figure), currency);
}
