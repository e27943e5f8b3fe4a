import { BlockStack, Box, Button, InlineStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../../components/use-words.ts';
import { goalDefinitions } from '../../domain/goals/registry.ts';
import { SEVERAL } from '../../domain/goals/several.ts';
import { AddMenu } from './add-menu.tsx';
import { DefinitionFields } from './definition-fields.tsx';
import { WordField } from './field.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

interface Step {
  readonly kind: string;
  readonly name?: string;
  readonly settings: unknown;
}

/** The goals of which another is made, each drawn from its definition. */
export function GoalsField({
  label,
  place,
  steps,
  form,
  titles,
}: {
  label: string;
  place: string;
  steps: readonly Step[];
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const add = (kind: string): void => {
    const settings = goalDefinitions.find(kind)?.defaults;
    form.edit(place, [...steps, { kind, name: '', settings }]);
  };
  return (
    <BlockStack gap="300">
      <Text as="span">{label}</Text>
      {form.errorAt(place) !== undefined && (
        <Text as="p" tone="critical">
          {form.errorAt(place)}
        </Text>
      )}
      {steps.map((step, index) => (
        <StepBox
          key={`${index} ${step.kind}`}
          {...{ step, index, form, titles }}
          place={`${place}.${index}`}
          onRemove={() => form.edit(place, steps.toSpliced(index, 1))}
        />
      ))}
      <AddMenu
        label={t('programme.goals.add')}
        kinds={goalDefinitions.all
          .filter(({ kind }) => kind !== SEVERAL)
          .map(({ kind, words }) => ({
            kind,
            label: labelOf({ key: `definitions.goals.${kind}.label`, text: words.label }),
            help: labelOf({ key: `definitions.goals.${kind}.help`, text: words.help }),
          }))}
        onAdd={add}
      />
    </BlockStack>
  );
}

function StepBox({
  step,
  index,
  place,
  form,
  titles,
  onRemove,
}: {
  step: Step;
  index: number;
  place: string;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
  onRemove: () => void;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const definition = goalDefinitions.find(step.kind);
  const words = `definitions.goals.${step.kind}`;
  const name = labelOf({ key: `${words}.label`, text: definition?.words.label ?? step.kind });
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
            {`${index + 1}. ${name}`}
          </Text>
          <Button
            variant="plain"
            tone="critical"
            onClick={onRemove}
            accessibilityLabel={t('programme.remove', { name })}
          >
            {t('segment.remove')}
          </Button>
        </InlineStack>
        <WordField
          label={t('programme.goals.name')}
          help={t('programme.goals.nameHelp')}
          place={`${place}.name`}
          value={step.name ?? ''}
          form={form}
        />
        {definition ? (
          <DefinitionFields
            sets={[
              {
                fields: definition.fields,
                place: `${place}.settings`,
                settings: step.settings,
                defaults: definition.defaults,
                words,
              },
            ]}
            form={form}
            titles={titles}
          />
        ) : (
          <Text as="p" tone="critical">
            {form.errorAt(`${place}.kind`)}
          </Text>
        )}
      </BlockStack>
    </Box>
  );
}
