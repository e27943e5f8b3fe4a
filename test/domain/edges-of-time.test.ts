/** Where time is awkward: hours that are there twice, clocks that differ, workers that slept for months. */
import { describe, expect, it } from 'vitest';
import { deed } from '../../app/domain/activities/activity.ts';
import { addDays } from '../../app/domain/time/shop-time.ts';
import { way } from './activities/ways.ts';
import { day, Member, shopWith } from './fixtures.ts';
import { bought, expiring, shopThat } from './passing-days.ts';
import { bought as spent, joined, ladder, paidBack, paying, plain } from './tiers/tier-members.ts';
import type { Level, Tiers } from './tiers/tier-members.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

function climber(over: Tiers, zone: string, levels: readonly Level[] = plain.slice(1)): Member {
  const begin = utc('2020-01-01T00:00');
  const member = new Member(shopWith([[begin, ladder(levels, over)]], { timeZone: zone }));
  member.createdAt = begin;
  member.enrolledAt = begin;
  return member;
}

describe('a term of N days (law 6.2)', () => {
  // The second half past two, the first one, half an hour of Lord Howe, the last hours before midnights
  // that come twice, and a time of day that is missing a day later.
  it.each([
    ['Europe/Berlin', '2026-10-25T01:30'],
    ['Europe/Berlin', '2026-10-25T00:30'],
    ['America/New_York', '2026-11-01T06:30'],
    ['Australia/Lord_Howe', '2026-04-04T15:10'],
    ['Africa/Cairo', '2026-10-29T21:30'],
    ['America/Santiago', '2026-04-05T03:30'],
    ['Europe/Berlin', '2026-03-28T01:30'],
    ['Asia/Kathmandu', '2026-03-28T01:30'],
  ])('in %s is not brought again by its own purchase of %s', (zone, text) => {
    const at = utc(text);
    for (const days of [1, 30, 365]) {
      const window = { kind: 'rolling', days } as const;
      const member = climber({ window, graceDays: 0 }, zone).order(spent('1', at, 200), at);
      const end = addDays(at, days, zone);
      expect([member.tier, member.decision?.stand?.termEnds]).toEqual(['silver', end]);
      expect(member.decide(end - 1).tier).toBe('silver');
      expect([days, member.decide(end).tier]).toEqual([days, null]);
    }
  });

  it('a calendar year ends at the midnight of New York, a second decides which', () => {
    const last = utc('2027-01-01T04:59:59');
    const ends = [last, last + 1_000].map((at) => {
      const member = climber({ window: { kind: 'calendar-year' } }, 'America/New_York');
      return member.order(spent('1', at, 200), at + 86_400_000).decision?.stand?.termEnds;
    });
    expect(ends).toEqual([utc('2028-01-01T05:00'), utc('2029-01-01T05:00')]);
  });

  it('that ends within a year looks at the last whole year, too: what that brought holds to the end of this one (law 6.4)', () => {
    const silver = (...boughtOn: readonly string[]): Member => {
      const member = climber({}, 'UTC');
      member.shop = shopWith(
        [
          [utc('2020-01-01T00:00'), ladder(plain, { window: { kind: 'rolling', days: 365 } })],
          [utc('2026-06-01T00:00'), ladder(plain, { window: { kind: 'calendar-year' } })],
        ],
        { timeZone: 'UTC' },
      );
      boughtOn.forEach((at, index) =>
        member.order(spent(String(index), utc(`${at}T00:00`), 200), utc(`${at}T00:00`)),
      );
      return member;
    };
    const ends = (member: Member, at: string): [string | null, unknown] => [
      member.decide(utc(at)).tier,
      member.decision?.stand?.termEnds,
    ];
    const end = utc('2027-03-01T00:00');
    expect(ends(silver('2026-03-01'), '2027-02-28T23:59')).toEqual(['silver', end]);
    expect(ends(silver('2026-03-01'), '2027-03-01T00:00')).toEqual([
      'silver',
      utc('2028-01-01T00:00'),
    ]);
    expect(ends(silver('2026-03-01'), '2028-01-01T00:00')[0]).toBe('bronze');
    // What 2027 brings by then holds a year longer, and what 2025 brought a year less.
    const twice = silver('2026-03-01', '2027-01-05');
    expect(ends(twice, '2027-03-01T00:00')).toEqual(['silver', utc('2029-01-01T00:00')]);
    const once = silver('2025-12-01');
    expect(ends(once, '2026-12-01T00:00')).toEqual(['silver', utc('2027-01-01T00:00')]);
    expect(once.decide(utc('2027-01-01T00:00')).tier).toBe('bronze');
  });

  it('several of them pass while a worker sleeps for three years: one step down at the end of each grace', () => {
    const yearly = {
      window: { kind: 'calendar-year' },
      graceDays: 30,
      downgrade: 'one-down',
    } as const;
    const gold = (): Member =>
      climber(yearly, 'UTC', paying).order(
        spent('1', utc('2026-03-05T00:00'), 500),
        utc('2026-03-05T00:00'),
      );
    const slept = gold().decide(utc('2031-06-01T00:00'));
    const awake = gold();
    const days: [string, string | null][] = [
      ['2028-01-30T23:59', 'gold'], // the end of 2027 and 30 days
      ['2028-01-31T00:00', 'silver'], // held to the end of 2028
      ['2029-01-30T23:59', 'silver'],
      ['2029-01-31T00:00', 'bronze'],
    ];
    for (const [at, tier] of days) expect([at, awake.decide(utc(at)).tier]).toEqual([at, tier]);
    awake.decide(utc('2031-06-01T00:00'));
    expect(slept.decision?.stand).toEqual(awake.decision?.stand);
    expect(slept.moves).toEqual(awake.moves);
  });

  it('and a refund of what brought a tier that is over takes its rewards, and not the present tier', () => {
    const member = climber({ window: { kind: 'calendar-year' }, graceDays: 0 }, 'UTC', paying);
    member.order(spent('1', utc('2026-03-05T00:00'), 500), utc('2026-03-05T00:00'));
    member.order(spent('2', utc('2028-01-10T00:00'), 200), utc('2028-01-10T00:00'));
    expect(member.moves).toEqual([50, 200, 50]); // silver twice, in two terms
    member.order(paidBack('1', utc('2028-02-01T00:00'), 500), utc('2028-02-01T00:00'));
    expect([member.tier, member.moves]).toEqual(['silver', [50, 200, 50, -200, -50]]);
  });
});

describe('clocks that differ', () => {
  it('an order that Shopify placed two seconds ahead of us brings its tier in two seconds (law 6.2)', () => {
    const ahead = day(20) + 2_000;
    const member = joined(day(6), plain).order(spent('1', ahead, 250), day(20));
    expect([member.tier, member.decision?.dueAt]).toEqual(['bronze', ahead]);
    expect(member.decide(ahead, []).tier).toBe('silver');
  });

  it('its points can be spent from then on (law 3.1)', () => {
    const member = new Member(shopThat({})).order(bought('1', 50, day(20) + 2_000), day(20));
    expect(member.books).toMatchObject({ available: 0, pending: 50 });
    expect(member.decision?.dueAt).toBe(day(20) + 2_000);
    expect(member.decide(day(20) + 2_000, []).books).toMatchObject({ available: 50, pending: 0 });
  });
});

describe('a worker that slept (law 4.3)', () => {
  const shop = shopThat({ expiry: expiring({ length: 60, reminderDays: [30, 7, 1] }) });
  const told = (member: Member): unknown[] =>
    [...member.told.values()]
      .filter(({ kind }) => kind === 'points-expiring')
      .map(({ content }) => content['days']);

  it('through two reminders tells the later one alone: 30 days are not left any more', () => {
    const member = new Member(shop).order(bought('1', 50, day(2)), day(2)); // to the end of day 62
    expect(told(member.decide(day(58), []))).toEqual([7]);
    expect(told(member.decide(day(60), []))).toEqual([7]);
    expect(told(member.decide(day(62), []))).toEqual([7, 1]);
  });

  it('past the end tells nothing', () => {
    const member = new Member(shop).order(bought('1', 50, day(2)), day(2));
    expect(told(member.decide(day(150), []))).toEqual([]);
    expect(member.books.available).toBe(0);
  });
});

describe('a balance that ends 30 days after the last deed (law 4.2)', () => {
  const shop = shopThat({
    expiry: expiring({ kind: 'inactivity', length: 30 }),
    earning: [way('order'), way('birthday', { points: 7 }), way('anniversary', { points: 9 })],
  });
  const given = { purpose: 'reward', points: 0 };

  it('is not kept alive by a birthday, an anniversary, or a reward that was given for nothing', () => {
    const member = new Member(shop);
    member.createdAt = day(25 - 365);
    member.order(bought('1', 80, day(10)), day(10));
    member.did(deed('birthday', 'x', day(5), { month: 1, day: 20 }), day(10));
    member.redemptions.set('r1', { ...member.redeem(1, day(12)), ...given });
    member.decide(day(30));
    // The anniversary of the 25th, the birthday of the 20th and what is left of the order end with it.
    expect(new Set(member.books.lots.map(({ expiresAt }) => expiresAt))).toEqual(
      new Set([day(41)]),
    );
    expect(member.decide(day(41)).books.available).toBe(0);
    // Control: spending a point for it is a deed.
    const spending = new Member(shop).order(bought('1', 80, day(10)), day(10));
    spending.redeem(1, day(12));
    expect(spending.books.lots[0]?.expiresAt).toBe(day(43));
  });

  it('switched to lots in the middle gives a full period from then on, which no deed prolongs (law 4.3)', () => {
    const [first] = shop.versions;
    if (!first) throw new Error('The shop has a programme.');
    const lots = {
      ...first.version.document,
      expiry: { ...first.version.document.expiry, kind: 'lot' },
    } as const;
    const member = new Member(
      shopWith(
        [
          [day(1), first.version.document],
          [day(20), lots],
        ],
        { timeZone: 'UTC' },
      ),
    );
    member.order(bought('1', 80, day(10)), day(10));
    member.order(bought('2', 5, day(35)), day(36));
    // By inactivity the purchase would keep all to the end of day 65; as lots, the first had its full period from
    // day 20 on, to the end of day 50, and the second its own, to the end of day 65.
    expect(member.books.lots.map(({ expiresAt }) => expiresAt)).toEqual([day(51), day(66)]);
  });
});
