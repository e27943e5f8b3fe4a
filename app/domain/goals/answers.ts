/** "Answered three quizzes", "chose tea": answers that were taken back do not count. */
import { z } from 'zod';
import type { GoalDefinition } from './definition.ts';
import { anyAnswerRef, isAnsweredSo, readAnswerRef } from '../quizzes/answer-ref.ts';

const settings = z
  .strictObject({ answer: anyAnswerRef, count: z.int().min(1).max(50) })
  .refine(({ answer, count }) => answer === '' || count === 1, {
    error: 'A quiz is answered once: write 1.',
    path: ['count'],
  });

export const answers: GoalDefinition<z.infer<typeof settings>> = {
  kind: 'answers',
  words: {
    label: 'Answer quizzes and votes',
    help: 'Reached by answering a number of them, a certain one, or in a certain way.',
  },
  settings,
  defaults: { answer: '', count: 1 },
  fields: [
    { name: 'answer', input: 'answer', label: 'What is answered', optional: true },
    { name: 'count', input: 'integer', label: 'How many', unit: 'quizzes' },
  ],
  listens: () => ['activity:answers'],
  reach: ({ answer, count }, { deeds }) => {
    const ref = readAnswerRef(answer);
    const given = deeds.filter((deed) => deed.kind === 'answers' && isAnsweredSo(ref, deed));
    return {
      have: Math.min(given.length, count),
      need: count,
      counted: [],
      completedAt: given[count - 1]?.at ?? null,
    };
  },
};
