import { z } from 'zod';
import type { ConditionDefinition } from './definition.ts';
import { answerRef } from '../quizzes/answer-ref.ts';

/** What members said of themselves in a quiz, or how they voted. */
export const answeredCondition: ConditionDefinition<{ answer: string }> = {
  kind: 'answered',
  words: {
    label: 'Answered',
    help: 'Members who answered a quiz or a vote, or chose this answer.',
  },
  settings: z.strictObject({ answer: answerRef }),
  defaults: { answer: '' },
  fields: [{ name: 'answer', input: 'answer', label: 'Quiz or answer' }],
};
