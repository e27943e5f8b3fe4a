import {
  Box,
  BlockStack,
  Card,
  EmptySearchResult,
  InlineGrid,
  InlineStack,
  Link,
  Text,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import {
  BudgetBar,
  CampaignBadge,
  useDays,
  useGives,
  useOnly,
} from '../../components/campaign-parts.tsx';
import { useCounted } from '../../components/counted.tsx';
import { useFormat } from '../../components/use-format.ts';
import type { CampaignLine } from '../../queries/campaigns.ts';

/** Every campaign with its days and its figures: what the calendar draws, in words. */
export function CampaignList({ campaigns }: { campaigns: readonly CampaignLine[] }) {
  const { t } = useTranslation();
  return (
    <Card padding="0">
      <Box padding="400">
        <Text as="h2" variant="headingMd">
          {t('campaigns.all')}
        </Text>
      </Box>
      {campaigns.length === 0 ? (
        <Box padding="800">
          <EmptySearchResult
            title={t('campaigns.none')}
            description={t('campaigns.noneHelp')}
            withIllustration={false}
          />
        </Box>
      ) : (
        campaigns.map((campaign) => <Campaign key={campaign.key} campaign={campaign} />)
      )}
    </Card>
  );
}

function Campaign({ campaign }: { campaign: CampaignLine }) {
  const { t } = useTranslation();
  const { number } = useFormat();
  const counted = useCounted();
  const gives = useGives();
  const only = useOnly()(campaign);
  const days = useDays();
  const { key, name, state, figures, budgetPoints, changed } = campaign;
  const counts: readonly (readonly [string, number])[] = [
    [t('campaigns.points'), figures.points],
    [t('campaigns.orders'), figures.orders],
    [t('campaigns.members'), figures.members],
  ];
  return (
    <Box padding="400" borderBlockStartWidth="025" borderColor="border">
      <InlineGrid columns={{ xs: 1, md: '2fr 3fr' }} gap="400">
        <BlockStack gap="100">
          <InlineStack gap="200" blockAlign="center">
            <Link url={`/app/campaigns/${key}`} removeUnderline>
              <Text as="span" fontWeight="semibold">
                {name}
              </Text>
            </Link>
            <CampaignBadge state={state} />
          </InlineStack>
          <Text as="span" variant="bodySm">
            {gives(campaign)}
          </Text>
          {only !== null && (
            <Text as="span" variant="bodySm">
              {only}
            </Text>
          )}
          <Text as="span" variant="bodySm" tone="subdued">
            {days(campaign)}
          </Text>
          {changed && (
            <Text as="span" variant="bodySm" tone="subdued">
              {t('campaigns.changed')}
            </Text>
          )}
        </BlockStack>
        <BlockStack gap="200">
          <InlineGrid columns={3} gap="200">
            {counts.map(([label, count]) => (
              <BlockStack key={label}>
                <Text as="span" variant="bodySm" tone="subdued">
                  {label}
                </Text>
                <Text as="span" variant="headingSm" numeric>
                  {counted(number(count))}
                </Text>
              </BlockStack>
            ))}
          </InlineGrid>
          {budgetPoints !== null && <BudgetBar budgetPoints={budgetPoints} held={figures.held} />}
        </BlockStack>
      </InlineGrid>
    </Box>
  );
}
