/**
 * Reminders before points expire: one for each day on which some do, and each number of days before. Who slept
 * through several of one day is told the last of them alone: "in 30 days" is not true any more.
 */
import type { Books } from './books.ts';
import { daysBefore } from './expiry.ts';
import type { MemberEvent } from '../events.ts';
import { shopDay } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface Reminders {
  /** Due by now; the key of each is told once. */
  readonly due: readonly MemberEvent[];
  /** When the next ones are. */
  readonly later: readonly Moment[];
}

export function remindersOf(
  books: Books,
  reminderDays: readonly number[],
  now: Moment,
  zone: string,
): Reminders {
  const due: MemberEvent[] = [];
  const later: Moment[] = [];
  for (const { day, expiresAt, points, since } of expiringDays(books, now, zone)) {
    let last: MemberEvent | null = null;
    for (const days of new Set(reminderDays)) {
      const at = daysBefore(expiresAt, days, zone);
      if (at > now) later.push(at);
      // What came within these days is not reminded of as if it had been there before.
      else if (since <= at && (last === null || at > last.at)) {
        const content = { points, day, days };
        last = { kind: 'points-expiring', key: `points-expiring:${day}:${days}`, at, content };
      }
    }
    if (last) due.push(last);
  }
  return { due: due.sort((a, b) => a.at - b.at), later };
}

interface ExpiringDay {
  /** The last day on which the points can be spent. */
  readonly day: string;
  readonly expiresAt: Moment;
  points: number;
  /** Since when some of them were there. */
  since: Moment;
}

function expiringDays(books: Books, now: Moment, zone: string): readonly ExpiringDay[] {
  const days = new Map<string, ExpiringDay>();
  for (const { state, remaining, expiresAt, availableAt } of books.lots) {
    if (state === 'pending' || remaining === 0 || expiresAt === null || expiresAt <= now) continue;
    const day = shopDay(expiresAt - 1, zone);
    const known = days.get(day);
    const since = availableAt ?? 0;
    if (!known) days.set(day, { day, expiresAt, points: remaining, since });
    else {
      known.points += remaining;
      known.since = Math.min(known.since, since);
    }
  }
  return [...days.values()];
}
