/** Where a game may be played, and how a member comes to a play. */
import { describe, expect, it } from 'vitest';
import { gameItem, prizeInput } from './game-settings.ts';
import type { GameInput } from './game-settings.ts';
import { prizeFigures } from '../../../app/domain/games/figures.ts';
import { epochAt, gameTerms, runsAt } from '../../../app/domain/games/game.ts';
import type { GameTerms } from '../../../app/domain/games/game.ts';
import { permitted } from '../../../app/domain/games/legal.ts';
import type { Play } from '../../../app/domain/games/plays.ts';
import { gameDefinitions } from '../../../app/domain/games/registry.ts';
import { chooseWay, waysIn } from '../../../app/domain/games/ways-in.ts';
import type { Player } from '../../../app/domain/games/ways-in.ts';

const ZONE = 'Europe/Berlin';
const NOON = Date.parse('2026-11-22T12:00:00+01:00');

function game(over: Partial<GameInput> = {}): GameTerms {
  const item = gameItem(over);
  const definition = gameDefinitions.find(item.kind);
  if (!definition) throw new Error('It is known.');
  const { key, name, settings } = item;
  return { key, name, settings, ...gameTerms(item, definition, 'EUR') };
}

function played(over: Partial<Play> = {}): Play {
  return {
    ...{ id: 'd', at: NOON, game: 'wheel', epoch: '2026-11-22', as: 'draw', route: 'free' },
    ...{ ref: null, place: 0, version: 1, prize: null, requestKey: 'k' },
    ...over,
  };
}

const nobody: Player = { plays: [], orders: [], tierKey: null, available: 0, debt: 0 };
const at = { now: NOON, zone: ZONE, epoch: '2026-11-22' };

describe('where a game may be played', () => {
  const rules = {
    otherwise: { mode: 'open' as const, age: 18 },
    countries: [
      { country: 'BE', mode: 'off' as const, age: 18 },
      { country: 'CA', mode: 'free-only' as const, age: 18 },
      { country: 'DE', mode: 'age-gate' as const, age: 18 },
      { country: 'KR', mode: 'age-gate' as const, age: 19 },
    ],
  };
  it.each([
    [['FR'], { off: false, freeOnly: false, age: null }],
    [['DE'], { off: false, freeOnly: false, age: 18 }],
    [['be'], { off: true, freeOnly: false, age: null }],
    // Order and page say different things: both bind.
    [['CA', 'KR'], { off: false, freeOnly: true, age: 19 }],
    [['FR', 'BE'], { off: true, freeOnly: false, age: null }],
    [[null, 'DE'], { off: false, freeOnly: false, age: 18 }],
    // Nobody knows: all of them bind.
    [[null, null], { off: true, freeOnly: true, age: 19 }],
  ])('%j (law 10.5)', (known, expected) => {
    expect(permitted(rules, known)).toEqual(expected);
  });

  it('is everywhere the same where no country has a rule of its own', () => {
    const open = { otherwise: rules.otherwise, countries: [] };
    expect(permitted(open, [null])).toEqual({ off: false, freeOnly: false, age: null });
    const closed = { otherwise: { mode: 'off' as const, age: 18 }, countries: [] };
    expect(permitted(closed, ['FR']).off).toBe(true);
  });
});

describe('a way into a play', () => {
  const rich = game({
    entry: {
      ...{ points: 50, free: { times: 2, per: 'week' }, perOrder: { tickets: 1 } },
      tiers: [{ tier: 'gold', tickets: 1, per: 'month' }],
    },
  });
  const choose = (player: Player, freeOnly = false, wished: Play['route'] | null = null) => {
    const choice = chooseWay(rich, player, waysIn(rich, player, at), { freeOnly }, wished);
    return choice.ok ? `${choice.way.route} ${choice.way.points}` : choice.refusal;
  };

  it('costs nothing as long as there is one that does: free, tier, order, then points', () => {
    const plays: Play[] = [];
    const who = (): Player => ({
      ...{ plays, tierKey: 'gold', available: 80, debt: 0 },
      orders: [['501', 1]],
    });
    const order: unknown[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      const choice = chooseWay(rich, who(), waysIn(rich, who(), at), { freeOnly: false }, null);
      if (!choice.ok) break;
      const { route, ref, place } = choice.way;
      order.push(route);
      plays.push(played({ route, ref, place, id: `d${turn}` }));
    }
    expect(order).toEqual(['free', 'free', 'tier', 'order', 'points']);
  });

  it('is counted in the periods of the shop: the week from Monday, the month from its first', () => {
    // The 22nd is a Sunday: the week began on the 16th.
    const monday = Date.parse('2026-11-16T00:00:00+01:00');
    const before = { ...nobody, plays: [played({ at: monday - 1 }), played({ at: monday })] };
    expect(waysIn(rich, before, at)).toMatchObject({ free: 1, tier: 0 });
    const gold = { ...nobody, tierKey: 'gold', plays: [played({ at: monday, route: 'tier' })] };
    expect(waysIn(rich, gold, at).tier).toBe(0);
    const lastMonth = Date.parse('2026-10-31T23:59:59+01:00');
    const earlier = [played({ at: lastMonth, route: 'tier' })];
    expect(waysIn(rich, { ...gold, plays: earlier }, at).tier).toBe(1);
  });

  it('with points is refused to who owes or has too few, and says so', () => {
    const used = { ...nobody, plays: [played(), played({ id: 'e' })] };
    expect(choose({ ...used, available: 49 })).toEqual({
      ...{ kind: 'not-enough', available: 49, wanted: 50 },
    });
    expect(choose({ ...used, available: 0, debt: 20 })).toEqual({ kind: 'owes', debt: 20 });
    expect(choose({ ...used, available: 50 })).toBe('points 50');
    expect(choose({ ...nobody, available: 50 }, false, 'points')).toBe('points 50');
    expect(choose(nobody, false, 'order')).toEqual({ kind: 'no-ticket' });
  });

  it('is the free one alone where the law wants that', () => {
    expect(choose({ ...nobody, available: 500 }, true)).toBe('free 0');
    expect(choose({ ...nobody, available: 500 }, true, 'points')).toEqual({ kind: 'free-only' });
    const used = { ...nobody, available: 500, plays: [played(), played({ id: 'e' })] };
    expect(choose(used, true)).toEqual({ kind: 'free-only' });
  });

  it('ends with the most plays of a day, and of all', () => {
    const limited = game({
      ...{ entry: { free: { times: 9, per: 'day' } }, mostPerDay: 2, mostInAll: 3 },
    });
    const yesterday = NOON - 86_400_000;
    const ways = (...days: number[]) => {
      const plays = days.map((day, index) => played({ at: day, id: String(index) }));
      const player = { ...nobody, plays };
      const choice = chooseWay(
        limited,
        player,
        waysIn(limited, player, at),
        { freeOnly: false },
        null,
      );
      return choice.ok ? 'ok' : choice.refusal;
    };
    expect(ways(NOON)).toBe('ok');
    expect(ways(NOON, NOON)).toEqual({ kind: 'limit-reached', most: 2, per: 'day' });
    expect(ways(yesterday, yesterday)).toBe('ok');
    expect(ways(yesterday, yesterday, NOON)).toEqual({
      kind: 'limit-reached',
      most: 3,
      per: 'all',
    });
  });
});

describe('one seed', () => {
  it('serves a day of the shop, also when its clocks change', () => {
    const night = Date.parse('2026-10-25T12:00:00+01:00');
    const { name, endsAt } = epochAt(game(), night, ZONE);
    expect([name, new Date(endsAt).toISOString()]).toEqual([
      ...['2026-10-25', '2026-10-25T23:00:00.000Z'],
    ]);
  });

  it('serves a giveaway from its first day to its end', () => {
    const giveaway = game({
      ...{
        kind: 'giveaway',
        settings: { once: true },
        prizes: [prizeInput('a', 0, 5, { stock: 1 })],
      },
      ...{ startsAt: '2026-11-20T00:00:00+01:00', endsAt: '2026-12-01T00:00:00+01:00' },
    });
    const ends = Date.parse('2026-12-01T00:00:00+01:00');
    expect(epochAt(giveaway, NOON, ZONE)).toEqual({ name: '2026-11-20', endsAt: ends });
    expect([runsAt(giveaway, ends - 1), runsAt(giveaway, ends)]).toEqual([true, false]);
  });
});

describe('what a game gave', () => {
  it('stands beside what the odds of each draw said it would', () => {
    const row = { oddsHash: 'a', route: 'free' as const, points: 0 };
    const chances = new Map([
      ['a', new Map([['tea', 100_000]])],
      ['b', new Map([['tea', 500_000]])],
    ]);
    const counted = [
      { ...row, drawn: 'tea', given: 'tea', draws: 9 },
      { ...row, drawn: null, given: null, draws: 91 },
      { ...row, oddsHash: 'b', drawn: 'tea', given: null, draws: 10 },
    ];
    // 100 × 10 % and 10 × 50 %; blanks 100 × 90 % and 10 × 50 %.
    expect(prizeFigures(counted, ['tea'], chances)).toEqual([
      { key: 'tea', drawn: 19, due: 15, given: 9 },
      { key: null, drawn: 91, due: 95, given: 101 },
    ]);
    expect(prizeFigures([], ['tea'], new Map())[0]).toEqual({
      ...{ key: 'tea', drawn: 0, due: null, given: 0 },
    });
  });
});
