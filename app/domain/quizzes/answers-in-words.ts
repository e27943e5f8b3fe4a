/** What a member answered, in the words that they read when they did. */
import type { Activity } from '../activities/activity.ts';
import type { ShopTerms } from '../programme/terms.ts';
import type { Moment } from '../time/shop-time.ts';
import { answersIn, weightIn } from './answers.ts';
import type { QuizDocument } from './quiz-terms.ts';

export interface WordedAnswers {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  /** When the newest answers were given. */
  readonly at: Moment;
  readonly weight: number;
  readonly answers: readonly { readonly question: string; readonly chosen: readonly string[] }[];
}

export function answersInWords(
  shop: ShopTerms,
  activities: readonly Activity[],
): readonly WordedAnswers[] {
  return activities
    .filter(({ kind, occurredAt, withdrawnAt }) => {
      return kind === 'answers' && occurredAt !== null && withdrawnAt === null;
    })
    .sort((a, b) => b.toldAt - a.toldAt || (a.id < b.id ? -1 : 1))
    .map(({ id, toldAt, content }) => {
      const quiz = quizAt(shop, id, toldAt);
      const asked = quiz?.questions ?? [];
      return {
        ...{ key: id, name: quiz?.name ?? id, kind: quiz?.kind ?? '', at: toldAt },
        weight: weightIn(content),
        answers: [...answersIn(content)].map(([key, keys]) => {
          const question = asked.find((one) => one.key === key);
          const wordOf = (choice: string): string =>
            question?.choices.find((one) => one.key === choice)?.text ?? choice;
          return { question: question?.text ?? key, chosen: keys.map(wordOf) };
        }),
      };
    });
}

/** As it was asked then; where no version of that time is left, as it was asked last. */
function quizAt(shop: ShopTerms, key: string, at: Moment): QuizDocument | null {
  const asking = shop.versions.flatMap(({ version: { effectiveAt, document } }) =>
    document.quizzes.filter((quiz) => quiz.key === key).map((quiz) => ({ effectiveAt, quiz })),
  );
  const then = asking.findLast(({ effectiveAt }) => effectiveAt <= at);
  return (then ?? asking.at(-1))?.quiz ?? null;
}
