import { BlockStack, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { MemberPage } from '../../queries/member-page.ts';
import type { PublishedNames } from '../../queries/published-names.ts';
import type { GrantWish } from './grant-modal.tsx';

/** Tiers that staff granted and that still hold. */
export function GrantsList({
  grants,
  names,
  now,
  onRevoke,
}: {
  grants: MemberPage['grants'];
  names: PublishedNames;
  now: number;
  onRevoke: (wish: GrantWish) => void;
}) {
  const { t } = useTranslation();
  const { date } = useFormat();
  const open = grants.filter(
    ({ until, revokedAt }) => revokedAt === null && (until === null || until > now),
  );
  return open.map(({ id, tierKey, until }) => {
    const name = names.tiers.find(({ key }) => key === tierKey)?.name ?? tierKey;
    return (
      <InlineStack key={id} align="space-between" blockAlign="center" gap="200" wrap={false}>
        <BlockStack>
          <Text as="span">{t('grant.line', { tier: name })}</Text>
          <Text as="span" tone="subdued" variant="bodySm">
            {until === null
              ? t('grant.lineForGood')
              : t('grant.lineUntil', { date: date(until - 1) })}
          </Text>
        </BlockStack>
        <Button
          variant="plain"
          tone="critical"
          onClick={() => onRevoke({ wish: 'revoke', grantId: id, tierName: name })}
          accessibilityLabel={t('grant.revokeLabel', { tier: name })}
        >
          {t('grant.revoke')}
        </Button>
      </InlineStack>
    );
  });
}
