/** How the panel in the storefront reads with this draft, for a guest and for a member. */
import {
  BlockStack,
  Box,
  ButtonGroup,
  Button,
  Card,
  InlineStack,
  ProgressBar,
  Text,
} from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../components/use-format.ts';
import { useShop } from '../../components/shop-context.tsx';
import type { Offer } from '../../domain/earning/definition.ts';
import { parseMoney } from '../../domain/money/money.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';
import { offerBy } from '../../domain/programme/offer-by.ts';
import { sampleOrder } from '../../domain/programme/sample-order.ts';
import { tierMetrics } from '../../domain/tiers/metric.ts';
import { PreviewReferral } from './preview-referral.tsx';
import { PreviewRewards } from './preview-rewards.tsx';

const SAMPLE_AMOUNT = '49.95';
const SAMPLE_POINTS = 120;
/** Two thirds of the way to the first tier that has to be reached. */
const SAMPLE_PERCENT = 66;

export function Preview({ document }: { document: DraftDocument }) {
  const { t } = useTranslation();
  const amount = useAmount(document);
  const [view, setView] = useState<'guest' | 'member'>('guest');
  return (
    <div className="laurel-sticky">
      <BlockStack gap="400">
        <Card>
          <BlockStack gap="400">
            <InlineStack align="space-between" blockAlign="center" gap="200">
              <Text as="h2" variant="headingSm">
                {t('preview.title')}
              </Text>
              <ButtonGroup variant="segmented">
                {(['guest', 'member'] as const).map((one) => (
                  <Button key={one} size="slim" pressed={view === one} onClick={() => setView(one)}>
                    {t(`preview.${one}`)}
                  </Button>
                ))}
              </ButtonGroup>
            </InlineStack>
            <div className="laurel-preview laurel-preview-panel">
              <div className="laurel-preview-head">
                <BlockStack gap="100">
                  <Text as="p" variant="headingMd">
                    {document.name || t('programme.nameless')}
                  </Text>
                  <Lead document={document} view={view} />
                </BlockStack>
              </div>
              <Box padding="400">
                <BlockStack gap="400">
                  {view === 'member' && <NextTier document={document} />}
                  <Ways document={document} />
                  <PreviewRewards
                    document={document}
                    points={view === 'member' ? SAMPLE_POINTS : null}
                    amount={amount}
                  />
                  <Challenges document={document} />
                  <PreviewReferral document={document} amount={amount} />
                  <Tiers document={document} />
                </BlockStack>
              </Box>
            </div>
          </BlockStack>
        </Card>
        <Sample document={document} />
      </BlockStack>
    </div>
  );
}

function Lead({ document, view }: { document: DraftDocument; view: 'guest' | 'member' }) {
  const { t } = useTranslation();
  const amount = useAmount(document);
  const joining = offersOf(document).find((offer) => offer.on === 'join');
  if (view === 'member') {
    return <Text as="p">{t('preview.balance', { amount: amount(SAMPLE_POINTS) })}</Text>;
  }
  return (
    <Text as="p">
      {joining ? t('preview.joinWith', { amount: amount(joining.points) }) : t('preview.join')}
    </Text>
  );
}

function Ways({ document }: { document: DraftDocument }) {
  const { t } = useTranslation();
  const amount = useAmount(document);
  const format = useFormat();
  const offers = offersOf(document);
  if (offers.length === 0) {
    return (
      <Text as="p" tone="subdued">
        {t('preview.noWays')}
      </Text>
    );
  }
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('preview.ways')}
      </Text>
      {offers.map((offer, index) => (
        <InlineStack key={index} align="space-between" gap="200" wrap={false}>
          <Text as="span">
            {offer.on === 'order'
              ? t('preview.perAmount', { amount: format.amount(offer.per) })
              : t(`preview.on.${offer.on}`)}
          </Text>
          <Text as="span" fontWeight="semibold">
            {amount(offer.points)}
          </Text>
        </InlineStack>
      ))}
    </BlockStack>
  );
}

function Challenges({ document }: { document: DraftDocument }) {
  const { t } = useTranslation();
  const amount = useAmount(document);
  const things = [
    ...document.challenges.map((one) => ({ ...one, pays: one.prizePoints })),
    ...document.badges.map((one) => ({ ...one, pays: one.bonusPoints })),
  ].filter((one) => one.enabled && !('hidden' in one && one.hidden));
  if (things.length === 0) return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('preview.challenges')}
      </Text>
      {things.map((one) => (
        <InlineStack key={`${one.kind} ${one.key}`} align="space-between" gap="200" wrap={false}>
          <Text as="span">{one.name}</Text>
          {Number(one.pays) > 0 && (
            <Text as="span" fontWeight="semibold">
              {amount(Number(one.pays))}
            </Text>
          )}
        </InlineStack>
      ))}
    </BlockStack>
  );
}

function Tiers({ document: { tiers } }: { document: DraftDocument }) {
  const { t } = useTranslation();
  const need = useNeed(tiers.metric);
  if (tiers.levels.length === 0) return null;
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">
        {t('preview.tiers')}
      </Text>
      {tiers.levels.map((level) => (
        <InlineStack key={level.key} align="space-between" gap="200" wrap={false}>
          <Text as="span">{level.name || t('programme.nameless')}</Text>
          <Text as="span" tone="subdued">
            {need(level.need)} · {t('preview.times', { multiplier: level.multiplier })}
          </Text>
        </InlineStack>
      ))}
    </BlockStack>
  );
}

function NextTier({ document: { tiers } }: { document: DraftDocument }) {
  const { t } = useTranslation();
  const next = tiers.levels.find((level) => Number(level.need) > 0);
  if (!next) return null;
  return (
    <BlockStack gap="200">
      <Text as="span" id="preview-next">
        {t('preview.nextTier', { tier: next.name })}
      </Text>
      <ProgressBar
        progress={SAMPLE_PERCENT}
        size="small"
        tone="primary"
        animated={false}
        ariaLabelledBy="preview-next"
      />
    </BlockStack>
  );
}

/** The real rules on a made-up order. */
function Sample({ document }: { document: DraftDocument }) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = useAmount(document);
  const { currency } = useShop();
  const minor = parseMoney(sampleAmount(currency), currency);
  const earned = sampleOrder(document, currency, minor);
  const better = earned?.byTier.filter((tier) => tier.points !== earned.withoutTier) ?? [];
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingSm">
          {t('preview.sample')}
        </Text>
        <Text as="p">
          {earned === null
            ? t('preview.sampleNothing')
            : t('preview.sampleEarns', {
                total: format.money(minor),
                amount: amount(earned.withoutTier),
              })}
        </Text>
        {better.length > 0 && (
          <Text as="p" tone="subdued">
            {format.list(
              better.map((tier) =>
                t('preview.sampleTier', { tier: tier.name, amount: amount(tier.points) }),
              ),
            )}
          </Text>
        )}
      </BlockStack>
    </Card>
  );
}

/** An amount that the currency can have: 49.95 euros, 4995 yen. */
function sampleAmount(currency: string): string {
  try {
    parseMoney(SAMPLE_AMOUNT, currency);
    return SAMPLE_AMOUNT;
  } catch {
    return SAMPLE_AMOUNT.replace('.', '');
  }
}

function offersOf(document: DraftDocument): readonly Offer[] {
  return document.earning.flatMap((rule) => (rule.enabled ? (offerBy(rule) ?? []) : []));
}

/** "49 points" in the merchant's own word for points. */
function useAmount({ word }: DraftDocument): (points: number) => string {
  const { number } = useFormat();
  return (points) => `${number(points)} ${points === 1 ? word.one : word.other}`;
}

function useNeed(metric: string): (need: string) => string {
  const { t } = useTranslation();
  const format = useFormat();
  const unit = tierMetrics.find(metric)?.words.unit ?? 'points';
  return (need) => {
    const count = Number(need);
    if (need === '' || !Number.isFinite(count)) return '–';
    if (count === 0) return t('preview.fromStart');
    return unit === 'money'
      ? t('preview.need.money', { amount: format.amount(need) })
      : t(`preview.need.${unit}`, { count, number: format.number(count) });
  };
}
