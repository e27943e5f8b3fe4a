import { Select } from '@shopify/polaris';
import type { ProgrammeForm } from './use-programme-form.ts';

/** A choice among words of the programme itself. */
export function ChoiceField({
  label,
  place,
  value,
  choices,
  form,
  help,
}: {
  label: string;
  place: string;
  value: string;
  choices: readonly { readonly value: string; readonly label: string }[];
  form: ProgrammeForm;
  help?: string;
}) {
  return (
    <Select
      id={place}
      label={label}
      value={value}
      options={[...choices]}
      onChange={(next) => form.edit(place, next)}
      {...(help !== undefined && { helpText: help })}
    />
  );
}
