import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryDates, expiryTimeline } from '../../../app/domain/points/expiry.ts';
import type { ExpiryTerms } from '../../../app/domain/points/expiry.ts';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';
import { DAY, endOfDayAfter, shopDay, startOfDay } from '../../../app/domain/time/shop-time.ts';
import { programme, shopWith } from '../fixtures.ts';

const BERLIN = 'Europe/Berlin';
const at = (text: string): number => Date.parse(text);

function terms(over: Partial<ExpiryTerms> = {}): ExpiryTerms {
  return { from: 0, kind: 'lot', length: 12, unit: 'months', noticeDays: 30, ...over };
}

function date(
  timeline: readonly ExpiryTerms[],
  availableAt: string,
  { zone = BERLIN, activity = [], keptUntil = null }: Partial<DateAsked> = {},
): string | null {
  const lot = { availableAt: at(availableAt), keptUntil };
  const found = expiryDates(timeline, activity.map(at), zone)(lot);
  return found === null ? null : new Date(found).toISOString();
}

interface DateAsked {
  readonly zone: string;
  readonly activity: readonly string[];
  readonly keptUntil: number | null;
}

describe('a lot that expires by itself (law 4.2)', () => {
  it.each([
    ['31 January and a month is 28 February', '2026-01-31T10:00Z', 1, '2026-02-28T23:00:00.000Z'],
    ['in a leap year 29 February', '2028-01-31T10:00Z', 1, '2028-02-29T23:00:00.000Z'],
    ['31 August and six months likewise', '2026-08-31T10:00Z', 6, '2027-02-28T23:00:00.000Z'],
    ['29 February and a year is 28 February', '2028-02-29T10:00Z', 12, '2029-02-28T23:00:00.000Z'],
  ])('%s, at the end of the day', (_name, from, length, until) => {
    expect(date([terms({ length })], from)).toBe(until);
  });

  it.each([
    // 28 March has its last hour of winter; the next day has 23 hours.
    ['spring', BERLIN, '2026-03-22T12:00Z', 6, '2026-03-28T23:00:00.000Z'],
    ['spring, a day later', BERLIN, '2026-03-22T12:00Z', 7, '2026-03-29T22:00:00.000Z'],
    ['autumn', BERLIN, '2026-10-18T12:00Z', 7, '2026-10-25T23:00:00.000Z'],
    // In Santiago the clocks go forward at midnight: 6 September 2026 begins at 1:00.
    [
      'a day that begins at one',
      'America/Santiago',
      '2026-08-30T12:00Z',
      6,
      '2026-09-06T04:00:00.000Z',
    ],
  ])('ends with the shop’s day: %s', (_name, zone, from, length, until) => {
    expect(date([terms({ length, unit: 'days' })], from, { zone })).toBe(until);
  });

  it('counts from the moment at which it can be spent, by the shop’s calendar', () => {
    // 23:30 UTC is the next day in Berlin already.
    const lots = ['2026-05-01T21:30Z', '2026-05-01T23:30Z'];
    expect(lots.map((from) => date([terms({ length: 1, unit: 'days' })], from))).toEqual([
      '2026-05-02T22:00:00.000Z',
      '2026-05-03T22:00:00.000Z',
    ]);
  });

  it('is kept longer when its points came back, and never shorter', () => {
    const timeline = [terms({ length: 1 })];
    const until = (keptUntil: number): string | null =>
      date(timeline, '2026-01-31T10:00Z', { keptUntil });
    expect(until(at('2026-03-10T00:00Z'))).toBe('2026-03-10T00:00:00.000Z');
    expect(until(at('2026-02-10T00:00Z'))).toBe('2026-02-28T23:00:00.000Z');
  });
});

describe('a balance that expires by inactivity (law 4.2)', () => {
  const six = [terms({ kind: 'inactivity', length: 6 })];

  it('lives six months after the last purchase, all of it', () => {
    const activity = ['2026-01-10T12:00Z', '2026-05-20T12:00Z'];
    const lots = ['2026-01-10T12:00Z', '2026-03-03T12:00Z', '2026-05-20T12:00Z'];
    expect(new Set(lots.map((from) => date(six, from, { activity })))).toEqual(
      new Set(['2026-11-20T23:00:00.000Z']),
    );
  });

  it('is not kept alive by a present on the day before: only earning and spending count', () => {
    const activity = ['2026-01-10T12:00Z'];
    expect(date(six, '2026-07-09T12:00Z', { activity })).toBe('2026-07-10T22:00:00.000Z');
  });

  it('a present after the balance has expired has a period of its own', () => {
    const activity = ['2026-01-10T12:00Z'];
    expect(date(six, '2026-08-01T12:00Z', { activity })).toBe('2027-02-01T23:00:00.000Z');
  });

  it('what has expired does not come back by a later purchase', () => {
    const activity = ['2026-01-10T12:00Z', '2026-09-01T12:00Z'];
    expect(date(six, '2026-01-10T12:00Z', { activity })).toBe('2026-07-10T22:00:00.000Z');
    expect(date(six, '2026-09-01T12:00Z', { activity })).toBe('2027-03-01T23:00:00.000Z');
  });
});

describe('another expiry is published (law 4.3)', () => {
  const published = at('2026-06-01T09:00Z');
  const switchedOn = (over: Partial<ExpiryTerms>): ExpiryTerms[] => [
    terms({ from: published, ...over }),
  ];

  it('switched on, gives what is old already a full period', () => {
    const timeline = switchedOn({ length: 3 });
    expect(date(timeline, '2024-01-01T12:00Z')).toBe('2026-09-01T22:00:00.000Z');
    expect(date(timeline, '2026-07-15T12:00Z')).toBe('2026-10-15T22:00:00.000Z');
  });

  it('or the announced notice, where that is longer: 7 days and a notice of 30', () => {
    const timeline = switchedOn({ length: 7, unit: 'days' });
    expect(date(timeline, '2024-01-01T12:00Z')).toBe('2026-07-01T22:00:00.000Z');
    // What comes on the day after does not expire sooner than announced either.
    expect(date(timeline, '2026-06-02T12:00Z')).toBe('2026-07-01T22:00:00.000Z');
    expect(date(timeline, '2026-06-28T12:00Z')).toBe('2026-07-05T22:00:00.000Z');
  });

  it('shortened from 12 months to 3, never makes a date later, and gives 3 months from then', () => {
    const timeline = [terms(), ...switchedOn({ length: 3 })];
    expect(date(timeline, '2025-06-20T12:00Z')).toBe('2026-06-20T22:00:00.000Z'); // as it was
    expect(date(timeline, '2026-05-01T12:00Z')).toBe('2026-09-01T22:00:00.000Z'); // not 1 August
    expect(date(timeline, '2026-06-10T12:00Z')).toBe('2026-09-10T22:00:00.000Z');
  });

  it('lengthened, moves dates later, and switched off clears them', () => {
    const longer = [terms({ length: 6 }), ...switchedOn({ length: 24 })];
    expect(date(longer, '2026-03-01T12:00Z')).toBe('2028-03-01T23:00:00.000Z');
    const off = [terms({ length: 6 }), ...switchedOn({ kind: 'never' })];
    expect(date(off, '2026-03-01T12:00Z')).toBeNull();
  });

  it('changes nothing for what had expired before', () => {
    const longer = [terms({ length: 6 }), ...switchedOn({ length: 24 })];
    expect(date(longer, '2025-10-01T12:00Z')).toBe('2026-04-01T22:00:00.000Z');
  });

  it('inactivity switched on counts as if everyone had been active that day, and goes on from there', () => {
    const timeline = switchedOn({ kind: 'inactivity', length: 3 });
    const old = '2024-01-01T12:00Z';
    expect(date(timeline, old, { activity: [old] })).toBe('2026-09-01T22:00:00.000Z');
    const activity = [old, '2026-08-20T12:00Z'];
    expect(date(timeline, old, { activity })).toBe('2026-11-20T23:00:00.000Z');
  });

  it('a version that leaves expiry as it was gives no second notice', () => {
    const expiry = { kind: 'lot', length: 2, unit: 'months' } as const;
    const versions = [published, published + 20 * DAY].map(
      (from) => [from, programme({ expiry })] as const,
    );
    const shop = shopWith(versions);
    expect(expiryTimeline(shop, published + 90 * DAY)).toHaveLength(1);
  });

  it('a version that is planned for later changes nothing yet', () => {
    const off = programme();
    const on = programme({ expiry: { kind: 'lot' } });
    const shop = shopWith([
      [published, off],
      [published + 10 * DAY, on],
    ]);
    expect(expiryTimeline(shop, published + 9 * DAY)).toEqual([]);
    expect(expiryTimeline(shop, published + 10 * DAY)).toHaveLength(1);
  });
});

const zones = fc.constantFrom(BERLIN, 'America/Santiago', 'Australia/Lord_Howe', 'Asia/Kolkata');
const start = at('2025-01-01T00:00Z');
const moment = fc.integer({ min: 0, max: 900 * 24 }).map((hours) => start + hours * 3_600_000);
const kinds = fc.constantFrom<ExpiryTerms['kind']>('never', 'lot', 'inactivity');
const expiry = fc.record({
  kind: kinds,
  length: fc.integer({ min: 1, max: 40 }),
  unit: fc.constantFrom<'days' | 'months'>('days', 'months'),
  noticeDays: fc.integer({ min: 0, max: 60 }),
});

/** The dates after each publication, by somebody who lives through them and looks only at the rule's own words. */
function livedThrough(
  timeline: readonly ExpiryTerms[],
  availableAt: number,
  zone: string,
): number | null {
  let now: number | null = null;
  for (const { from, kind, length, unit, noticeDays } of timeline) {
    if (now !== null && now <= from) return now;
    if (kind === 'never') {
      now = null;
      continue;
    }
    const wished = endOfDayAfter(availableAt, length, unit, zone);
    const period = endOfDayAfter(from, length, unit, zone);
    const safe = Math.max(wished, period, endOfDayAfter(from, noticeDays, 'days', zone));
    if (now === null) now = safe;
    else if (wished < now) now = Math.min(now, safe);
    else now = wished;
  }
  return now;
}

it('by any history of versions, a lot expires when somebody says who lived through it (law 4.3)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(moment, expiry), { maxLength: 5 }),
      moment,
      zones,
      (published, availableAt, zone) => {
        const timeline = published
          .map(([from, rule]) => ({
            ...rule,
            kind: rule.kind === 'never' ? rule.kind : 'lot',
            from,
          }))
          .sort((a, b) => a.from - b.from) as ExpiryTerms[];
        const found = expiryDates(timeline, [], zone)({ availableAt, keptUntil: null });
        expect(found).toBe(livedThrough(timeline, availableAt, zone));
        if (found !== null) expect(startOfDay(found, zone)).toBe(found); // whole days of the shop
      },
    ),
    { numRuns: 300 },
  );
});

it('by any history, nothing expires within a period and a notice of a publication that brings it nearer (law 4.3)', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(moment, expiry), { minLength: 1, maxLength: 4 }),
      fc.array(moment, { maxLength: 6 }),
      moment,
      zones,
      (published, doings, availableAt, zone) => {
        const timeline = published
          .map(([from, rule]) => ({ ...rule, from }))
          .sort((a, b) => a.from - b.from);
        const activity = doings.sort((a, b) => a - b);
        const lot = { availableAt, keptUntil: null };
        for (const [index, last] of timeline.entries()) {
          if (last.kind === 'never') continue;
          const before = expiryDates(timeline.slice(0, index), activity, zone)(lot);
          const after = expiryDates(timeline.slice(0, index + 1), activity, zone)(lot);
          if (after === null || (before !== null && after >= before)) continue;
          const period = endOfDayAfter(last.from, last.length, last.unit, zone);
          const notice = endOfDayAfter(last.from, last.noticeDays, 'days', zone);
          expect(after).toBeGreaterThanOrEqual(Math.max(period, notice));
        }
      },
    ),
    { numRuns: 300 },
  );
});

it('by any history of doings, points end with the day on which a whole period had passed without one (law 4.2)', () => {
  fc.assert(
    fc.property(
      fc.array(moment, { maxLength: 12 }),
      moment,
      fc.integer({ min: 1, max: 90 }),
      zones,
      (doings, availableAt, length, zone) => {
        const activity = doings.sort((a, b) => a - b);
        const rule = terms({ kind: 'inactivity', length, unit: 'days', noticeDays: 0 });
        const found = expiryDates([rule], activity, zone)({ availableAt, keptUntil: null });
        // Day by day: the balance lives while some doing, or the lot itself after a death, is younger than N days.
        const running = activity.filter((doing) => doing <= availableAt).at(-1);
        let end =
          running !== undefined && endOfDayAfter(running, length, 'days', zone) > availableAt
            ? endOfDayAfter(running, length, 'days', zone)
            : endOfDayAfter(availableAt, length, 'days', zone);
        for (let grew = true; grew;) {
          const within = activity.filter((doing) => doing > availableAt && doing < end);
          const next = Math.max(
            end,
            ...within.map((one) => endOfDayAfter(one, length, 'days', zone)),
          );
          grew = next > end;
          end = next;
        }
        expect(found).toBe(end);
        expect(shopDay(end - 1, zone) >= shopDay(availableAt, zone)).toBe(true);
      },
    ),
    { numRuns: 300 },
  );
});

const document: ProgrammeInput['expiry'] = { kind: 'lot' };
it('control: a programme that says nothing of expiry has none', () => {
  expect(expiryTimeline(shopWith([[0, programme()]]), at('2026-01-01T00:00Z'))).toEqual([]);
  expect(
    expiryTimeline(shopWith([[0, programme({ expiry: document })]]), at('2026-01-01T00:00Z')),
  ).toEqual([terms()]);
});
