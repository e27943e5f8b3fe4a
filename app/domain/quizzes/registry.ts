import type { QuizDefinition } from './definition.ts';
import { quiz } from './quiz.ts';
import { vote } from './vote.ts';
import { registryOf } from '../registry.ts';

/** Every way of asking. A new one is a file and one line here. */
export const quizDefinitions = registryOf<QuizDefinition>('quiz', [
  quiz as QuizDefinition,
  vote as QuizDefinition,
]);
