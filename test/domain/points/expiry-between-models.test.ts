/** From points that expire lot by lot to balances that end by inactivity, and what lies before (laws 4.2, 4.3). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expiryDates } from '../../../app/domain/points/expiry.ts';
import type { ExpiryTerms } from '../../../app/domain/points/expiry.ts';
import { DAY, endOfDayAfter } from '../../../app/domain/time/shop-time.ts';
import { day, Member, order, programme, shopWith } from '../fixtures.ts';

const ZONE = 'UTC';
const at = (text: string): number => Date.parse(text);
const dayOf = (moment: number | null): string | null =>
  moment === null ? null : new Date(moment - 1).toISOString().slice(0, 10);

/** Lots of 12 months; from 1 June on a balance ends 3 months after the last deed, announced 30 days before. */
const lots: ExpiryTerms = { from: 0, kind: 'lot', length: 12, unit: 'months', noticeDays: 30 };
const byDeeds: ExpiryTerms = {
  ...lots,
  ...{ from: at('2026-06-01T00:00Z'), kind: 'inactivity', length: 3 },
};

function lastDay(doings: readonly string[], terms = byDeeds, lot = '2026-01-02'): string | null {
  const activity = doings.map((doing) => at(`${doing}T12:00Z`));
  const dateOf = expiryDates([lots, terms], activity, ZONE);
  return dayOf(dateOf({ availableAt: at(`${lot}T12:00Z`), keptUntil: null }));
}

describe('a lot of 2 January, switched to inactivity on 1 June (law 4.3)', () => {
  it.each([
    ['nobody did anything since: a full period from 1 June', ['2026-01-02'], '2026-09-01'],
    ['the last deed was on 15 May', ['2026-01-02', '2026-05-15'], '2026-09-01'],
    [
      'and one within the period: 1 August and 3 months',
      ['2026-01-02', '2026-05-15', '2026-08-01'],
      '2026-11-01',
    ],
    [
      'deeds go on past the old date: the gap of spring, when lots were the rule, ends nothing',
      ['2026-01-02', '2026-05-15', '2026-08-01', '2026-10-01', '2026-12-01', '2027-02-01'],
      '2027-05-01',
    ],
    [
      'control: the next deed comes a day too late',
      ['2026-01-02', '2026-05-15', '2026-09-02'],
      '2026-09-01',
    ],
  ])('%s', (_name, doings, ends) => {
    expect(lastDay(doings)).toBe(ends);
  });

  it('its own date goes on where that is nearer than the notice: 2 January for a notice of a year', () => {
    const terms = { ...byDeeds, noticeDays: 365 };
    expect(lastDay(['2026-01-02'], terms)).toBe('2027-01-02');
    // 20 December lies before it, and 3 months after it lie behind.
    expect(lastDay(['2026-01-02', '2026-12-20'], terms)).toBe('2027-03-20');
  });

  it('a present from after the last period has one of its own: 10 April, and a deed of 1 January', () => {
    // The old date is 10 April of the next year, the notice 1 September.
    expect(lastDay(['2026-01-01'], byDeeds, '2026-04-10')).toBe('2026-09-01');
  });
});

it('a member who buys every two months keeps all of it: 7 × 100, and nothing expires (law 4.2)', () => {
  const expiring = (kind: 'lot' | 'inactivity', length: number) =>
    programme({ expiry: { kind, length, unit: 'months', noticeDays: 30, reminderDays: [] } });
  const versions = [
    [day(1), expiring('lot', 12)],
    [day(152), expiring('inactivity', 3)],
  ] as const;
  const member = new Member(shopWith(versions, { timeZone: ZONE }));
  // More than three months lie between the first and the second, while lots were the rule.
  for (const [index, placedAt] of [2, 135, 213, 274, 335, 396, 450].entries()) {
    member.order(order({ placedAt: day(placedAt) }, { orderId: `50${index}` }), day(placedAt));
  }
  expect([member.books.available, member.decide(day(500)).books.available]).toEqual([700, 700]);
});

const START = at('2025-01-01T00:00Z');
const moments = fc.integer({ min: 0, max: 900 }).map((days) => START + days * DAY + DAY / 2);

it('by any doings a balance ends as whoever lives through the change says (laws 4.2, 4.3)', () => {
  fc.assert(
    fc.property(
      fc.array(moments, { maxLength: 14 }),
      fc.tuple(moments, moments, fc.boolean()),
      fc.record({
        before: fc.integer({ min: 1, max: 400 }),
        length: fc.integer({ min: 1, max: 120 }),
        noticeDays: fc.integer({ min: 0, max: 200 }),
      }),
      (doings, [one, other, switchedOn], { before, length, noticeDays }) => {
        const [availableAt, from] = [Math.min(one, other), Math.max(one, other) + DAY / 4];
        const activity = doings.sort((a, b) => a - b);
        const end = (start: number, days: number): number =>
          endOfDayAfter(start, days, 'days', ZONE);
        const old: ExpiryTerms = { ...lots, length: before, unit: 'days', noticeDays: 0 };
        const terms: ExpiryTerms = { from, kind: 'inactivity', length, unit: 'days', noticeDays };
        const timeline = switchedOn ? [terms] : [{ ...old, from: 0 }, terms];
        const found = expiryDates(timeline, activity, ZONE)({ availableAt, keptUntil: null });

        const was = switchedOn ? Infinity : end(availableAt, before);
        // On the day of the change: a period after the last deed, or the old date, or the notice.
        const last = activity.filter((doing) => doing <= from).at(-1) ?? availableAt;
        const running = end(last, length);
        // A present that came after the period of the last deed had passed has one of its own.
        const natural = running > availableAt ? running : end(availableAt, length);
        const safe = Math.max(end(from, length), end(from, noticeDays));
        let ends = natural >= was ? natural : Math.min(was, safe);
        // And then each deed that comes in time.
        for (const doing of activity) {
          if (doing > from && doing < ends) ends = Math.max(ends, end(doing, length));
        }
        expect(found).toBe(was <= from ? was : ends);
      },
    ),
    { numRuns: 500 },
  );
});
