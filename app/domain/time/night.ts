/** The shop's night, in which what looks at everything is done. */
import { Temporal } from 'temporal-polyfill';
import type { Moment } from './shop-time.ts';

const FROM_HOUR = 2;
/** Shops of one zone are spread over three hours, so that they do not all begin at once. */
const SPREAD_MINUTES = 180;

/** The next moment after `now` at which this shop's night work is due: between 2 and 5 by its own clock. */
export function nextNight(now: Moment, zone: string, shopId: string): Moment {
  const minutes = Number(BigInt(shopId) % BigInt(SPREAD_MINUTES));
  const clock = { hour: FROM_HOUR + Math.floor(minutes / 60), minute: minutes % 60 };
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(zone);
  const at = today.toPlainDate().toZonedDateTime({ timeZone: zone, plainTime: clock });
  if (at.epochMilliseconds > now) return at.epochMilliseconds;
  const tomorrow = today.toPlainDate().add({ days: 1 });
  return tomorrow.toZonedDateTime({ timeZone: zone, plainTime: clock }).epochMilliseconds;
}
