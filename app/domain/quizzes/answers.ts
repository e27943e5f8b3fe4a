/**
 * What a member answered: the keys of the chosen answers by the key of the question. Kept as the content
 * of one activity for each quiz, under the quiz's key; changed answers take its place.
 */
import { z } from 'zod';
import { deed } from '../activities/activity.ts';
import type { Activity, ActivityContent } from '../activities/activity.ts';
import type { Moment } from '../time/shop-time.ts';
import type { QuizDocument } from './quiz-terms.ts';
import { LONGEST_KEY, MOST_CHOICES, MOST_QUESTIONS } from './settings.ts';

export type Answers = ReadonlyMap<string, readonly string[]>;

/** No key of a question begins so. */
const WEIGHT = '_weight';
const BETWEEN = ' ';

/** As a page sends them: one key, or several. */
export const answersAsked = z
  .record(
    z.string().max(LONGEST_KEY),
    z.union([z.string().max(LONGEST_KEY), z.array(z.string().max(LONGEST_KEY)).max(MOST_CHOICES)]),
  )
  .refine((asked) => Object.keys(asked).length <= MOST_QUESTIONS);
export type AnswersAsked = z.infer<typeof answersAsked>;

export type AnswerRefusal =
  | { readonly kind: 'unknown-question'; readonly question: string }
  | { readonly kind: 'unknown-choice'; readonly question: string }
  | { readonly kind: 'one-choice'; readonly question: string }
  | { readonly kind: 'unanswered'; readonly question: string };

export type ReadAnswers =
  | { readonly ok: true; readonly answers: Answers }
  | { readonly ok: false; readonly refusal: AnswerRefusal };

/** In the order of the quiz's questions and choices, each choice once: the same answers are the same content. */
export function readAnswers(
  questions: QuizDocument['questions'],
  asked: AnswersAsked,
): ReadAnswers {
  const told = new Map(Object.entries(asked));
  const stranger = [...told.keys()].find((key) => !questions.some((one) => one.key === key));
  if (stranger !== undefined) return refuse('unknown-question', stranger);
  const answers = new Map<string, readonly string[]>();
  for (const { key, choices, several, required } of questions) {
    const wanted = new Set([told.get(key) ?? []].flat());
    const chosen = choices.filter((choice) => wanted.has(choice.key)).map((choice) => choice.key);
    if (chosen.length < wanted.size) return refuse('unknown-choice', key);
    if (chosen.length > 1 && !several) return refuse('one-choice', key);
    if (chosen.length === 0 && required) return refuse('unanswered', key);
    if (chosen.length > 0) answers.set(key, chosen);
  }
  if (answers.size === 0) return refuse('unanswered', questions[0]?.key ?? '');
  return { ok: true, answers };
}

function refuse(kind: AnswerRefusal['kind'], question: string): ReadAnswers {
  return { ok: false, refusal: { kind, question } };
}

/** @param weight of a vote, by the tier at that moment; null where all weigh the same */
export function answersGiven(
  quizKey: string,
  answers: Answers,
  weight: number | null,
  at: Moment,
): Activity {
  const content = Object.fromEntries([...answers].map(([key, keys]) => [key, keys.join(BETWEEN)]));
  return deed('answers', quizKey, at, { ...content, ...(weight !== null && { [WEIGHT]: weight }) });
}

export function answersIn(content: ActivityContent): Answers {
  return new Map(
    Object.entries(content).flatMap(([key, chosen]) =>
      key === WEIGHT || typeof chosen !== 'string' ? [] : [[key, chosen.split(BETWEEN)] as const],
    ),
  );
}

export function weightIn(content: ActivityContent): number {
  const weight = content[WEIGHT];
  return typeof weight === 'number' ? weight : 1;
}
