import { Badge, BlockStack, Card, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { MemberStanding } from '../../queries/member-standing.ts';

/** How they became a member, what leads to them, and what waits. */
export function MembershipCard({ standing }: { standing: MemberStanding }) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const { membership, joinedAt, joinedBy, aliases, waitingOrders } = standing;
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
      </BlockStack>
    </Card>
  );
}
