/** How all members have answered: heads, and what their voices weigh. */
import type { QuizDocument } from './quiz-terms.ts';

/** Without a choice it says who answered the question at all; without a question, who answered anything. */
export interface CountedAnswer {
  readonly question: string | null;
  readonly choice: string | null;
  readonly members: number;
  readonly weight: number;
}

export interface Counted {
  readonly key: string;
  readonly text: string;
  readonly members: number;
  readonly weight: number;
}

export interface QuizTally {
  readonly members: number;
  readonly weight: number;
  readonly questions: readonly (Counted & {
    readonly choices: readonly Counted[];
    /** Who chose what is no longer there to choose. */
    readonly goneMembers: number;
  })[];
}

export function tallyOf(
  questions: QuizDocument['questions'],
  counted: readonly CountedAnswer[],
): QuizTally {
  const found = (question: string | null, choice: string | null) =>
    counted.find((one) => one.question === question && one.choice === choice) ?? NOBODY;
  const all = found(null, null);
  return {
    ...{ members: all.members, weight: all.weight },
    questions: questions.map(({ key, text, choices }) => {
      const { members, weight } = found(key, null);
      const gone = counted.filter(
        ({ question, choice }) =>
          question === key && choice !== null && !choices.some((one) => one.key === choice),
      );
      return {
        ...{ key, text, members, weight },
        choices: choices.map((choice) => {
          const chosen = found(key, choice.key);
          return { ...choice, members: chosen.members, weight: chosen.weight };
        }),
        goneMembers: gone.reduce((sum, one) => sum + one.members, 0),
      };
    }),
  };
}

const NOBODY = { members: 0, weight: 0 };

/** Whole percent of those who answered the question; of several that may be chosen they add up to more than 100. */
export function percentOf(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.round((part * 100) / whole);
}
