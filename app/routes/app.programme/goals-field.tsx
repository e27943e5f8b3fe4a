import { BlockStack, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { useLabel } from '../../components/use-words.ts';
import { goalDefinitions } from '../../domain/goals/registry.ts';
import { SEVERAL } from '../../domain/goals/several.ts';
import { DefinitionFields } from './definition-fields.tsx';
import { WordField } from './field.tsx';
import { RowList } from './row-list.tsx';
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
  const nameOf = ({ kind }: Step): string =>
    labelOf({
      key: `definitions.goals.${kind}.label`,
      text: goalDefinitions.find(kind)?.words.label ?? kind,
    });
  return (
    <RowList
      {...{ label, place, form, rows: steps }}
      look="box"
      isTitled
      nameOf={(step, index) => `${index + 1}. ${nameOf(step)}`}
      removeLabel={(step) => t('programme.remove', { name: nameOf(step) })}
      removeWords={() => t('segment.remove')}
      adding={{
        label: t('programme.goals.add'),
        kinds: goalDefinitions.all
          .filter(({ kind }) => kind !== SEVERAL)
          .map(({ kind, words }) => ({
            kind,
            label: labelOf({ key: `definitions.goals.${kind}.label`, text: words.label }),
            help: labelOf({ key: `definitions.goals.${kind}.help`, text: words.help }),
          })),
        fresh: (kind) => ({ kind, name: '', settings: goalDefinitions.find(kind)?.defaults }),
      }}
      draw={(step, at) => <StepFields {...{ step, form, titles, place: at }} />}
    />
  );
}

function StepFields({
  step,
  place,
  form,
  titles,
}: {
  step: Step;
  place: string;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const definition = goalDefinitions.find(step.kind);
  return (
    <BlockStack gap="300">
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
              words: `definitions.goals.${step.kind}`,
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
  );
}
