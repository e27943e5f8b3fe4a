import { BlockStack, Box, Button, Checkbox, InlineStack, Select, Text } from '@shopify/polaris';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFaultWords, useLabel } from '../../components/use-words.ts';
import type { DraftDocument } from '../../domain/programme/draft.ts';
import type { Fault } from '../../domain/programme/validate-programme.ts';
import { conditionDefinitions } from '../../domain/segments/registry.ts';
import type { Condition, Segment } from '../../domain/segments/segment.ts';
import { AddMenu } from '../app.programme/add-menu.tsx';
import { DefinitionFields } from '../app.programme/definition-fields.tsx';
import { withValue } from '../app.programme/use-programme-form.ts';
import type { ProgrammeForm } from '../app.programme/use-programme-form.ts';

/** The conditions of a segment, each drawn from its definition. */
export function SegmentFields({
  segment,
  published,
  faults,
  shown,
  onChange,
}: {
  segment: Segment;
  /** Where tiers have their names. */
  published: DraftDocument;
  faults: readonly Fault[];
  shown: boolean;
  onChange: (segment: Segment) => void;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const words = useFaultWords();
  const [visited, setVisited] = useState<ReadonlySet<string>>(new Set());
  const form: ProgrammeForm = {
    ...{ document: published, dirty: false, faults, warnings: [], allFaultsShown: shown },
    edit: (place, value) => onChange(withValue(segment, place, value)),
    errorAt: (place) => {
      const fault = faults.find((one) => one.place === place);
      return fault && (shown || visited.has(place)) ? words(fault) : undefined;
    },
    left: (place) => setVisited((known) => new Set([...known, place])),
    replace: () => undefined,
    discard: () => undefined,
    showAllFaults: () => undefined,
  };
  const add = (kind: string): void => {
    const settings = conditionDefinitions.find(kind)?.defaults as Condition['settings'];
    const condition = { kind, not: false, settings };
    onChange({ ...segment, conditions: [...segment.conditions, condition] });
  };
  const remove = (index: number): void =>
    onChange({ ...segment, conditions: segment.conditions.toSpliced(index, 1) });
  return (
    <BlockStack gap="300">
      {segment.conditions.length === 0 && (
        <Text as="p" tone="subdued">
          {t('segment.everybody')}
        </Text>
      )}
      {segment.conditions.length > 1 && (
        <Select
          label={t('segment.match')}
          labelHidden
          options={(['all', 'any'] as const).map((value) => ({
            value,
            label: t(`segment.matches.${value}`),
          }))}
          value={segment.match}
          onChange={(match) => onChange({ ...segment, match: match as Segment['match'] })}
        />
      )}
      {segment.conditions.map((condition, index) => (
        <ConditionBox
          key={`${index} ${condition.kind}`}
          {...{ condition, index, form }}
          onRemove={() => remove(index)}
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
  index,
  form,
  onRemove,
}: {
  condition: Condition;
  index: number;
  form: ProgrammeForm;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const definition = conditionDefinitions.find(condition.kind);
  if (!definition) return null;
  const place = `conditions.${index}`;
  const words = `definitions.segments.${condition.kind}`;
  const name = labelOf({ key: `${words}.label`, text: definition.words.label });
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
        <Text as="p" tone="subdued">
          {labelOf({ key: `${words}.help`, text: definition.words.help })}
        </Text>
        {definition.fields.length > 0 && (
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
            titles={{}}
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
