import { useFetcher } from '@remix-run/react';
import { useAppBridge } from '@shopify/app-bridge-react';
import {
  Banner,
  BlockStack,
  Box,
  Button,
  Card,
  ChoiceList,
  InlineStack,
  Text,
  TextField,
} from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useAnswer } from '../../components/use-answer.ts';
import { useFormat } from '../../components/use-format.ts';
import { API_SCOPES } from '../../domain/api-scopes.ts';
import type { ApiKeyRow } from '../../queries/api-keys.ts';
import type { action } from '../app.api-keys.ts';
import { ConfirmModal } from '../app/confirm-modal.tsx';

/** Keys for the shop's own programs. A new one is shown once, and nobody can read it again. */
export function ApiKeysCard({ keys }: { keys: readonly ApiKeyRow[] }) {
  const { t } = useTranslation();
  const shopify = useAppBridge();
  const fetcher = useFetcher<typeof action>();
  const { data, state, submit } = fetcher;
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>([...API_SCOPES]);
  const [made, setMade] = useState<string | null>(null);
  const [changed, setChanged] = useState(true);
  const [revoking, setRevoking] = useState<ApiKeyRow | null>(null);
  const busy = state !== 'idle';
  const refused = data && !data.ok && !changed ? data.refusal.kind : null;
  const send = (
    wish: { intent: 'make'; name: string; scopes: string[] } | { intent: 'revoke'; id: string },
  ): void => {
    setChanged(false);
    submit(wish, { method: 'post', action: '/app/api-keys', encType: 'application/json' });
  };
  useAnswer(fetcher, (answer) => {
    if (!answer.ok) return;
    setMade(answer.key);
    if (answer.key !== null) setName('');
    else shopify.toast.show(t('settings.apiKeys.revoked'));
  });
  const copy = (): void => {
    void navigator.clipboard.writeText(made ?? '').then(
      () => shopify.toast.show(t('settings.copied')),
      () => shopify.toast.show(t('settings.notCopied'), { isError: true }),
    );
  };
  return (
    <Card>
      <BlockStack gap="400">
        {made !== null && (
          <Banner tone="success" title={t('settings.apiKeys.made')} onDismiss={() => setMade(null)}>
            <TextField
              label={t('settings.apiKeys.key')}
              helpText={t('settings.apiKeys.once')}
              value={made}
              readOnly
              autoComplete="off"
              connectedRight={<Button onClick={copy}>{t('settings.copy')}</Button>}
            />
          </Banner>
        )}
        {keys.length === 0 && (
          <Text as="p" tone="subdued">
            {t('settings.apiKeys.none')}
          </Text>
        )}
        {keys.map((key) => (
          <KeyLine key={key.id} row={key} busy={busy} onRevoke={() => setRevoking(key)} />
        ))}
        <TextField
          label={t('settings.apiKeys.name')}
          helpText={t('settings.apiKeys.nameHelp')}
          value={name}
          onChange={(next) => {
            setName(next);
            setChanged(true);
          }}
          maxLength={60}
          autoComplete="off"
          {...given({
            error:
              refused === 'no-name' || refused === 'too-many-keys'
                ? t(`settings.refused.${refused}`)
                : undefined,
          })}
        />
        <ChoiceList
          allowMultiple
          title={t('settings.apiKeys.may')}
          choices={API_SCOPES.map((value) => ({
            value,
            label: t(`settings.apiKeys.scope.${value}`),
          }))}
          selected={scopes}
          onChange={(next) => {
            setScopes(next);
            setChanged(true);
          }}
          {...given({ error: refused === 'no-scope' ? t('settings.refused.no-scope') : undefined })}
        />
        <InlineStack align="end">
          <Button loading={busy} onClick={() => send({ intent: 'make', name, scopes })}>
            {t('settings.apiKeys.make')}
          </Button>
        </InlineStack>
      </BlockStack>
      <ConfirmModal
        id="revoke-api-key"
        open={revoking !== null}
        title={t('settings.apiKeys.revokeOne', { name: revoking?.name ?? '' })}
        text={t('settings.apiKeys.revokeText')}
        doIt={t('settings.apiKeys.revoke')}
        isCritical
        busy={busy}
        onConfirm={() => {
          setRevoking(null);
          if (revoking) send({ intent: 'revoke', id: revoking.id });
        }}
        onClose={() => setRevoking(null)}
      />
    </Card>
  );
}

function KeyLine({ row, busy, onRevoke }: { row: ApiKeyRow; busy: boolean; onRevoke: () => void }) {
  const { t } = useTranslation();
  const { moment } = useFormat();
  const used =
    row.lastUsedAt === null
      ? t('settings.apiKeys.neverUsed', { at: moment(row.createdAt) })
      : t('settings.apiKeys.used', { at: moment(row.lastUsedAt) });
  return (
    <Box paddingBlockEnd="200" borderBlockEndWidth="025" borderColor="border">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <BlockStack gap="050">
          <Text as="span" fontWeight="semibold">
            {row.name} · …{row.hint}
          </Text>
          <Text as="span" tone="subdued" variant="bodySm">
            {used}
          </Text>
        </BlockStack>
        <Button
          tone="critical"
          disabled={busy}
          onClick={onRevoke}
          accessibilityLabel={t('settings.apiKeys.revokeOne', { name: row.name })}
        >
          {t('settings.apiKeys.revoke')}
        </Button>
      </InlineStack>
    </Box>
  );
}
