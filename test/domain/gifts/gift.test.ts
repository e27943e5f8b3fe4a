/** A gift to many members: what can be given, its steps, whom a line means, and what it costs. */
import { describe, expect, it } from 'vitest';
import { giftCost } from '../../../app/domain/gifts/cost.ts';
import {
  GIFT_STATES,
  GIFT_STEPS,
  giftContent,
  giftWish,
  MOST_GIFT_POINTS,
  stateAfter,
} from '../../../app/domain/gifts/gift.ts';
import { csvCell, readRef } from '../../../app/domain/gifts/read-ref.ts';
import { rewardDefinitions } from '../../../app/domain/rewards/registry.ts';
import { badge } from '../goals.ts';
import { programme } from '../fixtures.ts';

describe('what is given', () => {
  it.each([
    { kind: 'points', points: 1, lastDay: null },
    { kind: 'points', points: MOST_GIFT_POINTS, lastDay: '2026-12-31' },
    { kind: 'badge', badge: 'fan' },
    { kind: 'reward', reward: 'credit' },
  ])('can be %j', (content) => {
    expect(giftContent.parse(content)).toEqual(content);
  });

  it.each([
    { kind: 'points', points: 0, lastDay: null },
    { kind: 'points', points: 1.5, lastDay: null },
    { kind: 'points', points: MOST_GIFT_POINTS + 1, lastDay: null },
    { kind: 'points', points: 1, lastDay: '2026-13-01' },
    { kind: 'points', points: 1, lastDay: '2026-01-32' },
    { kind: 'points', points: 1, lastDay: 'on 2026-01-31' },
    { kind: 'points', points: 1, lastDay: '2026-01-31T00' },
    { kind: 'points', points: 1, lastDay: null, badge: 'fan' },
    { kind: 'badge', badge: 'x'.repeat(61) },
    { kind: 'badge', reward: 'credit' },
    { kind: 'reward', reward: 'x'.repeat(61) },
    { kind: 'reward' },
    { kind: 'money', money: 5 },
  ])('cannot be %j', (content) => {
    expect(giftContent.safeParse(content).success).toBe(false);
  });

  it('has a reason that members can read, and somebody who gets it', () => {
    const content = { kind: 'badge', badge: 'fan' };
    const everybody = { kind: 'segment', segment: { match: 'all', conditions: [] } };
    const wish = (reason: string, audience: object): string | null =>
      giftWish.safeParse({ reason, content, audience }).data?.reason ?? null;
    expect([
      wish('  Thank you ', everybody),
      wish('x'.repeat(100), { kind: 'file', name: 'list.csv' })?.length,
      wish('   ', everybody),
      wish('x'.repeat(101), everybody),
      wish('Thanks', { kind: 'file', name: 'x'.repeat(256) }),
      wish('Thanks', { kind: 'segment' }),
    ]).toEqual(['Thank you', 100, null, null, null, null]);
  });
});

it('goes from state to state by these steps of the staff, and by no others', () => {
  const leads = GIFT_STATES.flatMap((state) =>
    GIFT_STEPS.flatMap((step) => {
      const next = stateAfter(state, step);
      return next === null ? [] : [`${state} ${step} ${next}`];
    }),
  );
  expect(leads).toEqual([
    'preparing cancel cancelled',
    'ready start running',
    'ready cancel cancelled',
    'running pause paused',
    'running cancel cancelled',
    'paused resume running',
    'paused cancel cancelled',
    'given undo undoing',
    'cancelled undo undoing',
  ]);
});

describe('a line of a file', () => {
  it.each([
    ['7001', '7001'],
    [" '7001 ", '7001'],
    ['gid://shopify/Customer/7001', '7001'],
    ['0007', '7'],
    ['9223372036854775807', '9223372036854775807'],
    ['9223372036854775808', null],
    ['0', null],
    ['-7', null],
    ['7.0', null],
    ['gid://shopify/Order/7001', null],
    ['id 7001', null],
  ])('%j means the customer %s', (text, customerId) => {
    expect(readRef(text)).toEqual(customerId === null ? null : { by: 'customer', customerId });
  });

  it.each([
    ['Ada@Example.com', 'ada@example.com'],
    [" 'ada@example.com", 'ada@example.com'],
    ['a@b.c', 'a@b.c'],
    [`${'a'.repeat(249)}@b.com`, `${'a'.repeat(249)}@b.com`],
    [`${'a'.repeat(250)}@b.com`, null],
    ['ada@example', null],
    ['ada example.com', null],
    ['ada lovelace@example.com', null],
    ['ada@example.com, bob@example.com', null],
    ['<ada@example.com>', null],
    ['', null],
  ])('%j means the address %s', (text, email) => {
    expect(readRef(text)).toEqual(email === null ? null : { by: 'email', email });
  });

  it.each([
    ['Ada', 'Ada'],
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@sum', "'@sum"],
    ['\tx', "'\tx"],
    ['\rx', '"\'\rx"'],
    ['1=1', '1=1'],
    ['a,b', '"a,b"'],
    ['say "hi"', '"say ""hi"""'],
    ['a\nb', '"a\nb"'],
  ])('is written back as a cell that is no formula: %j is %j', (text, cell) => {
    expect(csvCell(text)).toBe(cell);
  });
});

describe('what a gift costs', () => {
  const reward = (key: string, kind: string, settings: object = {}) => ({
    ...{ key, kind, name: key, enabled: true, points: 1 },
    settings: { ...(rewardDefinitions.find(kind)?.defaults as object), ...settings },
  });
  const document = programme({
    worthOf100: '2.50',
    rewards: [
      reward('credit', 'store-credit', { amount: '4.20' }),
      reward('odd', 'store-credit', { amount: '4.205' }),
      reward('ship', 'free-shipping'),
    ],
    badges: [
      badge(5, 30, { bonusReward: 'credit' }),
      badge(5, 30, { key: 'plain' }),
      badge(5, 30, { key: 'kind', bonusReward: 'ship' }),
      badge(5, 0, {
        key: 'steps',
        levels: [
          { key: 'gold', name: 'Gold', need: '10', bonusPoints: 90, bonusReward: null },
          { key: 'iron', name: 'Iron', need: '9', bonusPoints: 7, bonusReward: null },
        ],
      }),
    ],
  });
  const cost = (content: Parameters<typeof giftCost>[0]) =>
    giftCost(content, { members: 3, points: 199 }, document, 'USD');

  it('in points is what all of them are worth: 199 of which 100 are $2.50 are $4.97', () => {
    expect(cost({ kind: 'points', points: 66, lastDay: null })).toEqual({
      points: 199,
      minor: 497,
    });
  });

  it.each([
    ['credit', 3 * 420],
    ['odd', null],
    ['ship', null],
    ['gone', null],
  ])('in the reward %s is %s cents for three members', (key, minor) => {
    expect(cost({ kind: 'reward', reward: key })).toEqual({ points: 0, minor });
  });

  it.each([
    ['plain', 90, 225],
    ['fan', 90, 225 + 3 * 420],
    ['kind', 90, null],
    ['steps', 21, 52], // the lowest level: 3 times 7 points
    ['gone', 0, 0],
  ])('in the badge %s is %i points for three members, %s cents in all', (key, points, minor) => {
    expect(cost({ kind: 'badge', badge: key })).toEqual({ points, minor });
  });
});
