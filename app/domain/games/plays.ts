/** What a member played, as it is kept among activities: a draw, a ticket of a giveaway, a ticket that won. */
import { deed } from '../activities/activity.ts';
import type { Activity } from '../activities/activity.ts';
import type { Moment } from '../time/shop-time.ts';

/** How one comes to a play. */
export const ROUTES = ['free', 'tier', 'order', 'points'] as const;
export type Route = (typeof ROUTES)[number];

/** `draw`: drawn when it was played. `ticket`: waits for the end. `win`: a ticket that was drawn. */
export type PlayAs = 'draw' | 'ticket' | 'win';

export interface Play {
  readonly id: string;
  readonly at: Moment;
  readonly game: string;
  readonly epoch: string;
  readonly as: PlayAs;
  readonly route: Route;
  /** The order, where one gave the ticket. */
  readonly ref: string | null;
  /** Which of the order's tickets it was, counted from 0. */
  readonly place: number;
  /** The version of the programme by which it was played. */
  readonly version: number;
  /** Key of the prize that was given. */
  readonly prize: string | null;
  /** The request that asked for it: sent again, it is the same play. */
  readonly requestKey: string;
}

export function playActivity(play: Play): Activity {
  const { id, at, ...content } = play;
  return deed('draw', id, at, content);
}

/** Oldest first. */
export function playsOf(activities: readonly Activity[]): readonly Play[] {
  return activities
    .flatMap((activity) => playOf(activity) ?? [])
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
}

function playOf({ kind, id, occurredAt, withdrawnAt, content }: Activity): Play | null {
  if (kind !== 'draw' || occurredAt === null || withdrawnAt !== null) return null;
  const { game, epoch, as, route, ref, place, version, prize, requestKey } = content;
  if (typeof game !== 'string' || typeof epoch !== 'string' || typeof version !== 'number') {
    return null;
  }
  const isRoute = ROUTES.find((one) => one === route);
  const isAs = (['draw', 'ticket', 'win'] as const).find((one) => one === as);
  if (!isRoute || !isAs) return null;
  return {
    ...{ id, game, epoch, version, at: occurredAt, as: isAs, route: isRoute },
    ref: typeof ref === 'string' ? ref : null,
    place: typeof place === 'number' ? place : 0,
    prize: typeof prize === 'string' ? prize : null,
    requestKey: typeof requestKey === 'string' ? requestKey : '',
  };
}

/** That the shopper said how old they are, once. */
export function ageActivity(age: number, at: Moment): Activity {
  return deed('draw', `age:${age}`, at, { age });
}

/** The highest age that was confirmed; 0 for none. */
export function ageConfirmed(activities: readonly Activity[]): number {
  return activities.reduce((highest, { kind, id, occurredAt, content: { age } }) => {
    const said = kind === 'draw' && id.startsWith('age:') && occurredAt !== null;
    return said && typeof age === 'number' ? Math.max(highest, age) : highest;
  }, 0);
}
