/** Whose the orders of guests are: of who logs in with their e-mail, within the days of the programme. */
import { expect, it } from 'vitest';
import { claimantOf, oneEmail } from '../../../app/domain/members/guests.ts';
import type { Login } from '../../../app/domain/members/guests.ts';
import { day, programme, shopWith } from '../fixtures.ts';

const [first] = [programme()];
const shop = shopWith(
  [[day(1), { ...first, membership: { ...first.membership, claimDays: 10 } }]],
  {
    timeZone: 'UTC',
  },
);
const login = (memberId: string, firstAt: number, lastAt = firstAt): Login => ({
  ...{ memberId, firstAt, lastAt },
});
const ada = login('ada', day(30), day(60));

it.each<[number, string | null, string]>([
  [day(20) - 1, null, 'more than ten days before'],
  [day(20), 'ada', 'ten days before'],
  [day(30), 'ada', 'at the login'],
  [day(60), 'ada', 'between that and the latest'],
  [day(60) + 1, null, 'after it'],
])('an order at the millisecond %i is of %s: %s', (placedAt, whose) => {
  expect(claimantOf(placedAt, [ada], shop)).toBe(whose);
});

it('of two with one e-mail it is of who logged in first after it, else of the first of them', () => {
  const bob = login('bob', day(40), day(70));
  for (const logins of [
    [ada, bob],
    [bob, ada],
  ]) {
    expect([day(25), day(31), day(45), day(61)].map((at) => claimantOf(at, logins, shop))).toEqual([
      ...['ada', 'ada', 'ada', 'bob'],
    ]);
  }
  const late = login('ada', day(41), day(70));
  expect([claimantOf(day(39), [late, bob], shop), claimantOf(day(50), [bob, late], shop)]).toEqual([
    ...['bob', 'ada'],
  ]);
});

it('waits where nobody logged in, or there was no programme', () => {
  expect(claimantOf(day(30), [], shop)).toBeNull();
  expect(claimantOf(day(30), [ada], shopWith([]))).toBeNull();
});

it('knows an e-mail however it was typed', () => {
  expect(oneEmail(' Ada@Example.COM ')).toBe('ada@example.com');
});
