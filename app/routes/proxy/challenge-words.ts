/** What shoppers read about joining challenges, in their language. */
import { languageOf } from './reward-words.ts';
import { localesOf, makeI18n } from '../../components/i18n.ts';
import type { JoinRefusal } from '../../operations/join-challenge.ts';

export interface ChallengeWords {
  readonly joined: string;
  readonly refused: (refusal: JoinRefusal) => string;
}

export function challengeWords(request: Request): ChallengeWords {
  const { language } = localesOf(languageOf(request).split(/[,;]/)[0] ?? 'en');
  const { t } = makeI18n(language);
  return {
    joined: t('storefront.challenge.joined'),
    refused: (refusal) =>
      refusal.kind === 'not-for-you'
        ? t(`storefront.challenge.${refusal.because}`)
        : t(`storefront.challenge.${refusal.kind}`),
  };
}
