import { BlockStack, Checkbox, Select, Text } from '@shopify/polaris';
import { useTranslation } from 'react-i18next';
import { given } from '../../components/given.ts';
import { useLabel } from '../../components/use-words.ts';
import { conditionDefinitions } from '../../domain/segments/registry.ts';
import { EVERYBODY, segmentDraft } from '../../domain/segments/segment.ts';
import type { Condition } from '../../domain/segments/segment.ts';
import { DefinitionFields } from './definition-fields.tsx';
import { RowList } from './row-list.tsx';
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
  const nameOf = ({ kind }: Condition): string =>
    labelOf({
      key: `definitions.segments.${kind}.label`,
      text: conditionDefinitions.find(kind)?.words.label ?? kind,
    });
  return (
    <RowList
      {...{ form, place: at('conditions'), rows: conditions, ...given({ label, help }) }}
      look="box"
      isTitled
      nameOf={nameOf}
      empty={t('segment.everybody')}
      above={
        conditions.length > 1 && (
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
        )
      }
      removeLabel={(condition) => t('segment.removeOne', { name: nameOf(condition) })}
      removeWords={() => t('segment.remove')}
      adding={{
        label: t('segment.add'),
        kinds: conditionDefinitions.all.map(({ kind, words: said }) => ({
          kind,
          label: labelOf({ key: `definitions.segments.${kind}.label`, text: said.label }),
          help: labelOf({ key: `definitions.segments.${kind}.help`, text: said.help }),
        })),
        fresh: (kind): Condition => ({
          ...{ kind, not: false },
          settings: conditionDefinitions.find(kind)?.defaults as Condition['settings'],
        }),
      }}
      draw={(condition, where) => (
        <ConditionFields {...{ condition, form, titles, place: where }} />
      )}
    />
  );
}

function ConditionFields({
  condition,
  place,
  form,
  titles,
}: {
  condition: Condition;
  place: string;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const { t } = useTranslation();
  const labelOf = useLabel();
  const definition = conditionDefinitions.find(condition.kind);
  const words = `definitions.segments.${condition.kind}`;
  return (
    <BlockStack gap="300">
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
  );
}
