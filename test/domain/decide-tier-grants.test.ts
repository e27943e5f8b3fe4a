/** Tiers that are granted, and the year that begins with joining. */
import { describe, expect, it } from 'vitest';
import { day, shopWith } from './fixtures.ts';
import { bought, joined, kinds, ladder, level, paying, plain } from './tiers/tier-members.ts';
import type { Tiers } from './tiers/tier-members.ts';

describe('a tier that is granted (law 6.1)', () => {
  const vip = level('vip', '', { grantedOnly: true });
  const club = [level('bronze', '0'), level('silver', '200'), vip];

  it('by an agent lifts for its time; what is reached by counting counts on beside it', () => {
    const member = joined(day(10), club);
    member.tierGrants = [{ tierKey: 'silver', from: day(12), until: day(30), revokedAt: null }];
    expect(member.decide(day(12)).tier).toBe('silver');
    member.order(bought('1', day(20), 200), day(20));
    expect(member.decide(day(40)).tier).toBe('silver');
    const other = joined(day(10), club);
    other.tierGrants = member.tierGrants;
    other.order(bought('1', day(20), 199), day(20));
    expect(other.decide(day(29)).tier).toBe('silver');
    expect(other.decide(day(30)).tier).toBe('bronze');
  });

  it('that is revoked was held until then', () => {
    const member = joined(day(10), club);
    member.tierGrants = [{ tierKey: 'vip', from: day(12), until: null, revokedAt: day(20) }];
    member.decide(day(30));
    expect(member.tier).toBe('bronze');
    expect(member.decision?.stand).toMatchObject({ from: day(20), since: day(20) });
  });

  it('of a ladder that no longer has it gives nothing', () => {
    const member = joined(day(10), club);
    member.shop = shopWith([
      [day(5), ladder(club)],
      [day(20), ladder(club.slice(0, 2))],
    ]);
    member.tierGrants = [{ tierKey: 'vip', from: day(12), until: null, revokedAt: null }];
    expect(member.decide(day(19)).tier).toBe('vip');
    expect(member.decide(day(20)).tier).toBe('bronze');
  });
});

describe('a grant beside what is counted (laws 6.1 and 6.3)', () => {
  const month: Tiers = { window: { kind: 'rolling', days: 30 }, graceDays: 0, noticeDays: 0 };
  const silver = (until: number) => [
    { tierKey: 'silver', from: day(12), until: day(until), revokedAt: null },
  ];

  it('holds who falls, and ends by itself; each tier is paid for once', () => {
    const member = joined(day(10), paying, month).decide(day(10));
    member.tierGrants = silver(100);
    member.decide(day(12)).order(bought('1', day(50), 500), day(50));
    expect([member.tier, member.moves]).toEqual(['gold', [10, 50, 200]]);
    const seen = [day(80) - 1, day(80), day(100) - 1, day(100)].map((at) => member.decide(at).tier);
    expect(seen).toEqual(['gold', 'silver', 'silver', 'bronze']);
    expect(member.moves).toEqual([10, 50, 200]);
    const [up, down] = ['tier-reached', 'tier-left'];
    expect(kinds(member)).toEqual([up, up, up, down, down]);
  });

  it('is lost with its last day, though what was earned beneath it has days of grace', () => {
    const member = joined(day(10), paying, { ...month, graceDays: 20 }).decide(day(10));
    member.order(bought('1', day(20), 200), day(20)); // silver to day 50, its grace to day 70
    member.tierGrants = [{ tierKey: 'gold', from: day(30), until: day(55), revokedAt: null }];
    const { keep } = member.decide(day(52)).decision?.ladder ?? {};
    expect([keep?.rung.key, keep?.to?.key, keep?.ends]).toEqual(['gold', 'silver', day(55)]);
    const seen = [day(55) - 1, day(55), day(70) - 1, day(70)].map((at) => member.decide(at).tier);
    expect(seen).toEqual(['gold', 'silver', 'silver', 'bronze']);
  });

  it('that ends below what is earned changes and tells nothing', () => {
    const member = joined(day(10), paying, month).decide(day(10));
    member.tierGrants = silver(60);
    member.decide(day(12)).order(bought('1', day(50), 500), day(50));
    const told = kinds(member);
    expect([day(60), day(80) - 1].map((at) => member.decide(at).tier)).toEqual(['gold', 'gold']);
    expect(kinds(member)).toEqual(told);
    expect(member.decide(day(80)).tier).toBe('bronze');
  });

  it('given in the days of grace goes on after them, and pays nothing again', () => {
    const member = joined(day(10), paying, { ...month, graceDays: 10 }).decide(day(10));
    member.order(bought('1', day(20), 500), day(20));
    member.tierGrants = [{ tierKey: 'gold', from: day(55), until: day(70), revokedAt: null }];
    const seen = [day(50), day(59), day(60), day(70) - 1, day(70)].map(
      (at) => member.decide(at).tier,
    );
    expect(seen).toEqual(['gold', 'gold', 'gold', 'gold', 'bronze']);
    expect(member.moves).toEqual([10, 50, 200]);
  });
});

describe('the anniversary of joining (law 6.1)', () => {
  const yearly: Tiers = { window: { kind: 'anniversary' }, graceDays: 0 };

  it('begins the year that counts, at the shop’s midnight of its day', () => {
    // Joined on 10 March 2026; the tier is held to 10 March 2028.
    const member = joined(Date.UTC(2026, 2, 10, 15), plain, yearly);
    member.order(bought('1', Date.UTC(2026, 4, 1), 250), Date.UTC(2026, 4, 1));
    expect(member.decision?.stand?.termEnds).toBe(Date.parse('2028-03-10T00:00:00+01:00'));
    expect(member.decision?.ladder?.nextBy).toBe(Date.parse('2027-03-10T00:00:00+01:00'));
    member.decide(Date.parse('2027-03-10T00:00:00+01:00'));
    expect(member.decision?.ladder?.have).toBe(0);
    member.decide(Date.parse('2028-03-10T00:00:00+01:00'));
    expect(member.tier).toBe('bronze');
  });

  it('of 29 February is the 28th in common years, and the 29th in leap years', () => {
    const member = joined(Date.UTC(2024, 1, 29, 12), plain, yearly);
    member.order(bought('1', Date.UTC(2026, 1, 28), 250), Date.UTC(2026, 1, 28, 12));
    // The year from 28 February 2026 on; the next begins 2027, the one after on 29 February 2028.
    expect(member.decision?.ladder?.nextBy).toBe(Date.parse('2027-02-28T00:00:00+01:00'));
    expect(member.decision?.stand?.termEnds).toBe(Date.parse('2028-02-29T00:00:00+01:00'));
  });

  it('is that of the enrolment where nobody knows when the account began', () => {
    const member = joined(day(10), plain, yearly);
    member.createdAt = null;
    member.enrolledAt = Date.UTC(2026, 5, 1, 12);
    member.order(bought('1', Date.UTC(2026, 6, 1), 250), Date.UTC(2026, 6, 1));
    expect(member.decision?.stand?.termEnds).toBe(Date.parse('2028-06-01T00:00:00+02:00'));
  });
});
