/** Games as guests see them: odds, ways in, and the seed's commitment (law 10.5). */
import { describe, expect, it } from 'vitest';
import { shownGames } from '../../../app/domain/storefront/games.ts';
import type { ProgrammeTerms } from '../../../app/domain/programme/terms.ts';
import { gameInput, prizeInput } from '../games/game-settings.ts';
import type { GameInput } from '../games/game-settings.ts';
import { day, programme, shopWith, tiers } from '../fixtures.ts';

const BERLIN = { currency: 'USD', timeZone: 'Europe/Berlin' };
const seed = { epoch: '2026-01-20', commit: 'c0ffee' };
const termsOf = (...games: GameInput[]): ProgrammeTerms => {
  const document = programme({ games, tiers: tiers([['gold', '0', '1']]) });
  const [terms] = shopWith([[0, document]]).versions;
  if (!terms) throw new Error('there is one');
  return terms;
};
const shown = (...games: GameInput[]) =>
  shownGames(termsOf(...games), new Map(games.map(({ key }) => [key, seed])), BERLIN);

describe('a game', () => {
  it('is shown with its odds, its ways in and its days, and with the seed that serves', () => {
    const wheel = gameInput({
      ...{ words: 'Turn it.', mostPerDay: 3 },
      startsAt: new Date(day(5) + 999).toISOString(),
      endsAt: '2026-01-31T23:00:00Z', // the end of the 31st in Berlin
      entry: {
        points: 50,
        perOrder: { tickets: 2, by: 'amount', amount: '25.50' },
        tiers: [{ tier: 'gold', tickets: 1, per: 'week' }],
        free: { times: 1, per: 'day' },
      },
      prizes: [prizeInput('ten', 400_000, 10), prizeInput('big', 1, 500, { stock: 3 })],
    });
    expect(shown(wheel)).toEqual([
      {
        ...{ key: 'wheel', name: 'Wheel', kind: 'spin-wheel', words: 'Turn it.', ...seed },
        prizes: [
          { key: 'ten', name: 'ten', chance: { of: 1_000_000, n: 400_000 }, many: null },
          { key: 'big', name: 'big', chance: { of: 1_000_000, n: 1 }, many: 3 },
        ],
        entry: {
          ...{ points: 50, order: { tickets: 2, per: 2_550 } },
          tiers: [{ tier: 'gold', tickets: 1, per: 'week' }],
          free: { times: 1, per: 'day' },
        },
        ...{ mostPerDay: 3, starts: day(5) / 1_000, until: '2026-01-31' },
      },
    ]);
  });

  it('without these ways in and days says so', () => {
    expect(shown(gameInput({ entry: { points: 5 } }))).toMatchObject([
      { entry: { points: 5, order: null, tiers: [], free: null }, starts: null, until: null },
    ]);
    const each = gameInput({ entry: { perOrder: { tickets: 1, by: 'order' } } });
    expect(shown(each)).toMatchObject([{ entry: { points: null, order: { per: null } } }]);
  });

  it('that draws at its end has no odds, but so many to win', () => {
    const giveaway = gameInput({
      ...{ kind: 'giveaway', settings: { once: false } },
      ...{ startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' },
      prizes: [prizeInput('big', 0, 500, { stock: 2 })],
    });
    expect(shown(giveaway)).toMatchObject([{ prizes: [{ key: 'big', chance: null, many: 2 }] }]);
  });

  it('is not shown before a seed serves it, nor without a programme', () => {
    const terms = termsOf(gameInput(), gameInput({ key: 'second' }));
    const second = shownGames(terms, new Map([['second', seed]]), BERLIN);
    expect(second.map(({ key }) => key)).toEqual(['second']);
    expect(shownGames(null, new Map([['wheel', seed]]), BERLIN)).toEqual([]);
  });
});

it('what does not fit into Shopify’s document is left to be asked for, to the byte', () => {
  const [terms] = [termsOf(gameInput(), gameInput({ key: 'next' }))];
  const [wheel, next] = terms.games;
  if (!wheel || !next) throw new Error('there are two');
  const saying = (length: number): ProgrammeTerms => ({
    ...terms,
    games: [{ ...wheel, item: { ...wheel.item, words: 'ä'.repeat(length / 2) } }, next],
  });
  const seeds = new Map(['wheel', 'next'].map((key) => [key, seed]));
  const of = (length: number) =>
    shownGames(saying(length), seeds, BERLIN).map(({ words, prizes }) => [
      ...[String(words).length, Array.isArray(prizes) ? prizes.length : NaN],
    ]);
  const bytes = (length: number): number =>
    new TextEncoder().encode(JSON.stringify(shownGames(saying(length), seeds, BERLIN)[0])).length;
  const most = 16_000 - bytes(0) - (bytes(0) % 2); // an even number of bytes of words fits
  expect(of(most)).toEqual([
    [most / 2, 1],
    [0, 0],
  ]);
  expect(of(most + 2)[0]).toEqual([0, 0]);
  expect(of(0)).toEqual([
    [0, 1],
    [0, 1],
  ]);
});
