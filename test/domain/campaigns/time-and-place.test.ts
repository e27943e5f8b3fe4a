/** When and where a campaign runs: days, hours, markets and channels of the order (law 1.5). */
import { describe, expect, it } from 'vitest';
import { bought, campaign, memberOf, shopOf } from './campaigns.ts';
import type { CampaignInput } from './campaigns.ts';
import { shopWith, day, Member, programme, review } from '../fixtures.ts';
import { dayEnd, dayStart } from '../../../app/domain/time/shop-time.ts';

/** $50 are 100 while it runs, and 50 while it does not. */
const runs = (when: CampaignInput['when'], over: object): boolean =>
  memberOf(campaign({ multiplier: '2', ...(when && { when }) })).order(bought('1', 50, over)).books
    .available === 100;

describe('a campaign of chosen days ends when the shop’s day does, also where clocks change', () => {
  // [zone, the day on which the clock changes, its hours]
  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    // Half an hour forward and back.
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
  ])('%s on %s, a day of %d hours (law 1.5)', (timeZone, changing, hours) => {
    const [startsAt, endsAt] = [dayStart(changing, timeZone), dayEnd(changing, timeZone)];
    expect((endsAt - startsAt) / 3_600_000).toBe(hours);
    const one = campaign({
      multiplier: '2',
      startsAt: new Date(startsAt).toISOString(),
      endsAt: new Date(endsAt).toISOString(),
    });
    const shop = shopOf([one], {}, { timeZone });
    const earned = (placedAt: number): number =>
      new Member(shop).order(bought('1', 50, { placedAt }), endsAt + 1).books.available;
    const moments = [startsAt - 1, startsAt, endsAt - 1, endsAt];
    expect(moments.map(earned)).toEqual([50, 100, 100, 50]);
    // A week of days around it: as many days, and midnights of the shop at both ends.
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone,
      hour: '2-digit',
      minute: '2-digit',
    });
    expect([clock.format(startsAt), clock.format(endsAt)]).toEqual(['00:00', '00:00']);
  });
});

describe('days of the week and hours of the shop’s clock', () => {
  // 14 January 2026 is a Wednesday; Berlin is one hour ahead of UTC then.
  const at = (hourUtc: number, minute = 0): object => ({
    placedAt: day(14) + hourUtc * 3_600_000 + minute * 60_000,
  });

  it('on Wednesdays: from its midnight to the next, in the shop’s zone', () => {
    const wednesdays = { weekdays: ['wednesday' as const] };
    expect([at(-2), at(-1), at(22, 59), at(23)].map((over) => runs(wednesdays, over))).toEqual([
      ...[false, true, true, false],
    ]);
  });

  it('from 17 until 20 o’clock: from 17:00 to just before 20:00', () => {
    const evening = { fromHour: 17, untilHour: 20 };
    const moments = [at(15, 59), at(16), at(18, 59), at(19)];
    expect(moments.map((over) => runs(evening, over))).toEqual([false, true, true, false]);
    expect([at(9), at(23)].map((over) => runs({ untilHour: 12 }, over))).toEqual([true, true]);
    expect([at(9), at(22)].map((over) => runs({ fromHour: 12 }, over))).toEqual([false, true]);
  });

  it('an hour that the clock shows twice is in it twice: 25 October, 2 to 3 in Berlin', () => {
    const at2 = (hourUtc: number): number => {
      const placedAt = Date.UTC(2026, 9, 25, hourUtc);
      const one = campaign({
        ...{ multiplier: '2', when: { fromHour: 2, untilHour: 3 } },
        ...{ startsAt: '2026-10-24T22:00:00Z', endsAt: '2026-10-25T23:00:00Z' },
      });
      return memberOf(one).order(bought('1', 50, { placedAt }), placedAt).books.available;
    };
    expect([-1, 0, 1, 2].map(at2)).toEqual([50, 100, 100, 50]);
  });

  it('reviews in happy hours are multiplied, too, where the campaign lists them', () => {
    const reviewing = {
      ...{ key: 'review', kind: 'review', name: 'Reviewing', enabled: true },
      settings: { points: 30, photoBonus: 0, videoBonus: 0 },
    };
    const earning = [...programme().earning, reviewing];
    const happy = campaign({
      multiplier: '2',
      rules: ['review'],
      when: { weekdays: ['wednesday'] },
    });
    const earned = (over: CampaignInput, createdAt: number): number =>
      new Member(shopWith([[day(1), programme({ earning, campaigns: [over] })]])).review(
        review({ createdAt }),
      ).books.available;
    expect([earned(happy, day(14)), earned(happy, day(15))]).toEqual([60, 30]);
    // What only an order can be, a review is not.
    expect(earned({ ...happy, when: { channels: ['pos'] } }, day(14))).toBe(30);
  });
});

describe('where an order is placed, and where it is from', () => {
  it.each([
    ['pos', 'pos', true],
    ['pos', 'web', false],
    ['online-store', 'web', true],
    ['draft', 'shopify_draft_order', true],
    ['subscription', 'subscription_contract_checkout_one', true],
    ['other', 'tiktok', true],
  ] as const)('for %s, an order of the source %s: %s', (channel, source, fits) => {
    expect(runs({ channels: [channel] }, { source })).toBe(fits);
  });

  it('for orders from a market, by their country', () => {
    const markets = [
      { key: 'ch', name: 'Switzerland', countries: ['CH'] },
      { key: 'eu', name: 'Europe', countries: ['DE', 'FR'] },
    ];
    const one = campaign({ multiplier: '2', when: { markets: ['eu'] } });
    const earned = (countryCode: string | null): number =>
      new Member(shopOf([one], { markets })).order(bought('1', 50, { countryCode })).books
        .available;
    expect([earned('DE'), earned('CH'), earned(null)]).toEqual([100, 50, 50]);
  });
});
