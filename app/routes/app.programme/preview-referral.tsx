import { BlockStack, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { DraftDocument } from '../../domain/programme/draft.ts';

/** What a referral brings both, as the storefront shows it. */
export function PreviewReferral({
  document: { referrals, rewards },
  amount,
}: {
  document: DraftDocument;
  amount: (points: number) => string;
}) {
  const { t } = useTranslation();
  if (!referrals.enabled) return null;
  const prizeOf = ({
    points,
    reward,
  }: {
    points: string | number;
    reward: string | null;
  }): string => {
    const found = rewards.find(({ key }) => key === reward);
    const named = reward === null ? null : (found?.name ?? t('preview.referral.reward'));
    const given = Number(points) > 0 ? amount(Number(points)) : null;
    return [given, named].filter((part) => part !== null).join(' + ') || '–';
  };
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('preview.referral.title')}
      </Text>
      {(['friend', 'advocate'] as const).map((who) => (
        <InlineStack key={who} align="space-between" gap="200" wrap={false}>
          <Text as="span">
            {t(`preview.referral.${who}`)}{' '}
            {who === 'advocate' && (
              <Text as="span" tone="subdued">
                {t('preview.referral.after')}
              </Text>
            )}
          </Text>
          <div style={{ flexShrink: 0, maxWidth: '50%' }}>
            <Text as="span" fontWeight="semibold">
              {prizeOf(referrals[who])}
            </Text>
          </div>
        </InlineStack>
      ))}
    </BlockStack>
  );
}
