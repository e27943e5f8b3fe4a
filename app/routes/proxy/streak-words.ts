/** What shoppers read about freezes of their streaks, in their language. */
import { languageOf, rewardWords } from './reward-words.ts';
import { localesOf, makeI18n } from '../../components/i18n.ts';
import type { BuyRefusal } from '../../operations/buy-freeze.ts';
import type { StorefrontRewards } from '../../queries/storefront-rewards.ts';

export interface StreakWords {
  readonly refused: (refusal: BuyRefusal) => string;
  /** @param held freezes that the member has now */
  readonly bought: (held: number) => string;
}

export function streakWords(
  request: Request,
  speech: Pick<StorefrontRewards, 'word' | 'timeZone'>,
  now: number,
): StreakWords {
  const { locale, language } = localesOf(languageOf(request).split(/[,;]/)[0] ?? 'en');
  const { t } = makeI18n(language);
  const number = (count: number): string => new Intl.NumberFormat(locale).format(count);
  return {
    bought: (held) => t('storefront.streak.bought', { count: held, number: number(held) }),
    refused: (refusal) => {
      switch (refusal.kind) {
        case 'not-enough':
        case 'owes':
          return rewardWords(request, speech, now).why(refusal);
        case 'no-room': {
          const { most } = refusal;
          return t('storefront.streak.no-room', { count: most, number: number(most) });
        }
        case 'not-running':
        case 'not-a-member':
        case 'unknown-streak':
        case 'not-for-sale':
        case 'no-streak':
        case 'key-used-otherwise':
          return t(`storefront.streak.${refusal.kind}`);
      }
    },
  };
}
