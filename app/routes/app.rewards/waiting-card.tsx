import { BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import type { WaitingReward } from '../../queries/rewards.ts';

/** Rewards that a person fulfils, the longest waiting first. */
export function WaitingCard({
  waiting,
  more,
  busy,
  onFulfil,
  onRefuse,
}: {
  waiting: readonly WaitingReward[];
  more: boolean;
  busy: boolean;
  onFulfil: (reward: WaitingReward) => void;
  onRefuse: (reward: WaitingReward) => void;
}) {
  const { t } = useTranslation();
  const { moment, points } = useFormat();
  if (waiting.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('rewards.waiting', { count: waiting.length })}
        </Text>
        {waiting.map((reward) => {
          const who = reward.member ?? t('members.nameless');
          const one = { what: reward.name, who };
          return (
            <InlineStack key={reward.id} align="space-between" blockAlign="center" gap="200">
              <BlockStack>
                <Text as="h3" fontWeight="semibold">
                  {reward.name}
                </Text>
                <Link url={`/app/members/${reward.memberId}`}>{who}</Link>
                <Text as="p" tone="subdued" variant="bodySm">
                  {[...(reward.points > 0 ? [points(reward.points)] : []), moment(reward.at)].join(
                    ' · ',
                  )}
                </Text>
              </BlockStack>
              <InlineStack gap="200">
                <Button
                  disabled={busy}
                  onClick={() => onRefuse(reward)}
                  accessibilityLabel={t('rewards.refuseOne', one)}
                >
                  {t('rewards.refuse')}
                </Button>
                <Button
                  variant="primary"
                  disabled={busy}
                  onClick={() => onFulfil(reward)}
                  accessibilityLabel={t('rewards.fulfilOne', one)}
                >
                  {t('rewards.fulfil')}
                </Button>
              </InlineStack>
            </InlineStack>
          );
        })}
        {more && (
          <Text as="p" tone="subdued">
            {t('rewards.moreWaiting')}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}
