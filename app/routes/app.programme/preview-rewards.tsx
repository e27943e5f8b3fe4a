import { BlockStack, Button, InlineStack, RangeSlider, Text } from '@shopify/polaris';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { previewedRewards } from '../../domain/rewards/draft-preview.ts';
import type { PreviewedReward } from '../../domain/rewards/draft-preview.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';

/** What points can be spent on: for a guest the list, for a member with what they can have. */
export function PreviewRewards({
  document,
  points,
  amount,
}: {
  document: DraftDocument;
  /** The member's; null for a guest. */
  points: number | null;
  amount: (points: number) => string;
}) {
  const { t } = useTranslation();
  const rewards = previewedRewards(document, points ?? 0);
  if (rewards.length === 0) return null;
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">
        {t('preview.rewards.title')}
      </Text>
      {rewards.map((reward) => (
        <Shown key={reward.key} reward={reward} amount={amount} isGuest={points === null} />
      ))}
    </BlockStack>
  );
}

function Shown({
  reward,
  amount,
  isGuest,
}: {
  reward: PreviewedReward;
  amount: (points: number) => string;
  isGuest: boolean;
}) {
  const { t } = useTranslation();
  const { list } = useFormat();
  const id = useId();
  const { name, words, image, cost, steps, missing, tiers, asks } = reward;
  const why =
    tiers.length > 0
      ? t('preview.rewards.tiers', { tiers: list(tiers) })
      : missing > 0
        ? t('storefront.why.not-enough', { points: amount(missing) })
        : asks
          ? t('preview.rewards.asks')
          : null;
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200" wrap={false}>
        <InlineStack gap="200" blockAlign="center" wrap={false}>
          {!isGuest && image !== '' && <img src={image} alt="" width={40} height={40} />}
          <Text as="span" id={id}>
            {name || t('programme.nameless')}
          </Text>
        </InlineStack>
        <Text as="span" fontWeight="semibold">
          {amount(cost)}
        </Text>
      </InlineStack>
      {words !== '' && (
        <Text as="p" tone="subdued">
          {words}
        </Text>
      )}
      {!isGuest && why !== null && (
        <Text as="p" tone="subdued">
          {why}
        </Text>
      )}
      {!isGuest && steps && (
        <RangeSlider
          label={t('preview.rewards.howMany')}
          labelHidden
          disabled
          {...{ min: steps.least, max: steps.most, value: steps.least, onChange: () => undefined }}
        />
      )}
      {!isGuest && (
        <InlineStack>
          <Button
            size="slim"
            disabled={why !== null}
            accessibilityLabel={`${t('preview.rewards.redeem')} ${name}`}
          >
            {t('preview.rewards.redeem')}
          </Button>
        </InlineStack>
      )}
    </BlockStack>
  );
}
