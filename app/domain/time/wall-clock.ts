/**
 * Adding days for whoever adds them by the thousand: between two changes of a zone's clock, a day is
 * 24 hours, and no calendar has to be asked. What was found out about a zone is remembered.
 */
import { Temporal } from 'temporal-polyfill';
import { addDays, DAY } from './shop-time.ts';
import type { Moment } from './shop-time.ts';

/** A time in which the zone's clock is not changed. */
interface Stretch {
  readonly from: Moment;
  readonly to: Moment;
  readonly offset: number;
}

const found = new Map<string, Stretch[]>();

/** The same wall clock N days later, exactly as `addDays` says it. */
export function sameTimeAfter(at: Moment, days: number, zone: string): Moment {
  const here = stretchOf(at, zone);
  const target = at + days * DAY;
  const there = stretchOf(target, zone);
  const later = target + here.offset - there.offset;
  // Near a change of the clock an hour may be missing or there twice: the calendar decides.
  return later - there.from > DAY && there.to - later > DAY ? later : addDays(at, days, zone);
}

function stretchOf(at: Moment, zone: string): Stretch {
  const known = found.get(zone) ?? [];
  const one = known.find(({ from, to }) => from <= at && at < to);
  if (one) return one;
  const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const after = here.add({ milliseconds: 1 });
  const stretch = {
    from: after.getTimeZoneTransition('previous')?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    to: here.getTimeZoneTransition('next')?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offset: here.offsetNanoseconds / 1e6,
  };
  found.set(zone, [...known, stretch]);
  return stretch;
}
