/** What a ladder's window says at a moment: what still counts, and how long a tier is held. */
import type { TierWindow } from './climb.ts';
import { celebration, shopDate, startOfYear } from '../time/shop-time.ts';
import type { Moment } from '../time/shop-time.ts';
import { sameTimeAfter, sameTimeBefore } from '../time/wall-clock.ts';

export interface Windows {
  /** The last moment before the window that holds `at`: what counts comes after it. */
  readonly before: (window: TierWindow, at: Moment) => Moment;
  /** A tier is held to the end of the window after the one in which it was reached; null: for good. */
  readonly termEnd: (window: TierWindow, at: Moment) => Moment | null;
  /**
   * The windows that a term's end looks at, the newest first. A term that does not end with a year, as
   * after days of grace or under another ladder, looks at the present year and at the one before it.
   */
  readonly deciding: (window: TierWindow, termEnd: Moment) => readonly [Deciding, ...Deciding[]];
  /** The same time of the shop's day, so many days later. */
  readonly later: (at: Moment, days: number) => Moment;
  /** From when on something that counted at `at` is no longer in the window; null: never. */
  readonly leaves: (window: TierWindow, at: Moment) => Moment | null;
}

/** One of the windows that decide at a term's end. */
export interface Deciding {
  /** The last moment of it that counts. */
  readonly last: Moment;
  /** How long that holds which it brings: to the end of the window after it. */
  readonly until: Moment | null;
}

/** A year of the shop's calendar or of a membership. */
interface Year {
  readonly from: Moment;
  readonly to: Moment;
  /** The end of the year after it. */
  readonly next: Moment;
}

/** @param joinedAt the moment whose day is the anniversary */
export function windowsOf(zone: string, joinedAt: Moment): Windows {
  const calendar = remembered((at) => calendarYear(at, zone));
  const anniversary = remembered((at) => memberYear(at, joinedAt, zone));
  const yearOf = (kind: 'calendar-year' | 'anniversary', at: Moment): Year =>
    kind === 'anniversary' ? anniversary(at) : calendar(at);
  return {
    before: (window, at) => {
      if (window.kind === 'lifetime') return Number.NEGATIVE_INFINITY;
      // What came in the second of two equal hours left with the first of them, or it would count twice.
      if (window.kind === 'rolling') return sameTimeBefore(at, window.days, zone);
      return yearOf(window.kind, at).from - 1;
    },
    termEnd: (window, at) => {
      if (window.kind === 'lifetime') return null;
      if (window.kind === 'rolling') return sameTimeAfter(at, window.days, zone);
      return yearOf(window.kind, at).next;
    },
    // A year ends just before the next; a rolling window's last moment is the term's end itself.
    deciding: (window, termEnd) => {
      if (window.kind === 'lifetime') return [{ last: termEnd, until: null }];
      if (window.kind === 'rolling') {
        return [{ last: termEnd, until: sameTimeAfter(termEnd, window.days, zone) }];
      }
      const { from, to, next } = yearOf(window.kind, termEnd);
      const before = { last: from - 1, until: to };
      return termEnd === from ? [before] : [{ last: termEnd - 1, until: next }, before];
    },
    later: (at, days) => sameTimeAfter(at, days, zone),
    leaves: (window, at) => {
      if (window.kind === 'lifetime') return null;
      if (window.kind === 'rolling') return sameTimeAfter(at, window.days, zone);
      return yearOf(window.kind, at).to;
    },
  };
}

/** Moments come in their order, so the year that was asked for last is mostly the one that is asked for. */
function remembered(yearAt: (at: Moment) => Year): (at: Moment) => Year {
  let last: Year | null = null;
  return (at) => {
    if (last === null || at < last.from || at >= last.to) last = yearAt(at);
    return last;
  };
}

function calendarYear(at: Moment, zone: string): Year {
  const [from, to, next] = [0, 1, 2].map((years) => startOfYear(at, zone, years)) as Three;
  return { from, to, next };
}

/** From the day of joining to the day before its anniversary; 29 February is 28 in common years. */
function memberYear(at: Moment, joinedAt: Moment, zone: string): Year {
  const joined = shopDate(joinedAt, zone);
  const begins = (year: number): Moment => celebration(year, joined.month, joined.day, zone);
  const { year } = shopDate(at, zone);
  const first = begins(year) <= at ? year : year - 1;
  const [from, to, next] = [first, first + 1, first + 2].map(begins) as Three;
  return { from, to, next };
}

type Three = [Moment, Moment, Moment];
