import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from './use-format.ts';

interface RequestShown {
  readonly requestId: string;
  readonly askedAt: number;
  readonly dueAt: number;
  /** Whether the answer can still be fetched. */
  readonly kept: boolean;
  readonly fetchedAt: number | null;
}

/** A customer's request for what is held of them, and the answer to pass on. */
export function DataRequest({ request }: { request: RequestShown }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const [trouble, setTrouble] = useState(false);
  const { requestId, askedAt, dueAt, kept, fetchedAt } = request;
  // App Bridge signs what is fetched, and nothing that is only linked to.
  const download = async (): Promise<void> => {
    const answer = await fetch(`/app/data-requests/${encodeURIComponent(requestId)}`);
    setTrouble(!answer.ok);
    if (!answer.ok) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = `customer-data-${requestId}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  return (
    <BlockStack gap="100">
      <Text as="p">{t('membership.request', { date: date(askedAt), due: date(dueAt) })}</Text>
      {fetchedAt !== null && (
        <Text as="p" tone="subdued">
          {t('membership.fetched', { date: date(fetchedAt) })}
        </Text>
      )}
      {kept ? (
        <InlineStack>
          <Button onClick={() => void download()}>{t('membership.download')}</Button>
        </InlineStack>
      ) : (
        <Text as="p" tone="subdued">
          {t('membership.erased')}
        </Text>
      )}
      {trouble && (
        <Text as="p" tone="critical">
          {t('membership.trouble')}
        </Text>
      )}
    </BlockStack>
  );
}
