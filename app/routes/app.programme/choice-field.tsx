import { Select } from '@shopify/polaris';
import { given } from '../../components/given.ts';
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
  form: Pick<ProgrammeForm, 'edit' | 'errorAt'>;
  help?: string;
}) {
  return (
    <Select
      id={place}
      label={label}
      value={value}
      options={[...choices]}
      onChange={(next) => form.edit(place, next)}
      {...given({ helpText: help, error: form.errorAt(place) })}
    />
  );
}
