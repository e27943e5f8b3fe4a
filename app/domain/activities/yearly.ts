/** What comes back every year: birthdays, and the day on which a member joined. */
import type { Activity } from './activity.ts';
import { celebration, shopDate } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';

export interface YearlyDay {
  readonly year: number;
  /** The start of the shop's day. */
  readonly at: Moment;
  /** For how long the day had been known by then, in milliseconds. */
  readonly knownForMs: number;
}

export interface Yearly {
  /** Days that have come, oldest first, one for each year at most. */
  readonly past: readonly YearlyDay[];
  /** The next one that will come. */
  readonly next: Moment | null;
}

/**
 * A birthday is celebrated by what was known when its day began. A change is nothing before it is
 * made, and a second birthday within a year of the shop is none.
 */
export function birthdays(told: readonly Activity[], zone: string, now: Moment): Yearly {
  const known = told
    .flatMap(({ id, occurredAt, content: { month, day } }) =>
      occurredAt === null || typeof month !== 'number' || typeof day !== 'number'
        ? []
        : [{ from: occurredAt, id, month, day }],
    )
    .sort((a, b) => a.from - b.from || (a.id < b.id ? -1 : 1));
  const celebrated = new Map<number, YearlyDay>();
  let next: Moment | null = null;
  for (const [index, { from, month, day }] of known.entries()) {
    const until = known[index + 1]?.from ?? Infinity;
    for (let { year } = shopDate(from, zone); ; year += 1) {
      const at = celebration(year, month, day, zone);
      if (at >= until) break;
      if (at > now) {
        if (!celebrated.has(year)) next = next === null ? at : Math.min(next, at);
        // The one after it matters where this year's was celebrated before.
        if (!celebrated.has(year) || year > shopDate(now, zone).year) break;
      } else if (at >= from && !celebrated.has(year)) {
        celebrated.set(year, { year, at, knownForMs: at - knownSince(known, index) });
      }
    }
  }
  return { past: [...celebrated.values()].sort((a, b) => a.at - b.at), next };
}

/** Telling the same birthday once more is no change. */
function knownSince(
  known: readonly { readonly from: Moment; readonly month: number; readonly day: number }[],
  index: number,
): Moment {
  const it = known[index];
  let since = it?.from ?? 0;
  for (let before = index - 1; before >= 0; before -= 1) {
    const earlier = known[before];
    if (earlier?.month !== it?.month || earlier?.day !== it?.day) break;
    since = earlier?.from ?? since;
  }
  return since;
}

/** The first is a year after joining. */
export function anniversaries(joinedAt: Moment, zone: string, now: Moment): Yearly {
  const { year: first, month, day } = shopDate(joinedAt, zone);
  const past: YearlyDay[] = [];
  for (let year = first + 1; ; year += 1) {
    const at = celebration(year, month, day, zone);
    if (at > now) return { past, next: at };
    past.push({ year, at, knownForMs: at - joinedAt });
  }
}
