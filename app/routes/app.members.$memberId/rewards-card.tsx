import { Badge, BlockStack, Button, Card, InlineStack, Link, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { useShop } from '../../components/shop-context.tsx';
import type { MemberReward } from '../../queries/member-rewards.ts';
import type { RewardWish } from './reward-modal.tsx';

const TONES = {
  making: 'attention',
  usable: 'success',
  waiting: 'attention',
  ending: 'warning',
  used: 'info',
  returned: 'info',
  ended: 'info',
  refused: 'critical',
} as const;

type State = keyof typeof TONES;

/** Rewards that the member has or had, newest first. */
export function RewardsCard({
  rewards,
  onTakeBack,
}: {
  rewards: readonly MemberReward[];
  onTakeBack: (wish: RewardWish) => void;
}) {
  const { t } = useTranslation();
  if (rewards.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingSm">
          {t('memberReward.heading')}
        </Text>
        {rewards.map((reward) => (
          <RewardLine key={reward.id} reward={reward} onTakeBack={onTakeBack} />
        ))}
        {rewards.some(keepsFromMerging) && (
          <Text as="p" tone="subdued">
            {t('memberReward.noMerge')}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

/** Shopify moves neither gift cards nor store credit. */
function keepsFromMerging({ kind, state }: MemberReward): boolean {
  return state === 'captured' && (kind === 'gift-card' || kind === 'store-credit');
}

function RewardLine({
  reward,
  onTakeBack,
}: {
  reward: MemberReward;
  onTakeBack: (wish: RewardWish) => void;
}) {
  const { t } = useTranslation();
  const { date, list, points } = useFormat();
  const { domain } = useShop();
  const { id, name, code, orderId, origin, validUntil, ending, refusal } = reward;
  const state = stateOf(reward);
  const because = state === 'refused' ? refusal : ending;
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" gap="200">
        <Text as="h3" fontWeight="semibold">
          {name}
        </Text>
        <Badge tone={TONES[state]}>{t(`memberReward.state.${state}`)}</Badge>
      </InlineStack>
      <Text as="p" tone="subdued">
        {[
          reward.points > 0 ? points(reward.points) : t(`memberReward.origin.${origin}`),
          date(reward.at),
          ...(validUntil !== null && state === 'usable'
            ? [t('memberReward.until', { date: date(validUntil - 1) })]
            : []),
          ...(because === null || state === 'used' ? [] : [t(`memberReward.because.${because}`)]),
        ].join(' · ')}
      </Text>
      <InlineStack gap="200" blockAlign="center">
        {code !== null && (
          <Text as="span">
            <span className="laurel-unbroken">{code}</span>
          </Text>
        )}
        {orderId !== null && (
          <Link url={`https://${domain}/admin/orders/${orderId}`} target="_blank">
            {t('memberReward.order')}
          </Link>
        )}
        {(state === 'usable' || state === 'waiting') && (
          <Button
            variant="plain"
            tone="critical"
            onClick={() => onTakeBack({ wish: 'take-back', redemptionId: id, name })}
            accessibilityLabel={t('memberReward.takeBackOne', { name })}
          >
            {t('memberReward.takeBack')}
          </Button>
        )}
      </InlineStack>
      {reward.changes.length > 0 && (
        <Text as="p" tone="caution">
          {t('memberReward.changed', {
            what: list(reward.changes.map((what) => t(`memberReward.what.${what}`))),
          })}
        </Text>
      )}
      {reward.note !== null && <Text as="p">{reward.note}</Text>}
    </BlockStack>
  );
}

function stateOf({ state, making, ending, kind }: MemberReward): State {
  if (state === 'captured') return 'used';
  if (state === 'returned') return 'returned';
  if (making === 'refused') return 'refused';
  if (state === 'released') return 'ended';
  if (ending !== null) return 'ending';
  if (making === 'asked') return 'making';
  return kind === 'by-hand' ? 'waiting' : 'usable';
}
