import { BlockStack, Card, InlineGrid, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Figure } from '../../components/figure.tsx';
import { ShareBar } from '../../components/share-bar.tsx';
import { useFormat } from '../../components/use-format.ts';
import type { ReferralFigures } from '../../queries/referral-page.ts';

const STEPS = ['opened', 'joined', 'ordered', 'rewarded'] as const;

/** How far friends come, from the link to the reward; each bar beside the longest. */
export function FiguresCard({ figures }: { figures: ReferralFigures }) {
  const { t } = useTranslation();
  const { number, money } = useFormat();
  const most = Math.max(1, ...STEPS.map((step) => figures[step]));
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="200">
          <Text as="h2" variant="headingSm">
            {t('referrals.way')}
          </Text>
          {STEPS.map((step) => (
            <ShareBar
              key={step}
              name={t(`referrals.figures.${step}`)}
              value={number(figures[step])}
              share={figures[step] / most}
            />
          ))}
        </BlockStack>
        <InlineGrid columns={2} gap="400">
          <Figure label={t('referrals.figures.revenue')} value={money(figures.revenueMinor)} />
          <Figure label={t('referrals.figures.refused')} value={number(figures.refused)} />
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}
