import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import { Badge, BlockStack, Button, Card, InlineStack, Text, TextField } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormat } from '../../components/use-format.ts';
import type { Connection } from '../../queries/connections.ts';
import { ConfirmModal } from '../app/confirm-modal.tsx';
import type { action } from './route.tsx';

/** Judge.me: the address to give it, and the token by which we know it. The token is never shown again. */
export function ReviewsCard({ connection, url }: { connection: Connection | null; url: string }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const shopify = useAppBridge();
  const fetcher = useFetcher<typeof action>();
  const { data, state } = fetcher;
  const [secret, setSecret] = useState('');
  const [changed, setChanged] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const refused = data && !data.ok && !changed ? data.refusal.kind : null;
  const busy = state !== 'idle';
  const send = (wish: Readonly<Record<string, string>>): void => {
    setChanged(false);
    fetcher.submit(wish, { method: 'post', encType: 'application/json' });
  };
  useAnswer(fetcher, ({ ok }) => {
    if (!ok) return;
    setSecret('');
    shopify.toast.show(t('settings.saved'));
  });

  const copy = (): void => {
    void navigator.clipboard.writeText(url).then(
      () => shopify.toast.show(t('settings.copied')),
      () => shopify.toast.show(t('settings.notCopied'), { isError: true }),
    );
  };
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h3" variant="headingSm">
            Judge.me
          </Text>
          <Badge {...(connection && { tone: 'success' })}>
            {t(connection ? 'settings.connected' : 'settings.notConnected')}
          </Badge>
        </InlineStack>
        {connection && (
          <Text as="p" tone="subdued">
            {connection.lastHeardAt === null
              ? t('settings.reviews.neverHeard', { at: moment(connection.connectedAt) })
              : t('settings.reviews.heard', { at: moment(connection.lastHeardAt) })}
          </Text>
        )}
        <TextField
          label={t('settings.reviews.url')}
          helpText={t('settings.reviews.urlHelp')}
          value={url}
          readOnly
          autoComplete="off"
          connectedRight={<Button onClick={copy}>{t('settings.copy')}</Button>}
        />
        <TextField
          label={t('settings.reviews.secret')}
          helpText={t(connection ? 'settings.reviews.secretKept' : 'settings.reviews.secretHelp')}
          type="password"
          value={secret}
          onChange={(text) => {
            setSecret(text);
            setChanged(true);
          }}
          autoComplete="off"
          maxLength={500}
          {...given({
            error: refused === null ? undefined : t(`settings.refused.${refused}`),
          })}
        />
        <InlineStack gap="200" align="end">
          {connection && (
            <Button tone="critical" disabled={busy} onClick={() => setLeaving(true)}>
              {t('settings.disconnect')}
            </Button>
          )}
          <Button
            variant="primary"
            loading={busy}
            disabled={secret === ''}
            onClick={() => send({ intent: 'connect-reviews', secret })}
          >
            {t(connection ? 'settings.replace' : 'settings.connect')}
          </Button>
        </InlineStack>
      </BlockStack>
      <ConfirmModal
        id="disconnect-reviews"
        open={leaving}
        title={t('settings.reviews.leave')}
        text={t('settings.reviews.leaveText')}
        doIt={t('settings.disconnect')}
        isCritical
        busy={busy}
        onConfirm={() => {
          setLeaving(false);
          send({ intent: 'disconnect-reviews' });
        }}
        onClose={() => setLeaving(false)}
      />
    </Card>
  );
}
