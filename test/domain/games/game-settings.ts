/** Games with nothing in them but what a test is about. */
import { gameList } from '../../../app/domain/games/settings.ts';
import type { GameItem } from '../../../app/domain/games/settings.ts';
import type { ProgrammeInput } from '../../../app/domain/programme/document.ts';

export type GameInput = NonNullable<ProgrammeInput['games']>[number];

/** A wheel that always gives ten points, free once a day. */
export function gameInput(over: Partial<GameInput> = {}): GameInput {
  return {
    ...{ key: 'wheel', kind: 'spin-wheel', name: 'Wheel', enabled: true, settings: {} },
    entry: { free: { times: 1, per: 'day' } },
    prizes: [prizeInput('ten', 1_000_000, 10)],
    ...over,
  };
}

export function prizeInput(
  key: string,
  chance: number,
  points: number,
  over: Partial<GameInput['prizes'][number]> = {},
): GameInput['prizes'][number] {
  return { key, name: key, chance, prize: { points }, ...over };
}

export function gameItem(over: Partial<GameInput> = {}): GameItem {
  const [item] = gameList.parse([gameInput(over)]);
  if (!item) throw new Error('It is one.');
  return item;
}
