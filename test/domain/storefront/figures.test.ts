import { describe, expect, it } from 'vitest';
import { firstDraft } from '../../../app/domain/programme/document.ts';
import { inForce } from '../../../app/domain/programme/terms.ts';
import type { ProgrammeTerms } from '../../../app/domain/programme/terms.ts';
import {
  memberOnStorefront,
  programmeOnStorefront,
} from '../../../app/domain/storefront/figures.ts';
import type { KeptProgress } from '../../../app/domain/storefront/figures.ts';
import { day, programme, shopWith, tiers } from '../fixtures.ts';

const terms = (document = firstDraft('Laurel'), currency = 'USD'): ProgrammeTerms | null =>
  inForce(shopWith([[day(1), document]], { currency }), day(2));

const row = (key: string, over: Partial<KeptProgress> = {}): KeptProgress => ({
  key,
  have: 0,
  need: 0,
  counted: [],
  completed: false,
  until: null,
  ...over,
});

const usd = { currency: 'USD', timeZone: 'Europe/Berlin', now: day(2), joined: new Map() };

const member = {
  available: 120,
  pending: 30,
  debt: 0,
  tierKey: 'silver',
  expiring: [],
  progress: [
    row('tier', { have: 32_000, need: 50_000, counted: ['gold'] }),
    row('challenge:explorer', { have: 2, need: 3, counted: ['Tea', 'Coffee'] }),
    row('badge:super-fan', { have: 5, need: 5, completed: true }),
  ],
};

describe('what a member sees', () => {
  it('is every day on which points expire, by its last hours in the shop: not only the earliest', () => {
    const at = (text: string): number => Date.parse(text);
    const expiring = [
      { expiresAt: at('2027-02-28T23:00:00Z'), points: 5 },
      { expiresAt: at('2026-12-10T23:00:00Z'), points: 50 },
      { expiresAt: at('2026-12-10T23:00:00.001Z') - 1_000, points: 7 },
    ];
    const { progress } = memberOnStorefront({ ...member, expiring }, terms(), usd);
    expect(progress['expiring']).toEqual([
      { on: '2026-12-10', points: 57 },
      { on: '2027-02-28', points: 5 },
    ]);
  });

  it('is their points, their tier and how far the next one is: $320 of $500 is 64 %', () => {
    expect(memberOnStorefront(member, terms(), usd)).toEqual({
      points: 120,
      pending: 30,
      tier: 'Silver',
      nextTier: 'Gold',
      progress: {
        v: 1,
        tier: { key: 'silver', name: 'Silver', multiplier: '1.25' },
        next: {
          key: 'gold',
          name: 'Gold',
          metric: 'spend',
          have: 32_000,
          need: 50_000,
          left: 18_000,
          percent: 64,
          by: null,
        },
        keep: null,
        memberships: [],
        expiring: [],
        rewards: [],
        streaks: [],
        challenges: [
          {
            key: 'explorer',
            name: 'Explorer',
            have: 2,
            need: 3,
            done: false,
            ...{ counted: ['Tea', 'Coffee'], steps: [], words: '', unit: 'count' },
            ...{ joining: null, from: null, until: null, round: null },
            prizePoints: 150,
            prize: { points: 150, reward: null, badge: null, multiplier: null, days: 0 },
          },
        ],
        badges: [
          {
            ...{ key: 'super-fan', name: 'Super Fan', have: 5, need: 5, earned: true, on: null },
            ...{ words: '', unit: 'count', level: null, next: null, season: null, hidden: false },
            art: { shape: 'star', colour: '#8a6116', image: '' },
          },
        ],
      },
    });
  });

  it('is until which day what is missing holds, and what keeping the tier takes by then (law 6.2)', () => {
    const newYear = Date.parse('2027-01-01T00:00:00+01:00');
    const progress = [
      row('tier', { have: 42_000, counted: ['gold'], until: newYear }),
      row('tier-kept', {
        ...{ have: 18_000, need: 20_000, counted: ['silver', 'bronze'], until: newYear },
      }),
    ];
    const seen = memberOnStorefront({ ...member, progress }, terms(), usd).progress;
    expect(seen).toMatchObject({
      next: { left: 8_000, by: '2026-12-31' },
      keep: { left: 2_000, by: '2026-12-31', to: { key: 'bronze', name: 'Bronze' } },
    });
    const safe = [row('tier-kept', { counted: ['silver', 'silver'], until: newYear })];
    expect(memberOnStorefront({ ...member, progress: safe }, terms(), usd).progress).toMatchObject({
      keep: null,
    });
  });

  it('is of a granted tier how long it holds, and nothing that could keep it', () => {
    const club = tiers([['bronze', '0', '1']]);
    const [bronze] = club.levels;
    const levels = [bronze, { ...bronze, key: 'club', name: 'Club', need: '', grantedOnly: true }];
    const granted = terms(programme({ tiers: { ...club, levels: levels as typeof club.levels } }));
    const progress = [
      row('tier-kept', { have: 7, need: 7, counted: ['club', ''], until: day(31) }),
    ];
    const seen = memberOnStorefront({ ...member, tierKey: 'club', progress }, granted, usd);
    expect(seen.progress).toMatchObject({ keep: { left: null, by: '2026-01-31', to: null } });
    expect(programmeOnStorefront(granted, 'USD', '/x')).toMatchObject({
      tiers: [{ need: 0 }, { key: 'club', need: null }],
    });
  });

  it('is a number below zero when they owe', () => {
    const owing = { ...member, available: 0, debt: 20 };
    expect(memberOnStorefront(owing, terms(), usd).points).toBe(-20);
  });

  it.each([
    [0, 0],
    [499, 0],
    [49_999, 99], // never 100 before it is reached
    [50_000, 100],
    [60_000, 100],
    [-100, 0],
  ])('%d of 50000 is %d %%', (have, percent) => {
    const progress = [row('tier', { have, counted: ['gold'] })];
    const seen = memberOnStorefront({ ...member, progress }, terms(), usd);
    expect(seen.progress).toMatchObject({ next: { percent, left: Math.max(0, 50_000 - have) } });
  });

  it('is 0 % of a tier that needs nothing, for somebody who has less than nothing', () => {
    const progress = [row('tier', { have: -100, counted: ['bronze'] })];
    const seen = memberOnStorefront({ ...member, tierKey: null, progress }, terms(), usd);
    expect(seen.progress).toMatchObject({ next: { percent: 0, left: 100 } });
  });

  it('is no next tier at the top, and no tier below the first', () => {
    const top = { ...member, tierKey: 'gold', progress: [row('tier', { have: 90_000 })] };
    expect(memberOnStorefront(top, terms(), usd)).toMatchObject({ tier: 'Gold', nextTier: null });
    const none = { ...member, tierKey: null, progress: [] };
    expect(memberOnStorefront(none, terms(), usd)).toMatchObject({
      tier: null,
      nextTier: null,
      progress: { tier: null, next: null, challenges: [{ have: 0 }], badges: [{ earned: false }] },
    });
  });

  it('is hundredths of the unit in yen, and plain counts where tiers climb by orders', () => {
    const progress = [row('tier', { have: 320, counted: ['gold'] })];
    const yen = memberOnStorefront({ ...member, progress }, terms(undefined, 'JPY'), {
      ...usd,
      currency: 'JPY',
    });
    expect(yen.progress).toMatchObject({ next: { have: 32_000, need: 50_000, left: 18_000 } });
    const byOrders = programme({ tiers: tiers([['gold', '500', '1']], { metric: 'orders' }) });
    const seen = memberOnStorefront({ ...member, progress }, terms(byOrders), usd);
    expect(seen.progress).toMatchObject({
      next: { metric: 'orders', have: 320, need: 500, left: 180 },
    });
  });

  it('is the points alone while no programme is published', () => {
    expect(memberOnStorefront(member, null, usd)).toEqual({
      points: 120,
      pending: 30,
      tier: null,
      nextTier: null,
      progress: {
        v: 1,
        tier: null,
        next: null,
        keep: null,
        memberships: [],
        expiring: [],
        rewards: [],
        streaks: [],
        challenges: [],
        badges: [],
      },
    });
  });
});

describe('what a guest sees', () => {
  it('is what joining, buying and reviewing bring', () => {
    expect(programmeOnStorefront(terms(), 'USD', '/apps/laurel')).toEqual({
      v: 1,
      live: true,
      name: 'Laurel rewards',
      proxy: '/apps/laurel',
      word: { one: 'point', other: 'points' },
      join: { points: 100 },
      order: { points: 1, per: 100 },
      review: { points: 50 },
      tiers: [
        { key: 'bronze', name: 'Bronze', metric: 'spend', need: 0, multiplier: '1' },
        { key: 'silver', name: 'Silver', metric: 'spend', need: 20_000, multiplier: '1.25' },
        { key: 'gold', name: 'Gold', metric: 'spend', need: 50_000, multiplier: '1.5' },
      ],
      challenges: [
        {
          ...{ key: 'explorer', name: 'Explorer', words: '', need: 3, unit: 'count' },
          ...{ prizePoints: 150, from: null, until: null },
          prize: { points: 150, reward: null, badge: null, multiplier: null, days: 0 },
        },
      ],
      quizzes: [],
      streaks: [],
      refer: null,
      memberships: [],
      badges: [
        {
          ...{ key: 'super-fan', name: 'Super Fan', words: '', need: 5, unit: 'count' },
          ...{ bonusPoints: 100, until: null },
          art: { shape: 'star', colour: '#8a6116', image: '' },
        },
      ],
    });
  });

  it('is nothing of what is switched off', () => {
    const seen = programmeOnStorefront(terms(programme({ earning: [] })), 'USD', '/x');
    expect(seen).toMatchObject({ join: null, order: null, review: null });
  });

  it('is an amount in hundredths of the unit, in yen as in dinars', () => {
    const per = (currency: string, amount: string) =>
      programmeOnStorefront(terms(programme({}, { per: amount }), currency), currency, '/x')[
        'order'
      ];
    expect(per('JPY', '100')).toEqual({ points: 1, per: 10_000 });
    expect(per('KWD', '0.5')).toEqual({ points: 1, per: 50 });
  });

  it('is that nothing is live yet, while no programme is published', () => {
    expect(programmeOnStorefront(null, 'USD', '/x')).toEqual({ v: 1, live: false, proxy: '/x' });
  });
});
