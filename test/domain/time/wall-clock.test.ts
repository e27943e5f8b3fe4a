import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, it } from 'vitest';
import { addDays, endOfSpan, shopDate } from '../../../app/domain/time/shop-time.ts';
import { sameTimeAfter } from '../../../app/domain/time/wall-clock.ts';

const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC', 'Asia/Tokyo'];

// 29 March and 25 October 2026 in Berlin, 8 March in New York, 5 April on Lord Howe (half an hour).
const changes = [
  '2026-03-29T01:00Z',
  '2026-10-25T01:00Z',
  '2026-03-08T07:00Z',
  '2026-04-04T15:00Z',
];
const moment = fc
  .tuple(fc.constantFrom(...changes), fc.integer({ min: -40 * 24 * 60, max: 40 * 24 * 60 }))
  .map(([change, minutes]) => Date.parse(change) + minutes * 60_000);

it('the shop’s day, and the end of the one that lies months and days later, are what the calendar says', () => {
  const span = fc.record({ months: fc.nat(14), days: fc.nat(40) });
  fc.assert(
    fc.property(moment, span, fc.constantFrom(...zones), (at, { months, days }, zone) => {
      const here = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
      const { year, month, day } = here;
      expect(shopDate(at, zone)).toEqual({ year, month, day });
      const last = here.toPlainDate().add({ months }).add({ days });
      const end = last.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
      expect(endOfSpan(at, { months, days }, zone)).toBe(end);
    }),
    { numRuns: 1000 },
  );
});

it('the same wall clock N days later is what the calendar says, around every change of a clock', () => {
  fc.assert(
    fc.property(
      moment,
      fc.integer({ min: -400, max: 400 }),
      fc.constantFrom(...zones),
      (at, days, zone) => {
        expect(sameTimeAfter(at, days, zone)).toBe(addDays(at, days, zone));
      },
    ),
    { numRuns: 1500 },
  );
});

it.each([
  ['2026-03-28T01:30:00Z', 1, 'Europe/Berlin'], // half past two, an hour that is missing
  ['2026-10-24T00:30:00Z', 1, 'Europe/Berlin'], // half past two, an hour that is there twice
  ['2026-10-26T01:30:00Z', -1, 'Europe/Berlin'],
])('%s and %d days in %s', (from, days, zone) => {
  const at = Date.parse(from);
  expect(sameTimeAfter(at, days, zone)).toBe(addDays(at, days, zone));
});
