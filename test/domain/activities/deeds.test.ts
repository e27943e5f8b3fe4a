import { describe, expect, it } from 'vitest';
import { deed } from '../../../app/domain/activities/activity.ts';
import type { Activity } from '../../../app/domain/activities/activity.ts';
import { day, faultsOf, Member, shopWith } from '../fixtures.ts';
import { at, memberWith, programmeOf, way } from './ways.ts';

const NOW = day(200);

const consent = (given: 0 | 1, moment: number): Activity =>
  deed('newsletter', `${given}:${moment}`, moment, { given });

describe('consent to the newsletter (law 8)', () => {
  const RULE = way('newsletter', { points: 50, keptAfterDays: 30 });

  it('pays 50 once, and nothing again for asking and leaving a thousand times', () => {
    const member = memberWith('UTC', RULE);
    for (let turn = 0; turn < 1000; turn += 1) {
      const told = consent(turn % 2 === 0 ? 1 : 0, day(60) + turn * 1000);
      member.activities.set(told.id, told);
    }
    expect(member.decide(NOW).moves).toEqual([50, -50]);
    member.activities.clear();
    const faithful = memberWith('UTC', RULE).did(consent(1, day(60)), NOW);
    for (let turn = 0; turn < 20; turn += 1) faithful.did(consent(1, day(61 + turn)), NOW);
    expect(faithful.moves).toEqual([50]);
  });

  it('is taken back when withdrawn on the 30th day less a second, and kept from then on', () => {
    const [soon, late] = [day(60) + 30 * 86_400_000 - 1000, day(60) + 30 * 86_400_000];
    const left = memberWith('UTC', RULE)
      .did(consent(1, day(60)), NOW)
      .did(consent(0, soon), NOW);
    const stayed = memberWith('UTC', RULE)
      .did(consent(1, day(60)), NOW)
      .did(consent(0, late), NOW);
    expect([left.moves, stayed.moves]).toEqual([[50, -50], [50]]);
  });

  it('comes to the same when the withdrawal is told first', () => {
    const member = memberWith('UTC', RULE).did(consent(0, day(65)), NOW);
    expect(member.moves).toEqual([]);
    member.did(consent(1, day(60)), NOW);
    expect([member.books.available, faultsOf(member.books)]).toEqual([0, []]);
    // A "no" from before the first "yes" is no withdrawal of it.
    const other = memberWith('UTC', RULE)
      .did(consent(0, day(59)), NOW)
      .did(consent(1, day(60)), NOW);
    expect(other.moves).toEqual([50]);
  });

  it('from before the programme pays nothing, even when it is given once more', () => {
    const member = memberWith('UTC', RULE).did(consent(1, day(-10)), NOW);
    expect(member.did(consent(1, day(20)), NOW).moves).toEqual([]);
  });

  it('counts 30 days by the shop’s clock, an hour more where the clocks go back', () => {
    const zone = 'Europe/Berlin';
    const given = at('2026-10-10T12:00', zone);
    const member = memberWith(zone, RULE).did(consent(1, given), day(360));
    member.did(consent(0, at('2026-11-09T11:59', zone)), day(360));
    expect(member.moves).toEqual([50, -50]);
    const kept = memberWith(zone, RULE).did(consent(1, given), day(360));
    kept.did(consent(0, at('2026-11-09T12:00', zone)), day(360));
    expect(kept.moves).toEqual([50]);
  });
});

describe('a visit (law 8)', () => {
  const visit = (number: number): Activity =>
    deed('visit', new Date(day(number)).toISOString().slice(0, 10), day(number));

  it('pays 5 once a shop’s day, however often it is told', () => {
    const member = memberWith('UTC', way('visit'));
    for (let time = 0; time < 1000; time += 1) member.activities.set('v', visit(10));
    for (let time = 0; time < 10; time += 1) member.did(visit(10), NOW);
    expect(member.did(visit(11), NOW).moves).toEqual([5, 5]);
  });

  it('is cut by a limit of 12 points a week, by when it was and not by when it was told', () => {
    const limits = { each: null, perMember: [{ most: 12, of: 'points', per: 'week' }] } as const;
    const rule = way('visit', {}, { limits: { ...limits, perMember: [...limits.perMember] } });
    // 5 January 2026 is a Monday: 5, 5, 2, 0 and on the next Monday 5.
    const days = [5, 6, 7, 8, 12];
    for (const order of [days, days.toReversed()]) {
      const member = memberWith('UTC', rule);
      for (const number of order) member.did(visit(number), NOW);
      const points = days.map(
        (number) => member.award('visit', visit(number).id, 'visit')?.posted ?? 0,
      );
      expect([points, faultsOf(member.books)]).toEqual([[5, 5, 2, 0, 5], []]);
    }
  });

  it('is settled once: of two thousand, deciding again writes none anew', () => {
    const limits = {
      each: null,
      perMember: [{ most: 40, of: 'points' as const, per: 'month' as const }],
    };
    const member = memberWith('UTC', way('visit', {}, { limits }));
    for (let number = 1; number <= 2_000; number += 1) {
      const told = visit(number);
      member.activities.set(told.id, told);
    }
    member.decide(day(2_001));
    // 8 visits of 5 points a month; day 2,000 is in June 2031, the 66th month.
    expect(member.books.available).toBe(40 * 66);
    const before = member.books.entries.length;
    member.did(visit(5), day(2_001));
    expect(member.books.entries).toHaveLength(before);
    expect(member.decision?.awards).toEqual([]);
  });
});

describe('a network (law 8)', () => {
  const follow = (network: string): Activity =>
    deed('social-follow', network, day(10), { network });

  it('pays for itself and no other, and once', () => {
    const member = memberWith('UTC', way('social-follow', { points: 25, network: 'tiktok' }));
    member.did(follow('instagram'), NOW);
    expect(member.moves).toEqual([]);
    member.did(follow('tiktok'), NOW).did(follow('tiktok'), NOW);
    expect(member.moves).toEqual([25]);
  });

  it('shared on three days pays three times, and twice where two a lifetime are the most', () => {
    const share = (number: number): Activity =>
      deed('social-share', `x:${number}`, day(number), { network: 'x' });
    const limits = { perMember: [{ most: 2, of: 'times' as const, per: 'lifetime' as const }] };
    const free = memberWith('UTC', way('social-share', { points: 10, network: 'x' }));
    const most = memberWith('UTC', way('social-share', { points: 10, network: 'x' }, { limits }));
    for (const number of [12, 10, 11]) {
      free.did(share(number), NOW);
      most.did(share(number), NOW);
    }
    expect([free.books.available, most.books.available]).toEqual([30, 20]);
    expect(most.award('social-share', 'x:12', 'social-share')).toMatchObject({
      posted: 0,
      explanation: { nothingBecause: 'limit-reached' },
    });
  });
});

describe('a completed profile (law 8)', () => {
  const RULE = way('profile', { points: 50, name: true, email: true, address: false });
  const profile = (fields: Record<string, number>): Activity =>
    deed('profile', 'profile', Math.min(...Object.values(fields)), fields);

  it('pays once when the last wanted field is there, in whatever order they are told', () => {
    const [name, both] = [profile({ name: day(10) }), profile({ name: day(20), email: day(20) })];
    const forth = memberWith('UTC', RULE).did(name, NOW);
    expect(forth.moves).toEqual([]);
    forth.did(both, NOW).did(profile({ email: day(30), phone: day(30) }), NOW);
    const back = memberWith('UTC', RULE).did(both, NOW).did(name, NOW);
    expect([forth.moves, back.moves]).toEqual([[50], [50]]);
    expect(back.books.entries[0]?.occurredAt).toBe(day(20));
  });

  it('that was complete before the programme pays nothing', () => {
    const member = memberWith('UTC', RULE).did(profile({ name: day(-9), email: day(-9) }), NOW);
    expect(member.moves).toEqual([]);
  });

  it('pays once though the next version asks for more', () => {
    const more = way('profile', {
      points: 70,
      name: true,
      email: true,
      phone: true,
      address: false,
    });
    const shop = shopWith([
      [day(1), programmeOf(RULE)],
      [day(50), programmeOf(more)],
    ]);
    const member = new Member(shop).did(
      profile({ name: day(10), email: day(10), phone: day(60) }),
      NOW,
    );
    expect(member.moves).toEqual([50]);
    expect(member.award('profile', 'profile', 'profile')?.programmeVersion).toBe(1);
  });

  it('can ask for the birthday', () => {
    const rule = way('profile', { name: true, email: false, address: false, birthday: true });
    const member = memberWith('UTC', rule).did(profile({ name: day(10) }), NOW);
    expect(member.moves).toEqual([]);
    member.did(deed('birthday', 'b', day(12), { month: 5, day: 5 }), NOW);
    expect(member.moves).toEqual([50]);
  });
});

describe('a survey (law 8)', () => {
  it('pays once each; where the rule names one, the others pay nothing', () => {
    const any = memberWith('UTC', way('survey', { points: 30 }));
    const one = memberWith('UTC', way('survey', { points: 30, survey: 'nps' }));
    for (const id of ['nps', 'nps', 'ces']) {
      any.did(deed('survey', id, day(10)), NOW);
      one.did(deed('survey', id, day(10)), NOW);
    }
    expect([any.moves, one.moves]).toEqual([[30, 30], [30]]);
  });
});

describe('a custom action (law 8)', () => {
  const RULE = way('custom', { points: 50, action: 'photo' });
  const done = (over: Partial<Activity> = {}): Activity => ({
    ...deed('custom', 'api:1', day(10), { action: 'photo' }),
    ...over,
  });

  it('pays the rule’s points, and what was withdrawn goes back', () => {
    const member = memberWith('UTC', RULE).did(done(), NOW);
    member.did(done({ occurredAt: null, withdrawnAt: day(12) }), NOW);
    expect([member.moves, member.award('custom', 'api:1', 'custom')?.explanation]).toMatchObject([
      [50, -50],
      { because: 'custom-withdrawn', points: 0 },
    ]);
  });

  it('is the same when the withdrawal is told first', () => {
    const member = memberWith('UTC', RULE).did(
      done({ occurredAt: null, withdrawnAt: day(12) }),
      NOW,
    );
    expect(member.moves).toEqual([]);
    member.did(done(), NOW);
    expect([member.books.available, member.moves]).toEqual([0, [50, -50]]);
  });

  it('may say how many points it is worth, up to what the rule allows', () => {
    const rule = way('custom', { points: 50, action: 'photo', most: 80 });
    const worth = (points: number): number[] =>
      memberWith('UTC', rule).did(done({ content: { action: 'photo', points } }), NOW).moves;
    expect([worth(70), worth(80), worth(1_000_000)]).toEqual([[70], [80], [80]]);
    const fixed = memberWith('UTC', RULE).did(
      done({ content: { action: 'photo', points: 70 } }),
      NOW,
    );
    expect(fixed.moves).toEqual([50]);
  });

  it('that is claimed pays when it is approved, not before, and not after it is refused', () => {
    const claim = done({ state: 'pending' });
    const member = memberWith('UTC', RULE).did(claim, NOW);
    expect(member.moves).toEqual([]);
    member.did({ ...claim, state: 'approved', decidedAt: day(20) }, NOW);
    expect(member.moves).toEqual([50]);
    member.did({ ...claim, state: 'refused', decidedAt: day(30) }, NOW);
    expect(member.moves).toEqual([50, -50]);
    // The claim told again decides nothing.
    expect(member.did(claim, NOW).books.available).toBe(0);
  });

  it('pays by the version at the time; a rule that is gone takes nothing back', () => {
    const shop = shopWith([
      [day(1), programmeOf(RULE)],
      [day(50), programmeOf(way('custom', { points: 90, action: 'photo' }))],
      [day(100), programmeOf()],
    ]);
    const member = new Member(shop);
    for (const number of [10, 60, 110]) {
      member.did({ ...done(), id: `api:${number}`, occurredAt: day(number) }, NOW);
    }
    expect(member.moves).toEqual([50, 90]);
  });
});
