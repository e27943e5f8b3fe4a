import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';

interface Answer {
  readonly ok: boolean;
  readonly count: number;
}

/** Sends a wish to the page's action and tells what became of it. */
export function useReplay(): {
  readonly busy: boolean;
  readonly send: (wish: Readonly<Record<string, string>>) => void;
} {
  const { state, data, submit } = useFetcher<Answer>();
  const shopify = useAppBridge();
  const { t } = useTranslation();
  useEffect(() => {
    if (state !== 'idle' || !data) return;
    shopify.toast.show(
      data.ok ? t('deliveries.replayed', { count: data.count }) : t('deliveries.notReplayed'),
      data.ok ? {} : { isError: true },
    );
    // Each answer is told once.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [state, data]);
  return {
    busy: state !== 'idle',
    send: (wish) => submit(wish, { method: 'post', encType: 'application/json' }),
  };
}
