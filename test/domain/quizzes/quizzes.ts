/** Quizzes and votes small enough that a test shows only what it is about. */
import type { z } from 'zod';
import { quizList } from '../../../app/domain/quizzes/settings.ts';

type QuizInput = NonNullable<z.input<typeof quizList>>[number];
type Quiz = z.output<typeof quizList>[number];

export function question(
  key: string,
  choices: readonly string[],
  over: Partial<QuizInput['questions'][number]> = {},
): QuizInput['questions'][number] {
  const offered = choices.map((choice) => ({ key: choice, text: choice.toUpperCase() }));
  return { key, text: `${key}?`, choices: offered, ...over };
}

/** "Which drink?" tea, coffee or water: 50 points for answering. */
export function quiz(over: Partial<QuizInput> = {}): Quiz {
  const [made] = quizList.parse([
    {
      ...{ key: 'taste', kind: 'quiz', name: 'Taste', enabled: true },
      questions: [question('drink', ['tea', 'coffee', 'water'])],
      prize: { points: 50 },
      settings: over.kind === 'vote' ? { weights: [] } : { leastRight: null },
      ...over,
    },
  ]);
  if (!made) throw new Error('There is a quiz.');
  return made;
}
