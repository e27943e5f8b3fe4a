/** Questions about what members like, or know: right answers may be asked for the prize. */
import { z } from 'zod';
import type { QuizDefinition } from './definition.ts';
import { MOST_QUESTIONS } from './settings.ts';

const settings = z.strictObject({ leastRight: z.int().min(1).max(MOST_QUESTIONS).nullable() });

export const quiz: QuizDefinition<z.infer<typeof settings>> = {
  kind: 'quiz',
  words: {
    label: 'Quiz',
    help: 'Questions about what members like or know. What they answer makes segments, and badges and challenges can ask for it.',
  },
  settings,
  defaults: { leastRight: null },
  fields: [
    {
      name: 'leastRight',
      input: 'integer',
      optional: true,
      label: 'Right answers for the prize',
      help: 'Leave empty to give the prize to everybody who answers.',
      unit: 'answers',
    },
  ],
  hasRightAnswers: true,
  leastRight: ({ leastRight }) => leastRight,
  isWon: ({ leastRight }, { right }) => leastRight === null || right >= leastRight,
  weightOf: () => null,
};
