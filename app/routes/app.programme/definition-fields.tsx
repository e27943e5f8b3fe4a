import { BlockStack, FormLayout } from '@shopify/polaris';
import type { ReactNode } from 'react';
import type { Field } from '../../domain/fields.ts';
import { valueAt } from '../../domain/programme/document-fields.ts';
import { DefinitionField } from './field.tsx';
import type { ProgrammeForm } from './use-programme-form.ts';

/** Figures stand side by side and switches below each other; the rest takes a row each. */
export function DefinitionFields({
  fields,
  place,
  settings,
  words,
  form,
  titles,
}: {
  fields: readonly Field[];
  place: string;
  /** Where the fields' names lead: a definition's settings, a campaign, the document itself. */
  settings: unknown;
  words: string;
  form: ProgrammeForm;
  titles: Readonly<Record<string, string>>;
}) {
  const draw = (field: Field): ReactNode => (
    <DefinitionField
      key={field.name}
      field={field}
      place={place === '' ? field.name : `${place}.${field.name}`}
      value={valueAt(settings, field.name)}
      words={words}
      form={form}
      titles={titles}
    />
  );
  return (
    <FormLayout>
      {together(fields).map((group) => {
        const key = group[0]?.name;
        return shapeOf(group[0]) === 'figure' && group.length > 1 ? (
          <FormLayout.Group key={key}>{group.map(draw)}</FormLayout.Group>
        ) : (
          <BlockStack key={key} gap="200">
            {group.map(draw)}
          </BlockStack>
        );
      })}
    </FormLayout>
  );
}

/** Neighbours of one shape, together. */
function together(fields: readonly Field[]): readonly (readonly Field[])[] {
  const groups: Field[][] = [];
  for (const field of fields) {
    const last = groups.at(-1);
    const shape = shapeOf(field);
    if (last && shape !== 'row' && shapeOf(last[0]) === shape) last.push(field);
    else groups.push([field]);
  }
  return groups;
}

function shapeOf(field: Field | undefined): 'figure' | 'switch' | 'row' {
  switch (field?.input) {
    case 'integer':
    case 'money':
    case 'decimal':
    case 'choice':
    case 'text':
    case 'first-day':
    case 'last-day':
      return 'figure';
    case 'switch':
      return 'switch';
    case 'texts':
    case 'codes':
    case 'integers':
    case 'tiers':
    case 'rules':
    case 'limits':
    case 'rates':
    case 'products':
    case 'variants':
    case 'collections':
    case undefined:
      return 'row';
  }
}
