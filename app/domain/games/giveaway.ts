/** Tickets are collected until the end; then as many of each prize are drawn among them as there are. */
import { z } from 'zod';
import type { GameDefinition } from './definition.ts';

const settings = z.strictObject({ once: z.boolean() });

export type GiveawaySettings = z.infer<typeof settings>;

export const giveaway: GameDefinition<GiveawaySettings> = {
  kind: 'giveaway',
  words: {
    label: 'Giveaway',
    help: 'Members collect tickets until it ends; then each prize is drawn among all tickets, as often as you have it.',
  },
  fields: [
    {
      name: 'once',
      input: 'switch',
      label: 'Nobody wins twice',
      help: 'Whoever has won leaves the draw with all their tickets. Otherwise only the ticket leaves it.',
    },
  ],
  settings,
  defaults: { once: true },
  draws: 'at-the-end',
};
