import { useRevalidator } from '@remix-run/react';
import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useDownload } from './use-download.ts';
import { useFormat } from './use-format.ts';

interface RequestShown {
  readonly requestId: string;
  readonly askedAt: number;
  readonly dueAt: number;
  /** Whether the answer can still be fetched. */
  readonly kept: boolean;
  readonly fetchedAt: number | null;
}

/** Requests of customers for what is held of them; nothing where nobody asked. */
export function DataRequestsCard({ requests }: { requests: readonly RequestShown[] }) {
  const { t } = useTranslation();
  if (requests.length === 0) return null;
  return (
    <div id="data-requests">
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingSm">
            {t('membership.requests')}
          </Text>
          {requests.map((request) => (
            <DataRequest key={request.requestId} request={request} />
          ))}
        </BlockStack>
      </Card>
    </div>
  );
}

/** A customer's request, and the answer to pass on. */
function DataRequest({ request }: { request: RequestShown }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { requestId, askedAt, dueAt, kept, fetchedAt } = request;
  const { download, trouble } = useDownload();
  const { revalidate } = useRevalidator();
  const fetchAnswer = (): void =>
    void download(
      `/app/data-requests/${encodeURIComponent(requestId)}`,
      `customer-data-${requestId}.json`,
    ).then(revalidate);
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
          <Button onClick={fetchAnswer}>{t('membership.download')}</Button>
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
