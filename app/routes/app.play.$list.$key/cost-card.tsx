import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { Figure } from '../../components/figure.tsx';
import { useCost } from '../../components/use-cost.ts';
import { useFormat } from '../../components/use-format.ts';
import type { PlayPartPage } from '../../queries/play.ts';

/** What it gave, and what that comes to. */
export function CostCard({ page }: { page: PlayPartPage }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const cost = useCost(page.worthOf100);
  const { list, figures } = page;
  const { begun, points, rewards, rewardsUsed } = figures;
  const lines: readonly (readonly [string, string])[] = [
    [t(`play.begun.${list}`), number(begun)],
    [t('play.points'), number(points)],
    [t('play.worth'), cost(points)],
    [t('play.rewardsGiven'), number(rewards)],
    [t('play.rewardsUsedUp'), number(rewardsUsed)],
  ];
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('play.cost')}
        </Text>
        {lines.map(([label, figure]) => (
          <Figure key={label} label={label} value={figure} small />
        ))}
        <Text as="p" tone="subdued" variant="bodySm">
          {t('play.costHelp')}
        </Text>
      </BlockStack>
    </Card>
  );
}
