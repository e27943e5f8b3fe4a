/** A quiz of a published version, as the engine and the storefront use it. */
import type { QuizDefinition } from './definition.ts';
import type { ProgrammeDocument } from '../programme/document.ts';
import type { Moment } from '../time/shop-time.ts';

export type QuizDocument = ProgrammeDocument['quizzes'][number];

export interface QuizTerms {
  readonly key: string;
  readonly name: string;
  readonly definition: QuizDefinition;
  readonly settings: unknown;
  readonly item: QuizDocument;
  readonly startsAt: Moment | null;
  readonly endsAt: Moment | null;
}

export function isOpen({ startsAt, endsAt }: QuizTerms, at: Moment): boolean {
  return (startsAt === null || startsAt <= at) && !isOver({ endsAt }, at);
}

export function isOver({ endsAt }: Pick<QuizTerms, 'endsAt'>, at: Moment): boolean {
  return endsAt !== null && endsAt <= at;
}
