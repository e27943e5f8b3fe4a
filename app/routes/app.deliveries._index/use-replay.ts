import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useTranslation } from 'react-i18next';
import { useAnswer } from '../../components/use-answer.ts';

interface Answer {
  readonly ok: boolean;
  readonly count: number;
}

/** Sends a wish to the page's action and tells what became of it. */
export function useReplay(): {
  readonly busy: boolean;
  readonly send: (wish: Readonly<Record<string, string>>) => void;
} {
  const fetcher = useFetcher<Answer>();
  const shopify = useAppBridge();
  const { t } = useTranslation();
  useAnswer(fetcher, ({ ok, count }) => {
    shopify.toast.show(
      ok ? t('deliveries.replayed', { count }) : t('deliveries.notReplayed'),
      ok ? {} : { isError: true },
    );
  });
  return {
    busy: fetcher.state !== 'idle',
    send: (wish) => fetcher.submit(wish, { method: 'post', encType: 'application/json' }),
  };
}
