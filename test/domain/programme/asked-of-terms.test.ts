/** What is asked of a programme before anything is looked up or written. */
import { expect, it } from 'vitest';
import { board } from '../leaderboards/boards.ts';
import { referring } from '../referrals/referred.ts';
import { rowOfBadge } from '../../../app/domain/badges/given.ts';
import { challengeFieldsOf, challengeFields } from '../../../app/domain/challenges/fields.ts';
import { playsByRoute } from '../../../app/domain/games/figures.ts';
import { giftCost } from '../../../app/domain/gifts/cost.ts';
import { asksToJoin, membershipTerms } from '../../../app/domain/members/membership.ts';
import {
  offersReferrals,
  usesLeaderboards,
  usesReferrals,
} from '../../../app/domain/programme/terms.ts';
import { shownRewards } from '../../../app/domain/storefront/rewards.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import { day, programme, shopWith, tiers } from '../fixtures.ts';
import { badge } from '../goals.ts';

const plain = programme();
const both = (one: ReturnType<typeof programme>) =>
  shopWith([
    [day(1), one],
    [day(20), plain],
  ]);

it('referrals and boards of an earlier version go on; new friends need those of the present one', () => {
  expect([usesReferrals(both(referring())), usesReferrals(both(plain))]).toEqual([true, false]);
  const boards = both(programme({ leaderboards: [board()] }));
  expect([usesLeaderboards(boards), usesLeaderboards(both(plain))]).toEqual([true, false]);
  const offers = [0, 1, 19, 20].map((on) => offersReferrals(both(referring()), day(on)));
  expect(offers).toEqual([false, true, true, false]);
});

it('joining is asked for where any version asks, and the first one’s policy holds before it, too', () => {
  const asks = both(programme({ membership: { policy: 'opted-in', claimDays: 5 } }));
  expect([asksToJoin(asks), asksToJoin(both(plain))]).toEqual([true, false]);
  const policies = [-90, 1, 19, 20].map((on) => membershipTerms(asks, day(on))?.policy);
  expect(policies).toEqual(['opted-in', 'opted-in', 'opted-in', 'everyone']);
  expect(membershipTerms({ ...asks, versions: [] }, day(1))).toBeNull();
});

it('a badge of seasons is kept for each of them by itself', () => {
  const shop = shopWith([
    [
      day(1),
      programme({ badges: [badge(1, 0), badge(1, 0, { key: 'monthly', season: 'month' })] }),
    ],
  ]);
  expect(['fan', 'monthly', 'gone'].map((key) => rowOfBadge(key, shop, day(40)))).toEqual([
    ...['badge:fan', 'badge:monthly@2026-02', 'badge:gone'],
  ]);
});

it('a form asks of a challenge only what plays a part in it', () => {
  const asked = (window: object, joining: string): string[] => {
    const own = challengeFieldsOf({ window, joining }).map(({ name }) => name);
    return challengeFields.map(({ name }) => name).filter((name) => !own.includes(name));
  };
  const [days, every] = [['window.days', 'window.from'], ['window.every']];
  const left = (...names: string[]) =>
    challengeFields.map(({ name }) => name).filter((name) => names.includes(name));
  expect(asked({ kind: 'fixed' }, 'automatic')).toEqual(left(...days, ...every, 'capacity'));
  expect(asked({ kind: 'rolling' }, 'opt-in')).toEqual(left(...every));
  expect(asked({ kind: 'recurring' }, 'automatic')).toEqual(left(...days, 'capacity'));
});

it('plays are counted by how one came to them', () => {
  expect(
    playsByRoute([
      { route: 'order', plays: 2 },
      { route: 'free', plays: 3 },
      { route: 'order', plays: 4 },
    ]),
  ).toEqual({ free: 3, tier: 0, order: 6, points: 0 });
});

it('nobody knows what a gift costs whose reward is no amount, or is gone', () => {
  const rewards = writtenRewards(
    { key: 'five', kind: 'amount-off', points: 1, settings: { amount: '5' } },
    { key: 'tea', kind: 'perk', points: 1 },
  );
  const document = programme({
    rewards,
    badges: [badge(1, 20), badge(1, 20, { key: 'rich', bonusReward: 'tea' })],
  });
  const cost = (content: Parameters<typeof giftCost>[0], currency = 'USD') =>
    giftCost(content, { members: 3, points: 0 }, document, currency);
  expect(cost({ kind: 'reward', reward: 'five' })).toEqual({ points: 0, minor: 1_500 });
  expect(cost({ kind: 'reward', reward: 'tea' }).minor).toBeNull();
  expect(cost({ kind: 'reward', reward: 'gone' }).minor).toBeNull();
  const cents = {
    ...document,
    rewards: writtenRewards({
      key: 'five',
      kind: 'amount-off',
      points: 1,
      settings: { amount: '5.50' },
    }),
  };
  expect(
    giftCost({ kind: 'reward', reward: 'five' }, { members: 3, points: 0 }, cents, 'JPY').minor,
  ).toBeNull();
  // 20 points for each of three, at what 100 are worth.
  expect(cost({ kind: 'badge', badge: 'fan' })).toMatchObject({ points: 60 });
  expect(cost({ kind: 'badge', badge: 'rich' })).toEqual({ points: 60, minor: null });
  expect(cost({ kind: 'badge', badge: 'gone' })).toEqual({ points: 0, minor: 0 });
});

it('rewards say for which tiers they are, in whole seconds from when to when, and nothing of what postage is worth', () => {
  const product = { variants: ['2'], buysCollections: ['7'] };
  const [terms] = shopWith([
    [
      day(1),
      programme({
        tiers: tiers([
          ['silver', '200', '1'],
          ['gold', '500', '1'],
        ]),
        rewards: writtenRewards(
          {
            ...{ key: 'ship', kind: 'free-shipping', points: 50, audience: { tiers: ['gold'] } },
            ...{ startsAt: '2026-01-10T00:00:00.001Z', endsAt: '2026-01-20T00:00:00Z' },
          },
          { key: 'tea', kind: 'free-product', points: 50, settings: product },
        ),
      }),
    ],
  ]).versions;
  if (!terms) throw new Error('There is one.');
  const shown = shownRewards(terms, { currency: 'USD', scopes: new Set() });
  expect(
    shown.map(({ key, worth, tiers: named, starts, ends }) => [key, worth, named, starts, ends]),
  ).toEqual([
    ['ship', null, ['gold'], day(10) / 1_000 + 1, day(20) / 1_000],
    ['tea', null, [], null, null],
  ]);
});
