/** How many questions were answered rightly, of those that have a right answer. */
import type { Answers } from './answers.ts';
import type { QuizDocument } from './quiz-terms.ts';

export interface Score {
  readonly right: number;
  readonly of: number;
}

type Question = QuizDocument['questions'][number];

export function scoreOf(questions: readonly Question[], answers: Answers): Score {
  const asked = questions.filter(({ right }) => right.length > 0);
  const right = asked.filter((question) => isRight(question, answers.get(question.key) ?? []));
  return { right: right.length, of: asked.length };
}

/** Where several may be chosen, these and no others; otherwise any one of the right ones. */
export function isRight({ several, right }: Question, chosen: readonly string[]): boolean {
  const fits = chosen.length > 0 && chosen.every((key) => right.includes(key));
  return fits && (!several || chosen.length === right.length);
}
