import { BlockStack, Card, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useShown } from '../../components/programme-changes.tsx';
import { useLabel } from '../../components/use-words.ts';
import { campaignDraftParts, campaignFields } from '../../domain/campaigns/campaign-settings.ts';
import { audienceFields } from '../../domain/programme/item-fields.ts';
import { fieldLabel, shownBy } from '../../domain/programme/shown.ts';
import { valueAt } from '../../domain/programme/value-at.ts';
import type { CampaignPage } from '../../queries/campaigns.ts';

/** What it has when nothing is said: that is left out. */
const NOTHING_SAID = {
  multiplier: '1',
  bonus: campaignDraftParts.bonus.parse(undefined),
  when: campaignDraftParts.when.parse(undefined),
  times: null,
  budgetPoints: null,
  rules: [],
  audience: { tiers: [], tags: [], withoutTags: [] },
};

/** Its settings in words, as the draft has them; they are changed in the programme alone. */
export function SettingsCard({
  page,
  titles,
}: {
  page: CampaignPage;
  /** What products are called, by their ids. */
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const show = useShown(titles);
  const { campaign, document, changed, state } = page;
  const settings = [...campaignFields, ...audienceFields]
    .filter(({ name }) => name !== 'bonus.per' || campaign.bonus.points !== 0)
    .filter(
      ({ name }) =>
        JSON.stringify(valueAt(campaign, name)) !== JSON.stringify(valueAt(NOTHING_SAID, name)),
    );
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('campaigns.what')}
        </Text>
        {(changed || state === 'draft') && (
          <Text as="p" tone="subdued">
            {t(changed ? 'campaigns.changedHelp' : 'campaigns.draftHelp')}
          </Text>
        )}
        {settings.map((field) => (
          <BlockStack key={field.name}>
            <Text as="span" variant="bodySm" tone="subdued">
              {labelOf(fieldLabel('programme', field))}
            </Text>
            <Text as="span" fontWeight="medium">
              {show(shownBy(field, valueAt(campaign, field.name), 'programme', document))}
            </Text>
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  );
}
