/** "Reach gold", by buying or because it was granted. */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';
import { key } from '../programme/document-parts.ts';

const settings = z.strictObject({
  /** Any of these; where none is named, any tier. */
  tiers: z.array(key).max(20),
});

export const tierReached: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'tier',
  words: {
    label: 'Reach a tier',
    help: 'Reached by entering one of the tiers, or by being in it already.',
  },
  settings,
  defaults: { tiers: [] },
  fields: [
    {
      name: 'tiers',
      input: 'tiers',
      label: 'Any of these tiers',
      help: 'With none chosen, any tier.',
    },
  ],
  listens: () => ['tier'],
  reach: ({ tiers: wanted }, { tiers }) => {
    const entered = tiers.find(
      ({ key: tier }) => tier !== null && (wanted.length === 0 || wanted.includes(tier)),
    );
    const completedAt = entered?.at ?? null;
    return { have: entered ? 1 : 0, need: 1, counted: [], completedAt };
  },
};
