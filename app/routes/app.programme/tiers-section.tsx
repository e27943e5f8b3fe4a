import { BlockStack, Box, Button, FormLayout, InlineStack, Text } from '@shopify/polaris';
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon } from '@shopify/polaris-icons';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../../components/use-words.ts';
import { useShop } from '../../components/shop-context.tsx';
import { levelFields } from '../../domain/programme/item-fields.ts';
import { freeKey } from '../../domain/programme/draft.ts';
import type { TierDraft } from '../../domain/programme/draft.ts';
import { tierMetrics } from '../../domain/tiers/metric.ts';
import { ChoiceField } from './choice-field.tsx';
import { DefinitionFields } from './definition-fields.tsx';
import { WordField } from './field.tsx';
import { FigureField } from './figure-field.tsx';
import { DocumentFields } from './rules-section.tsx';
import { Section } from './sections.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

const WINDOWS = ['lifetime', 'rolling', 'calendar-year', 'anniversary'] as const;
const YEAR_OF_DAYS = 365;
const NEW_LEVEL: Omit<TierDraft, 'key'> = {
  name: '',
  need: '',
  multiplier: '1',
  entryPoints: 0,
  entryReward: null,
  grantedOnly: false,
};

export function TiersSection({
  form,
  titles,
}: {
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const { tiers } = form.document;
  const metric = tierMetrics.find(tiers.metric);
  const setLevels = (levels: readonly TierDraft[]): void => form.edit('tiers.levels', levels);
  const metricWords = `tierMetrics.${tiers.metric}`;
  return (
    <Section title={t('programme.tiers.title')} help={t('programme.tiers.help')}>
      <FormLayout>
        <ChoiceField
          label={t('programme.tiers.metric')}
          place="tiers.metric"
          value={tiers.metric}
          form={form}
          choices={tierMetrics.all.map(({ kind, words }) => ({
            value: kind,
            label: labelOf({ key: `tierMetrics.${kind}.label`, text: words.label }),
          }))}
          {...(metric && {
            help: labelOf({ key: `${metricWords}.help`, text: metric.words.help }),
          })}
        />
        <FormLayout.Group>
          <ChoiceField
            label={t('programme.tiers.window')}
            place="tiers.window.kind"
            value={tiers.window.kind}
            form={windowForm(form)}
            choices={WINDOWS.map((kind) => ({ value: kind, label: t(`programme.window.${kind}`) }))}
          />
          {tiers.window.kind === 'rolling' && (
            <FigureField
              label={t('programme.tiers.days')}
              place="tiers.window.days"
              value={tiers.window.days}
              form={form}
              whole
              suffix={t('units.days')}
            />
          )}
        </FormLayout.Group>
        <DocumentFields section="tiers" form={form} />
      </FormLayout>
      <BlockStack gap="400">
        {tiers.levels.map((level, index) => (
          <Level
            key={level.key}
            level={level}
            index={index}
            last={tiers.levels.length - 1}
            unit={metric?.words.unit ?? 'points'}
            form={form}
            titles={titles}
            move={(to) => setLevels(moved(tiers.levels, index, to))}
            remove={() => setLevels(tiers.levels.filter((one) => one !== level))}
          />
        ))}
        {tiers.levels.length === 0 && (
          <Text as="p" tone="subdued">
            {t('programme.tiers.none')}
          </Text>
        )}
        <InlineStack>
          <Button
            onClick={() =>
              setLevels([
                ...tiers.levels,
                {
                  key: freeKey('tier', tiers.levels),
                  ...NEW_LEVEL,
                },
              ])
            }
          >
            {t('programme.tiers.add')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Section>
  );
}

/** A window of days has days and the others have none, so the kind brings its whole window. */
function windowForm(form: ProgrammeForm): ProgrammeForm {
  return {
    ...form,
    edit: (_place, kind) =>
      form.edit('tiers.window', kind === 'rolling' ? { kind, days: YEAR_OF_DAYS } : { kind }),
  };
}

function Level({
  level,
  index,
  last,
  unit,
  form,
  titles,
  move,
  remove,
}: {
  level: TierDraft;
  index: number;
  last: number;
  unit: string;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
  move: (to: number) => void;
  remove: () => void;
}) {
  const { t } = useTranslation();
  const { currency } = useShop();
  const place = `tiers.levels.${index}`;
  const name = level.name || t('programme.nameless');
  return (
    <Box
      padding="300"
      borderWidth="025"
      borderColor="border"
      borderRadius="200"
      background="bg-surface-secondary"
    >
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h3" variant="headingSm">
            {name}
          </Text>
          <InlineStack gap="100">
            <Button
              variant="tertiary"
              icon={ArrowUpIcon}
              disabled={index === 0}
              onClick={() => move(index - 1)}
              accessibilityLabel={t('programme.tiers.up', { name })}
            />
            <Button
              variant="tertiary"
              icon={ArrowDownIcon}
              disabled={index === last}
              onClick={() => move(index + 1)}
              accessibilityLabel={t('programme.tiers.down', { name })}
            />
            <Button
              variant="tertiary"
              icon={DeleteIcon}
              onClick={remove}
              accessibilityLabel={t('programme.remove', { name })}
            />
          </InlineStack>
        </InlineStack>
        <FormLayout>
          <FormLayout.Group condensed>
            <WordField
              label={t('programme.name')}
              place={`${place}.name`}
              value={level.name}
              form={form}
            />
            <FigureField
              label={t('programme.tiers.need')}
              place={`${place}.need`}
              value={level.need}
              form={form}
              whole={false}
              suffix={unit === 'money' ? currency : t(`units.${unit}`)}
            />
            <FigureField
              label={t('programme.tiers.multiplier')}
              place={`${place}.multiplier`}
              value={level.multiplier}
              form={form}
              whole={false}
              suffix="×"
            />
          </FormLayout.Group>
          <DefinitionFields
            sets={[
              {
                fields: levelFields,
                place,
                settings: level,
                defaults: NEW_LEVEL,
                words: 'programme.level',
              },
            ]}
            form={form}
            titles={titles}
          />
        </FormLayout>
      </BlockStack>
    </Box>
  );
}

function moved<T>(items: readonly T[], from: number, to: number): readonly T[] {
  const rest = items.filter((_, index) => index !== from);
  const item = items[from];
  return item === undefined ? items : [...rest.slice(0, to), item, ...rest.slice(to)];
}
