import { Select } from '@shopify/polaris';
import { given } from '../../components/given.ts';
import type { ProgrammeForm } from './use-programme-form.ts';

/** A choice among named parts of the programme (a reward, a badge), or none of them. */
export function PartField({
  label,
  none,
  place,
  value,
  among,
  form,
  help,
}: {
  label: string;
  /** What is shown where nothing is chosen; left out where something must be. */
  none?: string;
  place: string;
  value: unknown;
  among: readonly { readonly key: string; readonly name: string }[];
  form: ProgrammeForm;
  help?: string | undefined;
}) {
  return (
    <Select
      id={place}
      label={label}
      options={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...among.map(({ key, name }) => ({ value: key, label: name || key })),
      ]}
      value={typeof value === 'string' ? value : ''}
      onChange={(next) => form.edit(place, next === '' ? null : next)}
      {...given({ helpText: help, error: form.errorAt(place) })}
    />
  );
}
