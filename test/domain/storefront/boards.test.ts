/** Leaderboards as the storefront draws them (law 10.4). */
import { expect, it } from 'vitest';
import { board, shopOf } from '../leaderboards/boards.ts';
import { shownTop } from '../../../app/domain/leaderboards/shown.ts';
import { offeredBoards } from '../../../app/domain/storefront/boards.ts';
import { writtenRewards } from '../../support/written-rewards.ts';
import { day } from '../fixtures.ts';
import { badge } from '../goals.ts';

it('are told with the last day of the season and with each prize (law 10.4)', () => {
  const prizes = [
    { from: 1, to: 1, percent: null, points: 500, reward: null, badge: null },
    { from: null, to: null, percent: 10, points: 1, reward: null, badge: null },
  ];
  const fixed = {
    season: 'fixed',
    startsAt: '2026-02-01T00:00:00Z',
    endsAt: '2026-02-10T00:00:00Z',
  };
  const boards = [
    board({ prizes, description: 'Who buys most?' }),
    board({ key: 'later', ...fixed } as never),
  ];
  const [version] = shopOf(boards).versions;
  if (!version) throw new Error('There is a version.');
  const [top, later] = offeredBoards(version, day(10), 'UTC');
  expect(top).toEqual({
    ...{ key: 'top', name: 'Top', words: 'Who buys most?', metric: 'spend', until: '2026-01-31' },
    prizes: [
      { from: 1, to: 1, percent: null, points: 500, reward: null, badge: null },
      { from: null, to: null, percent: 10, points: 1, reward: null, badge: null },
    ],
  });
  expect(later?.until).toBeNull();
  expect(offeredBoards(version, day(35), 'UTC')[1]?.until).toBe('2026-02-09');
});

it('name the reward and the badge that a rank gives, as the programme calls them (law 10.4)', () => {
  const prizes = [
    { from: 1, to: 1, percent: null, points: 0, reward: 'call', badge: 'fan' },
    { from: 2, to: 2, percent: null, points: 0, reward: 'perk', badge: null },
  ];
  const [version] = shopOf([board({ prizes })], {
    rewards: writtenRewards(
      { key: 'perk', kind: 'perk', name: 'A perk', points: 1 },
      { key: 'call', kind: 'by-hand', name: 'A call', points: 1 },
    ),
    badges: [badge(1, 0, { key: 'other', name: 'Other' }), badge(1, 0)],
  }).versions;
  if (!version) throw new Error('There is a version.');
  const [top] = offeredBoards(version, day(10), 'UTC');
  expect(top?.prizes.map((prize) => [prize.reward, prize.badge])).toEqual([
    ['A call', 'Fan'],
    ['A perk', null],
  ]);
});

it('run from their first moment until just before their end (law 10.4)', () => {
  const days = { startsAt: '2026-02-01T00:00:00Z', endsAt: '2026-02-10T00:00:00Z' };
  const [version] = shopOf([board({ season: 'fixed', ...days })]).versions;
  if (!version) throw new Error('There is a version.');
  const until = (now: number) => offeredBoards(version, now, 'UTC')[0]?.until;
  expect([day(32) - 1, day(32), day(41) - 1, day(41)].map(until)).toEqual([
    ...[null, '2026-02-09', '2026-02-09', null],
  ]);
});

it('hide amounts, and show who reached a rank first before who reached it later (law 10.4)', () => {
  const rows = [
    { score: 300, reachedAt: day(9), nickname: 'Late' },
    { score: 300, reachedAt: day(2), nickname: 'Early' },
    { score: 100, reachedAt: day(1), nickname: null },
  ];
  const [version] = shopOf([
    board(),
    board({ key: 'count', kind: 'orders', settings: { least: '' } }),
  ]).versions;
  const [spend, count] = version?.leaderboards ?? [];
  if (!spend || !count) throw new Error('There are two boards.');
  expect(shownTop(spend, rows)).toEqual([
    { rank: 1, name: 'Early', score: null },
    { rank: 1, name: 'Late', score: null },
    { rank: 3, name: null, score: null },
  ]);
  expect(shownTop(count, rows).map(({ score }) => score)).toEqual([300, 300, 100]);
});
