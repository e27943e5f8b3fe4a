import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { GiftContent, GiftState } from '../../domain/gifts/gift.ts';
import type { PublishedNames } from '../../queries/published-names.ts';

export const GIFT_TONES: Readonly<
  Record<GiftState, { tone?: 'success' | 'info' | 'warning' | 'critical' | 'attention' }>
> = {
  preparing: { tone: 'info' },
  ready: { tone: 'attention' },
  running: { tone: 'info' },
  paused: { tone: 'warning' },
  given: { tone: 'success' },
  undoing: { tone: 'info' },
  undone: {},
  cancelled: {},
  failed: { tone: 'critical' },
};

/** What a gift consists of, in the merchant's own names. */
export function useGiftWords(names: PublishedNames): {
  readonly what: (content: GiftContent) => string;
} {
  const { t } = useTranslation();
  const { points, day } = useFormat();
  return {
    what: (content) => {
      switch (content.kind) {
        case 'points': {
          const amount = points(content.points);
          return content.lastDay === null
            ? amount
            : t('gifts.pointsUntil', { points: amount, date: day(content.lastDay) });
        }
        case 'badge':
          return t('gifts.badge', { name: nameOf(names.badges, content.badge) });
        case 'reward':
          return t('gifts.reward', { name: nameOf(names.rewards, content.reward) });
      }
    },
  };
}

function nameOf(
  among: readonly { readonly key: string; readonly name: string }[],
  key: string,
): string {
  return among.find((one) => one.key === key)?.name ?? key;
}
