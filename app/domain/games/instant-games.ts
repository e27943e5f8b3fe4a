/** Games that draw when they are played: they differ in what the shopper sees, never in their chances. */
import { z } from 'zod';
import type { GameDefinition } from './definition.ts';

const none = z.strictObject({});
type None = z.infer<typeof none>;

const atOnce = { fields: [], settings: none, defaults: {}, draws: 'at-once' } as const;

export const spinWheel: GameDefinition<None> = {
  ...atOnce,
  kind: 'spin-wheel',
  words: {
    label: 'Spin the wheel',
    help: 'A wheel with a field for each prize. It stops where the draw fell.',
  },
};

export const scratchCard: GameDefinition<None> = {
  ...atOnce,
  kind: 'scratch-card',
  words: {
    label: 'Scratch card',
    help: 'A card that is scratched open, by finger or by a button. The draw lies under it.',
  },
};

export const mysteryBox: GameDefinition<None> = {
  ...atOnce,
  kind: 'mystery-box',
  words: {
    label: 'Mystery box',
    help: 'A box that is opened: what is in it, the draw says.',
  },
};
