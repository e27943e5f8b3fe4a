/** What shoppers read about games of chance, in their language. */
import { languageOf, rewardWords } from './reward-words.ts';
import { localesOf, makeI18n } from '../../components/i18n.ts';
import type { PlayRefusal } from '../../operations/play-game.ts';

export interface GameWords {
  readonly refused: (refusal: PlayRefusal) => string;
  /** What a play gave; null for nothing. */
  readonly won: (prize: string | null) => string;
  readonly ticket: () => string;
}

export function gameWords(
  request: Request,
  about: Parameters<typeof rewardWords>[1],
  now: number,
): GameWords {
  const { locale, language } = localesOf(languageOf(request).split(/[,;]/)[0] ?? 'en');
  const { t } = makeI18n(language);
  const { points } = rewardWords(request, about, now);
  const { timeZone } = about;
  const day = (at: number): string =>
    new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone }).format(at);
  return {
    won: (prize) =>
      prize === null ? t('storefront.game.nothing') : t('storefront.game.won', { prize }),
    ticket: () => t('storefront.game.ticket'),
    refused: (refusal) => {
      switch (refusal.kind) {
        case 'not-now':
          return refusal.startsAt !== null && refusal.startsAt > now
            ? t('storefront.game.not-yet', { date: day(refusal.startsAt) })
            : t('storefront.game.over');
        case 'age-needed':
          return t('storefront.game.age-needed', { age: refusal.age });
        case 'limit-reached':
          return t(`storefront.game.limit-${refusal.per}`, { count: refusal.most });
        case 'not-for-you':
          return t(`storefront.why.${refusal.because}`);
        case 'owes':
          return t('storefront.why.owes', { points: points(refusal.debt) });
        case 'not-enough':
          return t('storefront.why.not-enough', {
            points: points(refusal.wanted - refusal.available),
          });
        case 'key-used-otherwise':
          return t('storefront.refusal.key-used-otherwise');
        case 'not-running':
        case 'not-a-member':
        case 'unknown-game':
        case 'not-here':
        case 'free-only':
        case 'no-ticket':
        case 'commit-changed':
          return t(`storefront.game.${refusal.kind}`);
      }
    },
  };
}
