/** Adding days for whoever adds them by the thousand. */
import { addDays, DAY, lastTimeBefore } from './shop-time.ts';
import type { Moment } from './shop-time.ts';
import { stretchOf } from './stretches.ts';

/** The same wall clock N days later, exactly as `addDays` says it. */
export function sameTimeAfter(at: Moment, days: number, zone: string): Moment {
  const here = stretchOf(at, zone);
  const target = at + days * DAY;
  const there = stretchOf(target, zone);
  const later = target + here.offset - there.offset;
  // Near a change of the clock an hour may be missing or there twice: the calendar decides.
  return later - there.from > DAY && there.to - later > DAY ? later : addDays(at, days, zone);
}

/** The last moment at which the clock showed this N days before: of an hour that was there twice, the second. */
export function sameTimeBefore(at: Moment, days: number, zone: string): Moment {
  const before = sameTimeAfter(at, -days, zone);
  return stretchOf(before, zone).to - before > DAY ? before : lastTimeBefore(at, days, zone);
}
