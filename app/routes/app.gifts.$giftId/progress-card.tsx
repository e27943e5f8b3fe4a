import { BlockStack, Card, InlineGrid, ProgressBar, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { GiftLine } from '../../queries/gifts.ts';

/** How far it is, and what became of whom it is for. */
export function ProgressCard({ gift }: { gift: GiftLine }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const { counts, state } = gift;
  const all = counts.planned + counts.given + counts.kept + counts.undone;
  const [done, of] =
    state === 'preparing'
      ? [gift.lookedAt, gift.toLookAt]
      : state === 'undoing' || state === 'undone'
        ? [counts.kept + counts.undone, counts.given + counts.kept + counts.undone]
        : [all - counts.planned, all];
  const figures = (['planned', 'given', 'undone', 'kept', 'refused'] as const).filter(
    (name) => counts[name] > 0 || name === 'planned' || name === 'given',
  );
  const bar = ['preparing', 'running', 'paused', 'undoing'].includes(state);
  return (
    <Card>
      <BlockStack gap="400">
        {bar && (
          <BlockStack gap="200">
            <Text as="h2" variant="headingSm" id="gift-progress">
              {t(`gifts.progress.${state}`, { done: number(done), of: number(of) })}
            </Text>
            <ProgressBar
              progress={of === 0 ? 0 : Math.floor((done / of) * 100)}
              size="small"
              ariaLabelledBy="gift-progress"
            />
          </BlockStack>
        )}
        <InlineGrid columns={{ xs: 2, sm: figures.length }} gap="400">
          {figures.map((name) => (
            <BlockStack key={name} gap="050">
              <Text as="span" tone="subdued">
                {t(`gifts.count.${name}`)}
              </Text>
              <Text as="span" variant="headingLg">
                {number(counts[name])}
              </Text>
            </BlockStack>
          ))}
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}
