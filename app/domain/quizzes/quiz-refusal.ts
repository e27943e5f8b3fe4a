/** Why a member cannot answer a quiz. The storefront tells it before, and answering looks again. */
import { sameContent } from '../same-content.ts';
import { outsideOf } from '../earning/audience.ts';
import type { AudienceReason } from '../earning/audience.ts';
import { boreTag } from '../members/tags.ts';
import type { TagTidings } from '../members/tags.ts';
import type { Moment } from '../time/shop-time.ts';
import type { Answers } from './answers.ts';
import { isOpen } from './quiz-terms.ts';
import type { QuizTerms } from './quiz-terms.ts';

export type QuizRefusal =
  | { readonly kind: 'not-now'; readonly startsAt: Moment | null; readonly endsAt: Moment | null }
  | { readonly kind: 'not-for-you'; readonly because: AudienceReason }
  | { readonly kind: 'answered-already' };

export interface Answering {
  readonly tierKey: string | null;
  readonly tags: readonly TagTidings[];
  /** What they have answered so far; null where nothing. */
  readonly known: Answers | null;
}

export function quizRefusal(
  quiz: QuizTerms,
  { tierKey, tags, known }: Answering,
  now: Moment,
): QuizRefusal | null {
  const { startsAt, endsAt, item } = quiz;
  if (!isOpen(quiz, now)) return { kind: 'not-now', startsAt, endsAt };
  const hasTag = (tag: string): boolean => boreTag(tags, tag, now);
  const because = outsideOf(item.audience, { tierKey: () => tierKey, hasTag });
  if (because !== null) return { kind: 'not-for-you', because };
  return known && !item.changeable ? { kind: 'answered-already' } : null;
}

export function sameAnswers(a: Answers, b: Answers): boolean {
  return sameContent(Object.fromEntries(a), Object.fromEntries(b));
}
