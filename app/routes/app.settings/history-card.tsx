import { useFetcher } from '@remix-run/react';
import { Banner, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useLookAgain } from '../../components/use-look-again.ts';
import { ImportProgress, isRunning } from '../../components/import-progress.tsx';
import { useFormat } from '../../components/use-format.ts';
import type { ImportState } from '../../queries/imports.ts';
import type { action } from './route.tsx';

const ASK_AGAIN_MS = 4_000;

/** The history of the shop, which can be read again: what is known already changes nothing. */
export function HistoryCard({ imports }: { imports: readonly ImportState[] }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const { state, data, submit } = useFetcher<typeof action>();
  const running = imports.some(isRunning);
  const finishedAt = imports.reduce((last, one) => Math.max(last, one.finishedAt ?? 0), 0);
  useLookAgain(running, ASK_AGAIN_MS);
  return (
    <Card>
      <BlockStack gap="400">
        {data && !data.ok && (
          <Banner tone="info">{t(`settings.refused.${data.refusal.kind}`)}</Banner>
        )}
        {imports.length > 0 && <ImportProgress imports={imports} />}
        {!running && finishedAt > 0 && (
          <Text as="p" tone="subdued">
            {t('settings.history.last', { at: moment(finishedAt) })}
          </Text>
        )}
        <InlineStack align="end">
          <Button
            disabled={running}
            loading={state !== 'idle'}
            onClick={() =>
              submit({ intent: 'start-import' }, { method: 'post', encType: 'application/json' })
            }
          >
            {t('settings.history.again')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
