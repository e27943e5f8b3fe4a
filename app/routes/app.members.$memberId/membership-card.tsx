import { Badge, BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { MemberStanding, RequestLine } from '../../queries/member-standing.ts';

/** How they became a member, what leads to them, what waits, and what they asked for. */
export function MembershipCard({ standing }: { standing: MemberStanding }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { membership, joinedAt, joinedBy, aliases, waitingOrders, dataRequests } = standing;
  const how = t(`membership.by.${joinedBy ?? 'account'}`);
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack align="space-between" gap="200">
          <Text as="h2" variant="headingSm">
            {t('membership.heading')}
          </Text>
          <Badge {...(membership === 'joined' && { tone: 'success' })}>
            {t(`membership.state.${membership}`)}
          </Badge>
        </InlineStack>
        {membership !== 'not-joined' && (
          <Text as="p">
            {joinedAt === null ? how : t('membership.joined', { date: date(joinedAt), how })}
          </Text>
        )}
        {membership !== 'joined' && (
          <Text as="p" tone="subdued">
            {t(`membership.help.${membership}`)}
          </Text>
        )}
        {aliases.length > 0 && (
          <Text as="p" tone="subdued">
            {t('membership.aliases', { ids: aliases.join(', ') })}
          </Text>
        )}
        {waitingOrders > 0 && (
          <Text as="p" tone="subdued">
            {t('membership.waiting', { count: waitingOrders })}
          </Text>
        )}
        {dataRequests.map((request) => (
          <Request key={request.requestId} request={request} />
        ))}
      </BlockStack>
    </Card>
  );
}

function Request({ request }: { request: RequestLine }) {
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
