import { describe, expect, it } from 'vitest';
import { inForce } from '../../../app/domain/programme/terms.ts';
import type { ProgrammeTerms } from '../../../app/domain/programme/terms.ts';
import {
  membersBadges,
  membersChallenges,
  offeredBadges,
  offeredChallenges,
} from '../../../app/domain/storefront/reaches.ts';
import type { KeptReach } from '../../../app/domain/storefront/reaches.ts';
import { day, shopWith } from '../fixtures.ts';
import { badge, challenge, paying } from '../goals.ts';

const HOUR = 3_600_000;
const now = day(14);
const berlin = { currency: 'USD', timeZone: 'Europe/Berlin', now, joined: new Map() };
const terms = (over: Parameters<typeof paying>[0]): ProgrammeTerms => {
  const found = inForce(shopWith([[day(1), paying(over)]]), now);
  if (!found) throw new Error('It is published.');
  return found;
};
const row = (key: string, over: Partial<KeptReach> = {}): KeptReach => ({
  ...{ key, have: 0, need: 0, counted: [], completed: false, until: null },
  ...over,
});
const nobody = { tierKey: null, progress: [] };

describe('a challenge at the storefront', () => {
  const weekly = { kind: 'recurring', every: 'week' } as const;

  it('of each week begins anew when its week is over, though nobody has told so', () => {
    const known = terms({ challenges: [challenge(3, 5, { window: weekly })] });
    const kept = row('challenge:explorer', {
      ...{ have: 2, need: 3, until: day(12) - HOUR },
      details: { round: '2026-01-05', from: day(5) - HOUR },
    });
    const seen = (at: number) =>
      membersChallenges(known, { ...nobody, progress: [kept] }, { ...berlin, now: at });
    expect(seen(day(12) - HOUR - 1)).toMatchObject([
      { have: 2, round: '2026-01-05', from: '2026-01-05', until: '2026-01-11' },
    ]);
    expect(seen(day(12) - HOUR)).toMatchObject([
      { have: 0, need: 3, round: '2026-01-12', from: '2026-01-12', until: '2026-01-18' },
    ]);
  });

  it('is open, joined, full or over, and null where nobody has to join', () => {
    const joining = (over: object, at = now, taken = 0, details: object | null = null) => {
      const known = terms({ challenges: [challenge(2, 5, { joining: 'opt-in', ...over })] });
      const progress = details ? [row('challenge:explorer', { details })] : [];
      const joined = new Map([['explorer@once', taken]]);
      const shop = { ...berlin, now: at, joined };
      return membersChallenges(known, { ...nobody, progress }, shop)[0];
    };
    expect([
      joining({}),
      joining({ capacity: 2 }, now, 1),
      joining({ capacity: 2 }, now, 2),
      joining({ capacity: 2 }, now, 2, { joinedAt: day(10) }),
      joining({ endsAt: '2026-01-14T00:00:00Z' }, day(14)),
      joining({ joining: 'automatic' }),
    ]).toMatchObject(
      ['open', 'open', 'full', 'joined', 'closed', null].map((state) => ({ joining: state })),
    );
  });

  it('that was begun, and not joined, is still open', () => {
    const known = terms({ challenges: [challenge(2, 5, { joining: 'opt-in' })] });
    const begun = { ...nobody, progress: [row('challenge:explorer', { have: 1, need: 2 })] };
    expect(membersChallenges(known, begun, berlin)).toMatchObject([{ have: 1, joining: 'open' }]);
  });

  it('is shown to whom it is for, and to who has begun it', () => {
    const known = terms({ challenges: [challenge(2, 5, { audience: { tags: ['vip'] } })] });
    const vip = { ...nobody, tags: [[day(1), 'added', ['vip']]] as const };
    const begun = { ...nobody, progress: [row('challenge:explorer', { have: 1, need: 2 })] };
    expect(
      [nobody, vip, begun].map((member) => membersChallenges(known, member, berlin).length),
    ).toEqual([0, 1, 1]);
  });

  it('of an amount is told in hundredths of the unit, its steps as well', () => {
    const spend = { kind: 'spend', settings: { amount: '500' } };
    const known = terms({ challenges: [challenge(2, 5, spend)] });
    const yen = { ...berlin, currency: 'JPY' };
    const steps = [{ name: 'S', money: true, have: 20, need: 40, completedAt: null }];
    const kept = row('challenge:explorer', { have: 120, need: 500, details: { steps } });
    expect(membersChallenges(known, { ...nobody, progress: [kept] }, yen)).toMatchObject([
      {
        ...{ have: 12_000, need: 50_000, unit: 'money' },
        steps: [{ name: 'S', have: 2_000, need: 4_000, done: false, unit: 'money' }],
      },
    ]);
    expect(offeredChallenges(known, berlin)).toMatchObject([{ need: 50_000, unit: 'money' }]);
  });
});

describe('badges at the storefront', () => {
  it('that are hidden are left out wholly until they are earned, for guests for good', () => {
    const known = terms({ badges: [badge(2, 5, { hidden: true })] });
    const has = (completed: boolean) => ({
      ...nobody,
      progress: [row('badge:fan', { have: 1, need: 2, completed, completedAt: day(10) })],
    });
    expect([
      offeredBadges(known, berlin),
      membersBadges(known, nobody, berlin),
      membersBadges(known, has(false), berlin),
    ]).toEqual([[], [], []]);
    expect(membersBadges(known, has(true), berlin)).toMatchObject([
      { earned: true, on: '2026-01-10', hidden: true },
    ]);
  });

  it('that are hidden are no prize that anybody is told of', () => {
    const prize = (hidden: boolean) => {
      const [badges, challenges] = [
        [badge(2, 5, { hidden })],
        [challenge(2, 5, { prizeBadge: 'fan' })],
      ];
      return offeredChallenges(terms({ badges, challenges }), berlin)[0];
    };
    expect([prize(false), prize(true)]).toMatchObject([
      { prize: { badge: 'Fan' } },
      { prize: { badge: null } },
    ]);
  });

  it('of seasons show this one, and each that was earned', () => {
    const known = terms({ badges: [badge(2, 5, { season: 'month' })] });
    const progress = [
      row('badge:fan@2025-11', { completed: true, completedAt: day(-50) }),
      row('badge:fan@2025-12', { have: 1, need: 2 }),
      row('badge:fan@2026-01', { have: 1, need: 2 }),
    ];
    expect(membersBadges(known, { ...nobody, progress }, berlin)).toMatchObject([
      { season: '2026-01', have: 1, earned: false },
      { season: '2025-11', earned: true },
    ]);
  });

  it('of levels show the one that is had, and the next', () => {
    const levels = ['5', '1', '3'].map((need) => ({ key: `l${need}`, name: `L${need}`, need }));
    const known = terms({ badges: [badge(9, 5, { levels })] });
    const seen = (kept: object) =>
      membersBadges(
        known,
        { ...nobody, progress: [row('badge:fan', { ...kept, completed: true })] },
        berlin,
      )[0];
    expect(membersBadges(known, nobody, berlin)).toMatchObject([
      { need: 1, level: null, next: { name: 'L1', need: 1 } },
    ]);
    expect(seen({ have: 2, need: 3, details: { levels: { l1: day(3) } } })).toMatchObject({
      ...{ level: { key: 'l1', name: 'L1' }, next: { name: 'L3', need: 3 } },
    });
    expect(seen({ have: 5, need: 5, details: { levels: { l1: 1, l3: 2, l5: 3 } } })).toMatchObject({
      level: { key: 'l5' },
      next: null,
    });
  });

  it('are no more than Shopify’s document holds: the last come without words, and some not at all', () => {
    const many = (count: number) =>
      terms({
        badges: Array.from({ length: count }, (_, index) =>
          badge(1, 0, { key: `b${index}`, words: 'W'.repeat(250) }),
        ),
      });
    const shown = (count: number) =>
      membersBadges(many(count), nobody, berlin) as readonly { words: string; key: string }[];
    expect(shown(10).every(({ words }) => words.length === 250)).toBe(true);
    const all = shown(60);
    expect([all.length, all[0]?.words.length, all.at(-1)?.words]).toEqual([60, 250, '']);
    for (const list of [all, shown(200)]) {
      expect(new TextEncoder().encode(JSON.stringify(list)).length).toBeLessThan(20_500);
    }
    expect(shown(200).length).toBeLessThan(200);
    const last = { ...nobody, progress: [row('badge:b199', { completed: true })] };
    expect(membersBadges(many(200), last, berlin).at(-1)).toMatchObject({ key: 'b199' });
    expect(shown(200).at(-1)?.key).not.toBe('b199');
  });
});
