import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { FigureBar } from '../../components/play-parts.tsx';
import { useFormat } from '../../components/use-format.ts';
import type { PlayPartPage } from '../../queries/play.ts';

/** Of a streak: how many were ever that long, and are now. */
export function MilestonesCard({ page }: { page: PlayPartPage }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { begun } = page.figures;
  const share = (members: number): number => (begun === 0 ? 0 : (members * 100) / begun);
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t('play.milestones')}
          </Text>
          <Text as="p" tone="subdued">
            {t('play.milestonesHelp', { members: number(begun) })}
          </Text>
        </BlockStack>
        {page.milestones.map(({ at, now, ever }) => (
          <FigureBar
            key={at}
            label={t('play.milestone', { at: number(at) })}
            percent={share(ever)}
            figure={t('play.ever', { members: number(ever) })}
            second={{ percent: share(now), figure: t('play.now', { members: number(now) }) }}
          />
        ))}
      </BlockStack>
    </Card>
  );
}
