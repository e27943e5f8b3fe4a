/** What of a game cannot be published, and what is hardly meant: each with its place. */
import { expect, it } from 'vitest';
import { gameInput, prizeInput } from './game-settings.ts';
import type { GameInput } from './game-settings.ts';
import { validateProgramme } from '../../../app/domain/programme/validate-programme.ts';
import { diffProgramme } from '../../../app/domain/programme/diff-programme.ts';
import { draftDocument } from '../../../app/domain/programme/draft.ts';
import { termsOf } from '../../../app/domain/programme/terms.ts';
import { programme, tiers } from '../fixtures.ts';
import { placeTold } from '../place-told.ts';

function placesOf(over: Partial<GameInput>, currency = 'EUR'): readonly string[] {
  const document = { ...programme(), games: [gameInput(over)] };
  const validation = validateProgramme(document, currency);
  const faults = validation.ok ? validation.warnings : validation.faults;
  const about = faults.filter(({ place }) => place.startsWith('games.'));
  return about.map((one) => `${validation.ok ? 'warning' : 'fault'} ${placeTold(one).slice(8)}`);
}

const limited = { budgetPoints: 1_000 };
const giveaway: Partial<GameInput> = {
  ...{ ...limited, kind: 'giveaway', settings: { once: false } },
  ...{ startsAt: '2026-01-01T00:00:00Z', endsAt: '2026-02-01T00:00:00Z' },
  prizes: [prizeInput('big', 0, 500, { stock: 2 })],
};

it.each<[string, Partial<GameInput>, readonly string[]]>([
  ['is fine', limited, []],
  ['gives without limit', {}, ['warning budgetPoints']],
  ['has no free way in', { ...limited, entry: { points: 5 } }, ['warning entry.free.times']],
  [
    'is closed where only free plays are allowed',
    { ...limited, entry: { points: 5 }, countries: [{ country: 'CA', mode: 'free-only' }] },
    ['warning entry.free.times', 'warning countries'],
  ],
  ['cannot be played', { ...limited, entry: {} }, ['fault entry.points']],
  [
    'has more chances than there are',
    { prizes: [prizeInput('a', 600_000, 5), prizeInput('b', 400_001, 5)] },
    ['fault prizes.0.chance'],
  ],
  [
    'has a prize that nobody can win, but for one that stands in',
    {
      prizes: [
        prizeInput('a', 1, 5, { instead: 'b' }),
        prizeInput('b', 0, 5),
        prizeInput('c', 0, 5),
      ],
    },
    ['fault prizes.2.chance'],
  ],
  ['gives nothing', { prizes: [prizeInput('a', 1, 0)] }, ['fault prizes.0.prize.points']],
  [
    'goes round in a circle',
    { prizes: [prizeInput('a', 1, 5, { instead: 'b' }), prizeInput('b', 1, 5, { instead: 'a' })] },
    ['fault prizes.0.instead', 'fault prizes.1.instead'],
  ],
  [
    'names what is not there',
    {
      entry: { tiers: [{ tier: 'gold', tickets: 1, per: 'day' }] },
      prizes: [
        prizeInput('a', 1, 5, { instead: 'x', prize: { badge: 'x', reward: 'y' } }),
        prizeInput('a', 1, 5),
      ],
      audience: { tiers: ['gold'] },
    },
    [
      ...['fault audience.tiers.0', 'fault prizes.1.key', 'fault prizes.0.prize.badge'],
      ...['fault prizes.0.instead', 'fault entry.tiers.0.tier', 'fault prizes.0.prize.reward'],
    ],
  ],
  [
    'ends before it starts',
    { startsAt: giveaway.endsAt, endsAt: giveaway.startsAt },
    ['fault endsAt'],
  ],
  [
    'gives tickets for no amount',
    { ...limited, entry: { perOrder: { tickets: 1, by: 'amount' } } },
    ['fault entry.perOrder.amount'],
  ],
  [
    'has two rules for a country',
    {
      countries: [
        { country: 'DE', mode: 'off' },
        { country: 'DE', mode: 'open' },
      ],
    },
    ['fault countries.1.country'],
  ],
  ['is a giveaway that is fine', giveaway, []],
  [
    'is a giveaway without an end, a number, or with chances',
    { ...giveaway, endsAt: null, prizes: [prizeInput('big', 5, 500)] },
    ['fault prizes.0.stock', 'fault prizes.0.chance', 'fault endsAt'],
  ],
  ['is a giveaway without a beginning', { ...giveaway, startsAt: null }, ['fault startsAt']],
  [
    'is a giveaway of too many of one prize, or with something in the place of another',
    {
      ...giveaway,
      prizes: [
        prizeInput('big', 0, 500, { stock: 10_001, instead: 'other' }),
        prizeInput('other', 0, 5, { stock: 10_000 }),
      ],
    },
    ['fault prizes.0.stock', 'fault prizes.0.instead'],
  ],
])('a game that %s', (_, over, expected) => {
  expect([...placesOf(over)].sort()).toEqual([...expected].sort());
});

it('says of each tier that is gone, or has its tickets already, which one it is', () => {
  const tier = (key: string) => ({ tier: key, tickets: 1, per: 'day' as const });
  const entry = { tiers: [tier('silver'), tier('gold'), tier('silver')] };
  const document = {
    ...programme({ tiers: tiers([['silver', '0', '1']]) }),
    games: [gameInput({ ...limited, entry })],
  };
  const validation = validateProgramme(document, 'EUR');
  expect(validation.ok ? [] : validation.faults).toEqual([
    { place: 'games.0.entry.tiers.1.tier', message: 'No tier is known by this name any more.' },
    { place: 'games.0.entry.tiers.2.tier', message: 'This tier has its tickets already.' },
  ]);
});

it('an amount that is none of the shop is told, and never stops the rest of the programme', () => {
  const entry = { perOrder: { tickets: 1, by: 'amount' as const, amount: '9.99' } };
  expect(placesOf({ ...limited, entry }, 'JPY')).toEqual(['fault entry.perOrder.amount']);
  const document = programme({ games: [gameInput({ entry }), gameInput({ key: 'fine' })] });
  const { games, earning } = termsOf({ version: 1, effectiveAt: 0, document }, 'JPY');
  expect([games.map(({ key }) => key), earning.length]).toEqual([['fine'], 1]);
});

it('what is not a number, a country or a kind is refused with its place', () => {
  const odd = { chance: 0.5 as never, stock: -1 };
  expect(placesOf({ prizes: [prizeInput('a', 1, 5, odd)] })).toEqual(
    expect.arrayContaining(['fault prizes.0.chance', 'fault prizes.0.stock']),
  );
  expect(placesOf({ countries: [{ country: 'de', mode: 'off' }] })).toEqual([
    'fault countries.0.country',
  ]);
  expect(placesOf({ kind: 'roulette' })).toEqual(['fault kind']);
});

it('a change of odds is shown in a line that says both', () => {
  const before = draftDocument.parse(programme({ games: [gameInput()] }));
  const prizes = [
    prizeInput('ten', 500_000, 10, { stock: 3, instead: 'two' }),
    prizeInput('two', 1, 2),
  ];
  const after = draftDocument.parse(programme({ games: [gameInput({ prizes })] }));
  expect(diffProgramme(before, after)).toMatchObject([
    {
      ...{ place: 'games.0.prizes', kind: 'changed' },
      before: { as: 'list', items: ['ten: 1000000 / 1000000 · +10'] },
      after: {
        ...{ as: 'list' },
        items: ['ten: 500000 / 1000000 · +10 · ≤ 3 · → two', 'two: 1 / 1000000 · +2'],
      },
    },
  ]);
});
