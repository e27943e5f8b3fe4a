/**
 * Between two changes of a zone's clock a day is 24 hours, and no calendar has to be asked. What was found
 * out about a zone is remembered.
 */
import { Temporal } from 'temporal-polyfill';
import type { Moment } from './shop-time.ts';

/** A time in which the zone's clock is not changed. */
export interface Stretch {
  readonly from: Moment;
  readonly to: Moment;
  /** Milliseconds that the zone's clock is ahead of UTC. */
  readonly offset: number;
}

const found = new Map<string, Stretch[]>();

export function stretchOf(at: Moment, zone: string): Stretch {
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
