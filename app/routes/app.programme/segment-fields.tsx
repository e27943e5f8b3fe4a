import { BlockStack, Box, Button, Checkbox, InlineStack, Select, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../../components/use-words.ts';
import { conditionDefinitions } from '../../domain/segments/registry.ts';
import { EVERYBODY, segmentDraft } from '../../domain/segments/segment.ts';
import type { Condition } from '../../domain/segments/segment.ts';
import { AddMenu } from './add-menu.tsx';
import { DefinitionFields } from './definition-fields.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

/** The conditions of a segment, each drawn from its definition. */
export function SegmentFields({
  label,
  help,
  place,
  segment,
  form,
  titles,
}: {
  label?: string;
  help?: string;
  /** Where it stands in the form's document; empty where it is the whole of it. */
  place: string;
  segment: unknown;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const { match, conditions } = segmentDraft.catch(EVERYBODY).parse(segment);
  const at = (name: string): string => (place === '' ? name : `${place}.${name}`);
  const add = (kind: string): void => {
    const settings = conditionDefinitions.find(kind)?.defaults as Condition['settings'];
    form.edit(at('conditions'), [...conditions, { kind, not: false, settings }]);
  };
  return (
    <BlockStack gap="300">
      {label !== undefined && (
        <BlockStack gap="050">
          <Text as="span">{label}</Text>
          {help !== undefined && (
            <Text as="p" tone="subdued">
              {help}
            </Text>
          )}
        </BlockStack>
      )}
      {conditions.length === 0 && (
        <Text as="p" tone="subdued">
          {t('segment.everybody')}
        </Text>
      )}
      {conditions.length > 1 && (
        <Select
          label={t('segment.match')}
          labelHidden
          options={(['all', 'any'] as const).map((value) => ({
            value,
            label: t(`segment.matches.${value}`),
          }))}
          value={match}
          onChange={(next) => form.edit(at('match'), next)}
        />
      )}
      {conditions.map((condition, index) => (
        <ConditionBox
          key={`${index} ${condition.kind}`}
          {...{ condition, form, titles }}
          place={at(`conditions.${index}`)}
          onRemove={() => form.edit(at('conditions'), conditions.toSpliced(index, 1))}
        />
      ))}
      <AddMenu
        label={t('segment.add')}
        kinds={conditionDefinitions.all.map(({ kind, words: said }) => ({
          kind,
          label: labelOf({ key: `definitions.segments.${kind}.label`, text: said.label }),
          help: labelOf({ key: `definitions.segments.${kind}.help`, text: said.help }),
        }))}
        onAdd={add}
      />
    </BlockStack>
  );
}

function ConditionBox({
  condition,
  place,
  form,
  titles,
  onRemove,
}: {
  condition: Condition;
  place: string;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const definition = conditionDefinitions.find(condition.kind);
  const words = `definitions.segments.${condition.kind}`;
  const name = labelOf({
    key: `${words}.label`,
    text: definition?.words.label ?? condition.kind,
  });
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
          <Button
            variant="plain"
            tone="critical"
            onClick={onRemove}
            accessibilityLabel={t('segment.removeOne', { name })}
          >
            {t('segment.remove')}
          </Button>
        </InlineStack>
        {definition ? (
          <Text as="p" tone="subdued">
            {labelOf({ key: `${words}.help`, text: definition.words.help })}
          </Text>
        ) : (
          <Text as="p" tone="critical">
            {form.errorAt(`${place}.kind`)}
          </Text>
        )}
        {definition && definition.fields.length > 0 && (
          <DefinitionFields
            sets={[
              {
                fields: definition.fields,
                place: `${place}.settings`,
                settings: condition.settings,
                defaults: definition.defaults,
                words,
              },
            ]}
            form={form}
            titles={titles}
          />
        )}
        <Checkbox
          label={t('segment.not')}
          checked={condition.not}
          onChange={(not) => form.edit(`${place}.not`, not)}
        />
      </BlockStack>
    </Box>
  );
}
