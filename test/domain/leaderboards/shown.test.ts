/** What is shown of boards: which there are, and who stands where (law 10.4). */
import { expect, it } from 'vitest';
import { board } from './boards.ts';
import { heldBoards } from '../../../app/domain/leaderboards/held-boards.ts';
import { shownScore, shownTop } from '../../../app/domain/leaderboards/shown.ts';
import { day, programme, shopWith } from '../fixtures.ts';

const shop = shopWith([
  [
    day(1),
    programme({ leaderboards: [board({ name: 'Old' }), board({ key: 'gone', name: 'A' })] }),
  ],
  [day(10), programme({ leaderboards: [board({ key: 'gone', name: 'Gone' })] })],
  [
    day(20),
    programme({ leaderboards: [board({ key: 'orders', kind: 'orders', name: 'Orders' })] }),
  ],
  [day(90), programme({ leaderboards: [board({ key: 'planned', name: 'Planned' })] })],
]);

it('boards that are held come first, then those that were, each by its newest name', () => {
  expect(heldBoards(shop, day(30))).toEqual([
    { key: 'orders', name: 'Orders', unit: 'orders' },
    { key: 'gone', name: 'Gone', unit: 'money' },
    { key: 'top', name: 'Old', unit: 'money' },
  ]);
  expect(heldBoards(shop, day(5)).map(({ key, name }) => [key, name])).toEqual([
    ['top', 'Old'],
    ['gone', 'A'],
  ]);
});

it('amounts are read in units of the currency, and shown to nobody; everything else as it counts', () => {
  const [first, , third] = shop.versions;
  const [spend, orders] = [first?.leaderboards[0], third?.leaderboards[0]];
  if (!spend || !orders) throw new Error('There are both.');
  expect([shownScore(12_050, spend, 'USD'), shownScore(12_050, spend, 'JPY')]).toEqual([
    120.5, 12_050,
  ]);
  expect(shownScore(12_050, orders, 'USD')).toBe(12_050);
  const rows = [
    { score: 9, reachedAt: day(3), nickname: 'Kim' },
    { score: 7, reachedAt: day(2), nickname: null },
    { score: 7, reachedAt: day(1), nickname: 'Gus' },
    { score: 5, reachedAt: day(4), nickname: 'Mo' },
  ];
  expect(shownTop(orders, rows)).toEqual([
    { rank: 1, name: 'Kim', score: 9 },
    { rank: 2, name: 'Gus', score: 7 },
    { rank: 2, name: null, score: 7 },
    { rank: 4, name: 'Mo', score: 5 },
  ]);
  expect(shownTop(spend, rows).map(({ score }) => score)).toEqual([null, null, null, null]);
});
