/**
 * What can be asked of answers, written as one text: nothing for any quiz, "taste" for a quiz,
 * "taste/drink/tea" for a choice in it.
 */
import { z } from 'zod';
import type { ActivityContent } from '../activities/activity.ts';
import { answersIn } from './answers.ts';

const KEY = '[a-z0-9][a-z0-9-]{0,39}';
const ONE = new RegExp(`^${KEY}(/${KEY}/${KEY})?$`);

/** A quiz, or a choice in it. */
export const answerRef = z.string().regex(ONE, { error: 'Choose a quiz, or an answer.' });
export const anyAnswerRef = z.union([z.literal(''), answerRef]);

export interface AnswerRef {
  readonly quiz: string;
  readonly choice: { readonly question: string; readonly key: string } | null;
}

/** @returns null for any quiz */
export function readAnswerRef(text: string): AnswerRef | null {
  const [quiz = '', question, key] = text.split('/');
  if (quiz === '') return null;
  return { quiz, choice: question && key ? { question, key } : null };
}

export function isAnsweredSo(
  ref: AnswerRef | null,
  { id, content }: { readonly id: string; readonly content: ActivityContent },
): boolean {
  if (ref === null) return true;
  if (ref.quiz !== id) return false;
  const { choice } = ref;
  return choice === null || (answersIn(content).get(choice.question) ?? []).includes(choice.key);
}

interface Asking {
  readonly key: string;
  readonly name: string;
  readonly questions: readonly {
    readonly key: string;
    readonly text: string;
    readonly choices: readonly { readonly key: string; readonly text: string }[];
  }[];
}

/** Everything that can be asked of these quizzes, with the merchant's words. */
export function answerRefs(
  quizzes: readonly Asking[],
): readonly { readonly ref: string; readonly words: readonly string[] }[] {
  return quizzes.flatMap(({ key, name, questions }) => [
    { ref: key, words: [name] },
    ...questions.flatMap((question) =>
      question.choices.map((choice) => ({
        ref: `${key}/${question.key}/${choice.key}`,
        words: [name, question.text, choice.text],
      })),
    ),
  ]);
}
