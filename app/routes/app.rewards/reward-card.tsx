import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  InlineGrid,
  InlineStack,
  Text,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useCounted } from '../../components/counted.tsx';
import { ShareBar } from '../../components/share-bar.tsx';
import { useFormat } from '../../components/use-format.ts';
import { useLabel } from '../../components/use-words.ts';
import { rewardDefinitions } from '../../domain/rewards/registry.ts';
import type { RewardLine, RewardOfferLine } from '../../queries/rewards.ts';
import { AllowScopes } from '../app/allow-scopes.tsx';
import type { CodesWish } from './codes-modal.tsx';

const FIGURES = ['used', 'open', 'ended', 'refused'] as const;
const TONES = { planned: 'attention', running: 'success', over: 'info' } as const;

/** One reward: as a shopper sees it, and what became of those that were given. */
export function RewardCard({
  reward,
  most,
  onUpload,
  onMake,
}: {
  reward: RewardLine;
  /** How many were given of the one that was given most. */
  most: number;
  onUpload: (wish: CodesWish) => void;
  onMake: (wish: CodesWish) => void;
}) {
  const { t } = useTranslation();
  const { number, points, money } = useFormat();
  const counted = useCounted();
  const { key, name, offer, given, codes } = reward;
  // Of one that is offered no more the kind is not known; what was counted of it is.
  const costUnknown = offer
    ? rewardDefinitions.find(offer.kind)?.isCostUnknown === true
    : reward.costMinor === 0;
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {name}
            </Text>
            <Badge {...(offer && { tone: TONES[offer.state] })}>
              {t(`rewards.is.${offer?.state ?? 'gone'}`)}
            </Badge>
          </InlineStack>
          {offer?.byCode === true && (
            <Button onClick={() => onMake({ rewardKey: key, name })}>{t('codes.makeSome')}</Button>
          )}
          {codes && (
            <Button onClick={() => onUpload({ rewardKey: key, name })}>
              {t('rewards.upload')}
            </Button>
          )}
        </InlineStack>
        {offer && offer.missing.length > 0 && (
          <Banner tone="warning">
            <BlockStack gap="200">
              <Text as="p">{t('rewards.notAllowedYet')}</Text>
              <AllowScopes scopes={offer.missing} />
            </BlockStack>
          </Banner>
        )}
        <InlineGrid columns={{ xs: 1, md: 2 }} gap="400">
          {offer ? <AsSeen name={name} offer={offer} /> : <Text as="p">{t('rewards.former')}</Text>}
          <BlockStack gap="200">
            <ShareBar name={t('rewards.given')} value={number(given)} share={given / most} />
            {FIGURES.map((figure) => (
              <ShareBar
                key={figure}
                name={t(`rewards.${figure}`)}
                value={number(reward[figure])}
                share={given === 0 ? 0 : reward[figure] / given}
              />
            ))}
            {offer?.stock != null && (
              <Text as="p">
                {t('rewards.stock', { left: number(offer.left ?? 0), all: number(offer.stock) })}
              </Text>
            )}
            {codes && (
              <Text as="p" {...(codes.left === 0 && { tone: 'critical' as const })}>
                {t('rewards.codes', { left: number(codes.left), given: number(codes.given) })}
              </Text>
            )}
            <Text as="p" tone="subdued">
              {counted(
                t(costUnknown ? 'rewards.sumsWithoutCost' : 'rewards.sums', {
                  points: points(reward.points),
                  revenue: money(reward.revenueMinor),
                  cost: money(reward.costMinor),
                }),
              )}
            </Text>
          </BlockStack>
        </InlineGrid>
      </BlockStack>
    </Card>
  );
}

function AsSeen({ name, offer }: { name: string; offer: RewardOfferLine }) {
  const { t } = useTranslation();
  const { points } = useFormat();
  const labelOf = useLabel();
  const kind = rewardDefinitions.find(offer.kind);
  return (
    <Card background="bg-surface-secondary">
      <BlockStack gap="200">
        {offer.image !== '' && (
          <img src={offer.image} alt="" style={{ maxWidth: '100%', maxHeight: '8rem' }} />
        )}
        <Text as="h3" variant="headingSm">
          {name}
        </Text>
        {offer.description !== '' && <Text as="p">{offer.description}</Text>}
        <Text as="p" fontWeight="semibold">
          {offer.forPoints ? points(offer.points) : t('rewards.prizeOnly')}
        </Text>
        <Text as="p" tone="subdued" variant="bodySm">
          {kind &&
            labelOf({ key: `definitions.rewards.${kind.kind}.label`, text: kind.words.label })}
        </Text>
      </BlockStack>
    </Card>
  );
}
