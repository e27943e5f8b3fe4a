/** What is still decided of somebody who was erased (law 7.3). */
import { expect, it } from 'vitest';
import { day, Member, order, programme, review, shopWith, tiers } from './fixtures.ts';
import { badge } from './goals.ts';
import { memberWith, used } from './redeemed.ts';

const shop = shopWith([
  [day(1), programme({ tiers: tiers([['gold', '50', '2']]), badges: [badge(1, 30)] })],
]);

it('facts bring nothing any more: no points, no tier, no badge, nothing to be told or waited for', () => {
  const member = new Member(shop);
  member.erased = true;
  member.order(order({ placedAt: day(10) })).review(review());
  expect([member.moves, member.awards.size, member.told.size]).toEqual([[], 0, 0]);
  expect(member.decision).toMatchObject({
    ...{ stand: null, ladder: null, progress: [], given: [], events: [], lookAgainAt: [] },
    ...{ dueAt: null, onceMore: false },
  });
  // The same facts of anybody else: 100 points twice, by gold, and 30.
  member.erased = false;
  expect(member.decide(day(100)).books.available).toBe(130);
});

it('an order that turns out to be another’s takes its points back all the same', () => {
  const member = new Member(shop).order(order({ placedAt: day(10) }));
  expect(member.moves).toEqual([100]);
  member.erased = true;
  expect(member.decide(day(101)).moves).toEqual([100]);
  expect(member.lose('501', day(102)).moves).toEqual([100, -100]);
});

it('rewards that are held end, and one that was used is used', () => {
  const member = memberWith(1_000);
  member.redeem(500, day(9), { id: 'a', code: 'thanks-1' });
  member.redeem(200, day(9), { id: 'b', code: 'other' });
  member.order(used(), day(11));
  member.erased = true;
  member.decide(day(12));
  const states = [...member.redemptions.values()].map(({ id, state, ending }) => [
    id,
    state,
    ending,
  ]);
  expect(states).toEqual([
    ['a', 'captured', null],
    ['b', 'reserved', 'left'],
  ]);
  const [before] = [...member.redemptions.values()];
  member.decide(day(13));
  expect([...member.redemptions.values()][0]).toBe(before);
});
