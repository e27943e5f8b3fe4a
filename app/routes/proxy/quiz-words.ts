/** What shoppers read about quizzes and votes, in their language. */
import { languageOf } from './reward-words.ts';
import { localesOf, makeI18n } from '../../components/i18n.ts';
import type { AnswerQuizRefusal } from '../../operations/answer-quiz.ts';
import type { WhyNotAnswer } from '../../operations/play-quizzes.ts';

export interface QuizWords {
  readonly why: (why: WhyNotAnswer | AnswerQuizRefusal) => string;
}

export function quizWords(request: Request, timeZone: string, now: number): QuizWords {
  const { locale, language } = localesOf(languageOf(request).split(/[,;]/)[0] ?? 'en');
  const { t } = makeI18n(language);
  const day = (at: number): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(at);
  return {
    why: (why) => {
      switch (why.kind) {
        case 'not-now':
          return why.startsAt === null || why.startsAt <= now
            ? t('storefront.quiz.over')
            : t('storefront.why.not-yet', { date: day(why.startsAt) });
        case 'not-for-you':
          return t(`storefront.why.${why.because}`);
        case 'not-a-member':
        case 'answered-already':
        case 'not-running':
        case 'unknown-quiz':
        case 'unanswered':
        case 'unknown-question':
        case 'unknown-choice':
        case 'one-choice':
          return t(`storefront.quiz.${why.kind}`);
      }
    },
  };
}
