/** Members decide together; the voice of a tier can weigh more. */
import { z } from 'zod';
import type { QuizDefinition } from './definition.ts';
import { key } from '../programme/document-parts.ts';

const settings = z.strictObject({
  weights: z.array(z.strictObject({ tier: key, weight: z.int().min(1).max(1_000) })).max(20),
});

export const vote: QuizDefinition<z.infer<typeof settings>> = {
  kind: 'vote',
  words: {
    label: 'Vote',
    help: 'Members decide together. The voice of a tier can weigh more, by the tier that a member has when voting.',
  },
  settings,
  defaults: { weights: [] },
  fields: [
    {
      name: 'weights',
      input: 'weights',
      label: 'Voices that weigh more',
      help: 'Every other voice weighs 1.',
    },
  ],
  hasRightAnswers: false,
  leastRight: () => null,
  isWon: () => true,
  weightOf: ({ weights }, tierKey) => weights.find(({ tier }) => tier === tierKey)?.weight ?? 1,
};
