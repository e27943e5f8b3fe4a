/** Campaigns on the calendar: which month or quarter, where in it, and which run at the same time. */
import { describe, expect, it } from 'vitest';
import { calendarSpan, lyingIn, readDay } from '../../../app/domain/campaigns/calendar-span.ts';
import { campaignState, overlapsOf } from '../../../app/domain/campaigns/campaign-state.ts';
import type { CampaignState } from '../../../app/domain/campaigns/campaign-state.ts';
import { dayEnd, dayStart } from '../../../app/domain/time/shop-time.ts';

const BERLIN = 'Europe/Berlin';
const days = (first: string, last: string, zone = BERLIN) => ({
  startsAt: dayStart(first, zone),
  endsAt: dayEnd(last, zone),
});

describe('a month or a quarter of the shop’s calendar', () => {
  it('has its days, whatever day of it is asked for', () => {
    expect(calendarSpan('month', '2026-02-17', BERLIN)).toMatchObject({
      ...{ first: '2026-02-01', before: '2026-01-01', after: '2026-03-01', days: 28 },
    });
    expect(calendarSpan('quarter', '2026-11-22', BERLIN)).toMatchObject({
      ...{ first: '2026-10-01', before: '2026-07-01', after: '2027-01-01', days: 92 },
    });
  });

  it('is marked at its Mondays, or at its months', () => {
    const { marks } = calendarSpan('month', '2026-11-01', BERLIN);
    expect(marks.map(({ day }) => day.slice(8))).toEqual(['02', '09', '16', '23', '30']);
    expect(calendarSpan('quarter', '2026-11-01', BERLIN).marks.map(({ day }) => day)).toEqual([
      ...['2026-10-01', '2026-11-01', '2026-12-01'],
    ]);
  });

  it('knows a day from what is none', () => {
    expect(['2026-02-28', '2026-02-30', 'x', '', null].map(readDay)).toEqual([
      ...['2026-02-28', null, null, null, null],
    ]);
    // What a calendar could make a day of, and an address does not say so.
    const odd = ['20260228', '2026-02-28T12:00', 'on 2026-02-28', '+002026-02-28', '2026-W09-6'];
    expect(odd.map(readDay)).toEqual(odd.map(() => null));
  });
});

describe('a bar', () => {
  const november = calendarSpan('month', '2026-11-01', BERLIN);

  it('goes from the beginning of its first day to the end of its last', () => {
    expect(lyingIn(november, days('2026-11-04', '2026-11-06'), BERLIN)).toEqual({
      ...{ from: 3 / 30, to: 6 / 30, beganBefore: false, goesOn: false },
    });
  });

  it('goes on beyond the ends of the month, and is nowhere in another', () => {
    expect(lyingIn(november, days('2026-10-30', '2026-12-02'), BERLIN)).toEqual({
      ...{ from: 0, to: 1, beganBefore: true, goesOn: true },
    });
    expect(lyingIn(november, days('2026-10-01', '2026-10-31'), BERLIN)).toBeNull();
    expect(lyingIn(november, days('2026-12-01', '2026-12-31'), BERLIN)).toBeNull();
  });

  it.each([
    [BERLIN, '2026-10-25'],
    ['America/New_York', '2026-11-01'],
    ['Australia/Lord_Howe', '2026-10-04'],
  ])('is one day wide in %s on %s, when the clock changes', (zone, changing) => {
    const span = calendarSpan('month', changing, zone);
    const lying = lyingIn(span, days(changing, changing, zone), zone);
    expect(((lying?.to ?? 0) - (lying?.from ?? 0)) * span.days).toBeCloseTo(1, 9);
  });
});

describe('campaigns at the same time', () => {
  const one = (key: string, first: string, last: string, state: CampaignState = 'running') => ({
    ...{ key, state },
    ...days(first, last),
  });

  it('are told in twos, with the days that both run', () => {
    const found = overlapsOf([
      one('a', '2026-11-01', '2026-11-10'),
      one('b', '2026-11-08', '2026-11-20', 'draft'),
      one('c', '2026-11-11', '2026-11-12'),
    ]);
    expect(found).toEqual([
      { keys: ['a', 'b'], ...days('2026-11-08', '2026-11-10') },
      { keys: ['b', 'c'], ...days('2026-11-11', '2026-11-12') },
    ]);
  });

  it('do not meet where one ends as the other begins, or is switched off', () => {
    const a = one('a', '2026-11-01', '2026-11-10');
    expect(overlapsOf([a, one('b', '2026-11-11', '2026-11-12')])).toEqual([]);
    expect(overlapsOf([a, one('b', '2026-11-01', '2026-11-12', 'off')])).toEqual([]);
  });
});

describe('where a campaign stands', () => {
  const window = { startsAt: 100, endsAt: 200 };
  const on = { enabled: true };

  it('is planned, runs from its first moment, and is over with its last', () => {
    const at = (now: number): CampaignState => campaignState(window, on, true, now);
    expect([99, 100, 199, 200].map(at)).toEqual(['planned', 'running', 'running', 'over']);
  });

  it('is off, a draft, or over because it was taken out', () => {
    expect(campaignState(window, { enabled: false }, true, 150)).toBe('off');
    expect(campaignState(window, null, false, 150)).toBe('draft');
    expect(campaignState(window, null, true, 150)).toBe('over');
  });
});
