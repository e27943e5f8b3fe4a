import {
  BlockStack,
  Box,
  Button,
  Checkbox,
  FormLayout,
  InlineStack,
  Link,
  Text,
} from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import type { DraftDocument } from '../../domain/programme/draft.ts';
import { freeKey } from '../../domain/programme/draft.ts';
import { campaignDraftParts, campaignFields } from '../../domain/campaigns/campaign-settings.ts';
import { audienceFields, marketFields } from '../../domain/programme/item-fields.ts';
import { membershipFields } from '../../domain/memberships/fields.ts';
import { streakFields } from '../../domain/streaks/fields.ts';
import { NEW_STREAK } from '../../domain/streaks/settings.ts';
import type { Field } from '../../domain/fields.ts';
import { DefinitionFields } from './definition-fields.tsx';
import { WordField } from './field.tsx';
import { Section } from './sections.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

type ListName = 'campaigns' | 'markets' | 'memberships' | 'streaks';

const NEW: { readonly [List in ListName]: Omit<DraftDocument[List][number], 'key' | 'name'> } = {
  campaigns: {
    enabled: true,
    multiplier: '2',
    bonus: campaignDraftParts.bonus.parse(undefined),
    when: campaignDraftParts.when.parse(undefined),
    times: null,
    startsAt: '',
    endsAt: '',
    audience: { tiers: [], tags: [], withoutTags: [] },
    rules: [],
    budgetPoints: null,
  },
  markets: { countries: [], currencies: [] },
  memberships: {
    enabled: true,
    plans: [{ products: [], variants: [], length: 12, unit: 'months' }],
    tier: null,
    graceDays: 0,
    noticeDays: 7,
    limit: null,
    reward: null,
  },
  streaks: NEW_STREAK,
};

const FIELDS: Readonly<Record<ListName, readonly Field[]>> = {
  campaigns: [...campaignFields, ...audienceFields],
  markets: marketFields,
  memberships: membershipFields,
  streaks: streakFields,
};

/** Where the words of their fields stand. */
const WORDS: Readonly<Record<ListName, string>> = {
  campaigns: 'programme',
  markets: 'programme',
  memberships: 'programme',
  streaks: 'programme.streak',
};

/** Parts of the programme that have no kinds: each is a name and its fields. */
export function ItemSection({
  list,
  form,
  titles = {},
}: {
  list: ListName;
  form: ProgrammeForm;
  titles?: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const items = form.document[list];
  return (
    <Section title={t(`programme.${list}.title`)} help={t(`programme.${list}.help`)}>
      {items.map((item, index) => (
        <Box
          key={item.key}
          padding="300"
          borderWidth="025"
          borderColor="border"
          borderRadius="200"
          background="bg-surface-secondary"
        >
          <BlockStack gap="300">
            <Text as="h3" variant="headingSm">
              {item.name || t('programme.nameless')}
            </Text>
            {'enabled' in item && (
              <Checkbox
                label={t('programme.switchedOn')}
                checked={item.enabled}
                onChange={(on) => form.edit(`${list}.${index}.enabled`, on)}
              />
            )}
            <FormLayout>
              <WordField
                label={t('programme.name')}
                place={`${list}.${index}.name`}
                value={item.name}
                form={form}
              />
              <DefinitionFields
                sets={[
                  {
                    fields: FIELDS[list],
                    place: `${list}.${index}`,
                    settings: item,
                    defaults: NEW[list],
                    words: WORDS[list],
                  },
                ]}
                form={form}
                titles={titles}
              />
            </FormLayout>
            <InlineStack>
              <Button
                variant="plain"
                tone="critical"
                onClick={() => form.edit(list, items.toSpliced(index, 1))}
              >
                {item.name ? t('programme.remove', item) : t('programme.removeNameless')}
              </Button>
            </InlineStack>
          </BlockStack>
        </Box>
      ))}
      {items.length === 0 && (
        <Text as="p" tone="subdued">
          {t(`programme.${list}.none`)}
        </Text>
      )}
      <InlineStack gap="400" blockAlign="center">
        <Button
          onClick={() =>
            form.edit(list, [
              ...items,
              {
                key: freeKey(list.replace(/s$/, ''), items),
                name: '',
                ...NEW[list],
              },
            ])
          }
        >
          {t(`programme.${list}.add`)}
        </Button>
        {list === 'campaigns' && items.length > 0 && (
          <Link url="/app/campaigns">{t('programme.campaigns.calendar')}</Link>
        )}
      </InlineStack>
    </Section>
  );
}
