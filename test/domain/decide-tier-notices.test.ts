/** What a member is missing to tiers, and what they are told of theirs. */
import { describe, expect, it } from 'vitest';
import { addDays } from '../../app/domain/time/shop-time.ts';
import { day } from './fixtures.ts';
import type { Member } from './fixtures.ts';
import { bought, joined, kinds, paidBack, paying, plain, zone } from './tiers/tier-members.ts';
import type { Tiers } from './tiers/tier-members.ts';

describe('what is missing (law 6.2)', () => {
  it('to the next tier is until the window ends: $80.00 more by 31 December', () => {
    const member = joined(day(10), plain, { window: { kind: 'calendar-year' } });
    member.order(bought('1', day(20), 420), day(20));
    const newYear = Date.parse('2027-01-01T00:00:00+01:00');
    expect(member.decision?.ladder).toMatchObject({
      have: 42_000,
      next: { key: 'gold', need: 50_000 },
      nextBy: newYear,
      keep: null, // 2027 decides, and has not begun
    });
    member.decide(newYear);
    expect(member.decision?.ladder).toMatchObject({
      have: 0,
      keep: { rung: { key: 'silver' }, to: { key: 'bronze' }, have: 0, need: 20_000 },
    });
    // 1 January 2028, and the 30 days of grace are none here.
    expect(member.decision?.ladder?.keep?.ends).toBe(Date.parse('2028-01-01T00:00:00+01:00'));
  });

  it('to keep a tier counts what the term’s end will see, and the grace after it', () => {
    const window = { kind: 'rolling', days: 100 } as const;
    const member = joined(day(10), plain, { window, graceDays: 30 });
    member.order(bought('1', day(20), 250), day(20));
    member.order(bought('2', day(40), 180), day(40));
    const end = addDays(day(20), 100, zone);
    expect(member.decision?.ladder).toMatchObject({
      have: 43_000,
      nextBy: end, // the first purchase leaves the window
      keep: { have: 18_000, need: 20_000, ends: addDays(end, 30, zone), to: { key: 'bronze' } },
    });
    member.order(bought('3', day(50), 20), day(50));
    expect(member.decision?.ladder?.keep).toMatchObject({ have: 20_000, to: { key: 'silver' } });
  });

  it('goes one tier down at most where the programme says so', () => {
    const window = { kind: 'rolling', days: 100 } as const;
    const fall = (downgrade: 'recompute' | 'one-down'): Member =>
      joined(day(10), plain, { window, downgrade }).order(bought('1', day(20), 600), day(20));
    expect(fall('recompute').decision?.ladder?.keep?.to?.key).toBe('bronze');
    const member = fall('one-down');
    expect(member.decision?.ladder?.keep?.to?.key).toBe('silver');
    const end = addDays(day(20), 100, zone);
    expect(member.decide(end).tier).toBe('silver');
    expect(member.decide(addDays(end, 100, zone)).tier).toBe('bronze');
    expect(fall('recompute').decide(end).tier).toBe('bronze');
  });

  it('of a granted tier is what reaching it by counting takes until the grant ends', () => {
    const member = joined(day(10), plain);
    member.tierGrants = [{ tierKey: 'gold', from: day(12), until: day(60), revokedAt: null }];
    member.order(bought('1', day(20), 300), day(20));
    expect(member.decision?.ladder).toMatchObject({
      next: null,
      keep: { rung: { key: 'gold' }, to: { key: 'silver' }, have: 30_000, need: 50_000 },
    });
    expect(member.decision?.ladder?.keep?.ends).toBe(day(60));
  });
});

describe('what a member is told of their tier (law 6.2)', () => {
  const rolling: Tiers = { window: { kind: 'rolling', days: 100 }, noticeDays: 20 };

  it('is that it was reached, that it is at risk, and that it was left, once each', () => {
    const member = joined(day(10), paying, rolling).decide(day(10));
    member.order(bought('1', day(20), 250), day(20));
    const end = addDays(day(20), 100, zone);
    const notice = addDays(end, -20, zone);
    expect(member.decision?.dueAt).toBe(notice);
    for (const at of [day(30), notice, notice + 5, end, end + 5]) member.decide(at);
    expect(kinds(member)).toEqual(['tier-reached', 'tier-reached', 'tier-at-risk', 'tier-left']);
    expect([...member.told.values()].at(2)).toMatchObject({
      at: notice,
      content: {
        tier: 'silver',
        to: 'bronze',
        missing: 20_000,
        until: new Date(end).toISOString(),
      },
    });
    expect([...member.told.values()].at(-1)).toMatchObject({
      at: end,
      content: { from: 'silver', to: 'bronze' },
    });
  });

  it('is that it was kept, where the term’s end found enough, and then nothing of risk', () => {
    const member = joined(day(10), paying, rolling).decide(day(10));
    member.order(bought('1', day(20), 250), day(20));
    member.order(bought('2', day(60), 200), day(60));
    const end = addDays(day(20), 100, zone);
    for (const at of [addDays(end, -20, zone), end, end + 5]) member.decide(at);
    expect(kinds(member)).toEqual(['tier-reached', 'tier-reached', 'tier-kept']);
    expect([...member.told.values()].at(-1)).toMatchObject({
      at: end,
      content: { tier: 'silver' },
    });
  });

  it('is nothing of what was before Laurel met them: 18 months of history tell nothing', () => {
    const history = [1, 2, 3, 4].map((id) => bought(String(id), day(20 + id * 130), 250));
    const member = joined(day(10), paying, rolling);
    member.enrolledAt = day(560);
    for (const told of history) member.order(told, day(560));
    expect(member.tier).toBe('silver');
    expect(kinds(member)).toEqual([]);
    // Known from the beginning, the same history was told as it happened.
    const watched = joined(day(10), paying, rolling).decide(day(10));
    for (const told of history) {
      const at = told.snapshot?.placedAt ?? 0;
      watched.order(told, at).decide(addDays(at, 105, zone));
    }
    expect(kinds(watched)).toContain('tier-left');
  });

  it('is no second time that it was reached when an older order is found out about', () => {
    const member = joined(day(10), paying).decide(day(10));
    member.order(bought('2', day(20), 210), day(20));
    member.order(bought('1', day(18), 205), day(21));
    expect(member.decision?.stand?.since).toBe(day(18));
    expect(kinds(member)).toEqual(['tier-reached', 'tier-reached']);
  });

  it('is nothing when a ladder is published around them', () => {
    const member = joined(day(1), paying);
    member.order(bought('1', day(2), 250), day(4));
    member.decide(day(5));
    expect(member.tier).toBe('silver');
    expect(kinds(member)).toEqual([]);
  });

  it('is that it was left when a refund takes it, from the refund on', () => {
    const member = joined(day(10), paying).decide(day(10));
    member.order(bought('1', day(20), 250), day(20));
    member.order(paidBack('1', day(25), 100), day(26));
    expect([...member.told.values()].at(-1)).toMatchObject({ kind: 'tier-left', at: day(25) });
  });

  it('is told without notice where the programme gives none', () => {
    const member = joined(day(10), paying, { ...rolling, noticeDays: 0 }).decide(day(10));
    member.order(bought('1', day(20), 250), day(20)).decide(day(119));
    expect(kinds(member)).toEqual(['tier-reached', 'tier-reached']);
  });

  it('is what happened up to a day before Laurel met them, or 31 days ago', () => {
    const told = (metAt: number, now: number) => {
      const member = joined(day(10), plain, rolling);
      member.enrolledAt = metAt;
      return kinds(member.order(bought('1', day(20), 250), now));
    };
    expect([told(day(21), day(22)), told(day(21) + 1, day(22))]).toEqual([['tier-reached'], []]);
    expect([told(day(10), day(51)), told(day(10), day(51) + 1)]).toEqual([['tier-reached'], []]);
  });
});

it('who holds the highest tier for a year is looked at again when the year begins that decides (law 6.2)', () => {
  const top = joined(day(10), plain, { window: { kind: 'calendar-year' }, noticeDays: 0 });
  top.order(bought('1', day(20), 600), day(20));
  const newYear = Date.parse('2027-01-01T00:00:00+01:00');
  expect([top.tier, top.decision?.ladder?.keep, top.decision?.dueAt]).toEqual([
    ...['gold', null, newYear],
  ]);
  top.decide(newYear);
  expect(top.decision?.ladder?.keep).toMatchObject({ have: 0, need: 50_000 });
});
