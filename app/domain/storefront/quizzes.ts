/** Quizzes and votes as shoppers see them: never which answers are right. */
import type { ProgrammeTerms } from '../programme/terms.ts';
import type { QuizTerms } from '../quizzes/quiz-terms.ts';
import { shopDay } from '../time/shop-time.ts';

/** Further questions are left to the page, which asks for them. */
const MOST_BYTES = 24_000;

export interface ShownQuiz {
  readonly key: string;
  readonly name: string;
  readonly kind: string;
  readonly words: string;
  readonly prize: {
    readonly points: number;
    readonly reward: string | null;
    readonly badge: string | null;
  };
  /** In seconds. */
  readonly starts: number | null;
  readonly ends: number | null;
  /** The last of the shop's days. */
  readonly until: string | null;
  readonly changeable: boolean;
  /** Empty where they are left to be asked for. */
  readonly questions: readonly {
    readonly key: string;
    readonly text: string;
    readonly several: boolean;
    readonly required: boolean;
    readonly choices: readonly { readonly key: string; readonly text: string }[];
  }[];
}

export function shownQuiz(
  { key, name, definition, item, startsAt, endsAt }: QuizTerms,
  { rewards, badges }: Pick<ProgrammeTerms, 'rewards' | 'badges'>,
  timeZone: string,
): ShownQuiz {
  const { words, prize, changeable, questions } = item;
  return {
    ...{ key, name, kind: definition.kind, words, changeable },
    prize: {
      points: prize.points,
      reward: rewards.find((one) => one.key === prize.reward)?.name ?? null,
      badge: badges.find((one) => one.key === prize.badge)?.name ?? null,
    },
    starts: secondsOf(startsAt),
    ends: secondsOf(endsAt),
    until: endsAt === null ? null : shopDay(endsAt - 1, timeZone),
    questions: questions.map((question) => ({
      ...{ key: question.key, text: question.text, choices: question.choices },
      ...{ several: question.several, required: question.required },
    })),
  };
}

export function shownQuizzes(terms: ProgrammeTerms, timeZone: string): readonly ShownQuiz[] {
  let bytes = 0;
  return terms.quizzes.map((quiz) => {
    const whole = shownQuiz(quiz, terms, timeZone);
    bytes += new TextEncoder().encode(JSON.stringify(whole)).length;
    return bytes <= MOST_BYTES ? whole : { ...whole, questions: [] };
  });
}

function secondsOf(at: number | null): number | null {
  return at === null ? null : Math.floor(at / 1000);
}
