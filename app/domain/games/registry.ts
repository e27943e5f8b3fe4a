import type { GameDefinition } from './definition.ts';
import { giveaway } from './giveaway.ts';
import { mysteryBox, scratchCard, spinWheel } from './instant-games.ts';
import { registryOf } from '../registry.ts';

/** Every kind of game. A new one is a definition and one line here. */
export const gameDefinitions = registryOf<GameDefinition>('game', [
  spinWheel,
  scratchCard,
  mysteryBox,
  giveaway,
]);
