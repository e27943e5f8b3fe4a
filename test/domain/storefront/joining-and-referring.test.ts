/** What the storefront is told of joining, memberships, referring and full challenges. */
import { describe, expect, it } from 'vitest';
import { referring } from '../referrals/referred.ts';
import { club, selling } from '../memberships/terms-bought.ts';
import type { ProgrammeDocument } from '../../../app/domain/programme/document.ts';
import {
  invitedOnStorefront,
  memberOnStorefront,
  programmeOnStorefront,
} from '../../../app/domain/storefront/figures.ts';
import { roundsLimited } from '../../../app/domain/storefront/reaches.ts';
import type { ProgrammeTerms } from '../../../app/domain/programme/terms.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import { day, programme, shopWith, tiers } from '../fixtures.ts';
import { challenge } from '../goals.ts';

function termsOf(document: ProgrammeDocument): ProgrammeTerms {
  const [terms] = shopWith([[day(1), document]]).versions;
  if (!terms) throw new Error('There is one.');
  return terms;
}

describe('who has not joined', () => {
  it('is invited where asking is enough, and has no figures', () => {
    const nothing = { points: null, pending: null, tier: null, nextTier: null };
    const invited = (policy: 'opted-in' | 'tagged' | 'everyone') =>
      invitedOnStorefront(termsOf(programme({ membership: { policy, tag: 'club' } })));
    const progress = (yes: boolean) => ({ v: 1, joined: false, invited: yes });
    expect(invited('opted-in')).toEqual({ ...nothing, progress: progress(true) });
    expect(invited('tagged')).toEqual({ ...nothing, progress: progress(false) });
    expect(invited('everyone').progress['invited']).toBe(false);
    expect(invitedOnStorefront(null)).toEqual({ ...nothing, progress: progress(false) });
  });
});

describe('a membership', () => {
  it('is sold out when as many run as there may be, and one without a limit never is (law 6.7)', () => {
    const terms = termsOf(
      selling(
        club('vip', { limit: 2 }),
        club('vip', {
          ...{ key: 'circle', name: 'Circle' },
          plans: [{ products: ['78'], length: 30, unit: 'days' }],
        }),
      ),
    );
    const sold = (...running: readonly [string, number][]) =>
      programmeOnStorefront(terms, 'USD', '/apps/laurel', new Map(running))['memberships'];
    const both = (soldOut: boolean) => [
      { key: 'club', name: 'Club', soldOut },
      { key: 'circle', name: 'Circle', soldOut: false },
    ];
    expect(sold()).toEqual(both(false));
    expect(sold(['club', 1], ['circle', 900])).toEqual(both(false));
    expect(sold(['club', 2])).toEqual(both(true));
  });

  it('is told with its last day, and the last of its grace', () => {
    const progress = [
      {
        ...{ key: 'membership:club', have: 1, need: 0, completed: true, completedAt: day(10) },
        ...{ counted: ['Club', '2026-02-10T00:00:00.000Z', '1'], until: Date.UTC(2026, 1, 13) },
      },
      {
        ...{ key: 'membership:life', have: 1, need: 0, completed: true, completedAt: day(10) },
        ...{ counted: ['For good', ''], until: null },
      },
      { key: 'badge:fan', have: 1, need: 1, completed: true, counted: [], until: null },
    ];
    const shop = { currency: 'USD', timeZone: 'UTC', now: day(20), joined: new Map() };
    const figures = { available: 0, pending: 0, debt: 0, tierKey: null, expiring: [], progress };
    expect(memberOnStorefront(figures, null, shop).progress['memberships']).toEqual([
      { key: 'club', name: 'Club', until: '2026-02-09', lapses: '2026-02-12' },
      { key: 'life', name: 'For good', until: null, lapses: null },
    ]);
  });
});

describe('keeping a tier', () => {
  it('is told with what is missing and where one goes, and not of a tier that is gone', () => {
    const document = programme({
      tiers: tiers([
        ['silver', '200', '1'],
        ['gold', '500', '1'],
      ]),
    });
    const shop = { currency: 'USD', timeZone: 'UTC', now: day(20), joined: new Map() };
    const kept = (...counted: readonly string[]) => {
      const row = {
        key: 'tier-kept',
        have: 30_000,
        need: 50_000,
        completed: false,
        until: day(40),
      };
      const figures = { available: 0, pending: 0, debt: 0, tierKey: 'gold', expiring: [] };
      const progress = counted.length === 0 ? [] : [{ ...row, counted }];
      return memberOnStorefront({ ...figures, progress }, termsOf(document), shop).progress['keep'];
    };
    const silver = { key: 'silver', name: 'silver' };
    expect(kept('gold', 'silver')).toEqual({ left: 20_000, by: '2026-02-08', to: silver });
    expect(kept('gold', '')).toMatchObject({ to: null });
    expect([kept('gold', 'gold'), kept('gone', 'silver'), kept()]).toEqual([null, null, null]);
  });
});

describe('referring', () => {
  it('is told with what both get, by the names of the programme (law 9.1)', () => {
    const document = referring(
      { friend: { points: 0, reward: 'tea' }, vanityCodes: true },
      {
        rewards: writtenRewards(
          { key: 'cake', kind: 'perk', name: 'Cake', points: 1 },
          { key: 'tea', kind: 'perk', name: 'Free tea', points: 1 },
        ),
      },
    );
    const told = (one: ProgrammeDocument) =>
      programmeOnStorefront(termsOf(one), 'USD', '/apps/laurel')['refer'];
    expect(told(document)).toEqual({
      ...{ friend: { points: 0, reward: 'Free tea' }, advocate: { points: 200, reward: null } },
      vanity: true,
    });
    expect(told(programme())).toBeNull();
  });

  it('is told to who has a code, with the friends who came by it', () => {
    const shop = { currency: 'USD', timeZone: 'UTC', now: day(20), joined: new Map() };
    const figures = {
      available: 50,
      pending: 0,
      debt: 60,
      tierKey: null,
      expiring: [],
      progress: [],
    };
    const mine = {
      code: 'K7QX',
      friends: 3,
      rewarded: 1,
      list: [{ state: 'ordered', name: 'M…' }],
    };
    const told = (refer: typeof mine | null) =>
      memberOnStorefront({ ...figures, referring: refer }, null, shop);
    expect(told(mine)).toMatchObject({ points: -10, progress: { refer: mine } });
    expect('refer' in told(null).progress).toBe(false);
  });
});

describe('challenges that only so many can join', () => {
  it('are counted by their present round, or by the only one there is', () => {
    const limited = { joining: 'opt-in', capacity: 3 } as const;
    const terms = termsOf(
      programme({
        challenges: [
          challenge(2, 10, { ...limited, key: 'once' }),
          challenge(2, 10, {
            ...{ ...limited, key: 'monthly', window: { kind: 'recurring', every: 'month' } },
          }),
          challenge(2, 10, { key: 'open', joining: 'opt-in' }),
        ],
      }),
    );
    expect(roundsLimited(terms, 'UTC', day(40))).toEqual(['once@once', 'monthly@2026-02']);
    expect(roundsLimited(null, 'UTC', day(40))).toEqual([]);
  });
});
